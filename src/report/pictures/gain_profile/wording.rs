//! Title and subtitle: where a crash feeds itself, and how often the markets go there.
//!
//! In: the data. Out: sentences, each true of the numbers. Not here: drawing.

use super::{GainProfile, depth};
use crate::figure::one_in;
use crate::report::ReachPart;

impl GainProfile {
    pub(super) fn title(&self) -> String {
        if let Some(reach) = self.self_feeding {
            return format!("{}; {}", self.feeds(reach), self.how_often(reach));
        }
        let (most, first) = (self.profile.headline(), self.first_trigger);
        let crisis = self.thinning.map(|times| gain_in_figures(times * most));
        let crisis = crisis.map_or(String::new(), |gain| format!(", in a crisis {gain}"));
        let often = match self.is_still() && self.goes_there(first) {
            true => "where only a prescribed fall went".to_string(),
            false => format!("in {}", one_in(first.month.quantity(), "month")),
        };
        format!(
            "No crash feeds itself: the gain is at most {}{crisis}; first sales from a fall of {}, {often}",
            gain_in_figures(most),
            first.loss.map_or("any size".to_string(), depth),
        )
    }

    /// Past which fall, with which gain, in which regime.
    fn feeds(&self, reach: ReachPart) -> String {
        let gain = |loss: f64| self.profile.at(loss);
        let past = feeds_past(reach, gain, self.thinning.unwrap_or(1.0), depth);
        format!("A crash feeds itself {}", past.unwrap_or_default())
    }

    fn how_often(&self, reach: ReachPart) -> String {
        match (self.is_still(), self.goes_there(reach)) {
            (false, _) => {
                let often = one_in(reach.month.quantity(), "month");
                markets_alone(reach.loss, reach.loss_in_crisis, &often)
            }
            (true, true) => "only a prescribed fall went there".to_string(),
            (true, false) => "no month that was sampled fell so far".to_string(),
        }
    }

    /// Whether a prescribed fall goes as far.
    fn goes_there(&self, reach: ReachPart) -> bool {
        let mut prescribed = self.prescribed.iter();
        prescribed.any(|fall| fall.loss >= least(reach))
    }

    pub(super) fn subtitle(&self) -> String {
        let parts = [
            (
                self.gain_scale().is_logarithmic(),
                "; gain on a log scale above 1",
            ),
            (
                !self.is_still(),
                match self.self_feeding {
                    Some(_) => {
                        "; dots mark where the gain first reaches 1, if that is in the picture"
                    }
                    None => "; dots mark the first sale",
                },
            ),
            (
                !self.prescribed.is_empty(),
                "; months with a prescribed fall are not counted",
            ),
        ];
        let said = parts.into_iter().filter(|(is_so, _)| *is_so);
        let said: String = said.map(|(_, text)| text).collect();
        format!(
            "Gain against the fall of a month that agents see, the agents' limits, and how often \
             months are that bad{said}"
        )
    }
}

/// The least loss at which it happens in some regime.
fn least(reach: ReachPart) -> f64 {
    let losses = [reach.loss, reach.loss_in_crisis].into_iter().flatten();
    losses.fold(f64::INFINITY, f64::min)
}

/// That the markets alone go as far as agents' sales begin to feed themselves, `often`: from a fall in
/// calm months on, from one in months of a crisis, or both. A chance that counts months of a crisis
/// alone says so.
pub fn markets_alone(calm: Option<f64>, crisis: Option<f64>, often: &str) -> String {
    match (calm, crisis) {
        (None, Some(_)) => {
            format!("a crisis and that fall of the markets alone come together in {often}")
        }
        (Some(calm), Some(crisis)) if calm != crisis => {
            format!("the markets alone fall as far as that in their regime in {often}")
        }
        _ => format!("the markets alone fall that far in {often}"),
    }
}

/// `past a fall of 9.5 % (gain 1.50, in a crisis 4.50)`: from where on agents' sales feed themselves, with the gain there, in calm
/// months as it is and in a crisis `thinning` times as large; nothing if nowhere.
pub fn feeds_past(
    reach: ReachPart,
    gain: impl Fn(f64) -> f64,
    thinning: f64,
    fall: impl Fn(f64) -> String,
) -> Option<String> {
    let calm = |loss: f64| (fall(loss), gain_in_figures(gain(loss)));
    let crisis = |loss: f64| (fall(loss), gain_in_figures(thinning * gain(loss)));
    Some(match (reach.loss, reach.loss_in_crisis) {
        (Some(loss), None) => {
            let (at, gain) = calm(loss);
            format!("past a fall of {at} (gain {gain})")
        }
        (Some(loss), Some(other)) => {
            let ((at, gain), (sooner, in_crisis)) = (calm(loss), crisis(other));
            match loss == other {
                true => format!("past a fall of {at} (gain {gain}, in a crisis {in_crisis})"),
                false => format!(
                    "past a fall of {at} (gain {gain}), in a crisis past {sooner} ({in_crisis})"
                ),
            }
        }
        (None, Some(loss)) => {
            let (at, gain) = crisis(loss);
            format!("in a crisis past a fall of {at} (gain {gain})")
        }
        (None, None) => return None,
    })
}

/// `0.84`, `12.3`, `624`: three figures at most; what is below 1 does not read as 1.
pub fn gain_in_figures(gain: f64) -> String {
    let decimals = match gain {
        gain if gain < 10.0 => 2,
        gain if gain < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{gain:.decimals$}");
    match text == "1.00" && gain < 1.0 {
        true => "under 1".to_owned(),
        false => text,
    }
}

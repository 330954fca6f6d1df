//! Title and subtitle: where a crash feeds itself, and how often the markets go there.
//!
//! In: the data. Out: sentences, each true of the numbers. Not here: drawing.

use super::super::when;
use super::{Loop, depth};
use crate::figure::one_in;
use crate::report::ReachPart;

impl Loop<'_> {
    pub(super) fn finding(&self) -> String {
        if let Some(reach) = self.crash.self_feeding {
            let past = self.past(reach);
            return format!("A crash feeds itself {past}; {}", self.how_often(reach));
        }
        let (most, first) = (self.gain, self.first_trigger);
        let crisis = self.thinning.map(|times| gain_in_figures(times * most));
        let crisis = crisis.map_or(String::new(), |gain| format!(", in a crisis {gain}"));
        let often = match self.crash.is_still && self.goes_there(first) {
            true => "where only a prescribed fall went".to_string(),
            false => format!("in {}", one_in(first.month.probability, "month")),
        };
        format!(
            "No crash feeds itself: the gain is at most {}{crisis}; first sales from a fall of {}, {often}",
            gain_in_figures(most),
            first.loss.map_or("any size".to_string(), depth),
        )
    }

    /// Past which fall, with which gain, in which regime.
    fn past(&self, reach: ReachPart) -> String {
        let at = |loss: f64, times: f64| {
            let gain = times * self.crash.gain_at(loss);
            (depth(loss), gain_in_figures(gain))
        };
        let thinning = self.thinning.unwrap_or(1.0);
        let calm = reach.loss.map(|loss| at(loss, 1.0));
        let crisis = reach.loss_in_crisis.map(|loss| at(loss, thinning));
        match (calm, crisis) {
            (Some((at, gain)), None) => format!("past a fall of {at} (gain {gain})"),
            (None, Some((at, gain))) => format!("in a crisis past a fall of {at} (gain {gain})"),
            (Some((at, gain)), Some((sooner, other))) if at == sooner => {
                format!("past a fall of {at} (gain {gain}, in a crisis {other})")
            }
            (Some((at, gain)), Some((sooner, other))) => {
                format!("past a fall of {at} (gain {gain}), in a crisis past {sooner} ({other})")
            }
            (None, None) => String::new(),
        }
    }

    /// That the markets alone go so far, how often. A chance that counts months of a crisis alone says so.
    fn how_often(&self, reach: ReachPart) -> String {
        let often = one_in(reach.month.probability, "month");
        match (reach.loss, reach.loss_in_crisis) {
            _ if self.crash.is_still => match self.goes_there(reach) {
                true => "only a prescribed fall went there".to_string(),
                false => "no month that was sampled fell so far".to_string(),
            },
            (None, Some(_)) => {
                format!("a crisis and that fall of the markets alone come together in {often}")
            }
            (Some(calm), Some(crisis)) if calm != crisis => {
                format!("the markets alone fall as far as that in their regime in {often}")
            }
            _ => format!("the markets alone fall that far in {often}"),
        }
    }

    /// Whether a prescribed fall goes as far as it happens in some regime.
    fn goes_there(&self, reach: ReachPart) -> bool {
        let losses = [reach.loss, reach.loss_in_crisis].into_iter().flatten();
        let least = losses.fold(f64::INFINITY, f64::min);
        self.crash.prescribed.iter().any(|fall| fall.loss >= least)
    }

    pub(super) fn reading(&self) -> String {
        let is_log = self.gain_scale().is_logarithmic();
        let gain = when(is_log, "; gain on a log scale above 1");
        let dots = match (self.crash.is_still, self.crash.self_feeding) {
            (true, _) => "",
            (_, Some(_)) => "; dots mark where the gain first reaches 1, if that is in the picture",
            (_, None) => "; dots mark the first sale",
        };
        let is_any = !self.crash.prescribed.is_empty();
        let prescribed = when(is_any, "; months with a prescribed fall are not counted");
        format!(
            "Gain against the fall of a month that agents see, the agents' limits, and how often \
             months are that bad{gain}{dots}{prescribed}"
        )
    }
}

/// `0.84`, `12.3`, `624`: three figures at most; what is below 1 does not read as 1.
pub(super) fn gain_in_figures(gain: f64) -> String {
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

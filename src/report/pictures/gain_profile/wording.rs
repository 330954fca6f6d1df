//! Title and subtitle: where a crash feeds itself, and how often the markets go there.
//!
//! In: the data. Out: sentences, each true of the numbers. Not here: drawing.

use super::{GainProfile, depth, gain_in_figures};
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
        let gain_at = |loss: f64, times: f64| gain_in_figures(times * self.profile.at(loss));
        let gain = gain_at(reach.loss.unwrap_or(least(reach)), 1.0);
        let crisis = reach.loss_in_crisis.zip(self.thinning);
        let crisis = crisis.map(|(loss, times)| (depth(loss), gain_at(loss, times)));
        match (reach.loss.map(depth), crisis) {
            (Some(calm), Some((crisis, in_crisis))) if calm == crisis => format!(
                "Past a fall of {calm} a crash feeds itself (gain {gain}, in a crisis {in_crisis})"
            ),
            (Some(calm), Some((crisis, in_crisis))) => format!(
                "Past a fall of {calm} a crash feeds itself (gain {gain}), in a crisis past {crisis} \
                 ({in_crisis})"
            ),
            (None, Some((crisis, in_crisis))) => format!(
                "Only in a crisis does a crash feed itself, past a fall of {crisis} (gain {in_crisis}, \
                 calm {gain})"
            ),
            (calm, None) => {
                let calm = calm.unwrap_or("any size".to_string());
                format!("Past a fall of {calm} a crash feeds itself (gain {gain})")
            }
        }
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
        let reach = self.marked();
        let is_below =
            reach.loss.is_some() && reach.calm_month.probability < self.chance_scale().ends().0;
        let parts = [
            (
                self.gain_scale().is_logarithmic(),
                "; gain on a log scale above 1",
            ),
            (
                !self.is_still(),
                match self.self_feeding {
                    Some(_) => "; dots mark where the gain first reaches 1",
                    None => "; dots mark the first sale",
                },
            ),
            (
                is_below && !self.is_still(),
                match self.thinning {
                    Some(_) => "; that of a calm month lies below the picture",
                    None => "; it lies below the picture",
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

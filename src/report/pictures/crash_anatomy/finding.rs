//! The title of a crash: what set it off, who sold, what that did to the loss that agents measure.
//!
//! In: the data. Out: a sentence. Not here: drawing.

use super::{CrashAnatomy, lost};
use crate::chart::ROUNDING;
use crate::figure::spoken_month;
use crate::figure::{Quantity, grouped, of_chart as percent};

impl CrashAnatomy {
    pub(super) fn title(&self) -> String {
        let agents = &self.crash.agents;
        let share = |value: f64| percent(Quantity::exact(value));
        let size = |loss: f64| share(lost(loss).abs());
        let loss = match agents.loss_before > 0.0 {
            true => format!("a measured loss of {}", size(agents.loss_before)),
            false => "no measured loss".to_string(),
        };
        let is_at_rest = agents.loss_before.abs() < ROUNDING;
        let cause = match (agents.obeyed > 0.0, agents.alone > 0.0) {
            (true, true) => format!("{loss} and a false signal"),
            (true, false) => "a false signal".to_string(),
            _ => loss,
        };
        let (before, after) = (size(agents.loss_before), size(agents.loss_after));
        let taken = match (agents.loss_before > 0.0, agents.loss_after > 0.0) {
            (true, _) if agents.alone > 0.0 => format!("took it to {after}"),
            (true, _) => format!("took the measured loss from {before} to {after}"),
            (false, true) if is_at_rest => format!("brought a measured loss of {after}"),
            (false, true) => format!("turned a measured gain of {before} into a loss of {after}"),
            (false, false) => format!("took the measured gain from {before} to {after}"),
        };
        format!(
            "Path {}, {}: {cause} set off sales by {} of the agents, which {taken}",
            grouped(self.path),
            spoken_month(&self.crash.date),
            share(self.sold()),
        )
    }
}

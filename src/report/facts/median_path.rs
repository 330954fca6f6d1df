//! The path whose final wealth is the median, with what its events cost.
//!
//! In: that path, month by month. Out: [`MedianPathPart`]. Not here: which path it is (`study`).

use crate::report::replay::ReplayReport;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Events of the path at most.
const MOST_EVENTS: usize = 20;

/// One path: that whose final wealth, real, is the median; of equal ones the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MedianPathPart {
    /// Number of the path, from 0.
    pub path: u64,
    /// Wealth in months 0, 1, 2 …, real.
    pub wealth: Vec<f64>,
    /// The month in which its money runs out, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruin_month: Option<u32>,
    /// What loss events cost on it, the costliest first, at most 20.
    pub events: Vec<PathEventPart>,
}

/// A loss event on a path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathEventPart {
    /// The simulated month, the first is 1.
    pub month: u32,
    /// Name of the event.
    pub event: String,
    /// Its name for readers.
    pub label: String,
    /// What it took from then until it happened again, real; insurance is not counted against it.
    pub cost: f64,
}

impl MedianPathPart {
    /// Of a path, where these are name and label of each event of the scenario, in their order.
    pub(in crate::report) fn of(path: &ReplayReport<'_>, events: &[[&str; 2]]) -> Self {
        let months = path.replay.months.iter();
        let wealth = months.map(|month| month.worlds[0].wealth / month.price_level);
        let mut found: Vec<PathEventPart> =
            (0..events.len()).flat_map(|number| happened(path, number, events[number])).collect();
        // stable: of equal costs the event that comes first, then the month
        found.sort_by(|a, b| b.cost.total_cmp(&a.cost));
        found.truncate(MOST_EVENTS);
        Self {
            path: path.replay.path,
            wealth: wealth.collect(),
            ruin_month: path.ruin_month(),
            events: found,
        }
    }
}

/// Each time that event `number` happened and cost something: an income that does not come is lost in the months after.
fn happened(
    path: &ReplayReport<'_>,
    number: usize,
    [event, label]: [&str; 2],
) -> Vec<PathEventPart> {
    let mut found: Vec<PathEventPart> = Vec::new();
    let (_, tally) = &path.replay.legend.events[number];
    for month in 1..=path.replay.n_months() {
        let [before, now] = [month - 1, month].map(|month| path.rows(month));
        if now.get(tally.strikes) > before.get(tally.strikes) {
            found.push(PathEventPart {
                month,
                event: event.to_owned(),
                label: label.to_owned(),
                cost: 0.0,
            });
        }
        if let Some(last) = found.last_mut() {
            last.cost += now.get(tally.lost) - before.get(tally.lost);
        }
    }
    found.retain(|one| one.cost > 0.0);
    found
}

#[cfg(test)]
mod tests;

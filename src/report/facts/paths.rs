//! Single paths: wealth of the first few paths, the worst crash, the path of median final wealth.
//!
//! In: paths that were replayed. Out: the parts of the report about them. Not here: the choice of the paths
//! (`study`), the first paths (`build`).

use crate::event::Tally;
use crate::report::replay::{CrashMonth, ReplayReport};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const MOST_SALES: usize = 200;
const MOST_EVENTS: usize = 20;

/// Wealth over time of the first few paths.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathsPart {
    /// Wealth of each of the first paths at the end of months 0, 1, 2 …, real.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wealth: Vec<Vec<f64>>,
}

/// The crash in which agents' sales cost the largest fraction of the owner's wealth, over all paths and
/// months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorstCrashPart {
    /// Number of the path on which the crash happened, from 0.
    pub path: u64,
    /// Anatomy of the month of the crash, with at most 200 evenly spaced sales, the last one included.
    pub crash: CrashMonth,
}

impl WorstCrashPart {
    /// Extracts the worst crash of a replayed path; `None` if no agent sold on it.
    pub(in crate::report) fn of(path: &ReplayReport<'_>) -> Option<Self> {
        let crash = path.crash_month(path.replay.worst_sale()?)?;
        Self::thinned(path.replay.path, crash)
    }

    /// Reduces the sales of a crash to at most 200 evenly spaced ones; `None` if no agent sold.
    pub(in crate::report) fn thinned(path: u64, mut crash: CrashMonth) -> Option<Self> {
        let shown = thinned(crash.firings.len());
        crash.firings = shown.map(|place| crash.firings[place].clone()).collect();
        (!crash.firings.is_empty()).then_some(Self { path, crash })
    }
}

/// Returns at most [`MOST_SALES`] evenly spaced positions from 0 to `n` − 1, both ends included.
fn thinned(n: usize) -> impl Iterator<Item = usize> {
    let step = n.div_ceil(MOST_SALES - 1).max(1);
    let last = n.saturating_sub(1);
    (0..last).step_by(step).chain((n > 0).then_some(last))
}

/// The path of median final wealth, real; the first one if several are equal. If that is nothing, one whose money runs
/// out at the median date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MedianPathPart {
    /// Number of the path in the run, from 0.
    pub path: u64,
    /// Wealth at the end of months 0, 1, 2 …, real.
    pub wealth: Vec<f64>,
    /// Month in which the money runs out, from 1; absent if it never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruin_month: Option<u32>,
    /// Loss events on the path, the costliest first, at most 20.
    pub events: Vec<PathEventPart>,
}

/// One occurrence of a loss event on a path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathEventPart {
    /// Simulated month, from 1.
    pub month: u32,
    /// Name of the event.
    pub event: String,
    /// Label of the event for readers.
    pub label: String,
    /// Loss from the event until it happens again, real, before insurance payouts.
    pub cost: f64,
}

impl MedianPathPart {
    /// Extracts wealth and events of a replayed path. `label` returns the label of an event by its name.
    pub(in crate::report) fn of(path: &ReplayReport<'_>, label: impl Fn(&str) -> String) -> Self {
        let months = path.replay.months.iter();
        let wealth = months.map(|month| month.worlds[0].wealth / month.price_level);
        let events = path.replay.legend.events.iter();
        let mut found: Vec<PathEventPart> =
            events.flat_map(|(name, tally)| happened(path, name, &label(name), tally)).collect();
        // the sort is stable: equal costs stay in the order of events, then months
        found.sort_by(|a, b| b.cost.total_cmp(&a.cost));
        found.truncate(MOST_EVENTS);
        Self {
            path: path.replay.path,
            wealth: wealth.collect(),
            ruin_month: path.ruin_month(),
            events: found,
        }
    }

    /// Fall of real wealth in simulated month `month`; negative if wealth rises.
    pub(in crate::report) fn fall_in(&self, month: u32) -> f64 {
        let at = |month: u32| self.wealth.get(month as usize).copied().unwrap_or(0.0);
        at(month - 1) - at(month)
    }

    /// Returns the months of the high and of the low of the deepest fall, relative to its high; `None` if wealth never
    /// falls.
    pub(in crate::report) fn deepest_fall(&self) -> Option<[usize; 2]> {
        let (mut high, mut deepest) = (0, None);
        for (month, wealth) in self.wealth.iter().enumerate() {
            let left = wealth / self.wealth[high];
            if self.wealth[high] <= *wealth {
                high = month;
            } else if deepest.is_none_or(|(_, least)| left < least) {
                deepest = Some(([high, month], left));
            }
        }
        deepest.map(|(months, _)| months)
    }
}

/// Lists the occurrences of an event that cost something. Income that is lost in the months after an event
/// counts for its latest occurrence.
fn happened(path: &ReplayReport<'_>, event: &str, label: &str, tally: &Tally) -> Vec<PathEventPart> {
    let mut found: Vec<PathEventPart> = Vec::new();
    for month in 1..=path.replay.n_months() {
        let [before, now] = [month - 1, month].map(|month| path.rows(month));
        if now.get(tally.strikes) > before.get(tally.strikes) {
            let (event, label) = (event.to_owned(), label.to_owned());
            found.push(PathEventPart { month, event, label, cost: 0.0 });
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

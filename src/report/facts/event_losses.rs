//! Exceedance curves of event losses: the number of paths that lose more than an amount to events.
//!
//! In: a scenario, its outcome. Out: [`EventLossesPart`]. Not here: the loss of a single event (`record`).

use super::distribution::Distribution;
use crate::chart::{Extent, Scale};
use crate::engine::Outcome;
use crate::math::ROUNDING;
use crate::math::values::Values;
use crate::record::{EVENT_LOSS, EVENTS_LOSS, EVENTS_STRIKE, EVENTS_YEAR};
use crate::scenario::Scenario;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Largest number of loss events that have an exceedance curve of their own.
const MOST: usize = 5;
/// Number of paths at which an exceedance curve ends: a loss that fewer paths exceed is too uncertain to show.
pub(in crate::report) const FEWEST: f64 = 10.0;
const STEPS: usize = 240;

/// Exceedance curves of losses from events, real: the numbers of paths that lose more than an amount.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventLossesPart {
    pub paths: u64,
    pub axis: Scale,
    /// Loss amounts at equal steps along the axis, for all curves.
    pub amounts: Vec<f64>,
    /// Curves: all events together if several cost something, the worst year, the worst month, then the costliest single events.
    pub curves: Vec<LossCurve>,
    /// Number of events that cost something but have no curve.
    pub others: usize,
}

/// Exceedance curve: number of paths that lose more than each of several amounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LossCurve {
    pub of: Curve,
    /// Number of paths that lose anything.
    pub losing: u64,
    /// Number of paths that lose more than each amount in `amounts`.
    pub above: Vec<u64>,
}

/// Kind of losses that a curve counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Curve {
    /// Losses from all events until the horizon.
    AllEvents,
    /// Losses from all events in the year that costs most.
    WorstYear,
    /// Largest loss from one event in one month.
    WorstMonth,
    /// Losses from one event, given by name, until the horizon.
    Event(String),
}

impl EventLossesPart {
    /// Builds the exceedance curves; `None` if no event costs anything. `mean` returns the mean loss of an event by its
    /// name.
    pub fn of(scenario: &Scenario, outcome: &Outcome, mean: impl Fn(&str) -> Option<f64>) -> Option<Self> {
        let column = |of, id| {
            let values = outcome.values(id).filter(|values| values.ends().1 > 0.0);
            values.map(|values| (of, values))
        };
        let first = scenario.assets.len() as u16;
        let events = (first..).zip(&scenario.events).filter_map(|(number, event)| {
            let of = Curve::Event(event.name.clone());
            Some((mean(&event.name)?, column(of, EVENT_LOSS.of_object(number))?))
        });
        let mut events: Vec<(f64, (Curve, &Values))> = events.collect();
        events.sort_by(|a, b| b.0.total_cmp(&a.0));
        if events.is_empty() {
            return None;
        }
        let all = column(Curve::AllEvents, EVENTS_LOSS).filter(|_| events.len() > 1);
        let others = events.len().saturating_sub(MOST);
        let columns = all
            .into_iter()
            .chain(column(Curve::WorstYear, EVENTS_YEAR))
            .chain(column(Curve::WorstMonth, EVENTS_STRIKE))
            .chain(events.into_iter().take(MOST).map(|(_, column)| column));
        Self::of_columns(columns.collect(), others)
    }

    /// Returns the curve of losses until the horizon by all events together, or by the only event that costs something.
    pub fn all(&self) -> Option<&LossCurve> {
        self.curves.iter().find(|curve| curve.of.is_of_all())
    }

    pub(in crate::report) fn of_columns(columns: Vec<(Curve, &Values)>, others: usize) -> Option<Self> {
        let axis = axis(&columns)?;
        let (from, to) = (axis.place(axis.low), axis.place(axis.high));
        let at = |step: usize| axis.value_at(from + step as f64 / STEPS as f64 * (to - from));
        let amounts: Vec<f64> = (0..=STEPS).map(at).collect();
        let paths = columns.first()?.1.n() as u64;
        let curves = columns.into_iter().map(|(of, column)| LossCurve {
            of,
            losing: column.count(|lost| lost > 0.0) as u64,
            above: n_above(column, &amounts),
        });
        Some(Self { paths, axis, curves: curves.collect(), amounts, others })
    }
}

/// Chooses the axis for all curves: from the 1st percentile among the paths that lose anything to the tenth largest
/// loss. It sorts the losses of one curve at a time, to save memory.
fn axis(columns: &[(Curve, &Values)]) -> Option<Scale> {
    let whole = columns.iter().position(|(of, _)| of.is_of_all())?;
    let (mut low, mut high, mut ends) = (f64::INFINITY, 0.0_f64, None);
    for (index, (_, column)) in columns.iter().enumerate() {
        let losing = Distribution::of(column).without(0.0);
        let last = losing.quantile(1.0 - (FEWEST - 1.0) / losing.n() as f64);
        if let Some((least, most)) = losing.quantile(0.01).zip(last) {
            (low, high) = (low.min(least), high.max(most));
        }
        if index == whole {
            ends = Some([0.05, 0.95].map(|p| losing.quantile(p)));
        }
    }
    let [p05, p95] = ends?.map(|quantile| quantile.unwrap_or(high));
    let scale = Scale::fit(Extent { lowest: low, highest: high, ratio: p95 / p05 });
    Some(if scale.is_logarithmic() { scale } else { Scale::linear_from_zero(0.0, high) })
}

impl Curve {
    /// True if the curve counts losses until the horizon, not of the worst year or month.
    pub fn is_of_all(&self) -> bool {
        matches!(self, Self::AllEvents | Self::Event(_))
    }
}

/// Counts, for each of the rising `amounts`, the values that exceed it by more than a rounding error.
fn n_above(values: &Values, amounts: &[f64]) -> Vec<u64> {
    let beyond = |amount: &f64| (amount + ROUNDING * amount.abs()).next_up();
    let least: Vec<f64> = amounts.iter().map(beyond).collect();
    let start = || vec![0_u64; least.len() + 1];
    // `counts[k]` is the number of values that exceed exactly `k` of the amounts
    let count = |counts: &mut Vec<u64>, _: usize, piece: &[f64]| {
        for value in piece {
            counts[least.partition_point(|least| least <= value)] += 1;
        }
    };
    let merge = |mut a: Vec<u64>, b: Vec<u64>| {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        a
    };
    let mut above = values.reduce(start, count, merge);
    for k in (0..least.len()).rev() {
        above[k] += above[k + 1];
    }
    above.split_off(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_counted_below_all_that_it_loses() {
        let values: Values = vec![3.0, 0.0, 1.0, 0.0, 2.0, 3.0 + 1e-12].into();
        assert_eq!(n_above(&values, &[0.0, 0.5, 1.0, 2.5, 3.0, 9.0]), [4, 4, 3, 2, 0, 0]);
    }

    #[test]
    fn all_events_come_first_and_their_curve_begins_with_those_that_lose() {
        let all: Values = (0..1000).map(|path| f64::from(path % 10)).collect::<Vec<_>>().into();
        let part = EventLossesPart::of_columns(vec![(Curve::AllEvents, &all)], 2).expect("a loss");
        assert_eq!((part.paths, part.curves[0].losing, part.others), (1000, 900, 2));
        assert_eq!((part.axis.low, part.curves[0].above[0]), (part.amounts[0], 900));
        assert!(part.curves[0].above.is_sorted_by(|a, b| a >= b));
    }
}

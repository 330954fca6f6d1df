//! What the numbers of pictures are taken from.
//!
//! In: a scenario, its outcome, its report, its single paths. Out: [`Source`]: series, quantiles and figures in money
//! of the start. Not here: which pictures need which (each picture's own file).

use super::super::{Measure, Report};
use super::SinglePaths;
use crate::chart::{Distribution, Quantiles};
use crate::engine::{Outcome, Series};
use crate::figure::Quantity;
use crate::math::quantile::interval_ranks;
use crate::record::REAL_WEALTH;
use crate::report::document::QUANTILES;
use crate::scenario::Scenario;
use crate::stats::LEVEL;
use std::sync::Arc;

/// Width of a bin of a histogram, relative to its values.
const BIN: f64 = 1.0 / 256.0;

/// One run, as its pictures see it.
pub(super) struct Source<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) outcome: &'a Outcome,
    pub(super) report: &'a Report,
    pub(super) single: SinglePaths<'a>,
    /// Wealth of every path at the horizon, in money of the start.
    pub(super) wealth: Option<Arc<Distribution>>,
}

impl<'a> Source<'a> {
    pub(super) fn new(
        scenario: &'a Scenario,
        outcome: &'a Outcome,
        report: &'a Report,
        single: SinglePaths<'a>,
    ) -> Self {
        let wealth = outcome.values_or_like(REAL_WEALTH);
        let wealth = wealth.map(|real| Arc::new(Distribution::of(real)));
        Self {
            scenario,
            outcome,
            report,
            single,
            wealth,
        }
    }

    /// What money is measured in: on each path amounts of every date are divided by its price level.
    pub(super) fn basis(&self) -> String {
        format!("in {} money", self.scenario.start.year())
    }

    /// Money put in, against which wealth is held; none where what is paid out or comes in later counts as
    /// well.
    pub(super) fn put_in(&self) -> f64 {
        match self.report.has_flows() {
            true => 0.0,
            false => self.outcome.money_in,
        }
    }

    pub(super) fn years(&self) -> f64 {
        f64::from(self.outcome.n_months) / 12.0
    }

    pub(super) fn measured(&self, id: &str) -> Option<Quantity> {
        self.report.measures.get(id).map(measured)
    }

    /// Quantiles of a series in money of the start, relative to `unit`; at the horizon those that
    /// `at_end` knows, which are exact. Nothing if one of them is beyond what a series can hold.
    pub(super) fn quantiles(
        &self,
        series: &Series,
        unit: f64,
        at_end: &dyn Fn(&str) -> Option<Quantity>,
    ) -> Option<Quantiles> {
        let told = &self.report.series[&series.id.name(&self.scenario.object_names())];
        let of = |(level, _)| -> Vec<f64> {
            let values = told.real.quantiles[level].iter();
            values.map(|value| value.unwrap_or(f64::NAN) / unit).collect()
        };
        let mut found = QUANTILES.map(of);
        if series.months.last() == Some(&self.outcome.n_months) {
            for (values, (level, _)) in found.iter_mut().zip(QUANTILES) {
                if let (Some(last), Some(exact)) = (values.last_mut(), at_end(level)) {
                    *last = exact.value;
                }
            }
        }
        let is_told = found.iter().flatten().all(|value| value.is_finite());
        let n_paths = series.quantile_paths();
        let [p05, p25, p50, p75, p95] = found;
        is_told.then(|| Quantiles {
            of_first: (n_paths < self.outcome.n_paths as u64).then_some(n_paths),
            p05,
            p25,
            p50,
            p75,
            p95,
        })
    }

    /// Ends of the 95 % interval of the `p`-quantile of a series at a date, in money of the start: order
    /// statistics, to the width of a bin. All numbers where the paths are too few.
    pub(super) fn quantile_within(series: &Series, date: usize, p: f64) -> [f64; 2] {
        let (low, high) = series.ranges[date];
        if low == high {
            return [low; 2];
        }
        let n = series.quantile_paths();
        let Some(ranks) = interval_ranks(n as usize, p, LEVEL) else {
            return [f64::NEG_INFINITY, f64::INFINITY];
        };
        let at = [ranks.0, ranks.1].map(|rank| rank as f64 / n as f64);
        let ends = series.quantiles(date, &at);
        let [low, high] = [ends[0], ends[1]];
        [low - low.abs() * BIN, high + high.abs() * BIN]
    }

    /// Wealth over time in the world that `prefix` names: its quantiles, and those of `levels` at the horizon with
    /// their errors.
    pub(super) fn fan<const N: usize>(
        &self,
        series: &Series,
        prefix: &str,
        levels: [&str; N],
    ) -> Option<(Quantiles, [Quantity; N])> {
        let at_end = |level: &str| self.measured(&format!("{prefix}wealth.terminal.real.{level}"));
        let figures: Option<Vec<Quantity>> = levels.into_iter().map(at_end).collect();
        let quantiles = self.quantiles(series, 1.0, &at_end)?;
        Some((quantiles, figures?.try_into().ok()?))
    }

    /// Years of the dates of a series.
    pub(super) fn years_of(series: &Series) -> Vec<f64> {
        let months = series.months.iter();
        months.map(|month| f64::from(*month) / 12.0).collect()
    }
}

/// By the interval that the screen rounds by; an error that is not known supports no claim.
pub fn measured(measure: &Measure) -> Quantity {
    let std_error = measure.std_error().unwrap_or(f64::INFINITY);
    match measure.atom().is_some() || (measure.interval().is_none() && measure.std_error().is_none()) {
        true => Quantity {
            value: measure.value,
            std_error,
        },
        false => measure.quantity(),
    }
}

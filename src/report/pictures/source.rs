//! What the numbers of pictures are taken from.
//!
//! In: a report. Out: [`Source`]: series, quantiles and figures in money of the start; [`Setting`]. Not here: which pictures need
//! which (each picture's own file).

use super::super::{Measure, Report};
use crate::chart::{Quantiles, Scale};
use crate::figure::{Quantity, money, money_measured, money_tick};
use crate::report::facts::{QUANTILES, SeriesPart};
use crate::units::YearMonth;

/// What all amounts and dates of a picture share.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub currency: String,
    /// What money is measured in, as in "in 2027 money": on each path amounts of every date are divided by its price
    /// level.
    pub basis: String,
    /// The horizon.
    pub years: f64,
    pub n_paths: u64,
}

impl Setting {
    pub(super) fn money(&self, amount: f64) -> String {
        money(&self.currency, amount)
    }

    pub(super) fn measured(&self, amount: Quantity) -> String {
        money_measured(&self.currency, amount)
    }

    /// A round value of an axis.
    pub(super) fn tick(&self, amount: f64) -> String {
        money_tick(&self.currency, amount)
    }

    /// What a subtitle says of an axis of amounts.
    pub(super) fn said(&self, scale: Scale) -> String {
        scale.said(|amount| self.money(amount))
    }
}

/// One run, as its pictures see it.
pub(super) struct Source<'a> {
    pub(super) report: &'a Report,
    /// The first month.
    pub(super) start: YearMonth,
    pub(super) setting: Setting,
}

impl<'a> Source<'a> {
    /// `None` if the report does not say when it starts.
    pub(super) fn new(report: &'a Report) -> Option<Self> {
        let start: YearMonth = report.scenario.start.parse().ok()?;
        let setting = Setting {
            currency: report.scenario.currency.clone(),
            basis: format!("in {} money", start.year()),
            years: f64::from(report.run.months) / 12.0,
            n_paths: report.run.paths,
        };
        Some(Self {
            report,
            start,
            setting,
        })
    }

    /// Money put in, against which wealth is held; none where what is paid out or comes in later counts as
    /// well.
    pub(super) fn put_in(&self) -> f64 {
        match self.report.has_flows() {
            true => 0.0,
            false => self.report.scenario.money_in,
        }
    }

    /// `2036-12` of month 120.
    pub(super) fn date(&self, month: u32) -> String {
        self.start.plus(month.max(1) - 1).to_string()
    }

    pub(super) fn measured(&self, id: &str) -> Option<Quantity> {
        self.report.measures.get(id).map(measured)
    }

    /// A series by name, of at least one date.
    pub(super) fn series(&self, name: &str) -> Option<&'a SeriesPart> {
        self.report
            .series
            .get(name)
            .filter(|series| !series.years.is_empty())
    }

    /// Quantiles of a series in money of the start, relative to `unit`; at the horizon those that
    /// `at_end` knows, which are exact. Nothing if one of them is beyond what a series can hold.
    pub(super) fn quantiles(
        &self,
        series: &SeriesPart,
        unit: f64,
        at_end: &dyn Fn(&str) -> Option<Quantity>,
    ) -> Option<Quantiles> {
        let of = |(level, _): (&str, f64)| -> Option<Vec<f64>> {
            let values = series.real.quantiles.get(level)?.iter();
            values.map(|value| Some((*value)? / unit)).collect()
        };
        let [p05, p25, p50, p75, p95] = QUANTILES.map(of);
        let mut found = [p05?, p25?, p50?, p75?, p95?];
        if series.years.last() == Some(&self.setting.years) {
            for (values, (level, _)) in found.iter_mut().zip(QUANTILES) {
                if let (Some(last), Some(exact)) = (values.last_mut(), at_end(level)) {
                    *last = exact.value;
                }
            }
        }
        let is_whole = found
            .iter()
            .all(|values| values.len() == series.years.len());
        let is_told = found.iter().flatten().all(|value| value.is_finite());
        let n_paths = series.quantile_paths;
        let [p05, p25, p50, p75, p95] = found;
        (is_whole && is_told).then(|| Quantiles {
            of_first: (n_paths < self.setting.n_paths).then_some(n_paths),
            p05,
            p25,
            p50,
            p75,
            p95,
        })
    }

    /// A quantile of the last date, within its interval.
    pub(super) fn last_quantile(series: &SeriesPart, level: &str) -> Option<Quantity> {
        let value = (*series.real.quantiles.get(level)?.last()?)?;
        let within = series.last.as_ref()?.intervals.get(level)?;
        let anywhere = [f64::NEG_INFINITY, f64::INFINITY];
        Some(Quantity::between(value, within.unwrap_or(anywhere)))
    }

    /// Wealth over time in the world that `prefix` names: its quantiles, and those of `levels` at the horizon with
    /// their errors.
    pub(super) fn fan<const N: usize>(
        &self,
        series: &SeriesPart,
        prefix: &str,
        levels: [&str; N],
    ) -> Option<(Quantiles, [Quantity; N])> {
        let at_end = |level: &str| self.measured(&format!("{prefix}wealth.terminal.real.{level}"));
        let figures: Option<Vec<Quantity>> = levels.into_iter().map(at_end).collect();
        let quantiles = self.quantiles(series, 1.0, &at_end)?;
        Some((quantiles, figures?.try_into().ok()?))
    }
}

/// By the interval that the screen rounds by; an error that is not known supports no claim.
pub fn measured(measure: &Measure) -> Quantity {
    let std_error = measure.std_error.unwrap_or(f64::INFINITY);
    match measure.is_atom() || (measure.interval.is_none() && measure.std_error.is_none()) {
        true => Quantity {
            value: measure.value,
            std_error,
        },
        false => measure.quantity(),
    }
}

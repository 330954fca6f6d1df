//! Access to the numbers that pictures show.
//!
//! In: a report. Out: [`RunSource`] with series, quantiles and measures in money of the start; [`Setting`].
//! Not here: the numbers that each picture needs (its own file).

use super::super::measure::quantity;
use super::super::{Measure, Report};
use crate::chart::{Axis, HUES, Ink, Quantiles, Scale};
use crate::figure::{
    Quantity, amounts_alike, dates, money, money_measured, money_name, money_tick, spoken_month, year_of,
};
use crate::record::INCOME;
use crate::report::facts::{QUANTILES, SeriesPart};
use crate::units::YearMonth;

/// Names of the 95th and of the 5th percentile in a chart, followed by the amount.
pub const ABOVE: &str = "5 % of paths above";
pub const BELOW: &str = "5 % of paths below";

/// Currency, dates and number of paths that all amounts of a picture share.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub currency: String,
    /// Unit of money, such as "in 2027 dollars". On each path, the amounts of a date are divided by its price
    /// level.
    pub basis: String,
    /// First month of the run.
    pub start: YearMonth,
    /// Horizon in years.
    pub years: f64,
    pub n_paths: u64,
}

impl Setting {
    pub(in crate::report) fn of(currency: &str, start: YearMonth, months: u32, n_paths: u64) -> Self {
        let date = start.to_string();
        Self {
            currency: currency.to_owned(),
            basis: format!("in {} {}", year_of(&date), money_name(currency)),
            start,
            years: f64::from(months) / 12.0,
            n_paths,
        }
    }

    pub(super) fn money(&self, amount: f64) -> String {
        money(&self.currency, amount)
    }

    pub(super) fn measured(&self, amount: Quantity) -> String {
        money_measured(&self.currency, amount)
    }

    /// Returns a formatter that prints the amounts of a chart in the unit and decimals of the largest one.
    pub(super) fn alike(&self, amounts: impl Iterator<Item = f64>) -> Box<dyn Fn(f64) -> String> {
        amounts_alike(&self.currency, amounts)
    }

    /// Formats an amount at a tick of an axis.
    pub(super) fn tick(&self, amount: f64) -> String {
        money_tick(&self.currency, amount)
    }

    /// Returns the time axis from the start to the horizon, with at most `at_most` ticks besides the start.
    pub(super) fn dates(&self, at_most: usize) -> Axis {
        let ticks = dates(self.start, self.years, at_most);
        Axis { scale: Scale::linear(0.0, self.years), ticks, name: String::new() }
    }

    /// Returns the month that ends after `years` years, or within which they end, such as `2036-12`.
    pub(super) fn month(&self, years: f64) -> String {
        let months = (12.0 * years - 1e-6).ceil() as u32;
        self.start.plus(months.max(1) - 1).to_string()
    }

    /// Returns that month in words, such as `Dec 2036`.
    pub(super) fn spoken(&self, years: f64) -> String {
        spoken_month(&self.month(years))
    }

    /// Returns the year of the month after the horizon.
    pub(super) fn end(&self) -> String {
        let months = (12.0 * self.years).round() as u32;
        year_of(&self.start.plus(months).to_string()).to_owned()
    }
}

/// The report of one run, from which its charts take their numbers.
pub(super) struct RunSource<'a> {
    pub(super) report: &'a Report,
    pub(super) setting: Setting,
}

impl<'a> RunSource<'a> {
    /// Creates the source; `None` if the report lacks a start date.
    pub(super) fn new(report: &'a Report) -> Option<Self> {
        let (scenario, run) = (&report.scenario, &report.run);
        let start = scenario.start.parse().ok()?;
        Some(Self { report, setting: Setting::of(&scenario.currency, start, run.months, run.paths) })
    }

    /// Returns the money invested, with which final wealth is compared; 0 if money is withdrawn or contributed, since
    /// final wealth then depends on that too.
    pub(super) fn break_even(&self) -> f64 {
        if self.report.has_flows() { 0.0 } else { self.report.scenario.money_in }
    }

    /// True if the owner spends anything on some path.
    pub(super) fn spends(&self) -> bool {
        let spent = self.series(INCOME.quantity()).and_then(|income| income.spending.as_ref());
        spent.is_some_and(|spent| spent.iter().any(|amount| *amount > 0.0))
    }

    pub(super) fn measured(&self, id: &str) -> Option<Quantity> {
        self.report.measures.get(id).map(measured)
    }

    /// Returns the hue of an asset, the same in every picture.
    pub(super) fn ink_of(&self, asset: &str) -> Ink {
        let assets = &self.report.scenario.assets;
        let place = assets.iter().position(|one| one.name == asset);
        place.map_or(Ink::Slate, |place| HUES[place % HUES.len()])
    }

    /// Returns the series called `name`; `None` if the report lacks it or it has no dates.
    pub(super) fn series(&self, name: &str) -> Option<&'a SeriesPart> {
        let series = self.report.series.get(name);
        series.filter(|series| !series.years.is_empty())
    }

    /// Returns the quantiles of a series over time. At the horizon, the exact values of `at_end` replace them. `None`
    /// if a quantile is beyond the range that a series can hold.
    pub(super) fn quantiles(
        &self,
        series: &SeriesPart,
        at_end: &dyn Fn(&str) -> Option<Quantity>,
    ) -> Option<Quantiles> {
        let ends_at_horizon = series.years.last() == Some(&self.setting.years);
        let levels = of_levels(|level| {
            let known = series.real.quantiles.get(level)?.iter();
            let mut values: Vec<f64> = known.map(|value| value.unwrap_or(f64::NAN)).collect();
            if let Some(exact) = at_end(level).filter(|_| ends_at_horizon) {
                *values.last_mut()? = exact.value;
            }
            let is_whole = values.len() == series.years.len();
            (is_whole && values.iter().all(|value| value.is_finite())).then_some(values)
        })?;
        Some(Quantiles { levels })
    }

    /// Returns the quantile `level`, such as `p50`, at the last date with its error; `None` if it is unknown.
    pub(super) fn last_quantile(series: &SeriesPart, level: &str) -> Option<Quantity> {
        let value = (*series.real.quantiles.get(level)?.last()?)?;
        let within = series.last.as_ref()?.intervals.get(level)?;
        let anywhere = [f64::NEG_INFINITY, f64::INFINITY];
        Some(Quantity::between(value, within.unwrap_or(anywhere)))
    }
}

/// Calls `of` for each of the five quantile levels, `p05` to `p95`; `None` if it returns `None` for one.
pub(in crate::report) fn of_levels<T>(of: impl Fn(&str) -> Option<T>) -> Option<[T; 5]> {
    let [p05, p25, p50, p75, p95] = QUANTILES.map(|(level, _)| of(level));
    Some([p05?, p25?, p50?, p75?, p95?])
}

/// Converts a measure to value and error, as the digits of charts need it; an unknown error is infinite.
pub fn measured(measure: &Measure) -> Quantity {
    if measure.is_atom() || (measure.interval.is_none() && measure.std_error.is_none()) {
        Quantity { value: measure.value, std_error: measure.std_error.unwrap_or(f64::INFINITY) }
    } else {
        quantity(measure)
    }
}

/// Returns the middle of the month that ends at the date `end`, in years.
pub(super) fn mid_month(end: f64) -> f64 {
    end - 0.5 / 12.0
}

//! Which pictures a report has, and the numbers that each is drawn from.
//!
//! In: a scenario, its outcome, its report. Out: SVG and PNG of every chart. Not here: drawing
//! (`chart`), files (`cli`).

use super::basis::correlation_basis;
use super::correlations::crash_correlation;
use super::{Measure, ReplayReport, Report};
pub use crate::chart::Picture as Drawing;
use crate::chart::{
    Bridge, BridgeStep, Chart, Correlation, Distribution, Drawdown, FinalQuantiles, Placement,
    Quantiles, ROUNDING, Stamp, Terminal, Theme, WealthFan,
};
use crate::engine::{Outcome, Series};
use crate::figure::{Currency, Quantity};
use crate::record::{MAX_DRAWDOWN, WEALTH};
use crate::scenario::Scenario;
use crate::study::price_levels;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

mod agents;
mod holdings;

/// Letters of the digest that a picture shows.
const DIGEST_LETTERS: usize = 8;

/// Bytes per path that drawing takes beside the outcome: two distributions of single values, their
/// bars and the copies they are made from.
pub const PICTURE_BYTES_PER_PATH: u64 = 150;

/// A finished picture.
pub struct Picture {
    /// Name of its files, without ending.
    pub name: String,
    pub svg: String,
    /// The drawing for a page that has the dark rules.
    pub inline: String,
    pub png: Vec<u8>,
}

/// Draws every chart that has something to show, in the current thread pool; `worst` is the path
/// of the worst crash, if there was any. Nothing once `stop` is set: it is looked at between charts
/// and inside each.
pub fn pictures(
    scenario: &Scenario,
    outcome: &Outcome,
    report: &Report,
    worst: Option<&ReplayReport>,
    theme: Theme,
    stop: &AtomicBool,
) -> Option<Vec<Picture>> {
    let drawings = drawings(scenario, outcome, report, worst, stop)?;
    let drawn = drawings.into_par_iter();
    drawn
        .map(|drawing| drawn_until(drawing, theme, stop))
        .collect()
}

/// The same pictures before they are files.
pub fn drawings(
    scenario: &Scenario,
    outcome: &Outcome,
    report: &Report,
    worst: Option<&ReplayReport>,
    stop: &AtomicBool,
) -> Option<Vec<Drawing>> {
    let source = Source::new(scenario, outcome, report);
    let stamp = Stamp {
        scenario: scenario.title.clone(),
        seeds: scenario.seeds,
        n_paths: scenario.paths,
        digest: first_letters(&report.scenario.model_digest),
    };
    let mut charts = source.charts(stop)?;
    if let Some(anatomy) = worst.and_then(ReplayReport::chart) {
        charts.push(Box::new(anatomy));
    }
    let drawn = charts.par_iter();
    drawn
        .map(|chart| (!is_set(stop)).then(|| chart.picture(&stamp)))
        .collect()
}

fn is_set(stop: &AtomicBool) -> bool {
    stop.load(Ordering::Relaxed)
}

/// Letters of a digest that a picture shows.
pub(super) fn first_letters(digest: &str) -> String {
    digest[..DIGEST_LETTERS].to_owned()
}

/// A chart as both of its files; nothing once `stop` is set.
pub(super) fn drawn_with(
    chart: &(dyn Chart + Sync),
    stamp: &Stamp,
    theme: Theme,
    stop: &AtomicBool,
) -> Option<Picture> {
    drawn_until(chart.picture(stamp), theme, stop)
}

fn drawn_until(drawing: Drawing, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
    if is_set(stop) {
        return None;
    }
    Some(Picture {
        png: drawing.to_png_until(theme, stop)?,
        svg: drawing.to_svg(Placement::Standalone),
        inline: drawing.to_svg(Placement::Inline { id: &drawing.id }),
        name: drawing.id,
    })
}

struct Source<'a> {
    scenario: &'a Scenario,
    outcome: &'a Outcome,
    report: &'a Report,
    price_levels: Vec<f64>,
    /// Wealth of every path at the horizon, in money of the start.
    wealth: Option<Arc<Distribution>>,
}

type Drawable = Box<dyn Chart + Sync>;

/// A chart as one of all.
fn boxed<C: Chart + Sync + 'static>(chart: Option<C>) -> Option<Drawable> {
    chart.map(|chart| Box::new(chart) as Drawable)
}

impl<'a> Source<'a> {
    fn new(scenario: &'a Scenario, outcome: &'a Outcome, report: &'a Report) -> Self {
        let price_levels = price_levels(scenario);
        let level = price_levels[outcome.n_months as usize];
        let wealth = outcome.column(WEALTH).map(|wealth| {
            let real = wealth.iter().map(|value| value / level);
            Arc::new(Distribution::of_values(real.collect()))
        });
        Self {
            scenario,
            outcome,
            report,
            price_levels,
            wealth,
        }
    }

    /// The data of every chart that has something to show; nothing once `stop` is set.
    fn charts(&self, stop: &AtomicBool) -> Option<Vec<Drawable>> {
        let kinds: [&dyn Fn() -> Option<Drawable>; 9] = [
            &|| boxed(self.wealth_fan()),
            &|| boxed(self.terminal()),
            &|| boxed(self.drawdown()),
            &|| boxed(self.bridge()),
            &|| boxed(self.loop_fan()),
            &|| boxed(self.gain_profile()),
            &|| boxed(crash_correlation(self.report)),
            &|| boxed((self.scenario.markets.len() > 1).then(|| self.correlation())),
            &|| boxed(self.assets()),
        ];
        let mut charts = Vec::new();
        for chart in kinds {
            if is_set(stop) {
                return None;
            }
            charts.extend(chart());
        }
        Some(charts)
    }

    fn currency(&self) -> Currency {
        Currency::new(&self.scenario.currency)
    }

    /// What money is measured in: amounts of every date are divided by its price level.
    fn basis(&self) -> String {
        format!("in {} money", self.scenario.start.year())
    }

    fn years(&self) -> f64 {
        f64::from(self.outcome.n_months) / 12.0
    }

    fn measured(&self, id: &str) -> Option<Quantity> {
        self.report.measures.get(id).map(measured)
    }

    /// Quantiles of a series in money of the start, relative to `unit`; at the horizon those that
    /// `at_end` knows, which are exact. Nothing if one of them is beyond what a series can hold.
    fn quantiles(
        &self,
        series: &Series,
        unit: f64,
        at_end: &dyn Fn(&str) -> Option<Quantity>,
    ) -> Option<Quantiles> {
        let at = |p: f64, level: &str| -> Option<Vec<f64>> {
            let dated = series.months.iter().enumerate();
            let values = dated.map(|(date, month)| {
                let price = self.price_levels[*month as usize];
                series.quantile(date, p) / price / unit
            });
            let mut values: Vec<f64> = values.collect();
            let reaches_end = series.months.last() == Some(&self.outcome.n_months);
            if let (true, Some(exact), Some(last)) = (reaches_end, at_end(level), values.last_mut())
            {
                *last = exact.value;
            }
            values
                .iter()
                .all(|value| value.is_finite())
                .then_some(values)
        };
        let n_paths = series.quantile_paths();
        Some(Quantiles {
            of_first: (n_paths < self.outcome.n_paths as u64).then_some(n_paths),
            p05: at(0.05, "p05")?,
            p25: at(0.25, "p25")?,
            p50: at(0.50, "p50")?,
            p75: at(0.75, "p75")?,
            p95: at(0.95, "p95")?,
        })
    }

    fn wealth_fan(&self) -> Option<WealthFan> {
        let series = self.outcome.series(WEALTH)?;
        let at_end = |level: &str| self.measured(&format!("wealth.terminal.real.{level}"));
        let sample_paths = self.outcome.sample_paths.iter().map(|path| {
            path.iter()
                .zip(&self.price_levels)
                .map(|(wealth, level)| wealth / level)
                .collect()
        });
        Some(WealthFan {
            currency: self.currency(),
            basis: self.basis(),
            years: years_of(series),
            quantiles: self.quantiles(series, 1.0, &at_end)?,
            at_end: FinalQuantiles {
                p05: at_end("p05")?,
                p25: at_end("p25")?,
                p50: at_end("p50")?,
                p75: at_end("p75")?,
                p95: at_end("p95")?,
            },
            law: Arc::clone(self.wealth.as_ref()?),
            put_in: vec![self.outcome.money_in; series.months.len()],
            sample_paths: sample_paths.collect(),
        })
    }

    fn terminal(&self) -> Option<Terminal> {
        let money_in = self.outcome.money_in;
        let shortfall = self.measured("expected_shortfall.95")?;
        Some(Terminal {
            currency: self.currency(),
            basis: self.basis(),
            years: self.years(),
            wealth: Arc::clone(self.wealth.as_ref()?),
            put_in: money_in,
            p05: self.measured("wealth.terminal.real.p05")?,
            // the loss is money in less wealth, so its shortfall is that of wealth mirrored
            worst_mean: Quantity {
                value: money_in - shortfall.value,
                ..shortfall
            },
            median: self.measured("wealth.terminal.real.p50")?,
        })
    }

    fn drawdown(&self) -> Option<Drawdown> {
        let depths = self.outcome.column(MAX_DRAWDOWN)?;
        // a fall that is rounding is none
        let fall = |depth: &f64| if *depth < ROUNDING { 0.0 } else { *depth };
        Some(Drawdown {
            years: self.years(),
            depths: Distribution::of_values(depths.iter().map(fall).collect()),
            median: self.measured("drawdown.max.p50")?,
            p95: self.measured("drawdown.max.p95")?,
        })
    }

    fn bridge(&self) -> Option<Bridge> {
        let bridge = self.report.whole_bridge()?;
        let steps = bridge.steps.iter().map(|step| BridgeStep {
            name: step.title.to_owned(),
            median: measured(&step.median),
            change: measured(&step.change),
        });
        Some(Bridge {
            claim: bridge.claim,
            steps: steps.collect(),
            n_paths: bridge.paths,
        })
    }

    fn correlation(&self) -> Correlation {
        Correlation {
            basis: correlation_basis(self.scenario),
            names: self.markets(),
            values: self.scenario.correlation.matrix.entries().to_vec(),
        }
    }

    fn markets(&self) -> Vec<String> {
        let markets = self.scenario.markets.iter();
        markets.map(|market| market.name.clone()).collect()
    }
}

/// By the interval that the screen rounds by; an error that is not known supports no claim.
pub(super) fn measured(measure: &Measure) -> Quantity {
    let std_error = measure.std_error.unwrap_or(f64::INFINITY);
    match measure.is_atom || (measure.interval.is_none() && measure.std_error.is_none()) {
        true => Quantity {
            value: measure.value,
            std_error,
        },
        false => measure.quantity(),
    }
}

fn years_of(series: &Series) -> Vec<f64> {
    let months = series.months.iter();
    months.map(|month| f64::from(*month) / 12.0).collect()
}

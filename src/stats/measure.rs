//! A measure, the families of measures, and their evaluation.
//!
//! In: data. Out: [`Found`]. Not here: the measures themselves (one file per family).

use super::data::{Absent, Data};
use super::estimate::Estimate;
use super::sample::Sorted;
use super::{MEASURES, moments};
use rayon::prelude::*;
use std::borrow::Cow;

/// Unit of a measure; money is in the scenario's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Money,
    MoneyPerMonth,
    /// A share, not a percentage.
    Fraction,
    PerYear,
    FractionPerYear,
    Probability,
    /// Between −1 and 1; a difference of two between −2 and 2.
    Correlation,
}

impl Unit {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::MoneyPerMonth => "money per month",
            Self::Fraction => "fraction",
            Self::PerYear => "per year",
            Self::FractionPerYear => "fraction per year",
            Self::Probability => "probability",
            Self::Correlation => "correlation",
        }
    }
}

/// One figure of the report.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Stable name; `<name>` stands for each asset in turn.
    pub id: &'static str,
    /// What it is called in a table.
    pub title: &'static str,
    pub unit: Unit,
    /// One sentence: formula and source.
    pub doc: &'static str,
    /// How it is estimated, given the samples and `at`.
    pub(super) statistic: fn(&Sorted, f64) -> Estimate,
    /// Probability, level or threshold, if the statistic has one.
    pub(super) at: f64,
}

/// Samples that a family is taken of; the number is that of the asset.
pub(super) type Source = for<'d> fn(&'d Data, usize) -> Result<Cow<'d, Sorted>, Absent>;

/// Whether a family is taken once, or once for every asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Portfolio,
    EachAsset,
}

/// Measures of the same samples.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    pub scope: Scope,
    pub(super) source: Source,
    pub measures: &'static [Measure],
}

/// A measure of one run, or why it has none.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: String,
    pub measure: &'static Measure,
    pub result: Result<Estimate, Absent>,
}

/// Takes every measure, in the order of [`MEASURES`]; families in parallel, which changes no bit.
pub fn evaluate(data: &Data) -> Vec<Found> {
    let names = &data.basis().asset_names;
    let family = |family: &Family| {
        let mut found = Vec::new();
        match family.scope {
            Scope::Portfolio => take(family, data, 0, "", &mut found),
            Scope::EachAsset => {
                for (asset, name) in names.iter().enumerate() {
                    take(family, data, asset, name, &mut found);
                }
            }
        }
        found
    };
    MEASURES.par_iter().flat_map_iter(family).collect()
}

fn take(family: &Family, data: &Data, asset: usize, name: &str, found: &mut Vec<Found>) {
    let sample = (family.source)(data, asset);
    for measure in family.measures {
        let estimate = |sample: &Cow<'_, Sorted>| (measure.statistic)(sample, measure.at);
        found.push(Found {
            id: measure.id.replace("<name>", name),
            measure,
            result: sample.as_ref().map(estimate).map_err(|absent| *absent),
        });
    }
}

/// The measure `id`, with `<name>` for an asset's name.
pub fn find(id: &str) -> Option<&'static Measure> {
    let mut all = MEASURES.iter().flat_map(|family| family.measures);
    all.find(|measure| measure.id == id)
}

/// [`moments::mean`] in the shape of a statistic.
pub(super) fn mean(sample: &Sorted, _: f64) -> Estimate {
    moments::mean(sample)
}

/// [`moments::standard_deviation`] in the shape of a statistic.
pub(super) fn standard_deviation(sample: &Sorted, _: f64) -> Estimate {
    moments::standard_deviation(sample)
}

/// Mean and quantile measures of one family, whose texts differ only in the thing measured.
macro_rules! measure {
    ($prefix:literal, $thing:literal, $unit:ident, mean) => {
        $crate::stats::Measure {
            id: concat!($prefix, ".mean"),
            title: concat!($thing, ", mean"),
            unit: $crate::stats::Unit::$unit,
            doc: concat!(
                "Σx/n over all paths, x the ",
                $thing,
                "; error s/√n (central limit theorem)."
            ),
            statistic: $crate::stats::measure::mean,
            at: 0.0,
        }
    };
    ($prefix:literal, $thing:literal, $unit:ident, sd) => {
        $crate::stats::Measure {
            id: concat!($prefix, ".sd"),
            title: concat!($thing, ", standard deviation"),
            unit: $crate::stats::Unit::$unit,
            doc: concat!(
                "√(Σ(x − x̄)²/(n − 1)) over all paths, x the ",
                $thing,
                "; error by the fourth moment (Kendall & Stuart §12)."
            ),
            statistic: $crate::stats::measure::standard_deviation,
            at: 0.0,
        }
    };
    ($prefix:literal, $thing:literal, $unit:ident, $suffix:literal = $p:literal) => {
        $crate::stats::Measure {
            id: concat!($prefix, ".", $suffix),
            title: concat!($thing, ", ", $suffix),
            unit: $crate::stats::Unit::$unit,
            doc: concat!(
                "x_(⌈n·",
                $p,
                "⌉), x the ",
                $thing,
                "; interval by binomial ranks (David & Nagaraja, Order Statistics, §7.1)."
            ),
            statistic: $crate::stats::quantile::quantile,
            at: $p,
        }
    };
}
pub(super) use measure;

/// Mean, standard deviation and nine quantiles of one thing.
macro_rules! distribution {
    ($prefix:literal, $thing:literal, $unit:ident) => {
        &[
            measure!($prefix, $thing, $unit, mean),
            measure!($prefix, $thing, $unit, sd),
            measure!($prefix, $thing, $unit, "p01" = 0.01),
            measure!($prefix, $thing, $unit, "p05" = 0.05),
            measure!($prefix, $thing, $unit, "p10" = 0.10),
            measure!($prefix, $thing, $unit, "p25" = 0.25),
            measure!($prefix, $thing, $unit, "p50" = 0.50),
            measure!($prefix, $thing, $unit, "p75" = 0.75),
            measure!($prefix, $thing, $unit, "p90" = 0.90),
            measure!($prefix, $thing, $unit, "p95" = 0.95),
            measure!($prefix, $thing, $unit, "p99" = 0.99),
        ]
    };
}
pub(super) use distribution;

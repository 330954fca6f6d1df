//! A measure, the families of measures, and their evaluation.
//!
//! In: data. Out: [`Found`]. Not here: the measures themselves (one file per family).

use super::MEASURES;
use super::data::{Absent, Data};
use super::estimate::{Estimate, LEVEL, Note};
use super::sample::Sorted;
use super::statistic::Statistic;
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
    pub(super) statistic: Statistic,
    /// Probability, level or threshold, if the statistic has one.
    pub(super) at: f64,
}

/// Samples that a family is taken of; the number is that of the asset.
pub(super) type Source = for<'d> fn(&'d Data, usize) -> Result<Cow<'d, Sorted>, Absent>;

/// Which way a figure improves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Higher,
    Lower,
    /// It says nothing by itself about good or bad.
    Neither,
}

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
    /// Which way its figures improve; no spread does, see [`Family::better`].
    pub(super) better: Better,
    pub measures: &'static [Measure],
}

impl Family {
    /// Which way `measure` of this family improves.
    pub fn better(&self, measure: &Measure) -> Better {
        match measure.statistic {
            Statistic::StandardDeviation => Better::Neither,
            _ => self.better,
        }
    }

    /// The samples of one run, of the asset with number `asset`.
    pub(super) fn sample<'d>(
        &self,
        data: &'d Data,
        asset: usize,
    ) -> Result<Cow<'d, Sorted>, Absent> {
        (self.source)(data, asset)
    }
}

impl Measure {
    /// The ends between which every path lies, where the statistic counts on them.
    pub fn ends(&self) -> Option<(f64, f64)> {
        match self.statistic {
            Statistic::MeanWithin(low, high) => Some((low.into(), high.into())),
            _ => None,
        }
    }

    /// The figure, with its interval at `level`.
    ///
    /// Where no two paths differ that is certain only if nothing in the run was left to chance.
    pub(super) fn estimate(&self, sample: &Sorted, level: f64, is_certain: bool) -> Estimate {
        let found = self.statistic.estimate(sample, self.at, level);
        let values = sample.values();
        match (found.std_error, found.note) {
            (_, Some(Note::Atom { .. } | Note::NoObligations)) => found,
            // a bound from counting is one of what these paths do not show
            _ if is_certain && values[0] == values[values.len() - 1] => Estimate {
                level,
                ..Estimate::with_interval(found.value, 0.0, (found.value, found.value), found.n)
            },
            (Some(0.0), _) if !is_certain => Estimate {
                level,
                ..Estimate::bare(found.value, found.n, Some(Note::NoneDiffers))
            },
            _ => found,
        }
    }

    /// Whether its interval is wide by construction: by ranks or counts, or, where few paths decide,
    /// for every law within its ends.
    pub fn is_exact(&self) -> bool {
        match self.statistic {
            Statistic::Above | Statistic::Quantile | Statistic::MeanWithin(..) => true,
            Statistic::Change => self.at > 0.0,
            _ => false,
        }
    }

    /// What it is called of the asset `name`.
    pub(super) fn id_of(&self, name: &str) -> String {
        self.id.replace(NAME, name)
    }

    /// The asset that `id` is this measure of; empty for one of the whole portfolio.
    fn asset_of<'i>(&self, id: &'i str) -> Option<&'i str> {
        match self.id.split_once(NAME) {
            None => (id == self.id).then_some(""),
            Some((before, after)) => {
                let name = id.strip_prefix(before)?.strip_suffix(after)?;
                (!name.is_empty()).then_some(name)
            }
        }
    }
}

/// Stands for the name of each asset in an id.
const NAME: &str = "<name>";

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
    let sample = family.sample(data, asset);
    for measure in family.measures {
        let estimate =
            |sample: &Cow<'_, Sorted>| measure.estimate(sample, LEVEL, data.is_certain());
        found.push(Found {
            id: measure.id_of(name),
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

/// Family, measure and asset (empty if there is none) of the figure `id` of a report.
pub fn look_up(id: &str) -> Option<(&'static Family, &'static Measure, &str)> {
    MEASURES.iter().find_map(|family| {
        let mut measures = family.measures.iter();
        measures.find_map(|measure| Some((family, measure, measure.asset_of(id)?)))
    })
}

/// The figure `id` of a run with its interval at `level`, 0 < level < 1; nothing if no measure or
/// no asset has this name. At [`LEVEL`] it is that of the report to the last bit; at every other it is
/// what a verdict at that confidence rests on.
pub fn estimate_at(data: &Data, id: &str, level: f64) -> Option<Result<Estimate, Absent>> {
    let (measure, sample) = sample_of(data, id)?;
    Some(sample.map(|sample| measure.estimate(&sample, level, data.is_certain())))
}

/// What the figure `id` is taken of; nothing if no measure or no asset has this name.
fn sample_of<'d>(
    data: &'d Data,
    id: &str,
) -> Option<(&'static Measure, Result<Cow<'d, Sorted>, Absent>)> {
    let (family, measure, name) = look_up(id)?;
    let names = &data.basis().asset_names;
    let asset = match family.scope {
        Scope::Portfolio => 0,
        Scope::EachAsset => names.iter().position(|known| known == name)?,
    };
    Some((measure, family.sample(data, asset)))
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
            statistic: $crate::stats::statistic::Statistic::Mean,
            at: 0.0,
        }
    };
    ($prefix:literal, $thing:literal, $unit:ident, mean within 0, 1) => {
        $crate::stats::Measure {
            statistic: $crate::stats::statistic::Statistic::MeanWithin(0, 1),
            ..measure!($prefix, $thing, $unit, mean)
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
            statistic: $crate::stats::statistic::Statistic::StandardDeviation,
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
            statistic: $crate::stats::statistic::Statistic::Quantile,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(id: &str, values: Vec<f64>, is_certain: bool) -> Estimate {
        let sample = Sorted::new(values).expect("finite");
        let measure = find(id).expect("a measure");
        measure.estimate(&sample, 0.99, is_certain)
    }

    #[test]
    fn without_bounds_no_spread_proves_nothing_unless_nothing_is_left_to_chance() {
        for id in ["wealth.terminal.mean", "wealth.terminal.sd"] {
            let found = of(id, vec![7.0; 5000], false);
            assert_eq!(
                (found.interval, found.note),
                (None, Some(Note::NoneDiffers))
            );
            let found = of(id, vec![7.0; 5000], true);
            assert_eq!(found.interval, Some((found.value, found.value)));
        }
    }

    #[test]
    fn within_bounds_no_spread_bounds_the_share_of_paths_that_may_differ() {
        // 1 − 0.005^(1/1000)
        let share = 0.005_284_306;
        for (id, value, low, high) in [
            ("amplification.loss.probability", 0.0, -share, share),
            ("loop.crash_months.per_year", 0.0, 0.0, 12.0 * share),
            ("drawdown.max.mean", 1.0, 1.0 - share, 1.0),
        ] {
            let found = of(id, vec![value; 1000], false);
            let interval = found.interval.expect("bounded");
            assert!((interval.0 - low).abs() < 1e-8, "{id} {interval:?}");
            assert!((interval.1 - high).abs() < 1e-8, "{id} {interval:?}");
            assert!(found.std_error.is_some_and(|error| error > 0.0), "{id}");
        }
    }

    #[test]
    fn what_is_too_skewed_says_how_many_paths_would_do() {
        let id = "amplification.wealth.terminal.real.mean";
        let mut rare = vec![0.0; 3000];
        rare[..6].fill(1e4);
        let found = of(id, rare, false);
        let Some(Note::HeavyTail { skewness, paths }) = found.note else {
            panic!("{found:?}");
        };
        // six events of 3,000 paths, 99 of 49,500
        assert!((skewness - 500f64.sqrt()).abs() < 1e-9 && found.interval.is_none());
        assert_eq!(paths, 49_500);
        let few = (0..128).map(f64::from).collect();
        let few = of("wealth.terminal.mean", few, false);
        assert_eq!(few.note.and_then(Note::paths), Some(200));
        // both tails are looked at, whatever the sign
        let heavy = (1..=5000).map(|k| -1e6 / f64::from(k)).collect();
        let found = of(id, heavy, false);
        assert!(
            matches!(found.note, Some(Note::HeavyTail { .. })),
            "{found:?}"
        );
    }
}

//! Every way a figure is taken of samples, at any confidence.
//!
//! In: samples, a probability, level or threshold. Out: an estimate. Not here: the estimators (a
//! file each), how a figure answers to one path (`influence`).

use super::bounded::{self, Range};
use super::estimate::{Estimate, LEVEL, Note};
use super::influence::{Deviation, Influence, Quantile, Tail};
use super::sample::Sorted;
use super::{change, moments, probability, quantile, tail};

/// How a measure is taken of its samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Statistic {
    /// Mean, unless the tail objects to its error.
    Mean,
    /// Mean of what lies within these ends.
    MeanWithin(i8, i8),
    /// Change of a figure that is no mean, of what the paths contribute to it.
    Change,
    /// Mean of what the first paths contribute to a figure of all their months.
    MeanOfContributions,
    StandardDeviation,
    /// At a probability.
    Quantile,
    /// Mean of the worst, at a level.
    Shortfall,
    /// Share of the paths above a threshold.
    Above,
    /// The probability of what cannot happen.
    NoObligations,
}

impl Statistic {
    /// The figure, its standard error (which no level changes) and its interval at `level`; `at` is
    /// its probability, level or threshold.
    pub fn estimate(self, sample: &Sorted, at: f64, level: f64) -> Estimate {
        let found = match self {
            Self::Mean => moments::mean(sample, level),
            Self::MeanWithin(low, high) => {
                bounded::mean(Range(low.into(), high.into()), sample, level)
            }
            Self::Change | Self::MeanOfContributions => change::estimate(sample, level),
            Self::StandardDeviation => moments::standard_deviation(sample, level),
            Self::Quantile => quantile_at(sample, at, level),
            Self::Shortfall => tail::expected_shortfall(sample, at, level),
            Self::Above => probability::above(sample, at, level),
            Self::NoObligations => Estimate::bare(0.0, sample.n(), Some(Note::NoObligations)),
        };
        Estimate { level, ..found }
    }

    /// Whether it is a function of samples of single paths, of which an influence can be taken.
    pub fn is_of_single_paths(self) -> bool {
        self != Self::MeanOfContributions
    }

    /// How it answers to single paths, or why it has no error; of a share of the paths, how the mean
    /// of the samples would.
    pub fn influence(self, sample: &Sorted, at: f64) -> Result<Influence, Note> {
        match self {
            Self::Mean
            | Self::MeanWithin(..)
            | Self::Change
            | Self::MeanOfContributions
            | Self::Above => Ok(Influence::Mean),
            Self::StandardDeviation => Ok(Influence::Deviation(Deviation::of(sample))),
            Self::Quantile => Quantile::of(sample, at).map(Influence::Quantile),
            Self::Shortfall => Tail::of(sample, at).map(Influence::Tail),
            Self::NoObligations => Err(Note::NoObligations),
        }
    }
}

fn quantile_at(sample: &Sorted, p: f64, level: f64) -> Estimate {
    let found = quantile::quantile(sample, p);
    if level == LEVEL {
        return found;
    }
    let interval = quantile::interval(sample, found.value, p, level);
    let note = match (interval, found.note) {
        (None, None) => Some(Note::TooFewPaths),
        (_, note) => note,
    };
    Estimate {
        interval,
        note,
        ..found
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{basis, draws, outcome};
    use super::super::{Absent, Data, estimate_at, evaluate};
    use super::*;
    use rand_distr::StandardNormal;

    fn data() -> Data {
        Data::new(&outcome(4_000, 1.0), basis(100.0)).expect("usable")
    }

    #[test]
    fn at_95_percent_every_figure_is_that_of_the_report_to_the_last_bit() {
        let data = data();
        for found in evaluate(&data) {
            let again = estimate_at(&data, &found.id, LEVEL).expect("known id");
            // every field, not a number included
            assert_eq!(
                format!("{again:?}"),
                format!("{:?}", found.result),
                "{}",
                found.id
            );
            let wider = estimate_at(&data, &found.id, 0.99).expect("known id");
            let (Ok(narrow), Ok(wide)) = (again, wider) else {
                continue;
            };
            assert_eq!(
                (wide.value, wide.std_error),
                (narrow.value, narrow.std_error)
            );
            if let (Some(narrow), Some(wide)) = (narrow.interval, wide.interval) {
                let is_wider = wide.0 < narrow.0 && wide.1 > narrow.1;
                assert!(is_wider, "{} {narrow:?} {wide:?}", found.id);
            }
        }
    }

    #[test]
    fn figures_are_found_by_the_name_of_their_asset() {
        let data = data();
        let of = |id| estimate_at(&data, id, 0.9);
        assert!(of("asset.saas.terminal.p50").is_some_and(|found| found.is_ok()));
        assert!(of("asset.gold.terminal.p50").is_none());
        assert!(of("asset..terminal.p50").is_none());
        assert!(of("wealth").is_none());
        let mut short = outcome(50, 1.0);
        short.n_months = 6;
        let short = Data::new(&short, basis(100.0)).expect("usable");
        let found = estimate_at(&short, "value_at_risk.year1.995", 0.9);
        assert_eq!(found, Some(Err(Absent::HorizonTooShort)));
    }

    #[test]
    fn intervals_at_other_levels_are_those_of_scipy() {
        // scipy 1.17: binomtest(k, n).proportion_ci(0.99, "exact")
        let cases = [
            (50, 0.03392666271022023, 0.0705043752014578),
            (0, 0.0, 0.005284306039498009),
            (1000, 0.994715693960502, 1.0),
        ];
        for (events, low, high) in cases {
            let values = (0..1000).map(|path| if path < events { 1.0 } else { 0.0 });
            let sample = Sorted::new(values.collect()).expect("finite");
            let found = Statistic::Above.estimate(&sample, 0.5, 0.99);
            let interval = found.interval.expect("always known");
            assert!((interval.0 - low).abs() < 1e-12, "{interval:?}");
            assert!((interval.1 - high).abs() < 1e-12, "{interval:?}");
            assert_eq!(found.level, 0.99);
        }
        // scipy 1.17: binom.cdf and binom.sf searched for the ranks
        let sample = draws(StandardNormal, 1_000, 1);
        for (level, low, high) in [(0.99, 33, 70), (0.90, 39, 63)] {
            let found = Statistic::Quantile.estimate(&sample, 0.05, level);
            let ends = (sample.values()[low - 1], sample.values()[high - 1]);
            assert_eq!(found.interval, Some(ends));
        }
        // scipy 1.17: norm.ppf(0.995), norm.ppf(0.95); Student's law of 999 is wider by less than 3 in
        // a thousand, and a sample of a normal law is hardly skewed
        for (level, width) in [(0.99, 2.5758293035489004), (0.90, 1.6448536269514722)] {
            let found = Statistic::Mean.estimate(&sample, 0.0, level);
            let (low, high) = found.interval.expect("many");
            let error = found.std_error.expect("many");
            assert!(((high - low) / (2.0 * width * error) - 1.0).abs() < 3e-3);
        }
    }

    #[test]
    fn too_few_paths_for_a_level_leave_the_error_and_say_so() {
        let sample = draws(StandardNormal, 100, 1);
        let found = Statistic::Quantile.estimate(&sample, 0.05, 0.99);
        assert_eq!(
            (found.interval, found.note),
            (None, Some(Note::TooFewPaths))
        );
        assert!(found.std_error.is_some());
    }
}

//! Computation of every kind of figure from samples, at any confidence level.
//!
//! In: samples, and a probability, level or threshold. Out: an estimate. Not here: the estimators (one file
//! each), the influence of one path (`influence`).

use super::bounded;
use super::estimate::{Estimate, LEVEL};
use super::sample::Sample;
use super::{moments, probability, quantile, tail};
use crate::math::quantile::{interval_ranks, rank};
use crate::record::Statistic;

impl Statistic {
    /// Computes this statistic, its standard error (the same at every level) and its interval at `level`.
    pub(super) fn estimate(self, sample: &Sample, level: f64) -> Estimate {
        let found = match (self, sample.change) {
            (Self::OfContributions { .. }, Some(change)) => change.judged(sample, level).0,
            // contributions of the worst paths are an ordinary sample of their own
            (
                Self::Mean
                | Self::MeanOfLog
                | Self::OnWorst(_)
                | Self::WithLoss
                | Self::OfContributions { .. },
                _,
            ) => moments::mean(sample, level),
            (Self::MeanWithin(low, high), _) => bounded::mean((low, high), sample, level),
            (Self::StandardDeviation, _) => moments::standard_deviation(sample, level),
            (Self::Quantile(p), _) => quantile::quantile(sample, p, level),
            (Self::Shortfall(tail), _) => tail::expected_shortfall(sample, tail, level),
            (Self::Above(threshold), _) => {
                probability::of_count(sample.n_above(threshold), sample.n(), level)
            }
        };
        Estimate { level, ..found }
    }

    /// Computes this statistic without its error; `None` for quantiles and shares of paths, whose error costs nothing
    /// extra.
    pub(super) fn value(self, sample: &Sample) -> Option<f64> {
        match (self, sample.change) {
            (Self::Quantile(_) | Self::Above(_), _) => None,
            (_, Some(change)) => Some(change.value),
            (Self::StandardDeviation, _) => Some(moments::deviation(sample)),
            (Self::Shortfall(tail), _) => Some(tail::Worst::of(sample, tail).mean()),
            _ => Some(moments::centre(sample)),
        }
    }

    /// Returns the ranks, from 0, of the sorted samples that a quantile and its interval need; empty for others.
    pub(super) fn ranks(self, n: usize) -> Vec<usize> {
        let Self::Quantile(p) = self else {
            return Vec::new();
        };
        let interval = interval_ranks(n, p, LEVEL);
        let ends = interval.map_or(Vec::new(), |(low, high)| vec![low - 1, high - 1]);
        std::iter::once(rank(n, p) - 1).chain(ends).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{basis, draws, outcome};
    use super::super::{Data, Note, estimate_at, evaluate};
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
            assert_eq!(format!("{again:?}"), format!("{:?}", found.result), "{}", found.id);
            let wider = estimate_at(&data, &found.id, 0.99).expect("known id");
            let (Ok(narrow), Ok(wide)) = (again, wider) else {
                continue;
            };
            assert_eq!((wide.value, wide.std_error), (narrow.value, narrow.std_error));
            if let (Some(narrow), Some(wide)) = (narrow.interval, wide.interval) {
                let is_wider = wide.0 <= narrow.0 && wide.1 >= narrow.1 && wide != narrow;
                assert!(is_wider, "{} {narrow:?} {wide:?}", found.id);
            }
        }
    }

    #[test]
    fn figures_are_found_by_the_name_of_their_asset() {
        let data = data();
        let of = |id: &str| estimate_at(&data, id, 0.9);
        assert!(of("asset.saas.terminal.p50").is_some_and(|found| found.is_ok()));
        for id in ["asset.gold.terminal.p50", "asset..terminal.p50", "wealth"] {
            assert_eq!(of(id), None, "{id}");
        }
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
            let sample = Sample::new(values.collect()).expect("finite");
            let found = Statistic::Above(0.5).estimate(&sample, 0.99);
            let (at_low, at_high) = found.interval.expect("always known");
            assert!((at_low - low).abs().max((at_high - high).abs()) < 1e-12, "{found:?}");
            assert_eq!(found.level, 0.99);
        }
        // scipy 1.17: binom.cdf and binom.sf searched for the ranks
        let sample = draws(StandardNormal, 1_000, 1);
        for (level, low, high) in [(0.99, 33, 70), (0.90, 39, 63)] {
            let (found, values) = (Statistic::Quantile(0.05).estimate(&sample, level), sample.values());
            assert_eq!(found.interval, Some((values[low - 1], values[high - 1])));
        }
        // scipy 1.17: norm.ppf(0.995), norm.ppf(0.95); Student's law of 999 is wider by less than 3 in
        // a thousand, a sample of a normal law is hardly skewed, and its tails hide less than 3 in a hundred
        for (level, width) in [(0.99, 2.5758293035489004), (0.90, 1.6448536269514722)] {
            let found = Statistic::Mean.estimate(&sample, level);
            let (low, high) = found.interval.expect("many");
            let error = found.std_error.expect("many");
            assert!((0.997..1.03).contains(&((high - low) / (2.0 * width * error))));
        }
    }

    #[test]
    fn too_few_paths_for_a_level_leave_the_error_and_say_so() {
        let sample = draws(StandardNormal, 100, 1);
        let found = Statistic::Quantile(0.05).estimate(&sample, 0.99);
        assert_eq!((found.interval, found.note), (None, Some(Note::TooFewPaths)));
        assert!(found.std_error.is_some());
    }
}

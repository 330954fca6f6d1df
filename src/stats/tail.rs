//! Mean of the worst outcomes.
//!
//! In: losses, positive. Out: expected shortfall. Not here: value at risk, which is a quantile.

use super::estimate::{Estimate, Note};
use super::sample::Sorted;
use crate::math::quantile::rank;
use crate::math::sum::Sum;

/// Expected shortfall at `level`: the mean of the worst n(1 − level) losses.
///
/// ```text
/// ES = (Σ_{i>r} x_(i) + (r − np)·x_(r)) / (n − np),   r = ⌈np⌉,   p = level
/// error √((Var(L | L > q) + p(ES − q)²) / (n(1 − p))),   q = x_(r)
/// ```
///
/// The loss at the rank itself counts with the fraction that fills the tail up to n(1 − p).
/// Without an error if fewer than two losses lie beyond the quantile. Sources: C. Acerbi & D.
/// Tasche, *On the coherence of expected shortfall*, J. Bank. Finance 26 (2002) 1487–1503 (the
/// fraction); S. X. Chen, *Nonparametric estimation of expected shortfall*, J. Financ. Econom. 6
/// (2008) 87–107 (the error).
pub fn expected_shortfall(losses: &Sorted, level: f64, confidence: f64) -> Estimate {
    let (values, n) = (losses.values(), losses.n());
    let rank = rank(n, level);
    let (quantile, beyond) = (values[rank - 1], &values[rank..]);
    let fraction = (rank as f64 - n as f64 * level).clamp(0.0, 1.0);
    let size = beyond.len() as f64 + fraction;
    if size == 0.0 {
        return Estimate::bare(quantile, n, Some(Note::TooFewPaths));
    }
    let weighted = |function: &dyn Fn(f64) -> f64| {
        let sum: Sum = beyond.iter().map(|loss| function(*loss)).collect();
        (sum.value() + fraction * function(quantile)) / size
    };
    // from the quantile on, so that a tail that is one atom has exactly its value
    let shortfall = quantile + weighted(&|loss| loss - quantile);
    if beyond.last() == Some(&quantile) {
        let probability = losses.n_equal(quantile) as f64 / n as f64;
        return Estimate::bare(shortfall, n, Some(Note::Atom { probability }));
    }
    if beyond.len() < 2 {
        return Estimate::bare(shortfall, n, Some(Note::TooFewPaths));
    }
    let variance = weighted(&|loss| (loss - shortfall) * (loss - shortfall));
    let gap = shortfall - quantile;
    let std_error = ((variance + level * gap * gap) / size).sqrt();
    Estimate::normal_at(confidence, shortfall, std_error, n)
}

#[cfg(test)]
mod tests {
    use super::super::estimate::LEVEL;
    use super::super::tests::{draws, normal_scores};
    use super::*;
    use rand_distr::StandardNormal;

    #[test]
    fn expected_shortfall_of_a_normal_return_is_its_closed_form() {
        let found = |deviation: f64| {
            expected_shortfall(&normal_scores(1_000_000, -0.01, deviation), 0.95, LEVEL).value
        };
        assert!((found(0.05) - 0.09313564).abs() < 2e-7, "{}", found(0.05));
        assert!((found(0.0525) - 0.09313564).abs() > 2e-7);
        let standard = expected_shortfall(&normal_scores(20_000, 0.0, 1.0), 0.95, LEVEL).value;
        assert!((standard - 2.0627128).abs() < 1e-4, "{standard}");
    }

    #[test]
    fn its_error_is_the_asymptotic_one() {
        // a sample without noise lacks the far end of its tail, which costs up to 2 % of the error
        let cases = [
            (20_000, 0.95, 0.017434233, 0.01),
            (10_000, 0.99, 0.045884, 0.03),
            (100_000, 0.99, 0.014510, 0.01),
            (1_000_000, 0.99, 0.0045884, 0.01),
        ];
        for (n, level, expected, tolerance) in cases {
            let error = |scale: f64| {
                let estimate = expected_shortfall(&normal_scores(n, 0.0, scale), level, LEVEL);
                estimate.std_error.expect("a tail") / expected - 1.0
            };
            assert!(error(1.0).abs() < tolerance, "{n} {level} {}", error(1.0));
            assert!(error(1.05).abs() > tolerance, "{n} {level} {}", error(1.05));
        }
    }

    #[test]
    fn the_error_is_the_spread_between_independent_samples() {
        let (mut sum, mut squares, mut errors) = (0.0, 0.0, 0.0);
        for seed in 0..500 {
            let estimate = expected_shortfall(&draws(StandardNormal, 4000, seed), 0.95, LEVEL);
            let gap = estimate.value - 2.0627128;
            sum += gap;
            squares += gap * gap;
            errors += estimate.std_error.expect("a tail");
        }
        let spread = (squares / 500.0 - (sum / 500.0) * (sum / 500.0)).sqrt();
        // a standard deviation of 500 samples is known to 1/√1000
        assert!((errors / 500.0 / spread - 1.0).abs() < 4.0 / 1000f64.sqrt());
        // and the mean of all samples to spread/√500; the bias of order 1/n is far below that
        let tolerance = 4.0 * spread / 500f64.sqrt();
        assert!((sum / 500.0).abs() < tolerance);
        // power: losses 5 % larger are told apart
        assert!((sum / 500.0 + 0.05 * 2.0627128).abs() > tolerance);
    }

    #[test]
    fn the_loss_at_the_edge_counts_in_part() {
        // worst 2.5 of 10: 10 + 9 + half of 8
        let losses = Sorted::new((1..=10).map(f64::from).collect()).expect("finite");
        let estimate = expected_shortfall(&losses, 0.75, LEVEL);
        assert!((estimate.value - (10.0 + 9.0 + 4.0) / 2.5).abs() < 1e-14);
    }

    #[test]
    fn shortfall_is_never_below_the_quantile_nor_falls_with_the_level() {
        let losses = draws(StandardNormal, 997, 8);
        let mut last = f64::NEG_INFINITY;
        for permille in 1..999 {
            let level = f64::from(permille) / 1000.0;
            let found = expected_shortfall(&losses, level, LEVEL).value;
            let quantile = losses.values()[rank(losses.n(), level) - 1];
            assert!(found >= quantile && found >= last - 1e-12);
            last = found;
        }
    }

    #[test]
    fn a_tail_in_which_everything_is_lost_is_an_atom() {
        let mut values = vec![100.0; 130];
        values.extend((0..870).map(|loss| f64::from(loss) * 0.1));
        let estimate = expected_shortfall(&Sorted::new(values).expect("finite"), 0.95, LEVEL);
        assert_eq!((estimate.value, estimate.std_error), (100.0, None));
        assert_eq!(estimate.note, Some(Note::Atom { probability: 0.13 }));
    }
}

//! Verdicts on means of laws in which a few paths decide, between runs whose true means are equal.

use super::super::super::tests::{in_order_drawn, tolerance};
use super::super::difference;
use super::run;
use crate::math::exp;
use rand_distr::{Distribution, LogNormal, Pareto};

const ALPHA: f64 = 0.05;

/// Returns the fraction of the pairs of runs whose difference of means has a p-value, and the fraction in which it is
/// significant.
fn verdicts(n_pairs: u64, pair: impl Fn(u64) -> (Vec<f64>, Vec<f64>)) -> (f64, f64) {
    let p_values = (0..n_pairs).map(|seed| {
        let (base, new) = pair(seed);
        let found = difference(&run(&base, "saas"), &run(&new, "saas"), "wealth.terminal.mean");
        found.expect("a measure").p_value
    });
    let judged: Vec<f64> = p_values.flatten().collect();
    let n_called = judged.iter().filter(|p_value| **p_value < ALPHA).count();
    let share = |n: usize| n as f64 / n_pairs as f64;
    (share(judged.len()), share(n_called))
}

fn is_nominal_at_every_number_of_paths(law: impl Distribution<f64> + Copy, mean: f64) {
    let mut judged = Vec::new();
    for (n, n_pairs) in [(50, 300), (150, 300), (200, 300), (1_000, 300), (2_000, 200), (20_000, 40)] {
        let most = ALPHA + tolerance(ALPHA, n_pairs);
        // two assets of one law, one owned before and the other after
        let swapped = verdicts(n_pairs, |seed| {
            let both = in_order_drawn(law, 2 * n, seed);
            (both[..n].to_vec(), both[n..].to_vec())
        });
        // the asset beside its mean for certain: what was not met of it makes it look worse
        let certain = verdicts(n_pairs, |seed| (vec![mean; n], in_order_drawn(law, n, 10_000 + seed)));
        for (share, called) in [swapped, certain] {
            assert!(called < most, "{n} paths: {called} of {share} judged");
        }
        judged.push([swapped.0, certain.0]);
    }
    // nobody is surer by taking fewer paths
    for pair in judged.windows(2) {
        for (few, many) in pair[0].iter().zip(&pair[1]) {
            assert!(few <= &(many + 0.1), "{judged:?}");
        }
    }
}

#[test]
fn what_has_zero_in_its_interval_is_not_called_different() {
    let law = Pareto::new(1.0, 1.9).expect("positive");
    let found = (0..400).map(|seed| {
        let lost = in_order_drawn(law, 1_000, seed);
        let new = lost.iter().map(|lost| 1_000.0 + 0.001 * seed as f64 + 2.0 - lost);
        let found = difference(
            &run(&vec![1_000.0; 1_000], "saas"),
            &run(&new.collect::<Vec<_>>(), "saas"),
            "wealth.terminal.mean",
        );
        let found = found.expect("a measure");
        let holds_zero = found.difference.interval.is_some_and(|(low, high)| low <= 0.0 && 0.0 <= high);
        (holds_zero, found.p_value)
    });
    let with_zero: Vec<f64> = found.filter(|(holds_zero, _)| *holds_zero).filter_map(|(_, p)| p).collect();
    assert!(with_zero.len() > 20, "{}", with_zero.len());
    assert!(with_zero.iter().all(|p_value| *p_value > ALPHA), "{with_zero:?}");
}

#[test]
fn means_of_pareto_laws_are_not_called_different_by_what_was_not_met() {
    let law = Pareto::new(1.0, 1.5).expect("positive");
    is_nominal_at_every_number_of_paths(law, 3.0);
}

#[test]
fn means_of_wide_lognormal_laws_are_not_called_different_by_what_was_not_met() {
    let law = LogNormal::new(0.0, 2.21).expect("positive");
    is_nominal_at_every_number_of_paths(law, exp(0.5 * 2.21 * 2.21));
}

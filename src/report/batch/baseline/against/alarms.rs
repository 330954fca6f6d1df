//! Batches under other seeds and other numbers of paths: how often something is said to have changed.

use super::tests::difference;
use super::tests::{entry, n_changes, now};
use super::*;
use crate::math::exp;
use crate::math::quantile::{interval_ranks, quantile_of_sorted};
use crate::random::Seeds;
use crate::stats::probability::of_count;
use crate::stats::tail::expected_shortfall;
use crate::stats::{Estimate, Sample, moments};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use std::collections::BTreeMap;

const SHARE: &str = "loss.probability";
const MEAN: &str = "wealth.terminal.mean";

/// Figures of one simulated scenario: wealth of `n` paths around `centre`, and a rare event.
fn simulated(n: usize, centre: f64, rare: f64, seed: u64) -> BTreeMap<String, Kept> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let draws: Vec<f64> = StandardNormal.sample_iter(&mut generator).take(n).collect();
    let wealth: Vec<f64> = draws.iter().map(|z| centre * exp(*z)).collect();
    let events = draws
        .iter()
        .filter(|z| **z < crate::math::normal::quantile(rare))
        .count();
    let mut losses = wealth.clone();
    losses
        .iter_mut()
        .for_each(|wealth| *wealth = centre - *wealth);
    let (wealth, losses) = (
        Sample::new(wealth).expect("finite"),
        Sample::new(losses).expect("finite"),
    );
    let quantile = |p: f64| {
        let values = wealth.values();
        let (low, high) = interval_ranks(n, p, 0.95).expect("large enough");
        let interval = (values[low - 1], values[high - 1]);
        let error = (interval.1 - interval.0) / 3.919_927_97;
        Estimate::with_interval(quantile_of_sorted(&values, p), error, interval, n)
    };
    let found = [
        (SHARE, of_count(events, n, 0.95)),
        (MEAN, moments::mean(&wealth, 0.95)),
        ("wealth.terminal.p05", quantile(0.05)),
        ("wealth.terminal.p50", quantile(0.5)),
        ("wealth.terminal.p95", quantile(0.95)),
        (
            "expected_shortfall.95",
            expected_shortfall(&losses, 0.95, 0.95),
        ),
    ];
    let answers = found
        .iter()
        .map(|(id, found)| ((*id).to_owned(), Kept::from((found.value, found.std_error))));
    answers.collect()
}

/// How a batch is held against its baseline.
#[derive(Clone, Copy)]
struct Batch {
    paths_of_baseline: usize,
    paths: usize,
    /// What the program makes of wealth now, of what it made when the baseline was written.
    program: f64,
    /// What the edits make of it.
    edits: f64,
}

const SAME: Batch = Batch {
    paths_of_baseline: 256,
    paths: 256,
    program: 1.0,
    edits: 1.0,
};

/// Share of `n` batches of four scenarios in which something counts as changed. The seed is part of
/// the model, so every scenario has another digest and its old keys are simulated again.
fn alarms(batch: Batch, n: u64) -> f64 {
    const RARE: [f64; 4] = [0.001, 0.01, 0.1, 0.5];
    let is_alarm = |number: u64| {
        (0..RARE.len()).any(|index| {
            let seed = 8 * number + index as u64;
            let figures =
                |paths, factor: f64, seed| simulated(paths, 100.0 * factor, RARE[index], seed);
            let mut line = entry(&figures(batch.paths_of_baseline, 1.0, 1_000_000 + seed));
            line.paths = batch.paths_of_baseline as u64;
            let seed = 9_000_000 + seed;
            let is_of_edits = batch.edits != 1.0;
            let again = figures(batch.paths, batch.program, seed);
            let found = figures(batch.paths, batch.program * batch.edits, seed);
            let mut now = now("other seed", found.clone());
            (now.line.paths, now.line.seeds) = (batch.paths as u64, Seeds::one(8));
            let differences = found
                .iter()
                .filter(|_| !is_of_edits)
                .map(|(id, kept)| Difference {
                    p_value: Some(1.0),
                    ..difference(id, kept.value, 0.0, Some(0.0))
                });
            let rerun = Rerun {
                is_beside: false,
                is_of_one_stake: true,
                figures: again,
                differences: differences.collect(),
            };
            n_changes(&against(
                Some(&line),
                &now,
                critical_score(24),
                Some(Ok(rerun)),
            )) > 0
        })
    };
    (0..n).filter(|number| is_alarm(*number)).count() as f64 / n as f64
}

#[test]
fn an_unchanged_model_under_new_seeds_raises_no_alarm_in_ninety_nine_of_a_hundred_batches() {
    let unchanged = alarms(SAME, 1000);
    assert!(unchanged <= 0.01, "{unchanged}");
    // power: a program that makes half as much again of the old keys is seen nearly always, though
    // its rerun agrees with its run; and so are edits
    let program = Batch {
        program: 1.5,
        ..SAME
    };
    let drifted = alarms(program, 300);
    assert!(drifted > 0.9, "{drifted}");
    let edits = Batch { edits: 1.5, ..SAME };
    let edited = alarms(edits, 300);
    assert!(edited > 0.9, "{edited}");
}

#[test]
fn unequal_numbers_of_paths_raise_no_more_alarms() {
    for (paths_of_baseline, paths, n) in [(256, 4096, 1000), (4096, 256, 1000), (1000, 10_000, 300)]
    {
        let batch = Batch {
            paths_of_baseline,
            paths,
            ..SAME
        };
        let unchanged = alarms(batch, n);
        let error = (0.01 * 0.99 / n as f64).sqrt();
        assert!(
            unchanged <= 0.01 + 4.0 * error,
            "{paths_of_baseline} {paths} {unchanged}"
        );
        let program = Batch {
            program: 1.5,
            ..batch
        };
        let drifted = alarms(program, 40);
        assert!(drifted > 0.9, "{paths_of_baseline} {paths} {drifted}");
    }
}

#[test]
fn a_quantile_of_few_paths_is_compared_by_the_law_of_its_error() {
    // figures of 256 paths against 4,096, four errors of both apart
    let id = "wealth.terminal.p05";
    let of = |value, std_error| Kept {
        value,
        std_error: Some(std_error),
    };
    let score = independent_score(id, (&of(0.0, 1.0), 256), (&of(4.0, 0.0), 4096)).expect("errors");
    // ranks 6 and 21: 7.5 degrees of freedom; scipy 1.17: norm.isf(t.sf(4, 7.5)) = 2.84
    assert!((score - 2.84).abs() < 0.02, "{score}");
    let many = independent_score(id, (&of(0.0, 1.0), 1_000_000), (&of(6.0, 1.0), 1_000_000));
    assert!((many.expect("errors") - 6.0 / 2f64.sqrt()).abs() < 0.05);
}

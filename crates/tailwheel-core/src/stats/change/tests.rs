//! Changes of quantiles and of means of the worst, between worlds whose law is known.

use super::super::tail;
use super::super::tests::{in_order_drawn, mean_and_spread};
use super::*;
use crate::math::quantile::rank;
use crate::record::Statistic;
use rand_distr::StandardNormal;

/// One quantity in the runs with agents (`on`) and without (`off`), in the order of the paths.
struct Worlds {
    on: Vec<f64>,
    off: Vec<f64>,
}

/// Draws two correlated normal samples with deviations √1.48 with agents and 1 without.
fn worlds(n: usize, seed: u64) -> Worlds {
    let off: Vec<f64> = in_order_drawn(StandardNormal, n, 2 * seed);
    let own: Vec<f64> = in_order_drawn(StandardNormal, n, 2 * seed + 1);
    let on = off.iter().zip(own).map(|(c, e)| 1.2 * c + 0.2 * e + 0.1).collect();
    Worlds { on, off }
}

const CHANGES: [Statistic; 3] =
    [Statistic::Quantile(0.05), Statistic::Quantile(0.5), Statistic::Shortfall(0.95)];

fn sorted(values: &[f64]) -> Sample {
    Sample::new(values.to_vec()).expect("finite")
}

fn change_of(figure: Statistic, worlds: &Worlds) -> Result<Estimate, Note> {
    let (base, new) = (sorted(&worlds.off), sorted(&worlds.on));
    let pair = BothRuns::new(&base, &new, worlds.off.clone().into(), worlds.on.clone().into());
    let (contributions, change) = match figure {
        Statistic::Quantile(p) => pair.quantile(p)?,
        Statistic::Shortfall(level) => pair.shortfall(level)?,
        _ => panic!("{figure:?} is a mean"),
    };
    Ok(change.judged(&Sample::of(contributions), LEVEL).0)
}

fn changed(figure: Statistic, worlds: &Worlds) -> Estimate {
    change_of(figure, worlds).expect("many paths")
}

#[test]
fn the_change_is_the_difference_of_the_two_figures() {
    let worlds = worlds(4001, 3);
    let quantile = |values: &[f64], p| sorted(values).values()[rank(4001, p) - 1];
    let shortfall = |values: &[f64]| tail::expected_shortfall(&sorted(values), 0.95, LEVEL);
    let expected = [
        quantile(&worlds.on, 0.05) - quantile(&worlds.off, 0.05),
        quantile(&worlds.on, 0.5) - quantile(&worlds.off, 0.5),
        shortfall(&worlds.on).value - shortfall(&worlds.off).value,
    ];
    for (figure, expected) in CHANGES.into_iter().zip(expected) {
        let found = changed(figure, &worlds);
        assert!((found.value - expected).abs() < 1e-12);
        let (low, high) = found.interval.expect("many paths");
        assert!(low <= found.value && found.value <= high);
    }
}

#[test]
fn the_error_is_the_spread_between_independent_runs() {
    // a deviation of 400 runs is known to 1/√800; the slope of a quantile adds its own noise
    const RUNS: u64 = 400;
    for figure in CHANGES {
        let found: Vec<_> = (0..RUNS).map(|seed| changed(figure, &worlds(4000, seed))).collect();
        let (_, spread) = mean_and_spread(found.iter().map(|found| found.value));
        let errors = found.iter().map(|found| found.std_error.expect("many paths"));
        let (square, _) = mean_and_spread(errors.map(|error| error * error));
        let ratio = square.sqrt() / spread;
        assert!((ratio - 1.0).abs() < 0.15, "{ratio}");
        // power: with each path beside the twin of another, the error is far larger
        let mut strangers = worlds(4000, 0);
        strangers.off.rotate_left(1);
        assert!(changed(figure, &strangers).std_error.expect("many paths") / spread > 1.4);
    }
}

#[test]
fn an_atom_and_too_few_paths_have_no_error() {
    let ruined = Worlds { on: vec![0.0; 100], off: (0..100).map(f64::from).collect() };
    assert_eq!(change_of(Statistic::Quantile(0.05), &ruined).err(), Some(Note::Atom { probability: 1.0 }));
    let few = Worlds { on: vec![1.0, 2.0], off: vec![1.0, 2.5] };
    for figure in [Statistic::Quantile(0.5), Statistic::Shortfall(0.95)] {
        assert_eq!(change_of(figure, &few).err(), Some(Note::TooFewPaths));
    }
}

#[test]
fn one_path_without_measure_does_not_make_the_changes_of_others_rounding() {
    let mut worlds = worlds(4001, 3);
    let figures = |worlds: &Worlds| {
        let (base, new) = (sorted(&worlds.off), sorted(&worlds.on));
        let pair = BothRuns::new(&base, &new, worlds.off.clone().into(), worlds.on.clone().into());
        (pair.n_differ(), changed(Statistic::Quantile(0.05), worlds))
    };
    // the best path of both, so that no quantile below it moves
    let best = (0..worlds.off.len())
        .max_by(|a, b| worlds.off[*a].total_cmp(&worlds.off[*b]))
        .expect("there are paths");
    (worlds.off[best], worlds.on[best]) = (1e3, 1e3);
    let expected = figures(&worlds);
    (worlds.off[best], worlds.on[best]) = (1e30, 1e30 * (1.0 + 1e-15));
    assert_eq!(figures(&worlds), expected);
    assert!(expected.0 > 100 && expected.1.std_error > Some(0.0));
}

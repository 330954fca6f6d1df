//! Paired differences: their errors, intervals and p-values on samples whose law is known.

mod heavy;
mod unseen;

use super::super::basis::Basis;
use super::super::sample::Sample;
use super::super::tests::one_unit::of_one_unit;
use super::super::tests::{counts, in_order_drawn, mean_and_spread, tolerance};
use super::super::{Better, Note, Verdict, holm};
use super::*;
use crate::engine::outcome::Column;
use crate::record::{ASSET_VALUE, WEALTH};
use rand_distr::{Pareto, StandardNormal};

/// A run of one year: one unit of money is invested in the asset `name`, and `wealth` is the result on each path.
fn run(wealth: &[f64], name: &str) -> Data {
    run_with(wealth, name, true)
}

/// A run of one year with this final wealth of each path; `has_events` is false if nothing can happen on few paths.
fn run_with(wealth: &[f64], name: &str, has_events: bool) -> Data {
    let column = |id| Column { id, values: wealth.to_vec().into() };
    let columns = vec![column(WEALTH), column(ASSET_VALUE.of_object(0))];
    let (outcome, basis) = of_one_unit(12, columns);
    let basis = Basis { asset_names: vec![name.to_owned()], has_events, ..basis };
    Data::staying(&outcome, basis).expect("usable")
}

fn compared(base: &[f64], new: &[f64]) -> Vec<Difference> {
    differences(&run(base, "saas"), &run(new, "saas"))
}

fn of<'d>(found: &'d [Difference], id: &str) -> &'d Difference {
    found.iter().find(|difference| difference.id == id).unwrap_or_else(|| panic!("{id} is compared"))
}

fn error(difference: &Difference) -> f64 {
    let error = difference.difference.std_error;
    error.unwrap_or_else(|| panic!("{} has an error: {:?}", difference.id, difference.difference))
}

/// Final wealth of two runs with mean 1: a common normal part with deviation 0.3 plus a normal part of each run
/// with deviation `own`; the second run is multiplied by `factor`.
fn pair(n: usize, seed: u64, own: f64, factor: f64) -> (Vec<f64>, Vec<f64>) {
    let draws = in_order_drawn(StandardNormal, 3 * n, seed);
    let wealth = |which: usize| {
        let paths = (0..n).map(|path| 0.3 * draws[path] + own * draws[which * n + path]);
        paths.map(|x| 1.0 + x).collect::<Vec<f64>>()
    };
    (wealth(1), wealth(2).iter().map(|x| factor * x).collect())
}

const FIGURES: [&str; 7] = [
    "wealth.terminal.mean", "wealth.terminal.sd", "wealth.terminal.p05", "wealth.terminal.p50",
    "loss.probability", "value_at_risk.95", "expected_shortfall.95",
];

#[test]
fn the_error_is_the_spread_between_independent_pairs_of_runs() {
    // a deviation of 400 pairs is known to 1/√800; the slope of a quantile adds its own noise
    let found = (0..400).map(|seed| {
        let (base, new) = pair(2_000, seed, 0.05, 1.1);
        compared(&base, &new)
    });
    let found: Vec<Vec<Difference>> = found.collect();
    let (mut base, new) = pair(2_000, 0, 0.05, 1.1);
    base.rotate_left(1);
    let strangers = compared(&base, &new);
    for id in FIGURES {
        let (_, spread) = mean_and_spread(found.iter().map(|found| of(found, id).difference.value));
        let (mean_error, _) = mean_and_spread(found.iter().map(|found| error(of(found, id))));
        let ratio = mean_error / spread;
        assert!((ratio - 1.0).abs() < 0.15, "{id} {ratio}");
        // power: with each path beside one of another, the error is far larger
        let unpaired = error(of(&strangers, id)) / spread;
        assert!(unpaired > 1.4, "{id} {unpaired}");
    }
}

#[test]
fn a_difference_that_is_none_is_called_one_as_often_as_alpha_says() {
    const RUNS: u64 = 600;
    let alarms = |factor: f64| {
        let alarms = counts(RUNS, |seed| {
            let (base, new) = pair(1_000, 1_000 + seed, 0.05, factor);
            let found = compared(&base, &new);
            // a spread of so few paths has no error in one run of a hundred
            FIGURES.map(|id| of(&found, id).p_value.is_some_and(|p_value| p_value < 0.05))
        });
        alarms.map(|alarms| alarms / RUNS as f64)
    };
    let tolerance = tolerance(0.05, RUNS);
    for (id, alarms) in FIGURES.iter().zip(alarms(1.0)) {
        // what is exact for few paths, and a quantile's slope by whole ranks, err on the safe side
        assert!(alarms < 0.05 + tolerance && alarms > 0.005, "{id} {alarms}");
    }
    // power: 5 % more is found by every one of them
    for (id, alarms) in FIGURES.iter().zip(alarms(1.05)) {
        assert!(alarms > 0.05 + 2.0 * tolerance, "{id} {alarms}");
    }
}

#[test]
fn a_change_smaller_than_the_distance_of_two_paths_is_not_certain() {
    const RUNS: u64 = 600;
    let alarms = counts(RUNS, |seed| {
        let (base, new) = pair(1_000, seed, 0.0, 1.0);
        let noise = in_order_drawn(StandardNormal, 1_000, 50_000 + seed);
        let new: Vec<f64> = new.iter().zip(noise).map(|(x, e)| x + 1e-6 * e).collect();
        let found = of(&compared(&base, &new), "wealth.terminal.p50").p_value;
        let [base, new] = [base, new].map(|wealth| Sample::new(wealth).expect("finite"));
        let measure = crate::stats::look_up("wealth.terminal.p50").expect("known");
        let influences = [&base, &new].map(|sample| {
            let influence = measure.statistic.influence(sample).expect("a density");
            sample.by_path().map(influence).settled()
        });
        let differences = influences[0].zip(&influences[1], |x, y| y - x);
        let error = paired::variance_of_mean(&differences).sqrt();
        [found < Some(0.05), p_value(new.values()[499] - base.values()[499], error) < 0.05]
    });
    let [alarms, alarms_by_influence] = alarms.map(|alarms| alarms / RUNS as f64);
    assert!(alarms < 0.05 + tolerance(0.05, RUNS), "{alarms}");
    // power: influences alone would cry wolf
    assert!(alarms_by_influence > 0.05 + 2.0 * tolerance(0.05, RUNS), "{alarms_by_influence}");
}

#[test]
fn shared_paths_are_worth_what_their_correlation_says() {
    // Var/Var of a mean: (σ² + σ²)/(2σ²(1 − r)) = 1/(1 − r)
    let of_correlation = |own: f64| {
        let (base, new) = pair(40_000, 3, own, 1.0);
        let found = compared(&base, &new);
        of(&found, "wealth.terminal.mean").sharpness.expect("an error") * own * own / (0.09 + own * own)
    };
    // a variance of 40,000 paths is known to √(2/40,000) = 0.7 %
    assert!((of_correlation(0.15) - 1.0).abs() < 4.0 * 0.0071);
    let off = of_correlation(0.15) * (0.1575 * 0.1575) / (0.15 * 0.15);
    assert!((off - 1.0).abs() > 4.0 * 0.0071, "power: 5 % more of its own");
}

#[test]
fn a_shift_of_every_path_is_seen_and_no_more_certain_than_the_paths_make_it() {
    let (base, _) = pair(2_000, 1, 0.1, 1.0);
    let new: Vec<f64> = base.iter().map(|x| x + 0.25).collect();
    let found = compared(&base, &new);
    for id in ["wealth.terminal.mean", "wealth.terminal.p05", "value_at_risk.95"] {
        let difference = of(&found, id);
        assert!((difference.difference.value.abs() - 0.25).abs() < 1e-12, "{id}");
        assert!(!difference.is_same && difference.difference.std_error != Some(0.0), "{id}");
        assert_eq!(verdict(difference, true), Verdict::Better, "{id}");
        assert!(difference.p_value.is_some_and(|p_value| p_value < 1e-9), "{id}");
    }
    let mean = of(&found, "wealth.terminal.mean").difference;
    assert_eq!((mean.interval, mean.note), (None, Some(Note::NoneDiffers)));
    let (low, high) = of(&found, "wealth.terminal.p05").difference.interval.expect("ranks");
    assert!(0.24 < low && low < 0.25 && 0.25 < high && high < 0.26, "{low} {high}");
    // a spread that is no worse is neither better nor worse
    assert_eq!(of(&found, "wealth.terminal.sd").measure.better, Better::Neither);
}

#[test]
fn swapping_the_runs_turns_the_sign_alone() {
    let (base, new) = pair(3_000, 7, 0.1, 1.02);
    let (there, back) = (compared(&base, &new), compared(&new, &base));
    for (there, back) in there.iter().zip(&back) {
        assert_eq!(there.difference.value, -back.difference.value, "{}", there.id);
        let p_values = there.p_value.zip(back.p_value);
        assert!(p_values.is_none_or(|(a, b)| (a - b).abs() < 1e-9), "{}", there.id);
        let errors = there.difference.std_error.zip(back.difference.std_error);
        assert!(errors.is_none_or(|(a, b)| (a / b - 1.0).abs() < 1e-9), "{}", there.id);
    }
}

#[test]
fn what_has_no_error_is_not_judged_and_says_why() {
    let (base, new) = pair(5_000, 2, 0.1, 1.05);
    let [ruined, less] = [&base, &new]
        .map(|wealth| wealth.iter().map(|x| if *x < 0.6 { 0.0 } else { *x }).collect::<Vec<f64>>());
    let found = compared(&ruined, &less);
    let atom = of(&found, "wealth.terminal.p01");
    assert!(matches!(atom.difference.note, Some(Note::Atom { .. })));
    assert_eq!((atom.p_value, verdict(atom, true)), (None, Verdict::NotJudged));
    assert!(of(&found, "wealth.terminal.p50").p_value.is_some());

    let tail = in_order_drawn(Pareto::new(1.0, 1.3).expect("positive"), 5_000, 4);
    for sign in [1.0, -1.0] {
        let heavy: Vec<f64> = base.iter().zip(&tail).map(|(x, t)| x + sign * t).collect();
        let found = compared(&base, &heavy);
        // not even where every path differs the same way
        for id in ["wealth.terminal.mean", "wealth.terminal.sd"] {
            let found = of(&found, id);
            assert!(matches!(found.difference.note, Some(Note::HeavyTail { .. })), "{id}");
            assert_eq!((found.difference.std_error, found.p_value), (None, None));
        }
        let mut both_ways = heavy;
        for path in (0..5_000).step_by(7) {
            both_ways[path] = base[path] - sign * 0.1;
        }
        let found = compared(&base, &both_ways);
        assert_eq!(of(&found, "wealth.terminal.mean").p_value, None);
        assert!(of(&found, "wealth.terminal.p50").p_value.is_some());
    }

    let found = compared(&base[..30], &new[..30]);
    assert_eq!(of(&found, "wealth.terminal.p01").difference.note, Some(Note::TooFewPaths));
    for difference in compared(&base[..1], &new[..1]) {
        assert_eq!(difference.p_value, None, "{}", difference.id);
    }
}

#[test]
fn what_has_no_error_has_no_verdict_at_any_number_of_paths() {
    for n in [1, 2, 10, 31, 60, 150, 200] {
        let (base, _) = pair(n, 3, 0.1, 1.0);
        let new: Vec<f64> = base.iter().map(|x| x + 0.1 * x * x).collect();
        let found = compared(&base, &new);
        let mut without = found.iter().filter(|of| of.difference.std_error.is_none());
        assert!(without.clone().count() > 0, "{n} paths");
        // two paths differ alike in their spread, which is known by their signs alone
        let is_unknown = |of: &Difference| of.difference.note != Some(Note::NoneDiffers);
        assert!(
            without.all(|of| of.p_value.is_none() || !is_unknown(of) && of.p_value >= Some(0.5)),
            "{n} paths"
        );
    }
}

#[test]
fn three_paths_that_differ_prove_nothing() {
    let (base, _) = pair(5_000, 2, 0.1, 1.0);
    let with = |n_differ: usize| {
        let mut new = base.clone();
        new[..n_differ].iter_mut().for_each(|wealth| *wealth += 0.5);
        of(&compared(&base, &new), "wealth.terminal.mean").p_value
    };
    assert_eq!((with(3), with(5)), (None, None));
    assert!(with(2_000).is_some_and(|p_value| p_value < 1e-8));
    // nor where there is an error
    let least = [1, 3, 5].map(super::paired::least_p_value);
    assert_eq!(least, [1.0, 0.25, 0.0625]);
}

#[test]
fn only_assets_of_both_runs_are_compared() {
    let (base, new) = pair(100, 1, 0.1, 1.0);
    let found = differences(&run(&base, "saas"), &run(&new, "media"));
    assert!(!found.iter().any(|found| found.id.starts_with("asset.")));
    assert_eq!(of(&compared(&base, &new), "asset.saas.terminal.mean").measure.better, Better::Neither);
}

#[test]
#[should_panic(expected = "only equal numbers of paths can be paired")]
fn only_equal_numbers_of_paths_are_compared() {
    let (base, new) = pair(100, 1, 0.1, 1.0);
    differences(&run(&base, "saas"), &run(&new[..50], "saas"));
}

#[test]
fn a_whole_comparison_seldom_sees_what_is_not_there() {
    const RUNS: u64 = 400;
    let [any, any_of_more] = counts(RUNS, |seed| {
        [1.0, 1.05].map(|factor| {
            let (base, new) = pair(1_000, 9_000 + seed, 0.1, factor);
            let p_values = compared(&base, &new).iter().map(|found| found.p_value).collect::<Vec<_>>();
            holm(&p_values, 0.05).contains(&true)
        })
    });
    assert!(any < (0.05 + tolerance(0.05, RUNS)) * RUNS as f64, "{any}");
    assert!(any_of_more > 0.5 * RUNS as f64, "power");
}

fn verdict(found: &Difference, is_significant: bool) -> Verdict {
    let (better, value) = (found.measure.better, found.difference.value);
    Verdict::of(better, value, found.p_value, is_significant)
}

//! Differences that no path shows: widths, and what is certain.

use super::super::super::tests::holds;
use super::*;

#[test]
fn the_same_run_differs_in_nothing() {
    let (base, _) = pair(500, 1, 0.1, 1.0);
    // also where an atom leaves a quantile without an error, and where the last digit differs
    let base: Vec<f64> = base.iter().map(|x| x.max(0.8)).collect();
    let rounded: Vec<f64> = base.iter().map(|x| x / 3.0 * 3.0).collect();
    assert!(base != rounded);
    for new in [&base, &rounded] {
        for difference in compared(&base, new) {
            if difference.id == "ruin.probability" {
                assert_eq!(verdict(&difference, false), Verdict::NotJudged);
                continue;
            }
            let found = difference.difference;
            assert_eq!(found.value, 0.0, "{}", difference.id);
            assert_ne!(found.std_error, Some(0.0), "{}", difference.id);
            assert!(difference.is_same && found.std_error.is_some() != found.note.is_some());
            assert_eq!((difference.p_value, difference.sharpness), (Some(1.0), None));
            assert_eq!(verdict(&difference, false), Verdict::NoneSeen);
        }
    }
}

#[test]
fn what_no_path_shows_is_as_wide_as_what_they_can_miss() {
    let (base, _) = pair(1_000, 1, 0.1, 1.0);
    let found = compared(&base, &base);
    let interval = |id: &str| of(&found, id).difference.interval;
    // scipy 1.17: the score test of no discordant pair of a thousand
    let (low, high) = interval("loss.probability").expect("it has bounds");
    assert!((low + 0.003826759).abs() < 2e-9 && (high - 0.003826759).abs() < 2e-9);
    // a few of a thousand ranks, whose distance at the median of a normal law is √(2π)·σ/n
    let rank = 2.5066 * 0.3162 / 1_000.0;
    let (low, high) = interval("wealth.terminal.p50").expect("ranks bound it");
    assert!((low + high).abs() < 1e-12 && (2.0..8.0).contains(&(high / rank)), "{high}");
    for id in ["wealth.terminal.mean", "wealth.terminal.sd", "expected_shortfall.95"] {
        let found = of(&found, id).difference;
        assert_eq!((found.interval, found.note), (None, Some(Note::NoneDiffers)), "{id}");
    }
}

#[test]
fn a_rare_difference_is_covered_though_most_runs_do_not_show_it() {
    // one path of two thousand loses everything in the new run alone
    const RUNS: u64 = 300;
    let [shown, held] = counts(RUNS, |seed| {
        let chances = in_order_drawn(rand_distr::StandardUniform, 1_000, seed);
        let new: Vec<f64> = chances.iter().map(|u: &f64| if *u < 5e-4 { 0.0 } else { 1.5 }).collect();
        let found = of(&compared(&[1.5; 1_000], &new), "loss.probability").difference;
        [found.value > 0.0, holds(found.interval, 5e-4)]
    });
    assert!(held > 0.92 * RUNS as f64, "{held}");
    // power: an interval of those runs alone that show it would hold in less than half
    assert!(shown < 0.5 * RUNS as f64, "{shown}");
}

#[test]
fn a_run_without_chance_differs_by_exactly_what_it_differs() {
    let found = |base: f64, new: f64| {
        let of_constant = |wealth: f64| {
            let wealth = vec![wealth; 500];
            assert!(!run(&wealth, "saas").is_certain());
            run_with(&wealth, "saas", false)
        };
        differences(&of_constant(base), &of_constant(new))
    };
    for (new, p_value) in [(1.5, 1.0), (1.75, 0.0)] {
        let found = found(1.5, new);
        let mean = of(&found, "wealth.terminal.mean");
        assert_eq!(mean.difference.interval, Some((new - 1.5, new - 1.5)));
        assert_eq!(mean.p_value, Some(p_value));
    }
}

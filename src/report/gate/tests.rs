use super::*;
use crate::math::exp;
use crate::math::quantile::{interval_ranks, rank};
use crate::stats::Sample;
use crate::stats::probability::of_count;
use crate::stats::tail::expected_shortfall;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, Exp1, StandardNormal};
use statrs::distribution::{Binomial, Discrete};

const MONEY: &str = "wealth.terminal.mean";
const SHARE: &str = "loss.probability";

pub(super) fn wish(measure: &str, above: Option<f64>, below: Option<f64>) -> Asked {
    Asked { measure: measure.to_owned(), above, below, confidence: 0.99, tolerance: 0.01 }
}

/// Returns an estimate with the standard error `error` and its 99 % interval, from `n` paths.
fn estimate(value: f64, error: f64, n: usize) -> Estimate {
    let half = half_width(0.99) * error;
    Estimate {
        level: 0.99,
        interval: Some((value - half, value + half)),
        ..Estimate::normal(value, error, n)
    }
}

fn judged(wish: Asked, estimate: Estimate) -> GatePart {
    GatePart::judged("g", &wish, None, Ok(estimate))
}

fn verdict_of(above: Option<f64>, below: Option<f64>, estimate: Estimate) -> GateVerdict {
    judged(wish(MONEY, above, below), estimate).verdict
}

#[test]
fn a_gate_passes_fails_or_cannot_tell_by_where_the_interval_lies() {
    // 10 ± 2.576
    let found = estimate(10.0, 1.0, 1000);
    let above = |limit| verdict_of(Some(limit), None, found);
    let below = |limit| verdict_of(None, Some(limit), found);
    use GateVerdict::{Fail, Inconclusive, Pass};
    assert_eq!([7.4, 7.5, 12.5, 12.6].map(above), [Pass, Inconclusive, Inconclusive, Fail]);
    assert_eq!([7.4, 7.5, 12.5, 12.6].map(below), [Fail, Inconclusive, Inconclusive, Pass]);
    let band = |low, high| verdict_of(Some(low), Some(high), found);
    assert_eq!(band(7.0, 13.0), Pass);
    assert_eq!(band(7.0, 12.0), Inconclusive);
    assert_eq!(band(9.0, 11.0), Inconclusive);
    assert_eq!(band(13.0, 20.0), Fail);
    assert_eq!(band(1.0, 7.0), Fail);
}

#[test]
fn a_figure_that_is_certain_is_judged_by_its_value_and_the_gate_says_so() {
    let exact = Estimate::bare(0.0, 500, Some(Note::NoObligations));
    let gate = judged(wish("ruin.probability", None, Some(0.1)), exact);
    assert_eq!(gate.verdict, GateVerdict::Pass);
    assert_eq!(gate.note, Some(GateNote::Error(Error::Noted(Note::NoObligations))));
    // a limit is not less than itself
    assert_eq!(verdict_of(None, Some(0.0), exact), GateVerdict::Fail);
    let atom = Estimate::bare(0.0, 500, Some(Note::Atom { probability: 0.13 }));
    let gate = judged(wish("wealth.terminal.p05", Some(0.0), None), atom);
    assert_eq!(gate.verdict, GateVerdict::Fail);
    let share = GateNote::Error(Error::Noted(Note::Atom { probability: 0.13 }));
    assert_eq!(gate.note, Some(share));
    let equal = estimate(7.0, 0.0, 500);
    assert_eq!(verdict_of(Some(6.9), None, equal), GateVerdict::Pass);
}

#[test]
fn an_atom_is_certain_only_as_far_as_its_ranks_reach() {
    let atom = |probability, n| Estimate {
        level: 0.99,
        ..Estimate::bare(100.0, n, Some(Note::Atom { probability }))
    };
    let verdict =
        |id: &str, probability, n| judged(wish(id, None, Some(200.0)), atom(probability, n)).verdict;
    use GateVerdict::{Inconclusive, Pass};
    // a hundred paths have no rank above the 99th percentile with that confidence
    assert_eq!(verdict("wealth.terminal.p99", 0.05, 100), Inconclusive);
    assert_eq!(verdict("wealth.terminal.p99", 0.05, 10_000), Pass);
    // ranks of the 95th percentile of 1,000: 932 to 967; the atom must begin below the first
    assert_eq!(verdict("expected_shortfall.95", 0.06, 1000), Inconclusive);
    assert_eq!(verdict("expected_shortfall.95", 0.07, 1000), Pass);
    assert_eq!(verdict(MONEY, 0.5, 1000), Inconclusive);
}

#[test]
fn an_error_that_is_not_known_is_never_a_pass() {
    for note in [
        Some(Note::TooFewPaths),
        Some(Note::HeavyTail { skewness: Some(400.0), paths: Some(2_000_000_000) }),
        None,
    ] {
        let gate = judged(wish(MONEY, Some(1.0), None), Estimate::bare(1e9, 50, note));
        assert_eq!(gate.verdict, GateVerdict::Inconclusive);
        assert!(gate.note.is_some() && gate.paths_to_decide.is_none());
        assert_eq!(gate.answer.expect("a value").value, 1e9);
    }
    let not_a_number = Estimate::bare(f64::NAN, 1, Some(Note::TooFewPaths));
    let gate = judged(wish(MONEY, Some(1.0), None), not_a_number);
    assert_eq!((gate.verdict, gate.answer), (GateVerdict::Inconclusive, None));
}

#[test]
fn a_figure_that_the_run_has_not_is_absent_with_its_reason() {
    let gate = GatePart::judged("g", &wish(SHARE, None, Some(0.1)), None, Err(Absent::NothingPutIn));
    assert_eq!(gate.verdict, GateVerdict::Absent);
    assert_eq!(gate.note, Some(GateNote::Absent(Absent::NothingPutIn)));
}

#[test]
fn no_event_in_a_thousand_paths_does_not_prove_that_there_is_none() {
    let none = of_count(0, 1000, 0.99);
    let gate = |limit| judged(wish(SHARE, None, Some(limit)), none);
    // exact: 1 − 0.005^(1/1000)
    assert_eq!(gate(0.0053).verdict, GateVerdict::Pass);
    assert_eq!(gate(0.0052).verdict, GateVerdict::Inconclusive);
    // with none of 1,000 it is open whether there are fewer than one in a thousand
    assert!(gate(0.001).paths_to_decide > Some(5300));
    assert!(gate(0.0052).paths_to_decide < Some(3000));
}

#[test]
fn the_paths_that_decide_are_more_the_nearer_the_limit_is() {
    let paths = |value: f64| judged(wish(MONEY, None, Some(0.15)), estimate(value, 0.0036, 10_000)).advice;
    let found = [0.141, 0.143, 0.146].map(|value| match paths(value) {
        Some(Advice::Paths { run, decide }) => (run, decide),
        other => panic!("{other:?}"),
    });
    assert!(found.is_sorted(), "{found:?}");
    for (run, decide) in found {
        // an interim analysis costs confidence, and half of the gates take far fewer paths than nine of ten
        assert!(run[0] < run[1] && run[0] <= decide[0] && run[1] < decide[1]);
    }
    // were the figure to stay, 10,000·(2.5758·0.0036/0.004)² = 53,740: that decides half of them
    let ([half, most], _) = found[2];
    assert!((53_000..60_000).contains(&half), "{found:?}");
    assert!((600_000..2_000_000).contains(&most), "{found:?}");
    // within one standard error the distance to the limit is noise
    assert_eq!([0.149, 0.15, 0.1535].map(paths), [Some(Advice::TooClose { paths: 100_000 }); 3]);
    // outside of the interval nothing is missing
    assert_eq!(paths(0.1), None);
    // beyond what a run may have it is no advice
    let many = estimate(0.146, 0.0036, 1_000_000_000);
    let gate = judged(wish(MONEY, None, Some(0.15)), many);
    assert_eq!((gate.paths_to_decide, gate.advice), (None, None));
    assert_eq!([9, 99, 100, 101, 12_345].map(|n| rounded_up(f64::from(n))), [9, 99, 100, 110, 13_000]);
}

/// Probability that a gate on a share with the true value `truth` passes, summed over all counts out of `n` paths.
fn chance_of_pass(n: u64, truth: f64, above: Option<f64>, below: Option<f64>) -> f64 {
    let law = Binomial::new(truth, n).expect("a law");
    let passes = |events: &u64| {
        let estimate = of_count(*events as usize, n as usize, 0.99);
        judged(wish(SHARE, above, below), estimate).verdict == GateVerdict::Pass
    };
    (0..=n).filter(passes).map(|events| law.pmf(events)).sum()
}

#[test]
fn a_share_on_the_limit_passes_no_more_often_than_one_in_a_hundred() {
    for (n, limit) in [(256, 0.001), (256, 0.15), (1000, 0.0001), (1000, 0.002), (2000, 0.5), (700, 0.999)] {
        let above = chance_of_pass(n, limit, Some(limit), None);
        let below = chance_of_pass(n, limit, None, Some(limit));
        assert!(above + below <= 0.01, "{n} {limit}: {above} {below}");
    }
    // power: what is off by a fifth of a middling limit passes on the right side
    assert!(chance_of_pass(2000, 0.6, Some(0.5), None) > 0.999);
    assert!(chance_of_pass(2000, 0.12, None, Some(0.15)) > 0.7);
}

#[test]
fn wilsons_interval_would_let_one_event_of_a_thousand_pass() {
    // why shares are judged by the exact interval
    let one = of_count(1, 1000, 0.99);
    let (n, z) = (1000.0f64, half_width(0.99));
    let spread = one.value * (1.0 - one.value) / n;
    let half = z * (spread + z * z / (4.0 * n * n)).sqrt();
    let low = (one.value + z * z / (2.0 * n) - half) / (1.0 + z * z / n);
    assert!(low > 0.0001);
    assert_eq!(judged(wish(SHARE, Some(0.0001), None), one).verdict, GateVerdict::Inconclusive);
}

/// Returns how often a gate above and a gate below the true value `truth` pass, as fractions of 6,000 samples of `n`
/// values of `law`. `of` estimates the measure from a sample.
fn wrong_passes(
    law: impl Distribution<f64>,
    n: usize,
    truth: f64,
    measure: &str,
    of: impl Fn(Vec<f64>) -> Estimate,
) -> (f64, f64) {
    const RUNS: u32 = 6000;
    let mut generator = ChaCha8Rng::seed_from_u64(11);
    let (mut above, mut below) = (0, 0);
    for _ in 0..RUNS {
        let sample: Vec<f64> = (0..n).map(|_| law.sample(&mut generator)).collect();
        let estimate = of(sample);
        let passes = |above, below| {
            u32::from(judged(wish(measure, above, below), estimate).verdict == GateVerdict::Pass)
        };
        above += passes(Some(truth), None);
        below += passes(None, Some(truth));
    }
    (f64::from(above) / f64::from(RUNS), f64::from(below) / f64::from(RUNS))
}

/// Four standard errors of a fraction of 6,000 runs whose true value is 0.01.
const SLACK: f64 = 4.0 * 0.001_285;

fn mean_of(sample: Vec<f64>) -> Estimate {
    let n = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / n;
    let variance = sample.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    estimate(mean, (variance / n).sqrt(), sample.len())
}

#[test]
fn a_mean_on_the_limit_passes_no_more_often_than_one_in_a_hundred() {
    let (above, below) = wrong_passes(StandardNormal, 256, 0.0, MONEY, mean_of);
    assert!(above <= 0.01 && below <= 0.01, "{above} {below}");
    let (above, below) = wrong_passes(Exp1, 256, 1.0, MONEY, mean_of);
    assert!(above <= 0.01 && below <= 0.01 + SLACK, "{above} {below}");
    // power: three errors away it passes more often than not
    let (above, _) = wrong_passes(StandardNormal, 256, -3.0 / 16.0, MONEY, mean_of);
    assert!(above > 0.5, "{above}");
}

#[test]
fn a_quantile_on_the_limit_passes_no_more_often_than_one_in_a_hundred() {
    let of = |mut sample: Vec<f64>| {
        sample.sort_by(f64::total_cmp);
        let n = sample.len();
        let (low, high) = interval_ranks(n, 0.05, 0.99).expect("large enough");
        let interval = (sample[low - 1], sample[high - 1]);
        let error = (interval.1 - interval.0) / (2.0 * half_width(0.99));
        let value = sample[rank(sample.len(), 0.05) - 1];
        Estimate { level: 0.99, ..Estimate::with_interval(value, error, interval, n) }
    };
    let (above, below) = wrong_passes(StandardNormal, 500, -1.6448536, "wealth.terminal.p05", of);
    assert!(above <= 0.01 && below <= 0.01, "{above} {below}");
    let (above, _) = wrong_passes(StandardNormal, 500, -2.1, "wealth.terminal.p05", of);
    assert!(above > 0.5, "{above}");
}

/// Law of the loss per unit invested, 1 − exp(`deviation`·Z) with standard normal Z: a loss is at most 1.
fn loss(deviation: f64) -> impl Distribution<f64> {
    Distribution::<f64>::map(StandardNormal, move |score| 1.0 - exp(deviation * score))
}

fn shortfall_of(sample: Vec<f64>) -> Estimate {
    let losses = Sample::new(sample).expect("finite");
    let found = expected_shortfall(&losses, 0.95, 0.95);
    estimate(found.value, found.std_error.expect("a tail"), found.n)
}

#[test]
fn a_shortfall_on_the_limit_passes_no_more_often_than_one_in_a_hundred() {
    let id = "expected_shortfall.95";
    for deviation in [0.5, 1.0] {
        // E(1 − e^(sZ) | Z < −1.645) = 1 − e^(s²/2)·Φ(−1.645 − s)/0.05
        let tail = crate::math::normal::cdf(-1.6448536269514722 - deviation) / 0.05;
        let truth = 1.0 - exp(0.5 * deviation * deviation) * tail;
        let wrong = |truth| wrong_passes(loss(deviation), 1000, truth, id, shortfall_of);
        let (above, below) = wrong(truth);
        assert!(above <= 0.01 && below <= 0.01 + SLACK, "{above} {below}");
        // power: a tenth less than the truth is passed more often than not
        assert!(wrong(0.9 * truth).0 > 0.5);
    }
}

#[test]
fn a_shortfall_of_thirteen_paths_cannot_be_judged_and_says_how_many_paths_it_takes() {
    let sample: Vec<f64> = (0..256).map(f64::from).collect();
    let found = shortfall_of(sample);
    let gate = judged(wish("expected_shortfall.95", None, Some(1e9)), found);
    assert_eq!(gate.verdict, GateVerdict::Inconclusive);
    assert_eq!(gate.paths_to_decide, Some(1000));
    // and more if the limit is nearer than the error of a thousand
    let near = judged(wish("expected_shortfall.95", None, Some(found.value + 1.0)), found);
    assert!(near.paths_to_decide > Some(5000), "{:?}", near.paths_to_decide);
    let few = Error::Noted(Note::FewInTail { paths: 1000 });
    assert_eq!(gate.note, Some(GateNote::Error(few)));
    // why: with the normal law it would pass too often
    let truth = 2.0627128;
    let (_, normal) = wrong_passes(StandardNormal, 256, truth, MONEY, shortfall_of);
    assert!(normal > 0.01 + SLACK, "{normal}");
}

#[test]
fn many_looks_spend_no_more_than_one_look_may() {
    let spent: f64 = (0..60).map(|look| 0.5 * (1.0 - confidence_of_look(0.99, look))).sum();
    assert!((spent - 0.01).abs() < 1e-12);
    assert_eq!(confidence_of_look(0.99, 0), 0.99);
}

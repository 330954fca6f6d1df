use super::super::samples::asked;
use super::super::{GateVerdict, events};
use super::*;
use crate::stats::probability::of_count;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rand_distr::{Binomial, Distribution, StandardNormal};

const FIRST: u64 = 1000;

/// Function that estimates a measure on a number of paths; a later call adds paths to those of the earlier calls.
type Sampler = Box<dyn FnMut(u64, &mut ChaCha8Rng) -> Estimate>;

/// Judges the gate `measure < limit`.
fn judged(measure: &str, limit: f64, found: Estimate) -> GatePart {
    GatePart::judged("g", &asked(measure, None, Some(limit)), None, Ok(found))
}

const MEAN: &str = "wealth.terminal.mean";
const SHARE: &str = "loss.probability";

/// Returns the estimate `found` of `measure` with its interval at the confidence level `level`.
fn seen_at(level: f64, measure: &str, found: Estimate) -> Estimate {
    match measure {
        SHARE => of_count(events(found.value, found.n) as usize, found.n, level),
        _ => Estimate::normal_at(level, found.value, found.std_error.expect("known"), found.n),
    }
}

/// True if some interim analysis of `--decide most` decides the gate `measure < limit`; `at(n)` estimates on n paths.
fn looks(measure: &str, limit: f64, most: u64, mut at: impl FnMut(u64) -> Estimate) -> bool {
    let (mut n, mut look) = (FIRST, 0);
    loop {
        let level = confidence_of_look(0.99, look);
        let gate = judged(measure, limit, seen_at(level, measure, at(n)));
        if gate.verdict != GateVerdict::Inconclusive {
            return true;
        }
        if n >= most {
            return false;
        }
        (n, look) = ((2 * n).next_multiple_of(256).min(most), look + 1);
    }
}

fn uniform(generator: &mut ChaCha8Rng) -> f64 {
    f64::from(generator.next_u32()) / 4_294_967_296.0
}

/// Way in which a test follows the advice for an inconclusive gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Obeyed {
    /// `--paths N`: one judgment on N paths, which include those of the earlier run.
    Run,
    /// `--decide N`: interim analyses on up to N paths.
    Decide,
}

/// Result of following the advice for many inconclusive gates.
#[derive(Debug)]
struct Found {
    /// Number of gates for which more paths are advised.
    n_advised: u32,
    /// Number of gates whose estimate is too close to the limit for a forecast.
    n_limit: u32,
    /// Fraction of the gates in `n_advised` that the advised number of paths decides.
    share: f64,
}

impl Found {
    /// Standard error of `share` if its true value is `expected`.
    fn error(&self, expected: f64) -> f64 {
        (expected * (1.0 - expected) / f64::from(self.n_advised)).sqrt()
    }
}

/// Follows one end (`end`: 0 is the lower one) of the advised range of paths for each of `runs` gates `measure <
/// limit`, whose true values `sampler` draws.
fn obeyed(
    measure: &str,
    limit: f64,
    runs: u32,
    how: Obeyed,
    end: usize,
    mut sampler: impl FnMut(&mut ChaCha8Rng) -> Sampler,
) -> Found {
    let mut generator = ChaCha8Rng::seed_from_u64(3);
    let (mut n_advised, mut n_limit, mut n_decided) = (0, 0, 0);
    for _ in 0..runs {
        let mut at = sampler(&mut generator);
        let first = at(FIRST, &mut generator);
        let gate = judged(measure, limit, first);
        let (run, decide) = match gate.advice {
            Some(Advice::Paths { run, decide }) => (run, decide),
            Some(Advice::TooClose { .. }) => {
                n_limit += 1;
                continue;
            }
            None => continue,
        };
        n_advised += 1;
        let is_decided = match how {
            Obeyed::Run => {
                let found = seen_at(0.99, measure, at(run[end], &mut generator));
                judged(measure, limit, found).verdict != GateVerdict::Inconclusive
            }
            Obeyed::Decide => looks(measure, limit, decide[end], |n| match n {
                FIRST => first,
                n => at(n, &mut generator),
            }),
        };
        n_decided += u32::from(is_decided);
    }
    assert!(n_advised > 200, "{n_advised}");
    Found { n_advised, n_limit, share: f64::from(n_decided) / f64::from(n_advised) }
}

/// Draws a sampler of a normal mean whose true value is uniform within four standard errors of the limit 0.
fn means(generator: &mut ChaCha8Rng) -> Sampler {
    mean_of((8.0 * uniform(generator) - 4.0) / (FIRST as f64).sqrt())
}

fn mean_of(truth: f64) -> Sampler {
    let (mut n, mut sum) = (0.0, 0.0);
    Box::new(move |paths, generator| {
        let more = paths as f64 - n;
        let draw: f64 = StandardNormal.sample(generator);
        sum += more * truth + more.sqrt() * draw;
        n = paths as f64;
        let error = 1.0 / n.sqrt();
        Estimate::normal_at(0.99, sum / n, error, paths as usize)
    })
}

/// Returns a source of samplers of a share whose true value is uniform between `least` and `most`.
fn shares(least: f64, most: f64) -> impl FnMut(&mut ChaCha8Rng) -> Sampler {
    move |generator| {
        let truth = least + (most - least) * uniform(generator);
        let (mut n, mut events) = (0, 0);
        Box::new(move |paths, generator| {
            events += Binomial::new(paths - n, truth).expect("a law").sample(generator);
            n = paths;
            of_count(events as usize, paths as usize, 0.99)
        })
    }
}

/// Follows the advice for gates on a mean, on a share near 15 % and on a rare event, on both sides of the limit.
fn each(how: Obeyed, end: usize) -> [Found; 3] {
    [
        obeyed(MEAN, 0.0, 4000, how, end, means),
        obeyed(SHARE, 0.15, 3000, how, end, shares(0.1, 0.2)),
        obeyed(SHARE, 0.005, 2000, how, end, shares(0.0, 0.015)),
    ]
}

#[test]
fn nine_of_ten_gates_are_decided_by_the_upper_end_of_what_is_advised() {
    for how in [Obeyed::Run, Obeyed::Decide] {
        for found in each(how, 1) {
            let least = 0.9 - 3.0 * found.error(0.9);
            assert!(found.share >= least, "{how:?} {found:?} {least}");
            assert!(found.share < 0.97, "more paths than it takes: {found:?}");
            // the advice is not withheld where it would be of use
            assert!(found.n_limit < found.n_advised, "{found:?}");
        }
    }
}

#[test]
fn half_of_the_gates_are_decided_by_the_lower_end() {
    for how in [Obeyed::Run, Obeyed::Decide] {
        for found in each(how, 0) {
            let range = 0.5 - 3.0 * found.error(0.5)..0.62;
            assert!(range.contains(&found.share), "{how:?} {found:?}");
        }
    }
}

#[test]
fn within_one_standard_error_no_range_would_be_kept() {
    // why the limit decides there: of truths that are the limit to a tenth of an error, hardly any gate is decided by a
    // hundred times the paths
    let near = |generator: &mut ChaCha8Rng| {
        let truth = 0.2 * (uniform(generator) - 0.5) / (FIRST as f64).sqrt();
        mean_of(truth)
    };
    let mut generator = ChaCha8Rng::seed_from_u64(5);
    let (mut n_limit, mut n_decided) = (0, 0);
    for _ in 0..500 {
        let mut at = near(&mut generator);
        let first = judged(MEAN, 0.0, at(FIRST, &mut generator));
        n_limit += u32::from(matches!(first.advice, Some(Advice::TooClose { .. })));
        let many = judged(MEAN, 0.0, at(100 * FIRST, &mut generator));
        n_decided += u32::from(many.verdict != GateVerdict::Inconclusive);
    }
    // two thirds of the estimates are within one standard error
    assert!((290..400).contains(&n_limit), "{n_limit}");
    assert!(n_decided < 25, "{n_decided}");
}

#[test]
fn a_suggestion_is_for_the_level_of_the_look_it_leads_to() {
    let levels = |level, n: usize| {
        let estimate = Estimate { level, ..Estimate::normal(0.1, 0.1, n) };
        let gate = judged(MEAN, 0.0, estimate);
        [1.0, 1.5, 4.0].map(|more| level_of(&gate, &estimate, more * n as f64))
    };
    let expected = |looks: [u32; 3]| looks.map(|look| confidence_of_look(0.99, look));
    assert_eq!(levels(0.99, 1000), expected([0, 1, 2]));
    // already at the third look
    let third = confidence_of_look(0.99, 2);
    assert_eq!(levels(third, 4000), expected([2, 3, 4]));
}

#[test]
fn of_what_no_path_moves_from_its_limit_of_zero_no_number_of_paths_is_told() {
    let found = |limit: f64, n_events: usize| {
        let asked = asked(SHARE, Some(limit), None);
        let gate = GatePart::judged("g", &asked, None, Ok(of_count(n_events, 1000, 0.99)));
        (gate.verdict, gate.advice.is_some())
    };
    assert_eq!(found(0.0, 0), (GateVerdict::Inconclusive, false));
    assert_eq!(found(0.001, 0), (GateVerdict::Inconclusive, true));
    assert_eq!(found(0.0, 30).0, GateVerdict::Pass);
}

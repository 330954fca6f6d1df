use super::super::{Asked, GateVerdict, events};
use super::*;
use crate::stats::probability::of_count;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rand_distr::{Binomial, Distribution, StandardNormal};

const FIRST: u64 = 1000;

/// An estimate on so many paths, which go on from those before.
type Sampler = Box<dyn FnMut(u64, &mut ChaCha8Rng) -> Estimate>;

fn wish(measure: &str, limit: f64) -> Asked {
    Asked {
        measure: measure.to_owned(),
        above: None,
        below: Some(limit),
        confidence: 0.99,
        tolerance: 0.01,
    }
}

const MEAN: &str = "wealth.terminal.mean";
const SHARE: &str = "loss.probability";

/// The same estimate with its interval at `level`.
fn seen_at(level: f64, measure: &str, found: Estimate) -> Estimate {
    match measure {
        SHARE => of_count(events(found.value, found.n) as usize, found.n, level),
        _ => Estimate::normal_at(level, found.value, found.std_error.expect("known"), found.n),
    }
}

/// What `--decide most` finds: the first gate, and whether some look decides.
fn looks(measure: &str, limit: f64, most: u64, mut at: impl FnMut(u64) -> Estimate) -> bool {
    let (mut n, mut look) = (FIRST, 0);
    loop {
        let level = confidence_of_look(0.99, look);
        let gate = GatePart::judged(
            "g",
            &wish(measure, limit),
            None,
            Ok(seen_at(level, measure, at(n))),
        );
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

/// Share of suggestions, times `factor`, that decide when they are followed.
fn kept(
    measure: &str,
    limit: f64,
    runs: u32,
    factor: f64,
    mut sampler: impl FnMut(&mut ChaCha8Rng) -> Sampler,
) -> f64 {
    let mut generator = ChaCha8Rng::seed_from_u64(3);
    let (mut advised, mut decided) = (0, 0);
    for _ in 0..runs {
        let mut at = sampler(&mut generator);
        let first = at(FIRST, &mut generator);
        let gate = GatePart::judged("g", &wish(measure, limit), None, Ok(first));
        let Some(paths) = gate.paths_to_decide else {
            continue;
        };
        advised += 1;
        let most = (paths as f64 * factor) as u64;
        let found = looks(measure, limit, most, |n| match n {
            FIRST => first,
            n => at(n, &mut generator),
        });
        decided += u32::from(found);
    }
    assert!(advised > 200, "{advised}");
    f64::from(decided) / f64::from(advised)
}

/// A mean of normals whose truth is as likely anywhere within four errors of the limit.
fn means(generator: &mut ChaCha8Rng) -> Sampler {
    let truth = (8.0 * uniform(generator) - 4.0) / (FIRST as f64).sqrt();
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

/// A share whose truth is as likely anywhere up to `most`.
fn shares((least, most): (f64, f64)) -> impl FnMut(&mut ChaCha8Rng) -> Sampler {
    move |generator| {
        let truth = least + (most - least) * uniform(generator);
        let (mut n, mut events) = (0, 0);
        Box::new(move |paths, generator| {
            let law = Binomial::new(paths - n, truth).expect("a law");
            events += law.sample(generator);
            n = paths;
            of_count(events as usize, paths as usize, 0.99)
        })
    }
}

#[test]
fn seven_of_ten_suggestions_decide_when_they_are_followed() {
    let mean = |factor| kept(MEAN, 0.0, 2000, factor, means);
    let middling = |factor| kept(SHARE, 0.15, 800, factor, shares((0.1, 0.2)));
    let rare = |factor| kept(SHARE, 0.005, 800, factor, shares((0.0, 0.015)));
    for found in [mean(1.0), middling(1.0), rare(1.0)] {
        assert!(found > 0.7, "{found}");
    }
    // power: a quarter of the paths decides clearly less often
    for found in [mean(0.25), middling(0.25), rare(0.25)] {
        assert!(found < 0.7, "{found}");
    }
}

#[test]
fn a_suggestion_is_for_the_level_of_the_look_it_leads_to() {
    let levels = |level, n: usize| {
        let estimate = Estimate {
            level,
            ..Estimate::normal(0.1, 0.1, n)
        };
        let gate = GatePart::judged("g", &wish(MEAN, 0.0), None, Ok(estimate));
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
        let asked = Asked {
            above: Some(limit),
            below: None,
            ..wish(SHARE, 0.0)
        };
        let gate = GatePart::judged("g", &asked, None, Ok(of_count(n_events, 1000, 0.99)));
        (gate.verdict, gate.paths_to_decide.is_some())
    };
    assert_eq!(found(0.0, 0), (GateVerdict::Inconclusive, false));
    assert_eq!(found(0.001, 0), (GateVerdict::Inconclusive, true));
    assert_eq!(found(0.0, 30).0, GateVerdict::Pass);
}

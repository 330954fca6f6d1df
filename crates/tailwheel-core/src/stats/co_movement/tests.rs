use super::super::tests::{co_movement as sample_of_two, holds, tolerance};
use super::*;
use crate::record::Statistic;
use crate::stats::LEVEL;
use crate::stats::estimate::{Estimate, Note};
use crate::stats::moments::mean_of_bounded;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};

const CORRELATION: Question = Question::Correlation(Months::All);

const OF_MONTHS: Statistic = Statistic::OfContributions { is_by_ranks: false };

fn normal(generator: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(generator)
}

/// Two markets that share one factor of every month and one of the whole path: their correlation is (0.1 + 0.4)/1.0
/// in every month, and the months of a path depend on each other.
fn clustered(seed: u64, n_paths: usize, n_months: usize) -> CoMovement {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut of_path = 0.0;
    CoMovement::tabulate(&["a", "b"], n_paths, n_months, 2, |_, month, worlds| {
        if month == 0 {
            of_path = 0.4_f64.sqrt() * normal(&mut generator);
        }
        let shared = of_path + 0.1_f64.sqrt() * normal(&mut generator);
        let [run, without_feedback] = worlds else { unreachable!("two worlds") };
        for (on, off) in run.iter_mut().zip(without_feedback) {
            let own = 0.5_f64.sqrt() * normal(&mut generator);
            *off = shared + own;
            // sales deepen every fall of what both hold
            *on = shared + own + 0.5 * shared.min(0.0);
        }
        shared < -1.0
    })
}

const SAMPLES: u64 = 300;

fn samples(n_paths: usize) -> Vec<CoMoved> {
    let of = |seed| CoMoved::of(&clustered(seed, n_paths, 24));
    (0..SAMPLES).into_par_iter().map(of).collect()
}

/// Returns the mean of a figure over many samples, and the fraction of its intervals that contain `exact` of this mean.
fn over(samples: &[CoMoved], figure: impl Fn(&CoMoved) -> Sample, exact: impl Fn(f64) -> f64) -> (f64, f64) {
    let estimates: Vec<_> = samples.iter().map(|moved| mean_of_bounded(&figure(moved), LEVEL)).collect();
    let mean = estimates.iter().map(|found| found.value).sum::<f64>() / SAMPLES as f64;
    let exact = exact(mean);
    let covered = estimates.iter().filter(|found| holds(found.interval, exact));
    (mean, covered.count() as f64 / SAMPLES as f64)
}

fn is_nominal(share: f64) -> bool {
    (share - 0.95).abs() < tolerance(0.95, SAMPLES)
}

#[test]
fn the_interval_of_a_correlation_covers_it_although_months_of_a_path_hang_together() {
    let samples = samples(300);
    let figure = |moved: &CoMoved| moved.by_path(CORRELATION, World::WithoutAgents).expect("asked");
    let (mean, covered) = over(&samples, figure, |_| 0.5);
    assert!((mean - 0.5).abs() < 0.01 && is_nominal(covered), "{covered}");
    // power: an error of independent months would be too small by the factor below
    let moved = CoMoved::of(&clustered(1, 300, 24));
    let error = moved.pairs(CORRELATION, World::WithoutAgents).expect("asked").std_error(1, 0);
    let of_months = (1.0 - 0.25) / (300.0 * 24.0f64).sqrt();
    assert!(error > 1.4 * of_months, "{error} {of_months}");
    let (_, covered) = over(&samples, figure, |_| 0.525);
    assert!(!is_nominal(covered), "{covered}");
}

#[test]
fn intervals_of_every_other_figure_cover_what_it_is_on_average() {
    // rare months come from few paths, so it takes more of them until the error is normal
    let samples = samples(2_000);
    let (calm, crash) = (Question::Correlation(Months::Calm), Question::Correlation(Months::Crash));
    let (run, off, tail) = (Some(World::Run), Some(World::WithoutAgents), Question::TailCoefficient);
    // of no world: what the loop adds
    for (question, world) in
        [(calm, run), (crash, run), (crash, off), (tail, off), (crash, None), (tail, None)]
    {
        let figure = |moved: &CoMoved| match world {
            Some(world) => moved.by_path(question, world).expect("asked"),
            None => moved.added(question).expect("asked"),
        };
        let (mean, covered) = over(&samples, figure, |mean| mean);
        assert!(is_nominal(covered), "{question:?} {world:?}: {mean} {covered}");
    }
}

#[test]
fn the_mean_over_pairs_is_that_of_the_matrix_and_a_difference_that_of_two_means() {
    let mut generator = ChaCha8Rng::seed_from_u64(5);
    let names = ["a", "b", "c", "d"];
    let sample = CoMovement::tabulate(&names, 2_000, 6, 2, |_, _, worlds| {
        let shared = normal(&mut generator);
        for (market, weight) in [0.2, 0.5, 0.9, 1.4].iter().enumerate() {
            let own = normal(&mut generator);
            worlds[1][market] = weight * shared + own;
            worlds[0][market] = 2.0 * weight * shared + own;
        }
        shared < -1.5
    });
    let moved = CoMoved::of(&sample);
    for question in Question::ALL {
        let mut means = Vec::new();
        for world in [World::Run, World::WithoutAgents] {
            let pairs = moved.pairs(question, world).expect("asked");
            let below = (0..4).flat_map(|row| (0..row).map(move |column| (row, column)));
            let values: Vec<f64> = below.map(|(row, column)| pairs.value(row, column)).collect();
            assert_eq!(values[0], pairs.value(0, 1), "symmetric");
            assert!(pairs.value(2, 2).is_nan(), "no figure on the diagonal");
            let mean = values.iter().sum::<f64>() / 6.0;
            let found = mean_of_bounded(&moved.by_path(question, world).expect("asked"), LEVEL);
            assert!((found.value - mean).abs() < 1e-12, "{question:?} {world:?}");
            means.push((mean, found.std_error.expect("many paths")));
        }
        let added = mean_of_bounded(&moved.added(question).expect("asked"), LEVEL);
        let [(mean_on, error_on), (mean_off, error_off)] = means[..] else { unreachable!("two worlds") };
        assert!((added.value - (mean_on - mean_off)).abs() < 1e-12, "{question:?}");
        // shared draws: the difference is known better than two runs would tell
        let apart = (error_on * error_on + error_off * error_off).sqrt();
        assert!(added.std_error.expect("many paths") < apart, "{question:?}");
    }
}

#[test]
fn a_correlation_is_the_textbook_formula_over_the_months_that_count() {
    let sample = clustered(3, 333, 7);
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for block in 0..sample.n_blocks() {
        for month in 0..7 {
            let (a, b) = (sample.returns(0, block, month, 0), sample.returns(0, block, month, 1));
            for (lane, is_crash) in sample.crashes(block, month).iter().enumerate() {
                if *is_crash {
                    pairs.push((f64::from(a[lane]), f64::from(b[lane])));
                }
            }
        }
    }
    let n = pairs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let square = |x: f64| x * x;
    let (xx, yy) = (mean(&|p| square(p.0 - x)), mean(&|p| square(p.1 - y)));
    let expected = mean(&|p| (p.0 - x) * (p.1 - y)) / (xx * yy).sqrt();
    let moved = CoMoved::of(&sample);
    let found = moved.pairs(Question::Correlation(Months::Crash), World::Run).expect("asked");
    assert!((found.value(1, 0) - expected).abs() < 1e-12);
    assert_eq!(moved.n_crashes, Some(pairs.len()));
}

#[test]
fn markets_that_stand_still_are_in_no_pair() {
    let mut generator = ChaCha8Rng::seed_from_u64(8);
    let names = ["moves", "stands", "also"];
    let sample = CoMovement::tabulate(&names, 500, 24, 1, |_, _, worlds| {
        let shared = normal(&mut generator);
        // a price that only a prescribed fall moves, by the same in every path
        worlds[0] = vec![shared, -0.357, 2.0 * shared + normal(&mut generator)];
        false
    });
    let moved = CoMoved::of(&sample);
    for question in [CORRELATION, Question::TailCoefficient] {
        let pairs = moved.pairs(question, World::Run).expect("two markets move");
        assert!(pairs.value(1, 0).is_nan() && pairs.value(2, 1).is_nan());
        assert!(pairs.value(2, 0) > 0.3);
        let mean = mean_of_bounded(&moved.by_path(question, World::Run).expect("asked"), LEVEL);
        assert!((mean.value - pairs.value(2, 0)).abs() < 1e-12);
    }
    let alone = CoMovement::tabulate(&names[..2], 500, 24, 1, |_, _, worlds| {
        worlds[0] = vec![normal(&mut generator), 0.0];
        false
    });
    let found = CoMoved::of(&alone).pairs(CORRELATION, World::Run).cloned();
    assert_eq!(found, Err(Absent::TooFewMonths));
    // what moves as one correlates at one without error
    let sample = CoMovement::tabulate(&names[..2], 500, 24, 1, |_, _, worlds| {
        let shared = normal(&mut generator);
        worlds[0] = vec![shared, 2.0 * shared];
        false
    });
    let moved = CoMoved::of(&sample);
    for question in [CORRELATION, Question::TailCoefficient] {
        let pairs = moved.pairs(question, World::Run).expect("asked");
        assert!((pairs.value(1, 0) - 1.0).abs() < 1e-12, "{question:?}");
        assert!(pairs.std_error(1, 0) < 1e-6, "{question:?}");
    }
}

#[test]
fn too_few_months_or_no_loop_answer_with_the_reason() {
    let (few, no_loop) = (sample_of_two(3, 12, 2), sample_of_two(100, 12, 1));
    let found = CoMoved::of(&few).pairs(CORRELATION, World::Run).cloned();
    assert_eq!(found, Err(Absent::TooFewMonths));
    let moved = CoMoved::of(&no_loop);
    for (question, world) in [
        (CORRELATION, World::WithoutAgents),
        (Question::Correlation(Months::Crash), World::Run),
        (Question::Correlation(Months::Calm), World::Run),
    ] {
        assert_eq!(moved.pairs(question, world).cloned(), Err(Absent::NoLoop));
    }
    assert!(moved.pairs(CORRELATION, World::Run).is_ok());
}

/// Two independent markets; with agents, both fall together in the first month of the first `n_crashes` paths.
fn with_crashes(n_paths: usize, n_crashes: usize) -> CoMoved {
    let mut generator = ChaCha8Rng::seed_from_u64(5);
    let sample = CoMovement::tabulate(&["a", "b"], n_paths, 12, 2, |path, month, worlds| {
        let calm = [normal(&mut generator), normal(&mut generator)];
        let is_crash = month == 0 && path < n_crashes;
        let fall = if is_crash { 4.0 } else { 0.0 };
        worlds[0] = calm.map(|value| value - fall).to_vec();
        worlds[1] = calm.to_vec();
        is_crash
    });
    CoMoved::of(&sample)
}

fn added(moved: &CoMoved, question: Question) -> Estimate {
    let sample = moved.added(question).expect("asked");
    OF_MONTHS.estimate(&sample, LEVEL)
}

#[test]
fn what_fewer_than_fifty_crashes_add_has_no_interval() {
    for n_crashes in [0, 49] {
        let found = added(&with_crashes(4_000, n_crashes), CORRELATION);
        assert_eq!((found.interval, found.note), (None, Some(Note::FewDecide)));
        assert_eq!(found.value == 0.0, n_crashes == 0);
    }
    let (low, high) = added(&with_crashes(4_000, 400), CORRELATION).interval.expect("many");
    assert!(low > 0.0 && high < 0.3, "{low} {high}");
}

#[test]
fn what_no_path_shows_is_not_certain_but_the_ends_of_a_correlation_are() {
    let never = CoMovement::tabulate(&["a", "b"], 2_000, 12, 1, |path, month, worlds| {
        // the worst months of the one are the best of the other
        let rank = f64::from(u32::try_from(path * 12 + month).expect("few"));
        worlds[0] = vec![rank, 3.0 * -rank];
        false
    });
    let interval = |question| {
        let sample = CoMoved::of(&never).by_path(question, World::Run).expect("asked");
        let found = OF_MONTHS.estimate(&sample, LEVEL);
        found.interval.ok_or(found.note)
    };
    assert_eq!(interval(Question::TailCoefficient), Err(Some(Note::FewDecide)));
    let (low, high) = interval(CORRELATION).expect("certain");
    assert!((low + 1.0).abs() < 1e-6 && (high + 1.0).abs() < 1e-6, "{low} {high}");
}

//! Claims about counts: the exact laws, their moments, and rows.

use super::*;
use crate::math::{LANES, Lanes};
use statrs::distribution::{Binomial, DiscreteCDF, Hypergeometric, Poisson};

/// Mean and variance over an even grid of uniforms.
fn moments(count: impl Fn(f64) -> f64) -> (f64, f64) {
    let n = 200_000;
    let counts = (0..n).map(|i| count((f64::from(i) + 0.5) / f64::from(n)));
    let (sum, squares) = counts.fold((0.0, 0.0), |(sum, squares), count| {
        (sum + count, squares + count * count)
    });
    let mean = sum / f64::from(n);
    (mean, squares / f64::from(n) - mean * mean)
}

#[test]
fn few_counts_are_those_of_the_exact_law() {
    for (trials, chance) in [(50, 0.03), (50, 0.97), (7, 0.5), (1, 0.2), (4000, 0.001)] {
        let law = Binomial::new(chance, trials).unwrap();
        for i in 1..1000 {
            let u = f64::from(i) / 1000.0 + 3e-5;
            let ours = binomial(u, trials as f64, chance);
            assert_eq!(ours as u64, law.inverse_cdf(u), "{trials} {chance} {u}");
        }
    }
    for mean in [0.01, 1.0, 8.5] {
        let law = Poisson::new(mean).unwrap();
        for i in 1..1000 {
            let u = f64::from(i) / 1000.0 + 3e-5;
            assert_eq!(poisson(u, mean) as u64, law.inverse_cdf(u), "{mean} {u}");
        }
    }
}

#[test]
fn few_draws_without_putting_back_are_those_of_the_exact_law() {
    for (population, marked, drawn) in [
        (50_u64, 8_u64, 16_u64),
        (50, 42, 16),
        (50, 8, 34),
        (50, 42, 34),
        (50, 25, 25),
        (7, 7, 3),
        (1, 1, 1),
        (66, 33, 33),
        (140, 70, 70),
        (5000, 20, 1630),
        (200_000, 150, 3000),
    ] {
        let law = Hypergeometric::new(population, marked, drawn).unwrap();
        let (n, k, m) = (population as f64, marked as f64, drawn as f64);
        for i in 1..1000 {
            let u = f64::from(i) / 1000.0 + 3e-5;
            let ours = hypergeometric(u, n, k, m) as u64;
            let below = ours.checked_sub(1).map_or(0.0, |below| law.cdf(below));
            assert!(
                below < u && law.cdf(ours) >= u,
                "{population} {marked} {drawn} {u}"
            );
        }
    }
}

#[test]
fn many_draws_without_putting_back_have_the_mean_and_variance_of_their_law() {
    for (n, k, m) in [
        (5000.0, 400.0, 1630.0),
        (5000.0, 4600.0, 1630.0),
        (400.0, 100.0, 150.0),
        (150.0, 75.0, 75.0),
    ] {
        let (mean, variance) = moments(|u| hypergeometric(u, n, k, m));
        let exact: f64 = m * k / n * (1.0 - k / n) * (n - m) / (n - 1.0);
        assert!((mean - m * k / n).abs() < 0.0002 * exact.sqrt(), "{mean}");
        is_exact(variance, exact);
    }
}

#[test]
fn draws_without_putting_back_rise_with_the_uniform_and_stay_within_both() {
    for (n, k, m) in [
        (50.0, 0.0, 16.0),
        (50.0, 50.0, 16.0),
        (50.0, 40.0, 30.0),
        (0.0, 0.0, 0.0),
        (900.0, 450.0, 450.0),
        (1e6, 3e5, 2e5),
    ] {
        let mut last = 0.0;
        for i in 0..10_000 {
            let count = hypergeometric((f64::from(i) + 0.5) / 1e4, n, k, m);
            let least = f64::max(0.0, k + m - n);
            assert!(count >= last && count >= least && count <= k.min(m));
            assert_eq!(count.fract(), 0.0);
            last = count;
        }
    }
}

/// To a part that a count whose spread is that of the law itself, before it is rounded, would miss.
fn is_exact(variance: f64, exact: f64) {
    let unrounded = 1.0 / (12.0 * exact);
    let off = variance / exact - 1.0;
    assert!(off.abs() < 0.0004, "{variance} {exact}");
    assert!(exact > 100.0 || (off - unrounded).abs() > 0.0004);
}

#[test]
fn many_counts_have_the_mean_and_variance_of_their_law() {
    for (trials, chance) in [
        (5000.0, 0.03),
        (5000.0, 0.9),
        (300.0, 0.05),
        (200.0, 0.05),
        (50.0, 0.25),
        (1000.0, 0.0095),
        (40.0, 0.5),
    ] {
        let (mean, variance) = moments(|u| binomial(u, trials, chance));
        let exact = trials * chance * (1.0 - chance);
        let off = (mean - trials * chance) / exact.sqrt();
        assert!(off.abs() < 0.0002, "{trials} {chance}: {mean}");
        is_exact(variance, exact);
    }
    for mean in [9.5, 40.0, 1e4] {
        let (ours, variance) = moments(|u| poisson(u, mean));
        assert!((ours - mean).abs() < 0.0002 * mean.sqrt(), "{mean}: {ours}");
        is_exact(variance, mean);
    }
}

#[test]
fn counts_rise_with_the_uniform_and_stay_within_the_trials() {
    for (trials, chance) in [
        (0.0, 0.5),
        (12.0, 0.0),
        (12.0, 1.0),
        (60.0, 0.4),
        (900.0, 0.99),
    ] {
        let mut last = 0.0;
        for i in 0..10_000 {
            let count = binomial((f64::from(i) + 0.5) / 1e4, trials, chance);
            assert!(count >= last && count <= trials && count.fract() == 0.0);
            last = count;
        }
    }
    assert_eq!(binomial(0.999, 12.0, 1.0), 12.0);
    assert_eq!(poisson(0.999, 0.0), 0.0);
}

/// Lanes in which a law is inverted beside some in which it is not, groups of one of both, and ends.
#[test]
fn rows_have_the_bits_of_their_lanes() {
    let row = |of: &dyn Fn(usize) -> f64| {
        let mut row = Lanes::ZERO;
        (0..LANES).for_each(|lane| row[lane] = of(lane));
        row
    };
    let part = |lane: usize, step: f64| (step * (lane as f64 + 0.5)).fract();
    let ends = [1e-13, 1e-9, 0.075, 0.5, 0.925, 1.0 - 1e-13];
    let uniforms = row(&|lane| *ends.get(lane % 61).unwrap_or(&part(lane, 0.618_033_988_75)));
    for size in [0.0, 3.0, 50.0, 140.0, 700.0, 5e3, 2e5] {
        let all = row(&|lane| (size * part(lane, 0.414_213_562)).round());
        for chance in [0.0, 1e-4, 0.02, 0.2, 0.5, 0.9, 1.0] {
            let ours = binomials(&uniforms, &all, chance);
            for lane in 0..LANES {
                let one = binomial(uniforms[lane], all[lane], chance);
                assert_eq!(
                    ours[lane].to_bits(),
                    one.to_bits(),
                    "{size} {chance} {lane}"
                );
            }
        }
        for most in [0.0, 16.0, 70.0, 1e6] {
            let marked = row(&|lane| (all[lane] * part(lane, 0.732_050_8)).floor());
            let drawn = row(&|lane| lesser(most, all[lane]));
            let ours = hypergeometrics(&uniforms, &all, &marked, &drawn);
            for lane in 0..LANES {
                let one = hypergeometric(uniforms[lane], all[lane], marked[lane], drawn[lane]);
                assert_eq!(ours[lane].to_bits(), one.to_bits(), "{size} {most} {lane}");
            }
        }
    }
}

/// Marked ones among `drawn` of a `population` of which `marked` are marked, drawn without putting back; whole numbers,
/// neither of the two above the population.
fn hypergeometric(uniform: f64, population: f64, marked: f64, drawn: f64) -> f64 {
    if lesser(marked, drawn) <= 0.0 {
        return 0.0;
    }
    // of what is marked and not, of what is drawn and left, the fewer are counted: none of them may be among the others
    let few_marked = lesser(marked, population - marked);
    let few_drawn = lesser(drawn, population - drawn);
    let is_flipped = (few_marked < marked) != (few_drawn < drawn);
    let u = if is_flipped { 1.0 - uniform } else { uniform };
    let (fewer, more) = (
        lesser(few_marked, few_drawn),
        greater(few_marked, few_drawn),
    );
    let part = more / population;
    let mean = fewer * part;
    let apart = population - fewer - more;
    let variance = mean * (1.0 - part) * (population - fewer) / greater(population - 1.0, 1.0);
    let count = if variance > INVERTED {
        let skewness = (population - 2.0 * fewer) * (population - 2.0 * more)
            / (population * (population - 2.0) * variance.sqrt());
        by_normal(u, mean, variance, skewness)
    } else {
        let first = none_of(fewer, more, population);
        by_chances(u, first, fewer, |count| {
            (fewer - count) * (more - count) / ((count + 1.0) * (apart + count + 1.0))
        })
    };
    let count = lesser(count, fewer);
    // back through what was exchanged
    let count = if few_drawn < drawn {
        few_marked - count
    } else {
        count
    };
    if few_marked < marked {
        drawn - count
    } else {
        count
    }
}

//! Claims about counts: the exact laws, their moments, and rows.

use super::*;
use crate::math::{LANES, Lanes};
use statrs::distribution::{Binomial, DiscreteCDF, Hypergeometric, Poisson};

type Moments = [f64; 3];

fn row(of: impl Fn(usize) -> f64) -> Lanes {
    let mut row = Lanes::ZERO;
    (0..LANES).for_each(|lane| row[lane] = of(lane));
    row
}

fn on_grid(n_rows: usize, counts: impl Fn(&Lanes) -> Lanes) -> Vec<f64> {
    let n = (n_rows * LANES) as f64;
    let uniforms = |of: usize| row(|lane| ((of * LANES + lane) as f64 + 0.5) / n);
    (0..n_rows).flat_map(|of| counts(&uniforms(of)).to_vec()).collect()
}

/// Function of a row of uniforms that counts on every lane.
fn on_lanes(count: impl Fn(f64) -> f64) -> impl Fn(&Lanes) -> Lanes {
    move |uniforms| row(|lane| count(uniforms[lane]))
}

/// Computes the moments of a count over an even grid of uniforms.
fn moments(counts: impl Fn(&Lanes) -> Lanes) -> Moments {
    let counts = on_grid(782, counts);
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<f64>() / n;
    let (squares, cubes) = counts.iter().fold((0.0, 0.0), |(squares, cubes), count| {
        let off = count - mean;
        (squares + off * off, cubes + off * off * off)
    });
    let variance = squares / n;
    [mean, variance, cubes / n / (variance * variance.sqrt())]
}

/// Errors of moments, in units of what docs/model.md allows: 0.0001 of the deviation for the mean, 0.01 % of itself
/// for the deviation, 2 % of itself for the skewness.
fn missed(ours: Moments, exact: Moments) -> Moments {
    let deviation = exact[1].sqrt();
    let skewness =
        if exact[2].abs() < 1e-9 { ours[2].abs() / 1e-3 } else { (ours[2] / exact[2] - 1.0).abs() / 0.02 };
    [
        (ours[0] - exact[0]).abs() / (1e-4 * deviation),
        (ours[1].sqrt() / deviation - 1.0).abs() / 1e-4,
        skewness,
    ]
}

/// Asserts that a count has these moments, and that three worse formulas do not: without the correction for rounding,
/// without that for skewness, without skewness.
fn are_those_of(counts: impl Fn(&Lanes) -> Lanes, exact: Moments) {
    let off = missed(moments(counts), exact);
    assert!(off.iter().all(|part| *part <= 1.0), "{exact:?}: {off:?}");
    let [mean, variance, skewness] = exact;
    let planted = |mean: f64, spread: f64, skewness: f64| {
        moments(on_lanes(|u| {
            let z = normal::quantile(u);
            let score = z + skewness * (z * z - 1.0) / 6.0;
            (spread.sqrt() * score + mean + 0.5).floor()
        }))
    };
    let square = skewness * skewness / 18.0;
    // rounding is 1/12 of a count, and to be seen where that is 0.02 % of the variance
    if variance < 400.0 {
        let unrounded = missed(planted(mean, variance * (1.0 - square), skewness), exact);
        assert!(unrounded[1] > 1.0, "{exact:?}: {unrounded:?}");
    }
    if square > 3e-4 {
        let bent = missed(planted(mean, variance - ROUNDED, skewness), exact);
        assert!(bent[1] > 1.0, "{exact:?}: {bent:?}");
    }
    if skewness != 0.0 {
        let straight = missed(planted(mean, variance - ROUNDED, 0.0), exact);
        assert!(straight[2] > 1.0, "{exact:?}: {straight:?}");
        let spread = variance * (1.0 - square) - ROUNDED;
        let shifted = planted(mean + 3e-4 * variance.sqrt(), spread, skewness);
        assert!(missed(shifted, exact)[0] > 1.0, "{exact:?}");
    }
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
            assert!(below < u && law.cdf(ours) >= u, "{population} {marked} {drawn} {u}");
        }
    }
}

#[test]
fn many_draws_without_putting_back_have_the_moments_of_their_law() {
    for (n, k, m) in
        [(5000.0, 400.0, 1630.0), (5000.0, 4600.0, 1630.0), (400.0, 100.0, 150.0), (150.0, 75.0, 75.0)]
    {
        let variance: f64 = m * k / n * (1.0 - k / n) * (n - m) / (n - 1.0);
        let skewness = (n - 2.0 * k) * (n - 2.0 * m) / (n * (n - 2.0) * variance.sqrt());
        let [all, marked, drawn] = [n, k, m].map(Lanes::splat);
        are_those_of(|u| hypergeometrics(u, &all, &marked, &drawn), [m * k / n, variance, skewness]);
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
        let [all, marked, drawn] = [n, k, m].map(Lanes::splat);
        let counts = on_grid(40, |u| hypergeometrics(u, &all, &marked, &drawn));
        rise_within(&counts, f64::max(0.0, k + m - n), k.min(m));
    }
}

#[track_caller]
fn rise_within(counts: &[f64], least: f64, most: f64) {
    assert!(counts.is_sorted() && counts[0] >= least && counts[counts.len() - 1] <= most);
    assert!(counts.iter().all(|count| count.fract() == 0.0));
}

#[test]
fn many_counts_have_the_moments_of_their_law() {
    for (trials, chance) in [
        (5000.0, 0.03),
        (5000.0, 0.9),
        (300.0, 0.05),
        (200.0, 0.05),
        (50.0, 0.25),
        (1000.0, 0.0095),
        (40.0, 0.5),
    ] {
        let variance: f64 = trials * chance * (1.0 - chance);
        let skewness = (1.0 - 2.0 * chance) / variance.sqrt();
        let moments = [trials * chance, variance, skewness];
        are_those_of(on_lanes(|u| binomial(u, trials, chance)), moments);
    }
    for mean in [9.5, 40.0, 1e4] {
        are_those_of(on_lanes(|u| poisson(u, mean)), [mean, mean, 1.0 / mean.sqrt()]);
    }
}

#[test]
fn counts_rise_with_the_uniform_and_stay_within_the_trials() {
    for (trials, chance) in [(0.0, 0.5), (12.0, 0.0), (12.0, 1.0), (60.0, 0.4), (900.0, 0.99)] {
        rise_within(&on_grid(40, on_lanes(|u| binomial(u, trials, chance))), 0.0, trials);
    }
    assert_eq!(binomial(0.999, 12.0, 1.0), 12.0);
    assert_eq!(poisson(0.999, 0.0), 0.0);
}

/// Checks groups of paths with inverted counts, with normal counts and with both, and the extreme uniforms.
#[test]
fn rows_have_the_bits_of_their_lanes() {
    let part = |lane: usize, step: f64| (step * (lane as f64 + 0.5)).fract();
    let ends = [1e-13, 1e-9, 0.075, 0.5, 0.925, 1.0 - 1e-13];
    let uniforms = row(|lane| *ends.get(lane % 61).unwrap_or(&part(lane, 0.618_033_988_75)));
    for size in [0.0, 3.0, 50.0, 140.0, 700.0, 5e3, 2e5] {
        let all = row(|lane| (size * part(lane, 0.414_213_562)).round());
        for chance in [0.0, 1e-4, 0.02, 0.2, 0.5, 0.9, 1.0] {
            let ours = binomials(&uniforms, &all, chance);
            for lane in 0..LANES {
                let one = binomial(uniforms[lane], all[lane], chance);
                assert_eq!(ours[lane].to_bits(), one.to_bits(), "{size} {chance} {lane}");
            }
        }
        for most in [0.0, 16.0, 70.0, 1e6] {
            let marked = row(|lane| (all[lane] * part(lane, 0.732_050_8)).floor());
            let drawn = row(|lane| lesser(most, all[lane]));
            let ours = hypergeometrics(&uniforms, &all, &marked, &drawn);
            for lane in 0..LANES {
                let one = hypergeometric(uniforms[lane], all[lane], marked[lane], drawn[lane]);
                assert_eq!(ours[lane].to_bits(), one.to_bits(), "{size} {most} {lane}");
            }
        }
    }
}

/// Returns the number of marked items among `drawn` items, on a row all of whose lanes are the same.
fn hypergeometric(uniform: f64, population: f64, marked: f64, drawn: f64) -> f64 {
    let [uniforms, all, marked, drawn] = [uniform, population, marked, drawn].map(Lanes::splat);
    hypergeometrics(&uniforms, &all, &marked, &drawn)[0]
}

//! Finite blocks through which a loss goes: what the engine runs, against the quasi-binomial law.

use crate::crash_laws::agree::{exactly, to_digits};
use crate::crash_laws::exact::{integral, mean_of, quasi_binomial, variance_of};
use crate::crash_laws::months::{Addressed, Draws, Given, Seen, months, one_cluster};
use crate::estimate::{central_moment, holds, mean, quantile, share};
use statrs::distribution::{Continuous, ContinuousCDF, Normal};
use tailwheel::crash::Cascade;

#[test]
fn a28_the_fall_scatters_by_the_granularity_of_the_blocks() {
    const MONTHS: u64 = 60_000;
    let exact = |c: f64| {
        let law = quasi_binomial(2_000, 0.02 / 0.4, c / 0.4 / 2_000.0);
        (c / 2_000.0).powi(2) * variance_of(&law)
    };
    to_digits("A28 exact", 7.168_98e-6, exact(0.2), exact(0.21), 1e-6);
    // the central limit: c²f(1 − f)/(N(1 − n)²), f = p/(1 − n)
    let limit = |c: f64| {
        let gain = c / 0.4;
        let fraction = 0.05 / (1.0 - gain);
        c * c * fraction * (1.0 - fraction) / (2_000.0 * (1.0 - gain).powi(2))
    };
    to_digits("A28 limit", exact(0.2), limit(0.2), limit(0.21), 0.01);
    let variance = |c: f64| {
        let falls = months(
            &one_cluster(c, 0.0, 0.4, 2_000),
            MONTHS,
            Addressed::new("A28", 1),
            |given| given.losses[0] = 0.02,
            |seen| seen.fall(0),
        );
        central_moment(&falls, 2)
    };
    holds("A28", exact(0.2), variance(0.2), variance(0.21));
}

const MEAN: f64 = -0.01;
const DEVIATION: f64 = 0.1;

fn normal() -> Normal {
    Normal::new(MEAN, DEVIATION).expect("a positive deviation")
}

/// One market with a normal loss and one cluster.
#[derive(Clone, Copy)]
struct Market {
    trigger: f64,
    band: f64,
    impact: f64,
}

const WIDE: Market = Market { trigger: 0.16, band: 0.2, impact: 0.12 };

const BLOCKS: usize = 200;

/// Law of the number fired of 200 blocks after `loss`.
fn law(market: Market, loss: f64) -> Vec<f64> {
    let n = BLOCKS as f64;
    let position = (loss - market.trigger) / market.band;
    if position >= 1.0 {
        let mut all = vec![0.0; BLOCKS + 1];
        all[BLOCKS] = 1.0;
        return all;
    }
    quasi_binomial(BLOCKS, position, market.impact / market.band / n)
}

/// Edges for integrals over the law: it changes within a block near the trigger.
fn finite_edges(market: Market) -> [f64; 5] {
    let (trigger, band) = (market.trigger, market.band);
    let saturated = trigger + band - market.impact;
    [trigger, trigger + 0.1 * band, saturated, trigger + band, MEAN + 12.0 * DEVIATION]
}

fn expected_fall(market: Market) -> f64 {
    let per_block = market.impact / BLOCKS as f64;
    integral(&finite_edges(market), |loss| normal().pdf(loss) * per_block * mean_of(&law(market, loss)))
}

fn probability_of_any(market: Market) -> f64 {
    integral(&finite_edges(market), |loss| {
        let position = ((loss - market.trigger) / market.band).min(1.0);
        normal().pdf(loss) * (1.0 - (1.0 - position).powi(BLOCKS as i32))
    })
}

/// P(x + y > `total`).
fn exceedance(market: Market, total: f64) -> f64 {
    let per_block = market.impact / BLOCKS as f64;
    let [first, .., last] = finite_edges(market);
    let within = integral(&[first, total, last], |loss| {
        let beyond = |(p, k): (&f64, i32)| {
            if loss + per_block * f64::from(k) > total { *p } else { 0.0 }
        };
        normal().pdf(loss) * law(market, loss).iter().zip(0..).map(beyond).sum::<f64>()
    });
    within + normal().sf(last)
}

/// Losses and falls of simulated months; only triggered ones cost anything.
fn simulated(market: Market, n: u64) -> Vec<(f64, f64)> {
    let system = one_cluster(market.impact, market.trigger, market.band, BLOCKS as u32);
    let mut normals = Draws::normals("A30");
    months(
        &system,
        n,
        Addressed::new("A30", 1),
        |given| given.losses[0] = DEVIATION.mul_add(normals.one(), MEAN),
        |seen: &Seen<'_>| (seen.total(0), seen.fall(0)),
    )
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn a30_finite_blocks_have_the_expected_fall_of_the_quasi_binomial() {
    const MONTHS: u64 = 4_000_000;
    let off = Market { impact: 1.05 * WIDE.impact, ..WIDE };
    let later = Market { trigger: 1.05 * WIDE.trigger, ..WIDE };
    let exact = 0.002_411_805_8;
    to_digits("A30 quadrature", exact, expected_fall(WIDE), expected_fall(off), 1e-6);
    let exact_any = 0.043_645_229_684_459_52;
    exactly("A30 P", exact_any, probability_of_any(WIDE), probability_of_any(later));

    let found = simulated(WIDE, MONTHS);
    let (more_impact, more_trigger) = (simulated(off, MONTHS), simulated(later, MONTHS));
    let falls = |sample: &[(f64, f64)]| -> Vec<f64> { sample.iter().map(|(_, y)| *y).collect() };
    holds("A30 E[y]", exact, mean(&falls(&found)), mean(&falls(&more_impact)));
    let any = |sample: &[(f64, f64)]| share(&falls(sample), |y| y > 0.0);
    holds("A30 P", exact_any, any(&found), any(&more_trigger));

    let totals = |sample: &[(f64, f64)]| -> Vec<f64> { sample.iter().map(|(z, _)| *z).collect() };
    let at_risk = |sample: &[(f64, f64)]| quantile(&totals(sample), 0.99);
    let exact_at_risk = root(|total| exceedance(WIDE, total) - 0.01);
    assert!((exact_at_risk - 0.315_85).abs() < 4e-4, "{exact_at_risk}");
    holds("A30 VaR99", exact_at_risk, at_risk(&found), at_risk(&more_impact));
}

/// Where a falling function crosses 0, between .2 and .5.
fn root(f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.2, 0.5);
    for _ in 0..24 {
        let middle = 0.5 * (low + high);
        if f(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[test]
fn a_month_counts_as_triggered_from_the_first_trigger_on() {
    let system = one_cluster(WIDE.impact, WIDE.trigger, WIDE.band, 200);
    let mut given = Given::quiet(&system);
    for (loss, is_triggered) in [(0.159_999, false), (0.160_001, true), (-1.0, false)] {
        given.losses[0] = loss;
        assert_eq!(Cascade::is_triggered(&system, &given.month()), is_triggered);
    }
    given.obeying[0] = 1;
    assert!(Cascade::is_triggered(&system, &given.month()), "a false signal is a trigger");
}

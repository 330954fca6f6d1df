//! Only the density of triggers matters: staggered models behave like one pool of dispersed agents.
//!
//! Four markets held by one, two or five models, or by a pool, as an independent program
//! simulated them (figures to three digits, held within 3 %).

use crate::agree::to_digits;
use crate::estimate::{Found, mean, share};
use crate::months::{Given, Normals, Seen, dense, months};
use tailwheel::crash::{Cluster, Depth, GainProfile, System};

const SIZES: [f64; 4] = [17.0, 30.0, 37.0, 16.0];
const AGENT_SHARES: [f64; 4] = [0.10, 0.20, 0.08, 0.35];
const VOLATILITIES: [f64; 4] = [0.25, 0.45, 0.10, 0.70];
const BASE_CORRELATION: f64 = 0.2;

/// `n` equal models whose bands divide `from` … `to`.
fn models(bands: &[(f64, f64)], blocks: u32) -> System {
    let markets = SIZES
        .iter()
        .zip(AGENT_SHARES)
        .map(|(size, agent_share)| Depth {
            size: *size,
            agent_share,
            impact_of_tenth: 0.1,
        });
    let clusters = bands.iter().map(|(from, to)| Cluster {
        capital_share: 1.0 / bands.len() as f64,
        first_trigger: *from,
        dispersion: to - from,
        sell_fraction: 0.5,
        blocks,
    });
    System::new(markets.collect(), clusters.collect(), 1.0)
}

fn staggered(first: f64, width: f64, n: u32) -> Vec<(f64, f64)> {
    (0..n)
        .map(|k| {
            (
                first + width * f64::from(k),
                first + width * f64::from(k + 1),
            )
        })
        .collect()
}

/// Fraction of the agents that sell in each month; the same shocks whatever the system.
fn fractions(system: &System, n: u64, thresholds: &str) -> Vec<f64> {
    let mut normals = Normals::new("diversity");
    let (common, own) = (BASE_CORRELATION.sqrt(), (1.0 - BASE_CORRELATION).sqrt());
    let give = |given: &mut Given| {
        let shared = normals.one();
        for (loss, volatility) in given.losses.iter_mut().zip(VOLATILITIES) {
            let shock = common * shared + own * normals.one();
            *loss = -volatility / 12.0_f64.sqrt() * shock;
        }
    };
    let keep = |seen: &Seen<'_>| -> f64 {
        let of = |(fired, cluster): (&f64, &Cluster)| {
            cluster.capital_share * fired / f64::from(cluster.blocks)
        };
        seen.fired.iter().zip(&seen.system.clusters).map(of).sum()
    };
    months(system, n, dense(thresholds), give, keep)
}

#[test]
fn concentrated_triggers_make_rare_total_crashes_of_frequent_small_ones() {
    const MONTHS: u64 = 1_000_000;
    for (id, bands, exact_gain, more_than_a_tenth, nearly_all) in [
        ("one model", staggered(0.18, 0.06, 1), 1.93, 0.0299, 0.0299),
        (
            "two models",
            vec![(0.12, 0.18), (0.24, 0.30)],
            0.96,
            0.102,
            0.0263,
        ),
        (
            "five models",
            staggered(0.06, 0.06, 5),
            0.385,
            0.205,
            0.0090,
        ),
        ("a pool", staggered(0.06, 0.30, 1), 0.385, 0.202, 0.0091),
    ] {
        let system = models(&bands, 200);
        let headline = |thinning: f64| GainProfile::new(&system, thinning).headline();
        to_digits(id, exact_gain, headline(1.0), headline(1.05), 0.006);
        let sample = fractions(&system, MONTHS, id);
        for (least, exact) in [(0.1, more_than_a_tenth), (0.9, nearly_all)] {
            let found = share(&sample, |fraction| fraction > least).value;
            assert!(
                (found / exact - 1.0).abs() < 0.03,
                "{id}: P(f > {least}) = {found}, independent program {exact}"
            );
        }
    }
}

fn difference(a: &[f64], b: &[f64]) -> Found {
    mean(&a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<_>>())
}

#[test]
fn five_staggered_models_sell_like_one_pool() {
    const MONTHS: u64 = 200_000;
    let pool = fractions(&models(&staggered(0.06, 0.30, 1), 5_000), MONTHS, "pool");
    let five = fractions(&models(&staggered(0.06, 0.06, 5), 1_000), MONTHS, "five");
    let later = fractions(&models(&staggered(0.063, 0.06, 5), 1_000), MONTHS, "five");
    let found = difference(&five, &pool);
    assert!(found.agrees_with(0.0), "{found:?}");
    let off = difference(&later, &pool);
    assert!(!off.agrees_with(0.0), "no power: {off:?}");
    for least in [0.1, 0.5, 0.9] {
        let beyond = |sample: &[f64]| -> Vec<f64> {
            let is = |fraction: &f64| f64::from(u8::from(*fraction > least));
            sample.iter().map(is).collect()
        };
        let found = difference(&beyond(&five), &beyond(&pool));
        assert!(found.agrees_with(0.0), "P(f > {least}): {found:?}");
        let off = difference(&beyond(&later), &beyond(&pool));
        assert!(
            !off.agrees_with(0.0),
            "P(f > {least}) has no power: {off:?}"
        );
    }
}

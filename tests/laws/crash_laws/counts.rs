//! One cluster of few blocks: the number fired follows the quasi-binomial law, block by block.

use crate::crash_laws::agree::{exactly, follows};
use crate::crash_laws::exact::{mean_of, order_statistics, quasi_binomial, variance_of};
use crate::crash_laws::months::{Addressed, Given, Seen, Source, dense, months, one_cluster};
use crate::estimate::{central_moment, holds, mean, share};
use tailwheel::crash::{Cluster, Depth, System};

/// Number fired in `n` months of a cluster with band 1 from 0: loss `p`, gain `gain`.
fn fired(blocks: u32, p: f64, gain: f64, n: u64, thresholds: impl Source) -> Vec<usize> {
    let system = one_cluster(gain, 0.0, 1.0, blocks);
    let give = |given: &mut Given| given.losses[0] = p;
    months(&system, n, thresholds, give, |seen| seen.fired[0] as usize)
}

fn as_floats(sample: &[usize]) -> Vec<f64> {
    sample.iter().map(|k| *k as f64).collect()
}

#[test]
fn a01_a_cluster_fires_by_the_quasi_binomial_law() {
    const MONTHS: u64 = 1_000_000;
    let law = quasi_binomial(20, 0.05, 0.6 / 20.0);
    let other = quasi_binomial(20, 0.05, 0.63 / 20.0);
    let shifted = quasi_binomial(20, 0.0525, 0.6 / 20.0);
    for (k, exact) in [
        (1, 0.205_101_444_742_169_8),
        (2, 0.128_273_342_051_689_91),
        (3, 0.086_021_022_029_261_76),
        (5, 0.043_639_880_389_220_03),
        (10, 0.009_801_996_002_064_963),
    ] {
        exactly("A01 mass", exact, law[k], other[k]);
    }
    exactly("A01 P0", 0.358_485_922_408_541_9, law[0], shifted[0]);
    let (exact_mean, exact_variance) = (2.166_756_475_559_256_8, 7.811_902_042_566_855);
    exactly("A01 mean", exact_mean, mean_of(&law), mean_of(&other));
    exactly("A01 var", exact_variance, variance_of(&law), variance_of(&other));

    let sample = fired(20, 0.05, 0.6, MONTHS, dense("A01"));
    let more_gain = fired(20, 0.05, 0.63, MONTHS, dense("A01"));
    let more_loss = fired(20, 0.0525, 0.6, MONTHS, dense("A01"));
    let more_blocks = fired(21, 0.05, 0.6, MONTHS, dense("A01"));
    follows("A01 law, gain", &law, &sample, &more_gain);
    follows("A01 law, loss", &law, &sample, &more_loss);
    let of_twenty: Vec<usize> = more_blocks.iter().map(|k| *k.min(&20)).collect();
    follows("A01 law, blocks", &law, &sample, &of_twenty);
    let (floats, off) = (as_floats(&sample), as_floats(&more_gain));
    holds("A01 mean", exact_mean, mean(&floats), mean(&off));
    holds("A01 variance", exact_variance, central_moment(&floats, 2), central_moment(&off, 2));
}

#[test]
fn a01_addressed_thresholds_give_the_same_law() {
    const MONTHS: u64 = 400_000;
    let law = quasi_binomial(20, 0.05, 0.6 / 20.0);
    let sample = fired(20, 0.05, 0.6, MONTHS, Addressed::new("A01", 1));
    let off = fired(20, 0.05, 0.63, MONTHS, Addressed::new("A01", 1));
    follows("A01 addressed", &law, &sample, &off);
}

#[test]
fn a03_above_gain_one_most_months_end_with_everybody_sold() {
    const MONTHS: u64 = 1_000_000;
    let law = quasi_binomial(30, 0.1, 1.5 / 30.0);
    let shifted = quasi_binomial(30, 0.105, 1.5 / 30.0);
    let other = quasi_binomial(30, 0.1, 1.575 / 30.0);
    exactly("A03 P0", 0.042_391_158_275_216_24, law[0], shifted[0]);
    exactly("A03 Pall", 0.884_675_923_656_471_7, law[30], other[30]);
    let exact_mean = 26.733_879_982_872_24;
    exactly("A03 mean", exact_mean, mean_of(&law), mean_of(&other));

    let sample = fired(30, 0.1, 1.5, MONTHS, dense("A03"));
    let more_gain = fired(30, 0.1, 1.575, MONTHS, dense("A03"));
    let more_loss = fired(30, 0.105, 1.5, MONTHS, dense("A03"));
    follows("A03 law, gain", &law, &sample, &more_gain);
    follows("A03 law, loss", &law, &sample, &more_loss);
    let (floats, off) = (as_floats(&sample), as_floats(&more_gain));
    holds("A03 mean", exact_mean, mean(&floats), mean(&off));
    let all = |sample: &[f64]| share(sample, |k| k == 30.0);
    holds("A03 Pall", law[30], all(&floats), all(&off));
    let none = |sample: &[f64]| share(sample, |k| k == 0.0);
    holds("A03 P0", law[0], none(&floats), none(&as_floats(&more_loss)));
}

#[test]
fn a_loss_beyond_the_band_fires_every_block_once() {
    for (blocks, dispersion, loss) in [(20, 0.06, 0.9), (200, 0.01, 3.0), (7, 1e-9, 0.07)] {
        let system = one_cluster(0.2, 0.06, dispersion, blocks);
        let fired =
            months(&system, 10, dense("beyond"), |given| given.losses[0] = loss, |seen| seen.fired[0]);
        assert!(fired.iter().all(|k| *k == f64::from(blocks)), "{fired:?}");
    }
}

/// Square-root impact: any rising sequence of loads has an exact law.
#[test]
fn a_square_root_impact_fires_by_the_law_of_its_loads() {
    const MONTHS: u64 = 1_000_000;
    let system = |impact: f64| {
        let market = Depth { size: 1.0, agent_share: 1.0, impact_of_tenth: 0.1 };
        let cluster = Cluster {
            capital_share: 1.0,
            first_trigger: 0.0,
            dispersion: 1.0,
            sell_fraction: 1.0,
            n_blocks: 20,
        };
        System::new(vec![market], vec![cluster], 0.5).with_full_impact(&[impact])
    };
    let sample = |impact: f64| {
        let give = |given: &mut Given| given.losses[0] = 0.03;
        let keep = |seen: &Seen<'_>| seen.fired[0] as usize;
        months(&system(impact), MONTHS, dense("square root"), give, keep)
    };
    let reach = |k: [usize; 2]| [0.03 + 0.4 * (k[0] as f64 / 20.0).sqrt(), 0.0];
    let law = order_statistics([20, 0], reach);
    follows("square root", &law, &sample(0.4), &sample(0.42));
}

/// The two ways in which the laws are computed here agree with each other.
#[test]
fn the_law_of_linear_loads_is_the_quasi_binomial() {
    for (n, p, psi) in [(12, 0.07, 0.04), (12, 0.1, 0.12)] {
        let ours = order_statistics([n, 0], |k| [p + psi * k[0] as f64, 0.0]);
        for (a, b) in ours.iter().zip(quasi_binomial(n, p, psi)) {
            assert!((a - b).abs() < 1e-11, "{a} {b}");
        }
    }
}

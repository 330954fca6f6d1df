//! Two clusters that push each other: the joint law of the numbers fired, exactly.

use crate::crash_laws::agree::follows;
use crate::crash_laws::exact::order_statistics;
use crate::crash_laws::months::{Given, Seen, dense, months};
use tailwheel::crash::{Cluster, Depth, System};

const BLOCKS: [usize; 2] = [9, 12];
const HOLDINGS: [f64; 6] = [0.30, 0.10, 0.05, 0.05, 0.15, 0.20];
const SIZES: [f64; 3] = [100.0, 50.0, 20.0];
const IMPACTS: [f64; 3] = [1.0, 1.5, 2.0];
const SOLD: [f64; 2] = [0.5, 0.6];
const TRIGGERS: [f64; 2] = [0.01, 0.03];
const BANDS: [f64; 2] = [0.3, 0.2];

fn system(exponent: f64, scale: f64) -> System {
    let market = |size: f64| Depth { size, agent_share: 1.0, impact_of_tenth: 0.1 };
    let cluster = |g: usize| Cluster {
        capital_share: 1.0,
        first_trigger: TRIGGERS[g],
        dispersion: BANDS[g],
        sell_fraction: SOLD[g],
        n_blocks: BLOCKS[g] as u32,
    };
    System::with_holdings(SIZES.map(market).to_vec(), vec![cluster(0), cluster(1)], &HOLDINGS, exponent)
        .with_full_impact(&IMPACTS.map(|impact| scale * impact))
}

/// Positions of the two loads in their bands when k blocks have fired, from the definitions.
fn reach(losses: [f64; 3], exponent: f64, scale: f64, k: [usize; 2]) -> [f64; 2] {
    let total = |i: usize| {
        let sold: f64 = (0..2).map(|g| HOLDINGS[3 * g + i] * SOLD[g] * k[g] as f64 / BLOCKS[g] as f64).sum();
        losses[i] + scale * IMPACTS[i] * sold.powf(exponent)
    };
    [0, 1].map(|g| {
        let held = |i: usize| HOLDINGS[3 * g + i] * SIZES[i];
        let all: f64 = (0..3).map(held).sum();
        let load: f64 = (0..3).map(|i| held(i) / all * total(i)).sum();
        (load - TRIGGERS[g]) / BANDS[g]
    })
}

fn sample(losses: [f64; 3], exponent: f64, scale: f64) -> Vec<usize> {
    const MONTHS: u64 = 1_000_000;
    let give = |given: &mut Given| given.losses.copy_from_slice(&losses);
    let keep = |seen: &Seen<'_>| seen.fired[0] as usize * (BLOCKS[1] + 1) + seen.fired[1] as usize;
    months(&system(exponent, scale), MONTHS, dense("joint"), give, keep)
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn two_clusters_fire_by_their_joint_law() {
    for (losses, exponent) in [([0.06, 0.02, 0.0], 1.0), ([0.12, 0.08, 0.05], 1.0), ([0.02, 0.04, 0.03], 0.5)]
    {
        let scale = if exponent == 1.0 { 1.0 } else { 0.25 };
        let law = order_statistics(BLOCKS, |k| reach(losses, exponent, scale, k));
        let found = sample(losses, exponent, scale);
        let off = sample(losses, exponent, 1.05 * scale);
        follows("joint law", &law, &found, &off);
    }
}

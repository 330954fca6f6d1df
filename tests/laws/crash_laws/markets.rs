//! Several markets and clusters: gain matrix, gain, response, and how finite blocks approach it.

use crate::crash_laws::agree::exactly;
use crate::crash_laws::closed::{fluid_response, gain_matrix, response};
use crate::crash_laws::months::{Given, Seen, dense, months};
use crate::estimate::{Found, holds, mean};
use tailwheel::crash::{Cluster, Depth, System, gain};

fn depth(size: f64) -> Depth {
    Depth { size, agent_share: 1.0, impact_of_tenth: 0.1 }
}

fn cluster(dispersion: f64, sell_fraction: f64, blocks: u32) -> Cluster {
    Cluster { capital_share: 1.0, first_trigger: 0.0, dispersion, sell_fraction, n_blocks: blocks }
}

/// Three markets and two clusters, impacts multiplied by `scale`.
pub fn three_by_two(blocks: u32, scale: f64) -> System {
    let holdings = [0.30, 0.10, 0.05, 0.05, 0.15, 0.20];
    System::with_holdings(
        vec![depth(100.0), depth(50.0), depth(20.0)],
        vec![cluster(0.4, 0.5, blocks), cluster(0.3, 0.6, blocks)],
        &holdings,
        1.0,
    )
    .with_full_impact(&[scale, 1.5 * scale, 2.0 * scale])
}

const LOSSES: [f64; 3] = [0.06, 0.02, 0.0];
const TOTAL: [f64; 3] = [0.107_513_295_176_307_28, 0.079_376_803_231_390_65, 0.084_109_730_041_640_02];

#[test]
fn a11_gain_matrix_gain_and_response_follow_from_holdings() {
    let (system, other) = (three_by_two(500, 1.0), three_by_two(500, 1.05));
    let exact = [
        [0.342_803_030_303_030_3, 0.097_537_878_787_878_78, 0.034_659_090_909_090_91],
        [0.292_613_636_363_636_35, 0.230_587_121_212_121_2, 0.114_299_242_424_242_41],
        [0.346_590_909_090_909_1, 0.380_997_474_747_474_75, 0.197_411_616_161_616_18],
    ];
    let found = gain_matrix(&system, 1.0, |_| true);
    let off = gain_matrix(&other, 1.0, |_| true);
    for (index, exact) in exact.as_flattened().iter().enumerate() {
        exactly("A11 M", *exact, found[index], off[index]);
    }
    let loop_gain = |system: &System| gain(system, 1.0, |_| true);
    exactly("A11 gain", 0.586_386_362_946_275_8, loop_gain(&system), loop_gain(&other));
    let linear = |system: &System| response(system, &LOSSES).expect("a gain below one");
    let fluid = fluid_response(&system, &LOSSES);
    for (i, exact) in TOTAL.iter().enumerate() {
        exactly("A11 z", *exact, linear(&system)[i], linear(&other)[i]);
        exactly("A11 z fluid", *exact, fluid.0[i], linear(&other)[i]);
    }
    let off = fluid_response(&other, &LOSSES);
    for (g, exact) in [0.257_388_375_103_320_24, 0.296_834_630_360_308_3].iter().enumerate() {
        exactly("A11 f", *exact, fluid.1[g], off.1[g]);
    }
}

/// Mean total losses of the finite cascade.
fn mean_totals(blocks: u32, scale: f64, n: u64) -> [Found; 3] {
    let totals = months(
        &three_by_two(blocks, scale),
        n,
        dense("A11"),
        |given| given.losses.copy_from_slice(&LOSSES),
        |seen| [0, 1, 2].map(|i| seen.total(i)),
    );
    [0, 1, 2].map(|i| mean(&totals.iter().map(|z| z[i]).collect::<Vec<_>>()))
}

/// The mean differs from the fluid limit by a term in 1/N, which two sizes together remove.
fn without_first_order(few: Found, many: Found) -> Found {
    Found {
        value: (10.0 * many.value - few.value) / 9.0,
        std_error: (10.0 * many.std_error).hypot(few.std_error) / 9.0,
    }
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn a11_five_hundred_and_five_thousand_blocks_approach_the_response() {
    let (few, many) = (mean_totals(500, 1.0, 60_000), mean_totals(5_000, 1.0, 20_000));
    let off_few = mean_totals(500, 1.05, 60_000);
    let off_many = mean_totals(5_000, 1.05, 20_000);
    for i in 0..3 {
        holds(
            "A11 blocks",
            TOTAL[i],
            without_first_order(few[i], many[i]),
            without_first_order(off_few[i], off_many[i]),
        );
        assert!((few[i].value / TOTAL[i] - 1.0).abs() < 0.01, "{:?}", few[i]);
        assert!((many[i].value / TOTAL[i] - 1.0).abs() < 0.001, "{:?}", many[i]);
    }
}

/// A month in which nothing is lost is left alone by the same system, whatever its thresholds.
#[test]
fn without_a_loss_three_markets_stay_where_they_are() {
    let keep = |seen: &Seen<'_>| [0, 1, 2].map(|i| seen.total(i));
    let give = |_: &mut Given| {};
    let totals = months(&three_by_two(500, 1.0), 1_000, dense("quiet"), give, keep);
    assert!(totals.iter().flatten().all(|z| *z == 0.0));
}

/// `n` equal markets, held equally by one cluster; unbounded bands.
pub fn equal_markets(n: usize, gain: f64, dispersion: f64) -> System {
    System::new(vec![depth(1.0); n], vec![cluster(dispersion, 1.0, 100)], 1.0)
        .with_full_impact(&vec![gain * dispersion; n])
}

//! The same scenario and seed give the same bits, however they are run.

mod files;
mod lanes;
mod parts;
mod seeds;

use crate::common::{asset, bits, column, outcome, outcome_at, scenario};
use crate::{crash_worlds, managed};
use tailwheel::engine::Outcome;
use tailwheel::record::{ASSET_VALUE, WEALTH_YEAR1};
use tailwheel::stage::Level;

const HEAD: &str = r#"
    start = "2027-01"
    currency = "USD"
    class_ranges = false
    economy.inflation.fixed = "2.5 %/year"
    [run]
    seed = 9
"#;

/// Name, class, value and claim of every asset.
const ASSETS: [(&str, &str, f64, &str); 4] = [
    ("saas", "micro-saas-fleet", 80_000.0, "roi = \"22-35 %\""),
    (
        "royalties",
        "synthetic-media-royalties",
        60_000.0,
        "roi = \"15-50 %\"\nroi_law = \"pert\"\nroi_mode = \"25 %\"",
    ),
    ("warehouse", "tokenized-real-estate", 120_000.0, "roi = \"7-12 %\"\nroi_law = \"uniform\""),
    (
        "defi",
        "defi-yield-aggregator",
        60_000.0,
        "roi = \"18-28 %\"\njumps = { rate = \"2/year\", mean = -0.1, sd = 0.1 }",
    ),
];
const TAIL: &str = r#"
    [correlation]
    pairs = [["saas", "royalties", 0.15], ["warehouse", "defi", 0.10]]
    copula = { kind = "t", dof = 5 }
    [owner]
    cash = 24_000
    surplus = "reinvest"
    rebalance = "3 months"
"#;

/// All assets, and nothing that is behind them in the file.
fn assets(horizon: &str, paths: u32) -> String {
    let assets = ASSETS.map(|(name, class, value, keys)| asset(name, class, value, keys));
    format!("horizon = \"{horizon}\"\n{HEAD}paths = {paths}\n{}", assets.concat())
}

/// Everything this version can do, in one file.
fn everything(horizon: &str, paths: u32) -> String {
    assets(horizon, paths) + TAIL
}

/// What `work` gives on so many threads.
fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads can be had").install(work)
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    for text in [everything("10 years", 5_000), crash_worlds::portfolio(crash_worlds::LOOP, 700)] {
        let run = |threads| on_threads(threads, || outcome(&text));
        let one = run(1);
        for threads in [2, 7] {
            parts::assert_same(&one, &run(threads));
        }
    }
}

#[test]
fn every_simd_level_gives_the_same_bits() {
    // two blocks: without fused multiply-adds a month of an asset costs a thousand times as much
    for text in [
        everything("2 years", 512),
        crash_worlds::portfolio(crash_worlds::LOOP, 256).replace("5 years", "6 months"),
        managed::portfolio(managed::AGENT, managed::FEELS, managed::OWNER, 512)
            .replace("4 years", "6 months"),
    ] {
        let reference = outcome_at(&text, Level::BASELINE);
        for level in Level::supported() {
            let other = outcome_at(&text, level);
            assert_eq!(bits(&reference), bits(&other), "{}", level.name());
        }
    }
}

#[test]
fn an_added_uncorrelated_asset_changes_no_other_path() {
    let text = |more: &str| {
        let correlation = r#"
            [correlation]
            default = 0
            pairs = [["saas", "royalties", 0.35], ["warehouse", "defi", 0.10], ["saas", "defi", 0.4]]
            copula = { kind = "t", dof = 4 }
            "#;
        assets("5 years", 1_000) + more + correlation
    };
    let before = text("");
    let run = outcome(&before);
    // before, among and behind the others in canonical order
    for name in ["alone", "middle", "zz"] {
        let with = text(&asset(name, "niche-content", 10_000.0, "roi = \"10-20 %\""));
        leaves_the_others(&before, &run, &with);
    }
}

/// The run of `with`, in which every asset of `before` has the values that it has in `run`.
pub fn leaves_the_others(before: &str, run: &Outcome, with: &str) -> Outcome {
    let after = outcome(with);
    let all = scenario(with).assets;
    for (index, asset) in (0..).zip(scenario(before).assets) {
        let moved = all.iter().position(|other| other.name == asset.name).expect("kept");
        let is = column(&after, ASSET_VALUE.of_object(moved as u16));
        assert_eq!(column(run, ASSET_VALUE.of_object(index)), is, "{}", asset.name);
    }
    after
}

#[test]
fn a_shorter_horizon_is_a_prefix_of_a_longer_one() {
    let short = outcome(&everything("40 months", 1_000));
    let long = outcome(&everything("80 months", 1_000));
    for (few, many) in short.sample_paths.iter().zip(&long.sample_paths) {
        assert_eq!(few[..], many[..few.len()]);
    }
    let at = |run: &Outcome, id, months: u32| {
        let series = run.series(id).expect("always kept");
        let is_date = |month: &u32| *month == months;
        let date = series.months.iter().position(is_date).expect("a date");
        (series.histograms[date].clone(), series.means[date].to_bits(), series.ranges[date])
    };
    // wealth, both benchmarks, and of every asset its value
    assert_eq!(short.series.len(), 3 + ASSETS.len());
    for series in &short.series {
        // dates of an asset are sparser over the longer horizon: every common one must agree
        let common = |month: &&u32| long.series(series.id).expect("kept").months.contains(month);
        let months: Vec<u32> = series.months.iter().filter(common).copied().collect();
        assert!(months.len() > 2 && months.contains(&40), "{months:?}");
        for month in months {
            let (few, many) = (at(&short, series.id, month), at(&long, series.id, month));
            assert_eq!(few, many, "{:?} in month {month}", series.id);
        }
    }
    assert_eq!(column(&short, WEALTH_YEAR1), column(&long, WEALTH_YEAR1));
}

/// Few cases: each simulates.
fn few() -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases: 12,
        rng_seed: proptest::test_runner::RngSeed::Fixed(11),
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}

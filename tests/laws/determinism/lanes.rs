//! The last block is filled up with paths that nobody asked for: they are neither kept nor judged.

use crate::common::{close, control, outcome, scenario};
use crate::determinism::{HEAD, everything, on_threads};
use tailwheel::engine::{Outcome, RunError, replay, run};
use tailwheel::plan::Plan;
use tailwheel::record::{ASSET_VALUE, TrackId, WEALTH};
use tailwheel::stage::Level;

/// Of 14 months at 2.5 % a year.
const LEVEL_OF_PRICES: f64 = 1.029_227_013_351_772_7;

#[test]
fn lanes_beyond_the_last_path_are_not_recorded() {
    let run = |paths| outcome(&everything("14 months", paths));
    let most = run(600);
    for n_paths in [1, 255, 256, 257] {
        let few = run(n_paths as u32);
        assert_eq!(few.n_paths, n_paths);
        assert_eq!(few.sample_paths.len(), n_paths.min(8));
        assert_eq!(few.columns.len(), most.columns.len());
        for (few, most) in few.columns.iter().zip(&most.columns) {
            assert_eq!(few.id, most.id);
            assert_eq!(few.values.all(), most.values.first(n_paths).all(), "{:?}", few.id);
        }
        for series in &few.series {
            for (histogram, mean) in series.histograms.iter().zip(&series.means) {
                assert_eq!(histogram.n(), n_paths as u64, "{:?}", series.id);
                assert!(mean.is_finite());
            }
            let (low, high) = series.ranges[series.months.len() - 1];
            // the income of a month is no column
            let Some(values) = few.column(series.id) else {
                continue;
            };
            // columns of these are in money of their day, series in that of the start
            let is_money = [WEALTH, ASSET_VALUE].map(TrackId::quantity);
            let level = if is_money.contains(&series.id.quantity()) { LEVEL_OF_PRICES } else { 1.0 };
            let values = values.iter().map(|value| value / level);
            let least = values.clone().fold(f64::INFINITY, f64::min);
            let greatest = values.fold(f64::NEG_INFINITY, f64::max);
            for (found, exact) in [(low, least), (high, greatest)] {
                close(&format!("{:?}", series.id), found, exact, 1e-12);
            }
        }
    }
}

/// A claim of which about one path in two thousand leaves the range of numbers within 60 years.
fn unbounded(paths: u64) -> String {
    format!(include_str!("unbounded.toml"), head = HEAD, paths = paths)
}

fn try_run(text: &str) -> Result<Outcome, RunError> {
    run(&Plan::compile(&scenario(text)), &control(Level::detect()))
}

/// Path and month of the error that `paths` paths end with.
fn error_of(paths: u64) -> Option<(u64, u32)> {
    match try_run(&unbounded(paths)) {
        Ok(_) => None,
        Err(RunError::NotFinite { path, month, .. }) => Some((path, month)),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn lanes_beyond_the_last_path_raise_no_error() {
    let (path, month) = error_of(20_000).expect("one of 20,000 paths leaves the range");
    assert!(path % 256 > 0, "path {path} is a first lane: take another seed");
    // the path that is named is the first: without it all is well, with it alone it is named
    let before = try_run(&unbounded(path)).expect("no path before it leaves the range");
    assert_eq!(before.n_paths as u64, path);
    assert_eq!(error_of(path + 1), Some((path, month)));
    // followed alone it is lost in the same month
    let plan = Plan::compile(&scenario(&unbounded(1)));
    let lost = replay(&plan, Level::detect(), path).map(|found| found.path);
    assert!(
        matches!(lost, Err(RunError::NotFinite { path: of, month: when, .. }) if (of, when) == (path, month)),
        "{lost:?}"
    );
    replay(&plan, Level::detect(), path - 1).expect("the path before it is not lost");
}

#[test]
fn an_error_names_the_same_path_for_any_number_of_threads() {
    let expected = error_of(20_000);
    let (first, _) = expected.expect("one of 20,000 paths leaves the range");
    assert!(first >= 256, "the first block must not be the one that fails");
    for threads in [1, 2, 7] {
        for _ in 0..3 {
            assert_eq!(on_threads(threads, || error_of(20_000)), expected, "{threads} threads");
        }
    }
}

//! Stacked pictures of runs: their layers add up to what they are parts of.
//!
//! In: runs of shipped scenarios. Out: nothing. Not here: titles (`findings`).

use super::super::{RunSource, holdings, units};
use super::{RUNS, report_of};
use crate::chart::{Layer, Shape};

/// Returns the dates of the surfaces in a chart's first panel, each with the sum of the signed heights of all surfaces.
fn stacked(shape: &Shape) -> Vec<(f64, f64)> {
    let Shape::Plot(plot) = shape else { panic!("panels") };
    let mut sums: Vec<(f64, f64)> = Vec::new();
    for layer in &plot.layers {
        if let Layer::Surface(corners, _) = layer {
            let (inner, outer) = corners.split_at(corners.len() / 2);
            for (date, ((year, from), (_, to))) in inner.iter().zip(outer.iter().rev()).enumerate() {
                if sums.len() <= date {
                    sums.push((*year, 0.0));
                }
                sums[date].1 += to - from;
            }
        }
    }
    sums
}

#[test]
fn assets_cash_and_debts_add_up_to_mean_wealth() {
    for text in [RUNS[0], RUNS[3]] {
        let report = report_of(text);
        let source = RunSource::new(&report).expect("a start");
        let spec = holdings::KIND.of.expect("of runs")(&source).expect("several assets");
        let wealth = &report.series["wealth"];
        let sums = stacked(&spec.shape);
        assert!(sums.len() > 10);
        for (year, sum) in &sums {
            let date = wealth.years.iter().position(|one| one == year);
            let mean = wealth.real.mean[date.expect("a date of wealth")];
            assert!((sum - mean).abs() < 1e-9 * mean.abs().max(1.0), "{year}");
        }
        let last = sums.last().expect("dates").1;
        let measured = report.measures["wealth.terminal.real.mean"].value;
        assert!((last - measured).abs() < 0.01 * measured);
    }
}

#[test]
fn the_units_of_a_fleet_add_up_to_all() {
    let report = report_of(RUNS[6]);
    let source = RunSource::new(&report).expect("a start");
    let spec = units::KIND.of.expect("of runs")(&source).expect("a fleet");
    let sums = stacked(&spec.shape);
    assert!(sums.len() > 10);
    for (year, sum) in sums {
        assert!((sum - 1.0).abs() < 1e-9, "{year}: {sum}");
    }
    let closed = report.series["state.fleet.closed"].real.mean.last().copied();
    let percent = crate::figure::rule::percent(closed.expect("dates"));
    assert_eq!(spec.finding, format!("{percent} of products in Fleet are closed by 2037"));
}

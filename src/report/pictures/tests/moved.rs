//! Bridges of every sort, and what their titles may claim.
//!
//! In: medians and their changes. Out: charts. Not here: runs.

use super::super::bridge::{self, Waterfall};
use super::{Case, figures, rows};
use crate::chart::RowMark;
use crate::stats::{Error, Unit, Value};
use crate::study::{Bridge, Step};

fn figure(value: f64, std_error: f64) -> Value {
    Value {
        value,
        std_error: Some(std_error),
        interval: Some([-1.96, 1.96].map(|errors| value + errors * std_error)),
        error: Error::Sampled,
        level: 0.95,
        n: 20_000,
        unit: Unit::FractionPerYear,
    }
}

fn bridge(claim: f64, changes: &[(&'static str, f64, f64)]) -> Bridge {
    let mut value = claim;
    let steps = changes.iter().map(|(name, change, std_error)| {
        value += change;
        Step {
            id: (*name).to_owned(),
            title: (*name).to_owned(),
            median: figure(value, 0.0008),
            change: figure(*change, *std_error),
        }
    });
    Bridge { claim, has_interest: false, steps: steps.collect(), paths: 20_000 }
}

pub fn ordinary_bridge() -> Bridge {
    bridge(
        0.198,
        &[
            ("volatility", -0.014, 0.0008),
            ("decay", -0.059, 0.0002),
            ("crises", -0.01, 0.0004),
            ("agents", -0.006, 0.0001),
        ],
    )
}

/// Returns waterfall charts with one step and with several, with gains and losses, and without any change.
pub fn all() -> Vec<Case> {
    let name = "a name that is far too long for the little room that is left of the picture";
    let bridges = [
        ordinary_bridge(),
        bridge(0.23, &[("volatility", -0.254, 0.001)]),
        bridge(-0.05, &[("volatility", 0.02, 0.0), ("decay", -0.4, f64::INFINITY)]),
        bridge(0.0, &[("reinvested", 0.0, 0.0)]),
        bridge(5.0, &[(name, -6.0, 0.1)]),
    ];
    bridges.map(|chart| (&bridge::KIND, Waterfall(&chart).spec("Claimed"))).into_iter().collect()
}

#[test]
fn small_steps_are_one_row_before_the_outcome() {
    let steps =
        [("Tax", -0.1, 0.0), ("Custody", -0.004, 0.0), ("Crises", 0.001, 0.0), ("Inflation", -0.05, 0.0)];
    let spec = Waterfall(&bridge(0.2, &steps)).spec("Claimed");
    let drawn = rows(&spec);
    let names: Vec<&str> = drawn.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Claimed", "Tax", "Inflation", "Two small steps", "Median outcome"]);
    assert_eq!([3, 4].map(|row| figures(drawn, row)), [["−0.3"], ["4.7 %"]]);
    let ends = drawn.rows.iter().filter_map(|row| match row.marks.first() {
        Some(RowMark::Bar(ends, _)) => Some(ends[1]),
        _ => None,
    });
    let ends: Vec<f64> = ends.collect();
    assert!((ends[3] - ends[4]).abs() < 1e-12, "the steps end at the outcome");
    // a single small step keeps its name
    let spec = Waterfall(&bridge(0.2, &[("Tax", -0.1, 0.0), ("Custody", -0.004, 0.0)])).spec("Claimed");
    assert_eq!(rows(&spec).rows[2].name, "Custody");
}

#[test]
fn a_title_says_what_becomes_of_the_claim_with_the_digits_of_the_rows() {
    let decayed = bridge(0.198, &[("Decay (closures)", -0.237, 0.0002)]);
    let spec = Waterfall(&decayed).spec("Claimed");
    assert_eq!(spec.finding, "Claimed return 19.8 % becomes −3.9 %; largest loss: decay (closures)");
    let two = bridge(0.198, &[("AI agents", -0.2, 0.0002), ("Tax", -0.037, 0.0002)]);
    let spec = Waterfall(&two).spec("Claimed");
    assert_eq!(spec.finding, "Claimed return 19.8 % becomes −3.9 %; largest loss: AI agents");
    assert_eq!(figures(rows(&spec), 2), ["−3.7"]);
    // two of one size, and one that is larger only within error
    for (most, error) in [(-0.1, 0.0002), (-0.12, 0.02)] {
        let unclear = bridge(0.198, &[("Tax", most, error), ("Volatility", -0.2 - most, error)]);
        assert_eq!(Waterfall(&unclear).spec("Claimed").finding, "Claimed return 19.8 % becomes −0.2 %");
    }
    // what a long name takes is left out elsewhere
    let long = bridge(0.198, &[("Idle cash and reinvestment", -0.2, 0.0002)]);
    let title = "Claimed return 19.8 % becomes −0.2 %; worst: idle cash and reinvestment";
    assert_eq!(Waterfall(&long).spec("Claimed").finding, title);
    // the outcome is above the claim, and two steps of one size with a gain after them
    let up = bridge(0.1, &[("Volatility", -0.01, 0.0002), ("Launch", 0.2, 0.0002)]);
    let back = bridge(0.4, &[("Tax", -0.15, 0.0002), ("Costs", -0.15, 0.0002), ("Launch", 0.15, 0.0002)]);
    assert!(!Waterfall(&back).spec("Claimed").finding.contains("largest"));
    let title = "Claimed return 10.0 % becomes 29.0 %; largest gain: launch";
    assert_eq!(Waterfall(&up).spec("Claimed").finding, title);
    let spent = bridge(0.1, &[("Tax", -0.02, 0.0002), ("Withdrawals", -1.08, 0.0002)]);
    let title = "Claimed return 10.0 %; nothing left after withdrawals";
    assert_eq!(Waterfall(&spent).spec("Claimed").finding, title);
    let even = bridge(0.2, &[("Tax", -0.1, 0.0002), ("Launch", 0.1, 0.0002)]);
    let title = "Claimed return 20.0 % becomes 20.0 %";
    assert_eq!(Waterfall(&even).spec("Claimed").finding, title);
    for (change, name) in [(-0.05, "Lower modeled earnings"), (0.05, "Higher modeled earnings")] {
        let spec = Waterfall(&bridge(0.198, &[("mechanism", change, 0.0002)])).spec("Claimed");
        assert_eq!(rows(&spec).rows[1].name, name);
    }
}

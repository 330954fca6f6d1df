//! Pictures of several runs: tornados and curves of `solve` of every sort.
//!
//! In: effects and values that were tried. Out: charts. Not here: runs.

use super::super::solve_curve::{self, SolveCurve};
use super::super::tornado::{self, Moved, Tornado};
use super::Case;
use crate::chart::Spec;
use crate::scenario::AmountUnit;
use crate::stats::{Estimate, Unit, Value};
use crate::study::{Outcome, Solved, Tried};

fn measured(unit: Unit, value: f64, std_error: f64) -> Value {
    Value::new(unit, &Estimate::normal(value, std_error, 20_000))
}

fn moved(name: &str, ends: [&str; 2], effects: [Option<f64>; 2]) -> Moved {
    Moved {
        name: name.to_owned(),
        ends: ends.map(str::to_owned),
        effects: effects.map(|effect| Some(measured(Unit::FractionPerYear, effect?, 0.0006))),
    }
}

fn tornado(bars: Vec<Moved>, n_winners: usize) -> Tornado {
    Tornado {
        base: measured(Unit::FractionPerYear, 0.062, 0.0008),
        is_per_year: true,
        bars,
        n_winners,
    }
}

fn ordinary() -> Tornado {
    let bars = vec![
        moved(
            "SaaS decay a year",
            ["10 %", "35 %"],
            [Some(0.021), Some(-0.019)],
        ),
        moved(
            "DeFi volatility",
            ["50 %", "90 %"],
            [Some(0.008), Some(-0.012)],
        ),
        moved(
            "correlation of SaaS and DeFi",
            ["0.05", "0.95"],
            [Some(0.001), None],
        ),
        moved(
            "DeFi permanent price impact",
            ["0 %", "50 %"],
            [Some(-0.0004), Some(-0.0009)],
        ),
    ];
    tornado(bars, 1)
}

fn curve(values: &[(f64, f64)], outcome: impl Fn(Tried) -> Outcome) -> Spec {
    let tried = values.iter().map(|(value, ruin)| Tried {
        value: *value,
        found: measured(Unit::Probability, *ruin, 0.004),
    });
    let tried: Vec<Tried> = tried.collect();
    let unit = |unit: &str, per: Option<&str>| AmountUnit {
        unit: unit.to_owned(),
        per: per.map(str::to_owned),
    };
    let curve = SolveCurve {
        label: "spending",
        unit: &unit("money", Some("month")),
        measure: "probability of ruin",
        currency: "USD",
        target: 0.05,
        goal: &unit("fraction", None),
        answer: None,
        found: &Solved {
            outcome: outcome(tried[0]),
            is_count: false,
            in_file: Some(1500.0),
            tried,
        },
    };
    curve.spec()
}

/// Clear and unclear ones, many bars, one point on two.
pub fn all() -> Vec<Case> {
    let name = "a name that is far too long for the little room that is left of the picture";
    let many = (0..40).map(|k| moved(name, ["0", "1"], [Some(0.001 * f64::from(k)), Some(-0.001)]));
    let none = vec![moved(
        "crises: market depth",
        ["10 %", "100 %"],
        [Some(0.0), Some(0.0)],
    )];
    let found = |first: Tried| Outcome::Found {
        value: first.value,
        std_error: Some(7.0),
        found: first.found,
        jump: None,
    };
    let unmet = |first: Tried| Outcome::CannotBeMet {
        at: first.value,
        found: first.found,
        bound: crate::study::Bound::To,
        propose: None,
    };
    let tornados = [ordinary(), tornado(many.collect(), 3), tornado(none, 0)];
    let curves = [
        curve(&[(1198.0, 0.05), (1500.0, 0.258), (6000.0, 0.99)], found),
        curve(&[(0.0, 0.4), (1500.0, 0.4)], unmet),
    ];
    let tornados = tornados.map(|chart| (&tornado::KIND, chart.spec()));
    let curves = curves.map(|chart| (&solve_curve::KIND, chart));
    tornados.into_iter().chain(curves).collect()
}

#[test]
fn a_title_names_who_wins_in_ten_words() {
    let title = ordinary().spec().finding;
    assert!(title.starts_with("SaaS decay a year moves"), "{title}");
    for case in all() {
        let title = case.1.finding;
        let is_long_name = title.starts_with("A name that is far too long");
        assert!(
            is_long_name || title.split_whitespace().count() <= 10,
            "{title}"
        );
    }
}

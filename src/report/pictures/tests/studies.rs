//! Pictures of several runs: tornados and curves of `solve` of every sort.
//!
//! In: effects and values that were tried. Out: charts. Not here: runs.

use super::super::{solve_curve, tornado};
use super::{Case, rows};
use crate::chart::Spec;
use crate::report::sensitivity::SensitivityReport;
use crate::report::sensitivity::tests::{facts, moved};
use crate::report::solve;
use crate::scenario::{Amount, label_of_key};
use crate::stats::Value;
use crate::study::{Bound, MOVING, Moved, Outcome, Tried};

/// Sets the values at both ends of the range of `moved`, written as in a scenario file.
fn between(moved: Moved, [low, high]: [&str; 2]) -> Moved {
    let mut moved = moved;
    let number = |value: &str| Amount::written("asset.saas.decay", &format!("\"{value}\""));
    (moved.low.number, moved.high.number) = (number(low), number(high));
    (moved.low.value, moved.high.value) = (low.to_owned(), high.to_owned());
    moved
}

fn ordinary() -> SensitivityReport {
    let mut one_end = moved("correlation of SaaS and DeFi", 0.001, 0.0);
    one_end.high.effects.clear();
    facts(vec![
        between(moved("SaaS decay a year", 0.021, -0.019), ["10 %", "35 %"]),
        between(moved("DeFi volatility", 0.008, -0.009), ["50 %", "90 %"]),
        one_end,
        moved("DeFi permanent price impact", -0.0004, -0.0009),
    ])
}

/// Sets the probability of ruin of the unchanged scenario.
fn with_ruin(probability: f64, mut facts: SensitivityReport) -> SensitivityReport {
    facts.found.base.get_mut(MOVING[3]).expect("a probability").value = probability;
    facts
}

fn curve(values: &[(f64, f64)], outcome: impl Fn(Tried) -> Outcome) -> Spec {
    let tried: Vec<Tried> = values.iter().map(|(value, ruin)| solve::tests::tried(*value, *ruin)).collect();
    let mut facts = solve::tests::facts(outcome(tried[0]));
    facts.found.tried = tried;
    facts.curve().expect("tried values")
}

#[test]
fn without_a_solution_the_title_names_the_nearest_end_of_the_range_and_what_is_there() {
    let title = |outcome: fn(f64, Value) -> Outcome| {
        curve(&[(1000.0, 0.138), (1500.0, 0.505)], |tried| outcome(tried.value, tried.found)).finding
    };
    let met = title(|at, found| Outcome::AlreadyMet { at, found, bound: Bound::To, propose: None });
    let missed = title(|at, found| Outcome::CannotBeMet { at, found, bound: Bound::To, propose: None });
    assert_eq!(met, "Spending $1,000, not $1,500, lowers ruin to 13.8 %, target met");
    assert_eq!(missed, "Spending $1,000, not $1,500, lowers ruin to 13.8 %, target missed");
}

/// Returns sample charts of `sensitivity`, with clear and unclear effects and many bars, and of `solve`.
pub fn all() -> Vec<Case> {
    let name = "a name that is far too long for the little room that is left of the picture";
    let many = (0..40).map(|k| moved(name, 0.001 * f64::from(k), -0.001));
    let none = vec![moved("crises: market depth", 0.0, 0.0)];
    let found = |Tried { value, found }| Outcome::Found { value, std_error: Some(7.0), found, jump: None };
    let unmet =
        |Tried { value: at, found }| Outcome::CannotBeMet { at, found, bound: Bound::To, propose: None };
    let tornados = [ordinary(), with_ruin(0.01, ordinary()), facts(many.collect()), facts(none)];
    let curves = [
        curve(&[(1198.0, 0.05), (1500.0, 0.258), (6000.0, 0.99)], found),
        curve(&[(0.0, 0.4), (1500.0, 0.4)], unmet),
    ];
    let tornados = tornados.iter().filter_map(|facts| Some((&tornado::KIND, facts.tornado()?)));
    tornados.chain(curves.map(|chart| (&solve_curve::KIND, chart))).collect()
}

#[test]
fn a_title_names_who_wins_in_ten_words() {
    let title = |facts: SensitivityReport| facts.tornado().expect("a return").finding;
    let still = facts(vec![moved("crises: market depth", 0.0, 0.0)]);
    assert_eq!(title(with_ruin(0.01, still)), "No assumption clearly moves median return");
    assert!(facts(Vec::new()).tornado().is_none());
    let sure = title(with_ruin(0.01, ordinary()));
    assert_eq!(sure, "SaaS decay of 10 % raises median return to 2.7 %");
    assert_eq!(sure, title(with_ruin(0.99, ordinary())));
    // without room for the value, the change is one that can be
    let mut long = ordinary();
    for moved in long.found.moved.iter_mut().filter(|moved| moved.assumption.label == "SaaS decay a year") {
        moved.assumption.label = "SaaS old software unit decay a year".to_owned();
    }
    assert_eq!(title(with_ruin(0.01, long)), "SaaS old software unit decay can raise return to 2.7 %");
    // the sample raises ruin by as much as it lowers the return
    let spec = with_ruin(0.2, ordinary()).tornado().expect("ruin");
    assert_eq!(spec.finding, "SaaS decay of 10 % lowers ruin to 18 %");
    let effects = rows(&spec);
    assert_eq!(effects.origin, (0.2, "now 20 %".to_owned()));
    let texts: Vec<(&str, &str)> =
        effects.rows.iter().map(|row| (row.name.as_str(), row.figures[0].0.as_str())).collect();
    // a staircase from the change of the title on
    assert_eq!(
        (texts[0], texts[1]),
        (("SaaS decay fixed at 10 % a year", "18 %"), ("DeFi volatility fixed at 50 %", "19 %"))
    );
    assert_eq!(texts.last(), Some(&("SaaS decay fixed at 35 % a year", "22 %")));
    for (name, title) in
        [("content-sites", "Only 10 % claimed for “Content sites” "), ("saas", "Only 10 % claimed for SaaS ")]
    {
        let mut claim = with_ruin(0.2, ordinary());
        let first = &mut claim.found.moved[0].assumption;
        (first.path, first.label) = (format!("asset.{name}.roi"), label_of_key(&format!("asset.{name}.roi")));
        assert!(claim.tornado().expect("ruin").finding.starts_with(title));
    }
    let mut rare = with_ruin(0.2, ordinary());
    let event = &mut rare.found.moved[0];
    event.assumption.label = "Failure of the issuer: rate".to_owned();
    event.assumption.path = "event.failure-of-the-issuer.rate".to_owned();
    let rate = |value: &str| Amount::written("event.failure.rate", value);
    (event.low.number, event.high.number) = (rate("\"0.003/year\""), rate("\"0.15/year\""));
    event.assumption.number = event.low.number.clone();
    event.assumption.value = event.low.value.clone();
    let rare = rare.tornado().expect("ruin");
    let rows = rows(&rare);
    let named = rows.rows.iter().filter(|row| row.name.starts_with("Failure of the issuer: chance"));
    let named: Vec<&str> = named.map(|row| row.name.as_str()).collect();
    assert_eq!(
        named,
        ["Failure of the issuer: chance from 0.3 to 13.9 % a year"],
        "the low end is the value now"
    );
    assert!(
        spec.reading.starts_with("Probability of ruin (nothing left to pay with) after one change"),
        "{}",
        spec.reading
    );
}

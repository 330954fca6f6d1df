//! Scenarios side by side of every sort, and what their titles may claim.
//!
//! In: medians and their differences. Out: charts. Not here: simulated portfolios (`portfolio`).

use super::super::comparison::{ComparedRow, Comparison};
use super::super::crossover::{Crossover, IncomeLine};
use super::samples::setting;
use crate::chart::Spec;
use crate::figure::Quantity;

/// A row with a median of `median`, and nine in ten paths within a factor of `width` of it.
fn row(name: &str, median: f64, width: f64, difference: Option<(f64, f64)>) -> ComparedRow {
    ComparedRow {
        name: name.to_owned(),
        put_in: 344_000.0,
        wealth: [
            median / width,
            median / (1.0 + 0.3 * (width - 1.0)),
            median,
            median * (1.0 + 0.3 * (width - 1.0)),
            median * width,
        ]
        .map(|value| Quantity {
            value,
            std_error: 0.003 * median,
        }),
        difference: difference.map(|(value, std_error)| Quantity { value, std_error }),
        rate: None,
        rate_difference: None,
        is_equal: false,
    }
}

/// A row of another stake, which returns `rate` a year.
fn staked(name: &str, put_in: f64, rate: f64, difference: Option<f64>) -> ComparedRow {
    let measured = |value| Quantity {
        value,
        std_error: 0.002,
    };
    ComparedRow {
        put_in,
        rate: Some(measured(rate)),
        rate_difference: difference.map(measured),
        ..row(name, 561_000.0, 3.0, Some((-486_000.0, 2_000.0)))
    }
}

pub fn comparison(others: Vec<ComparedRow>) -> Comparison {
    Comparison {
        setting: setting(1000),
        base: row("as written", 561_000.0, 3.2, None),
        others,
    }
}

pub fn ordinary() -> Comparison {
    comparison(vec![
        row("lockstep=0.1", 584_000.0, 3.3, Some((23_000.0, 900.0))),
        row("lockstep=1", 564_000.0, 3.2, Some((2_900.0, 1_500.0))),
        row("no-defi", 437_000.0, 1.9, Some((-124_000.0, 3_100.0))),
    ])
}

/// One, many, long names, atoms, other stakes, hopeless and huge ones.
pub fn all() -> Vec<Spec> {
    let one = comparison(vec![row("uae", 601_000.0, 3.0, Some((40_000.0, 800.0)))]);
    let long = "a/case,of=many,axes=with,names=that,go=on,and=on,until=nobody,reads=them";
    let many = (0..40).map(|k| {
        let median = 561_000.0 * (1.0 + 0.01 * f64::from(k));
        row(
            &format!("{k} {long}"),
            median,
            3.0,
            Some((5_610.0 * f64::from(k), 900.0)),
        )
    });
    let mut ruined = row("ruined", 0.0, 1.0, Some((-561_000.0, 2_000.0)));
    ruined.wealth[4].value = 30_000.0;
    let mut staked = ordinary();
    staked.others[0].put_in = 1.0;
    let mut certain = comparison(vec![row("certain", 600_000.0, 1.0, Some((39_000.0, 0.0)))]);
    certain.base = row("base", 561_000.0, 1.0, None);
    let mut huge = ordinary();
    huge.setting.currency = "CHF".to_owned();
    for row in std::iter::once(&mut huge.base).chain(&mut huge.others) {
        row.wealth = row.wealth.map(|figure| figure.times(1e15));
        row.difference = row.difference.map(|difference| difference.times(1e15));
    }
    let unknown = comparison(vec![row("atom", 0.0, 1.0, None)]);
    vec![
        one.spec(),
        ordinary().spec(),
        comparison(many.collect()).spec(),
        comparison(vec![ruined]).spec(),
        staked.spec(),
        certain.spec(),
        huge.spec(),
        unknown.spec(),
    ]
}

#[test]
fn a_difference_of_medians_is_claimed_only_beyond_its_error() {
    let title = |value, std_error| {
        let row = row("new", 561_000.0 + value, 3.0, Some((value, std_error)));
        comparison(vec![row]).spec().finding
    };
    assert_eq!(
        title(23_000.0, 1_000.0),
        "In the median new ends with $584k, as written with $561k: +$23.0k"
    );
    // medians that are known to within 3,000 are shown as their own runs show them
    assert_eq!(
        title(24_360.0, 620.0),
        "In the median new ends with $585k, as written with $561k: +$24.4k"
    );
    assert!(title(-23_000.0, 1_000.0).ends_with(": −$23.0k"));
    assert!(title(2_000.0, 1_100.0).ends_with(": no difference beyond sampling error"));
    let mut same = row("new", 561_000.0, 3.0, Some((0.0, 0.0)));
    same.is_equal = true;
    assert_eq!(
        comparison(vec![same.clone()]).spec().finding,
        "In the median new ends with $561k, as written with $561k, path by path the same"
    );
    assert_eq!(
        comparison(vec![same.clone(), same]).spec().finding,
        "Middle wealth clearly above that of as written: 0 of 2 cases; clearly below: 0"
    );
    let unknown = comparison(vec![row("new", 0.0, 1.0, None)]).spec().finding;
    assert_eq!(
        unknown,
        "In the median new ends with $0, as written with $561k"
    );
}

#[test]
fn where_stakes_differ_returns_are_told_and_not_amounts() {
    let of = |rows: Vec<ComparedRow>| {
        let mut chart = comparison(rows);
        chart.base = staked("base", 344_000.0, 0.05, None);
        chart.spec().finding
    };
    let new = |difference: f64| staked("new", 100_000.0, 0.05 + difference, Some(difference));
    assert_eq!(
        of(vec![new(-0.08)]),
        "In the median new returns −3.0 % a year, base 5.0 %"
    );
    assert_eq!(
        of(vec![new(0.001)]),
        "In the median new returns 5.1 % a year, base 5.0 %: no difference beyond sampling error"
    );
    let unknown = staked("new", 100_000.0, 0.05, None);
    assert_eq!(
        of(vec![unknown]),
        "In the median new ends with $561k, base with $561k"
    );
    assert_eq!(
        of(vec![new(-0.08), new(0.02), new(0.0)]),
        "Middle return clearly above that of base: 1 of 3 cases; clearly below: 1"
    );
    let same = staked("new", 344_000.0 * (1.0 + 1e-12), 0.05, None);
    assert!(of(vec![same]).contains(" ends with "));
}

#[test]
fn of_many_it_is_said_how_many_differ_allowing_for_their_number() {
    assert_eq!(
        ordinary().spec().finding,
        "Middle wealth clearly above that of as written: 1 of 3 cases; clearly below: 1"
    );
    let all = |value: f64| {
        let rows = (0..3).map(|_| row("new", 561_000.0, 3.0, Some((value, 1_000.0))));
        comparison(rows.collect()).spec().finding
    };
    assert!(all(9_000.0).ends_with(": 3 of 3 cases; clearly below: 0"));
    assert!(all(-9_000.0).ends_with(": 0 of 3 cases; clearly below: 3"));
    // two errors would do for one case, not for the largest of three
    assert!(all(2_100.0).ends_with(": 0 of 3 cases; clearly below: 0"));
}

/// `n` scenarios that pass the base in the same month.
pub fn crossover(n: usize) -> Crossover {
    let years: Vec<f64> = (1..=20).map(|date| f64::from(date) / 2.0).collect();
    let line = |k: usize| IncomeLine {
        name: match k {
            0 => "by-hand".to_owned(),
            _ => format!("wheel={k},with=a-name,that=is,far=too,long=for=it"),
        },
        means: years
            .iter()
            .map(|year| 300.0 + (k as f64) * 40.0 * (year - 4.0))
            .collect(),
        meets: (k > 0).then_some((4.0, 300.0)),
    };
    Crossover {
        setting: setting(1000),
        lines: (0..=n).map(line).collect(),
        told: "On average wheel passes by-hand between Jun 2030 and Jun 2031".to_owned(),
        what: "what assets pay a month".to_owned(),
        years,
    }
}

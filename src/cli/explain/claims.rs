//! Tables of a class's page: what is left of its claim, and what its mechanism earns.
//!
//! In: a class. Out: a heading, a table, what it is about. Not here: what is filled in for it (`defaults`).

use crate::asset::Year;
use crate::catalog::Class;
use crate::catalog::claim::ClaimArithmetic;
use crate::page::Table;
use crate::report::mechanisms;
use crate::scenario::mechanism_of;

/// Months that a page of a class looks ahead.
const EXPLAINED_MONTHS: u32 = 120;

/// Per cent points that one decimal can show.
const SMALLEST_SHOWN: f64 = 0.05;

/// The growth after each step and how much of it the step takes.
pub(super) fn from_the_claim(class: &Class, claim: &ClaimArithmetic) -> (String, Table, String) {
    let written = |key: &str| {
        let entry = class.default(key);
        entry.map_or(String::new(), |entry| entry.value.to_string())
    };
    let mut steps = vec![
        (format!("claim {}, mean", written("roi")), claim.mean),
        ("claim, middle".to_owned(), claim.middle),
        (
            format!("volatility {}", written("volatility")),
            claim.after_volatility,
        ),
    ];
    if claim.after_decay < claim.after_volatility {
        steps.push((format!("decay {}", written("decay")), claim.after_decay));
    }
    let mut table = Table::new(&["", ">% per year", ">change"]);
    let mut before: Option<f64> = None;
    for (label, growth) in steps {
        let per_cent = growth * 100.0;
        let change = before.map(|before| per_cent - before);
        let change = change.filter(|change| change.abs() >= SMALLEST_SHOWN);
        let change = change.map_or(String::new(), |change| format!("{change:+.1}"));
        table.texts(vec![label, format!("{per_cent:.1}"), change]);
        before = Some(per_cent);
    }
    (
        "FROM THE CLAIM TO THE MIDDLE PATH".to_owned(),
        table,
        "Growth of the value on the middle path, by formula and not simulated: all return stays in the price, nothing \
         is withdrawn; before loss events, crashes, costs and tax."
            .to_owned(),
    )
}

/// What the class's mechanism makes of its claim, or of what stands for one, year by year; nothing without a mechanism.
pub(super) fn from_the_mechanism(class: &Class) -> Option<(String, Table, String)> {
    let (kind, stand_in) = mechanism_of(class)?;
    let years = Year::of(&kind.expected(EXPLAINED_MONTHS));
    let income: Vec<f64> = years.iter().map(|year| year.income).collect();
    let value: Vec<f64> = years.iter().map(|year| year.value).collect();
    let row = ("".into(), kind.claimed(), &*income, &*value);
    let Some(entry) = stand_in else {
        let heading = "FROM THE CLAIM TO WHAT EARNS IT".to_owned();
        return Some((
            heading,
            mechanisms::table("claimed", [row])?,
            mechanisms::SAID.to_owned(),
        ));
    };
    let (value, grade) = (&entry.value, entry.grade);
    let begins = match entry.key.as_str() {
        "multiple" => format!("a buyer gets who pays {value} times a year's income"),
        _ => format!("the mix returns by itself, {value}, less the fee"),
    };
    Some((
        "WHAT EARNS IT, WITHOUT A CLAIM".to_owned(),
        mechanisms::table("at first", [row])?,
        format!(
            "No figure is claimed: it begins with what {begins} (`{}`, grade {grade}). {}",
            entry.key,
            mechanisms::SAID
        ),
    ))
}

//! Tables of a class's page: from the claimed return to median growth, and the income of its earnings model.
//!
//! In: a class. Out: a heading, a table, a note. Not here: its defaults (`defaults`).

use super::page::Headed;
use crate::catalog::Class;
use crate::catalog::claim::ClaimArithmetic;
use crate::page::Table;
use crate::report::{MechanismPart, mechanisms};
use crate::scenario::mechanism_of;

/// Number of months that the earnings table of a class covers.
const EXPLAINED_MONTHS: u32 = 120;

/// Smallest change that one decimal can show, in percentage points.
const SMALLEST_SHOWN: f64 = 0.05;

/// Heading, table and note for the page of `class`: yearly growth from the claimed return to the median.
pub(super) fn from_the_claim(class: &Class, claim: &ClaimArithmetic) -> Headed {
    let written = |key: &str| class.default(key).map_or(String::new(), |entry| entry.value.to_string());
    let mut steps = vec![
        (format!("claimed {}, mean", written("roi")), claim.mean),
        ("claimed, median".to_owned(), claim.middle),
        (format!("volatility {}", written("volatility")), claim.after_volatility),
    ];
    if claim.after_decay < claim.after_volatility {
        steps.push((format!("decay {}", written("decay")), claim.after_decay));
    }
    let mut table = Table::new(&["", ">% a year", ">change, pp"]);
    let mut before: Option<f64> = None;
    for (label, growth) in steps {
        let per_cent = growth * 100.0;
        let shown = before.map(|before| per_cent - before).filter(|change| change.abs() >= SMALLEST_SHOWN);
        let change = shown.map_or(String::new(), |change| format!("{change:+.1}"));
        table.row([label, format!("{per_cent:.1}"), change]);
        before = Some(per_cent);
    }
    Headed {
        heading: "FROM CLAIMED RETURN TO MEDIAN GROWTH".to_owned(),
        table,
        note: "This is the median growth of the value by formula, not simulated. All income stays in the price and nothing is \
         withdrawn. Loss events, crashes, costs and tax are left out."
            .to_owned(),
    }
}

/// Heading, table and note: income and value by year from the class's earnings model; `None` without one.
pub(super) fn from_the_mechanism(class: &Class) -> Option<Headed> {
    let (kind, stand_in) = mechanism_of(class)?;
    let model = MechanismPart::of(&*kind, EXPLAINED_MONTHS);
    let row = ("".into(), &model);
    let Some(entry) = stand_in else {
        return Some(Headed {
            heading: "FROM CLAIMED RETURN TO EARNINGS".to_owned(),
            table: mechanisms::table("claimed", [row])?,
            note: mechanisms::SAID.to_owned(),
        });
    };
    let (value, grade) = (&entry.value, entry.grade);
    let first_year = match entry.key.as_str() {
        "multiple" => format!("the return of a buyer who pays {value} times a year's income"),
        _ => format!("the return of the mix, {value}, less the fee"),
    };
    Some(Headed {
        heading: "EARNINGS, WITHOUT A CLAIMED RETURN".to_owned(),
        table: mechanisms::table("at first", [row])?,
        note: format!(
            "No return is claimed. The first year has {first_year} (`{}`, grade {grade}). {}",
            entry.key,
            mechanisms::SAID
        ),
    })
}

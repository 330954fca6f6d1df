//! What was solved for, as a screen.
//!
//! In: [`Solved`]. Out: a document. Not here: the search (`study`).

use super::measure::{Measure, unit_of};
use crate::figure::{counted, written};
use crate::math::digits::{place_of_error, rounded, told};
use crate::page::{Document, Table};
use crate::scenario::Scenario;
use crate::stats::{Estimate, HALF_WIDTH};
use crate::study::{Asked, Solved, Tried};

/// The value that was found, and what was tried.
pub fn solved(scenario: &Scenario, asked: &Asked, found: &Solved) -> Document {
    let mut page = Document::new(scenario.title.as_str());
    let half = found.std_error.map(|error| HALF_WIDTH * error);
    let value = match half {
        Some(0.0) => format!("{}{}", found.value, asked.unit),
        Some(half) if found.is_count && half <= 1.0 => {
            format!("{}{} ± less than 1", found.value, asked.unit)
        }
        Some(half) if found.is_count => {
            format!("{} ± {}{}", found.value, half.ceil(), asked.unit)
        }
        Some(half) => {
            let told = told(found.value, half);
            let decimals = usize::try_from(told.place).unwrap_or(0);
            format!(
                "{:.decimals$} ± {:.decimals$}{}",
                told.value, told.half, asked.unit
            )
        }
        None => format!("{} ± ?{}", found.value, asked.unit),
    };
    let is_rounded = |half: &f64| *half > 0.0 && !found.is_count;
    let place = half.filter(is_rounded).map(place_of_error);
    let there = found.tried.last().map(|tried| tried.found);
    let there = there.map_or_else(String::new, |there| shown(scenario, asked, &there));
    page.sentence(format!("{} = {value}", asked.key));
    page.sentence(format!(
        "There {} is {there}; the target is {}.",
        asked.measure,
        target(scenario, asked)
    ));
    if let Some([below, above]) = &found.jump {
        page.sentence(format!(
            "Between {} and {} it jumps over the target, from {} to {}: no value in five digits meets it.",
            asked.written(below.value),
            asked.written(above.value),
            shown(scenario, asked, &below.found),
            shown(scenario, asked, &above.found),
        ));
    }
    page.gap();
    page.table(tried(scenario, asked, &found.tried, place));
    if half != Some(0.0) {
        page.gap();
        let paths = counted(scenario.paths as usize, "path");
        page.fine(format!(
            "± is 95 % from sampling {paths}, shared by all values; it does not cover wrong assumptions."
        ));
    }
    page
}

/// That the target is not met between two values.
pub fn one_side(scenario: &Scenario, asked: &Asked, ends: [Tried; 2]) -> Document {
    let mut page = Document::new(scenario.title.as_str());
    let [first, second] = ends.map(|end| asked.written(end.value));
    let (measure, target) = (&asked.measure, target(scenario, asked));
    let is_there = |end: &&Tried| end.found.value == asked.target;
    page.sentence(match ends.iter().find(is_there) {
        None => format!(
            "At {first} and at {second} {measure} is on the same side of {target}; what is between them was not looked at."
        ),
        // no ruin at all is met by half the line: there is no one value to find
        Some(end) => format!(
            "At {} {measure} is {target} already, and may be so at other values too; what is between {first} and \
             {second} was not looked at.",
            asked.written(end.value)
        ),
    });
    page.gap();
    page.table(tried(scenario, asked, &ends, None));
    page
}

/// Values to the place of the error of the one that was found, but as typed where they were; of those that are then the
/// same the last that was tried.
fn tried(scenario: &Scenario, asked: &Asked, tried: &[Tried], place: Option<i32>) -> Table {
    let mut rows: Vec<&Tried> = tried.iter().collect();
    rows.sort_by(|a, b| a.value.total_cmp(&b.value));
    let mut table = Table::new(&[&format!(">{}", asked.key), &format!(">{}", asked.measure)]);
    let written = |value: f64| {
        let typed = place.filter(|_| !asked.between.contains(&value));
        let value = typed.map_or(value, |place| rounded(value, place));
        format!("{value}{}", asked.unit)
    };
    for same in rows.chunk_by(|a, b| written(a.value) == written(b.value)) {
        let is_last = |one: &&&Tried| tried.last().is_some_and(|last| last.value == one.value);
        let one = same.iter().find(is_last).unwrap_or(&same[0]);
        table.row(vec![
            written(one.value).into(),
            shown(scenario, asked, &one.found).into(),
        ]);
    }
    table
}

fn shown(scenario: &Scenario, asked: &Asked, found: &Estimate) -> String {
    let figure = Measure::new(unit_of(&asked.measure), found);
    figure.shown(&scenario.currency).whole()
}

/// The target in the unit of the measure.
fn target(scenario: &Scenario, asked: &Asked) -> String {
    let unit = unit_of(&asked.measure);
    written(unit, &scenario.currency, asked.target)
}

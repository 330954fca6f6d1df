//! Selection of cases by `where` of a gate, or by `[[exclude]]`.
//!
//! In: axes and values as written, the dimensions. Out: [`Selection`]. Not here: the cases themselves.

use super::super::tables::array_of_tables;
use super::dimension::{Dimension, VARIANT};
use super::keys::{Choices, Chosen};
use crate::form::{
    At, Diagnostic, Faults, KeyValue, Table, Value, fault, nearest, numbers_typed, one_of, shortened, written,
};

/// Condition on a combination of options: indices of dimensions, each with the indices of its allowed options.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection(Vec<(usize, Vec<usize>)>);

impl Selection {
    /// True if the condition holds for a combination of options: `case` has the index of each dimension's option.
    pub fn holds(&self, case: &[usize]) -> bool {
        let chosen = |(dimension, options): &(usize, Vec<usize>)| {
            case.get(*dimension).is_some_and(|option| options.contains(option))
        };
        self.0.iter().all(chosen)
    }

    /// Returns the condition that `choices` describe; `None` after a fault in `choices` or in a dimension.
    pub fn of(choices: &Choices, dimensions: &[Dimension], faults: &mut Faults) -> Option<Self> {
        let select = |(entry, chosen): &(KeyValue, Chosen)| select(entry, chosen, dimensions, faults);
        // All choices are read before the first fault ends the condition.
        let found: Vec<Option<(usize, Vec<usize>)>> = choices.0.iter().map(select).collect();
        found.into_iter().collect::<Option<_>>().map(Self)
    }
}

fn select(
    entry: &KeyValue,
    chosen: &Chosen,
    dimensions: &[Dimension],
    faults: &mut Faults,
) -> Option<(usize, Vec<usize>)> {
    let by_name = |dimension: &Dimension| dimension.name == entry.key;
    let Some(index) = dimensions.iter().position(by_name) else {
        return faults.refuse(unknown_axis(entry, dimensions));
    };
    let dimension = &dimensions[index];
    let found: Vec<Option<usize>> = chosen.0.iter().map(|value| dimension.find(value)).collect();
    if dimension.is_sound {
        let unknown = chosen.0.iter().zip(&found).filter(|(_, found)| found.is_none());
        for (value, _) in unknown {
            faults.push(unknown_value(value, dimension));
        }
    }
    let options = found.into_iter().collect::<Option<Vec<usize>>>()?;
    Some((index, options))
}

fn unknown_axis(entry: &KeyValue, dimensions: &[Dimension]) -> Diagnostic {
    let name = shortened(&entry.key);
    let message = match entry.key.as_str() {
        VARIANT => "this file has no variants".to_owned(),
        _ => format!("no axis is named `{name}`"),
    };
    let fault = fault!("unknown-axis", "{message}");
    if dimensions.is_empty() {
        return fault
            .at(entry.place, "the file has no cases")
            .rule("[[variant]] and [[axis]] define the cases");
    }
    let known = dimensions.iter().map(|dimension| dimension.name.as_str());
    fault.unknown(&entry.key, entry.place, "", known, "not in this file")
}

fn unknown_value(value: &Value, dimension: &Dimension) -> Diagnostic {
    let shown = shortened(&written(value));
    let message = if dimension.is_variants() {
        format!("no variant is named {shown}")
    } else {
        format!("axis `{}` has no {shown}", dimension.name)
    };
    let fault = fault!("unknown-value", "{message}");
    let known = || dimension.options.iter().map(|option| option.label.as_str());
    // A number close to another is no typing error of it, so only equal numbers are proposed.
    let is_number = |text: &str| !text.contains(char::is_alphabetic);
    let near = value.as_text().and_then(|text| {
        if is_number(text) { same_number(&numbers_typed(value), dimension) } else { nearest(text, known()) }
    });
    match near {
        Some(near) => fault
            .at(value.place, format!("did you mean \"{near}\"?"))
            .replace(value.place, format!("\"{near}\"")),
        None => fault.at(value.place, "not a value of this axis").note("known", one_of(known())),
    }
}

/// Label of the only value of `dimension` that equals one of `numbers`; `None` unless there is exactly one.
fn same_number<'d>(numbers: &[f64], dimension: &'d Dimension) -> Option<&'d str> {
    let is_same = |value: &Value| value.as_number().is_some_and(|number| numbers.contains(&number));
    let mut same = dimension.options.iter().filter(|option| option.value.as_ref().is_some_and(is_same));
    same.next().filter(|_| same.next().is_none()).map(|option| option.label.as_str())
}

/// Reads `[[exclude]]`; tables with faults are left out.
pub fn read_excludes(sections: &Table, dimensions: &[Dimension], faults: &mut Faults) -> Vec<At<Selection>> {
    let mut excludes = Vec::new();
    for (table, place) in array_of_tables(sections, "exclude", "exclusions", usize::MAX, faults) {
        if table.entries.is_empty() {
            fault!(faults, "missing", "this exclusion is empty"; place => "an axis or `variant` is needed here";
                such_as: "[[exclude]]\nlockstep = [0.0, 0.7]");
            continue;
        }
        let before = faults.len();
        let selection = Selection::of(&Choices::of(&table.entries, faults), dimensions, faults);
        if let Some(selection) = selection.filter(|_| faults.len() == before) {
            excludes.push(At { value: selection, place });
        }
    }
    excludes
}

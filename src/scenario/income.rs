//! A business that is told by what it earns: its value and its yield follow by a multiple.
//!
//! In: a table of the file, the class's multiple. Out: the table with `value` and `roi`, what was filled in. Not here:
//! what value and yield mean (`holding`, `asset`).
//!
//! ```text
//! value = 12·income·multiple        roi = 1/multiple
//! ```

use super::FilledIn;
use super::defaults::from_entry;
use super::formula::Formula;
use crate::catalog;
use crate::form::{
    Data, Diagnostic, Drawn, Faults, Field, Group, Parameter, Preset, Reader, Table, Value,
    parse_value, written,
};
use crate::parameters;
use crate::units::{MonthlyMoney, Multiple, hundredfold};

parameters! {
    /// What a business earns, from which its value follows.
    pub struct Earned {
        /// Income in the first month, net of its own costs, instead of `value` and `roi`. The asset is then worth
        /// twelve times `multiple` of that and yields 1/`multiple` a year.
        income: Option<Drawn<MonthlyMoney>> = Preset::Absent => "\"1400/month\"",
        /// What buyers pay for a year of such an income; stands beside `income` alone. Where it is not written, that of
        /// the class if it knows one.
        multiple: Option<Multiple> = Preset::Absent => "3.4",
    }
}

/// A table that says `income`, with what follows from that.
pub(super) struct Completed {
    pub table: Table,
    /// The class's multiple, if it was used, and what follows from it.
    filled: Vec<(&'static str, String)>,
    /// What the file says beside the income, which says it too.
    twice: Option<&'static str>,
    entry: Option<&'static catalog::Entry>,
    /// What the income follows from, if it is a range.
    formula: Option<Formula>,
    multiple: f64,
}

/// `table` with the value and the yield that its `income` means, as far as that can be read; nothing if it has none.
pub(super) fn complete(table: &Table, class: Option<&'static catalog::Class>) -> Option<Completed> {
    let said = table.get("income")?;
    let mut table = table.clone();
    // what is built has no value on day one
    let value = table.get("value").map(|entry| &entry.value.data);
    let is_nothing = matches!(value, Some(Data::Integer(0) | Data::Float(0.0)));
    if is_nothing && table.get("launch").is_some() {
        table.remove("value");
    }
    let mut both = ["value", "roi"].into_iter();
    let twice = both.find(|key| table.get(key).is_some());
    let entry = match table.get("multiple") {
        Some(_) => None,
        None => class.and_then(|class| class.default("multiple")),
    };
    let multiple = match table.get("multiple") {
        Some(multiple) => Some(multiple.value.clone()),
        None => entry.and_then(|entry| parse_value(&entry.value.as_toml())),
    };
    let read_income = read::<Drawn<MonthlyMoney>>(&said.value, &Earned::FIELDS[0]);
    let multiple = multiple.and_then(|value| read::<Multiple>(&value, &Earned::FIELDS[1]));
    // what cannot be read is said where it stands
    let (income, multiple) =
        (read_income.map_or(0.0, |income| income.get()), multiple.map_or(1.0, Multiple::get));
    let value = Value::float(12.0 * income * multiple);
    let roi = Value::text(format!("{} %", hundredfold(1.0 / multiple)));
    let mut filled = vec![("multiple", crate::units::plain(multiple))];
    let place = said.value.place;
    for (key, value) in [("value", value), ("roi", roi)] {
        filled.push((key, written(&value)));
        if table.get(key).is_none() {
            table.push(key, Value { place, ..value });
        }
    }
    Some(Completed {
        table,
        filled,
        twice,
        entry,
        formula: read_income.and_then(Formula::of_income),
        multiple,
    })
}

fn read<T: Parameter>(value: &Value, field: &Field) -> Option<T> {
    T::read(value, field, &mut Faults::default())
}

impl Completed {
    /// The formula of the income with the multiple, if a part of it is a range; `of_parts` is that of an income which follows
    /// from other keys.
    pub fn formula(&self, of_parts: Option<&Formula>) -> Option<Formula> {
        let mut formula = of_parts.or(self.formula.as_ref())?.clone();
        formula.written.push("multiple", Value::float(self.multiple));
        Some(formula)
    }

    /// Adds what the catalog filled in of the asset called `label`.
    pub fn note(&self, label: &str, filled_in: &mut Vec<FilledIn>) {
        let Some(entry) = self.entry else { return };
        let filled = self.filled.iter();
        filled_in.extend(
            filled.map(|(key, value)| {
                from_entry(format!("asset.{label}.{key}"), value.clone(), entry)
            }),
        );
    }
}

/// Takes the keys, which say the same as others do, or nothing by themselves. Whether they say an income, and well.
pub(super) fn check(reader: &mut Reader<'_>, completed: Option<&Completed>) -> bool {
    let earned = Earned::take(reader);
    let Some(completed) = completed else {
        if reader.says("multiple") {
            let fault = Diagnostic::new("income", "`multiple` needs `income`")
                .at(reader.place_of("multiple"), "has no effect here")
                .note(
                    "help",
                    "write `income` instead of `value` and `roi`, or leave `multiple` out",
                );
            reader.fault(fault);
        }
        return false;
    };
    if let Some(key) = completed.twice {
        let message = format!("`income` and `{key}` both set the value");
        let fault = Diagnostic::new("income", message)
            .at(reader.place_of("income"), "one of them must go")
            .and(reader.place_of(key), "also set here")
            .note("help", "write `income`, or `value` and `roi`")
            .rule("value = 12·income·multiple, roi = 1/multiple");
        reader.fault(fault);
        return false;
    }
    if earned.multiple.is_none()
        && completed.entry.is_none()
        && reader.sound(&["multiple", "class"])
    {
        let fault = Diagnostic::new("income", "this class has no default `multiple`")
            .at(reader.place_of("income"), "the `multiple` in years of income is needed")
            .note("such as", "multiple = 3.4")
            .rule("value = 12·income·multiple, roi = 1/multiple");
        reader.fault(fault);
        return false;
    }
    reader.sound(&["income", "multiple"])
}

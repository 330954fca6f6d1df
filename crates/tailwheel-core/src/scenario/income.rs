//! A business described by its income: value and yield follow from a multiple.
//!
//! In: a table of the file, the class's multiple. Out: the table with `value` and `roi`, and the filled-in
//! values. Not here: the meaning of value and yield (`holding`, `asset`).
//!
//! ```text
//! value = 12·income·multiple        roi = 1/multiple
//! ```

use super::FilledIn;
use super::defaults::from_entry;
use super::formula::Formula;
use crate::catalog;
use crate::form::{
    Data, Drawn, Faults, Field, Group, Parameter, Preset, Reader, Table, Value, fault, parse_value, written,
};
use crate::parameters;
use crate::units::{MonthlyMoney, Multiple, hundredfold};

parameters! {
    /// Keys for the income of a business, from which its value follows.
    pub struct Earned {
        /// Income in the first month, net of its own costs, instead of `value` and `roi`. The asset is then
        /// worth twelve times `multiple` of that and yields 1/`multiple` a year.
        income: Option<Drawn<MonthlyMoney>> = Preset::Absent => "\"1400/month\"",
        /// Price of the business in years of its income; needs `income`. If absent, the multiple of the
        /// class, if it has one.
        multiple: Option<Multiple> = Preset::Absent => "3.4",
    }
}

/// Table of an asset with `income`, completed with the value and yield that follow from it.
pub(super) struct Completed {
    pub table: Table,
    /// Derived keys with their values, noted as filled in if the multiple is that of the class.
    filled: Vec<(&'static str, String)>,
    /// `value` or `roi`, if the file states it although `income` determines it.
    twice: Option<&'static str>,
    entry: Option<&'static catalog::Entry>,
    /// Formula of the income, if it is a range.
    formula: Option<Formula>,
    multiple: f64,
}

/// Returns `table` with the value and yield that its `income` implies; `None` without `income`.
pub(super) fn complete(table: &Table, class: Option<&'static catalog::Class>) -> Option<Completed> {
    let said = table.get("income")?;
    let mut table = table.clone();
    // A launched business may state a value of zero on day one.
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
    // Unreadable keys get neutral values here and are reported where they are read.
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
    /// Returns the formula of the income, including the multiple, if part of it is a range. `of_parts` is the
    /// formula of an income that follows from other keys.
    pub fn formula(&self, of_parts: Option<&Formula>) -> Option<Formula> {
        let mut formula = of_parts.or(self.formula.as_ref())?.clone();
        formula.written.push("multiple", Value::float(self.multiple));
        Some(formula)
    }

    /// Records the catalog's multiple and the values derived from it for the asset called `label`.
    pub fn note(&self, label: &str, filled_in: &mut Vec<FilledIn>) {
        let Some(entry) = self.entry else { return };
        let filled = self.filled.iter();
        filled_in.extend(
            filled.map(|(key, value)| from_entry(format!("asset.{label}.{key}"), value.clone(), entry)),
        );
    }
}

/// Takes `income` and `multiple`; true if the file states an income without faults.
pub(super) fn check(reader: &mut Reader<'_>, completed: Option<&Completed>) -> bool {
    let earned = Earned::take(reader);
    let Some(completed) = completed else {
        if reader.says("multiple") {
            fault!(reader, "income", "`multiple` needs `income`"; "multiple" => "has no effect here";
                help: "write `income` instead of `value` and `roi`, or leave `multiple` out");
        }
        return false;
    };
    if let Some(key) = completed.twice {
        fault!(reader, "income", "`income` and `{key}` both set the value"; "income" => "one of them must go";
            reader.place_of(key) => "also set here"; help: "write `income`, or `value` and `roi`";
            rule: "value = 12·income·multiple, roi = 1/multiple");
        return false;
    }
    if earned.multiple.is_none() && completed.entry.is_none() && reader.sound(&["multiple", "class"]) {
        fault!(reader, "income", "this class has no default `multiple`";
            "income" => "the `multiple` in years of income is needed"; such_as: "multiple = 3.4";
            rule: "value = 12·income·multiple, roi = 1/multiple");
        return false;
    }
    reader.sound(&["income", "multiple"])
}

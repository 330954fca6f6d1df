//! Value and yield of a business from its income, and the value of a share of a whole.
//!
//! In: a table of the file, the class's multiple. Out: `value` and `roi` in the table. Not here: an income that
//! follows from counts (`counts`), the meaning of value and yield (`holding`, `asset`).
//!
//! ```text
//! value = 12·income·multiple        roi = 1/multiple        value = whole·share
//! ```

use super::super::FilledIn;
use super::super::defaults::from_entry;
use super::super::model::MECHANISM;
use super::super::tables::push;
use super::formula::Formula;
use super::{derive, heard, is_nothing};
use crate::asset::{Factor, is_default};
use crate::catalog::Class;
use crate::form::{Drawn, Faults, Field, Group, Parameter, Preset, Table, Value, parse_value, written};
use crate::parameters;
use crate::units::{Money, MonthlyMoney, Multiple, PositiveShare, hundredfold, plain};
use std::borrow::Cow;

parameters! {
    /// Keys of a holding that is a share of a whole.
    pub struct HeldShare {
        /// Value of the whole, of which `share` is held. Replaces `value`, which is the product of the two.
        whole: Option<Money> = Preset::Absent => "2_400_000",
        /// Share of `whole` that is held.
        share: Option<PositiveShare> = Preset::Absent => "\"0.5 %\"",
    }
}

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

/// Adds `value` = `whole` × `share` to the table of an asset with these keys, unless it has a `value`.
pub fn derive_part(table: &mut Cow<'_, Table>) {
    let mut said = HeldShare::FIELDS.iter().filter_map(|field| table.get(field.key));
    if let Some(place) = said.next_back().map(|said| said.value.place) {
        // Unreadable or missing keys are reported where they are read.
        let part = heard::<HeldShare>(table);
        let value = part.whole.map_or(0.0, Money::get) * part.share.map_or(1.0, PositiveShare::get);
        derive(table, "value", place, Value::float(value));
    }
}

/// Result of deriving the value and the yield of a business from its income.
pub struct Sale {
    /// `value` or `roi` if the file states it too, although `income` determines it; else `None`.
    pub twice: Option<&'static str>,
    /// True if the file or the class states the multiple of income at which the business is sold.
    pub has_multiple: bool,
    /// True if neither the class nor the model is that of a business, so that `income` has no meaning.
    pub is_of_holding: bool,
}

impl Sale {
    /// Adds the value and yield that follow from `income` to `table`; `None` without `income`. If counts have
    /// set a `formula` of the income, it gets the multiple. An income that is a range becomes a formula.
    pub fn derive(
        table: &mut Cow<'_, Table>,
        class: Option<&'static Class>,
        formula: &mut Option<Formula>,
        filled_in: &mut Vec<FilledIn>,
    ) -> Option<Self> {
        let place = table.get("income")?.value.place;
        if is_nothing(table) {
            table.to_mut().remove("value");
        }
        let twice = ["value", "roi"].into_iter().find(|key| table.get(key).is_some());
        let said = heard::<Earned>(table);
        let of_class = class.and_then(|class| class.default("multiple"));
        let entry = of_class.filter(|_| table.get("multiple").is_none());
        let filled = entry.and_then(|entry| {
            let value = parse_value(&entry.value.as_toml())?;
            Multiple::read(&value, &Field::bare::<Multiple>("multiple"), &mut Faults::default())
        });
        // Unreadable keys get neutral values here and are reported where they are read.
        let multiple = said.multiple.or(filled).map_or(1.0, Multiple::get);
        let value = Value::float(12.0 * said.income.map_or(0.0, |income| income.get()) * multiple);
        let roi = Value::text(format!("{} %", hundredfold(1.0 / multiple)));
        if let Some(entry) = entry {
            let name = table.label().unwrap_or_default();
            let values = [("multiple", plain(multiple)), ("value", written(&value)), ("roi", written(&roi))];
            filled_in
                .extend(values.map(|(key, value)| from_entry(format!("asset.{name}.{key}"), value, entry)));
        }
        let is_of_holding = class.filter(|_| of_class.is_none()).is_some_and(|class| {
            let is_own = |model: &str| class.mechanism.as_deref() == Some(model);
            table.text("model").is_none_or(|model| is_default(model) || model == MECHANISM || is_own(model))
        });
        let has_multiple = entry.is_some() || table.get("multiple").is_some();
        derive(table, "value", place, value);
        derive(table, "roi", place, roi);
        if formula.is_none()
            && let Some(income) = said.income
        {
            let mut written = Table::default();
            push(&mut written, "income", &income);
            let sum = vec![(1.0, vec![Factor::of("income", Some(income))])];
            *formula = Formula { sum, written, ..Formula::default() }.drawn();
        }
        if let Some(formula) = formula {
            formula.written.push("multiple", Value::float(multiple));
        }
        Some(Self { twice, has_multiple, is_of_holding })
    }
}

//! Unknown keys, and the known ones that they probably mean.
//!
//! In: an entry of a table, the keys that are known there. Out: a fault with a proposal that the key accepts.
//! Not here: which keys are known (`reader`).

use super::field::Field;
use super::flow::monthly_amount;
use super::text::shortened;
use super::{Diagnostic, KeyValue, Place, Table, Value, fault, nearest, one_of, words};

/// Keys that a table may have, with their readers, to explain a key that is none of them.
#[derive(Default)]
pub(super) struct KnownKeys {
    pub(super) keys: Vec<&'static str>,
    /// Declarations of those keys whose values a parameter reads.
    fields: Vec<&'static Field>,
}

impl KnownKeys {
    /// Declares a key of the table.
    pub(super) fn declare(&mut self, field: &'static Field) {
        self.keys.push(field.key);
        self.fields.push(field);
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains(&key)
    }

    /// Returns the known key that an unknown one probably means; `None` if there is none.
    pub(super) fn meant(&self, entry: &KeyValue) -> Option<&'static str> {
        let near = || nearest(&entry.key, self.keys.iter().copied());
        words::meant(&entry.key, &self.keys).or_else(near)
    }

    /// Returns the field of `key` if its reader refuses `value`; else `None`.
    fn refusing(&self, key: &str, value: &Value) -> Option<&'static Field> {
        let mut fields = self.fields.iter().copied();
        fields.find(|field| field.key == key).filter(|field| !(field.faults)(value, field).is_empty())
    }

    /// Returns the fault that the key of `entry` is unknown in the table `noun`, with the key it probably means.
    pub(super) fn unknown_key(&self, entry: &KeyValue, table: &Table, noun: &str) -> Diagnostic {
        let key = shortened(&entry.key);
        let fault = fault!("unknown-key", "unknown key `{key}` in {noun}");
        let known = || one_of(self.keys.iter().copied());
        let Some(near) = self.meant(entry) else {
            return fault.at(entry.place, "unknown here").note("known", known());
        };
        let refusing = self.refusing(near, &entry.value);
        let there = table.get(near);
        let text_of = |entry: &KeyValue| entry.place.map(|place| place.text);
        match (there.filter(|there| text_of(there) == text_of(entry)), refusing) {
            // Entries of different texts do not exclude each other, because one is merged over the other.
            (Some(_), _) => fault.at(entry.place, format!("`{near}` is already set")).note("known", known()),
            (None, None) => {
                fault.at(entry.place, format!("did you mean `{near}`?")).replace(entry.place, near)
            }
            (None, Some(_)) if near == FLOWS => as_flow(fault, entry),
            (None, Some(field)) => {
                fault.at(entry.place, format!("did you mean `{near}`?")).note("such as", field.example())
            }
        }
    }
}

/// Key of the owner's list of incomes and payments.
const FLOWS: &str = "flows";

/// Proposes to write an income such as a pension as an entry of the list of flows.
fn as_flow(fault: Diagnostic, entry: &KeyValue) -> Diagnostic {
    let is_plain = |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let name = if is_plain(&entry.key) { &entry.key } else { "income" };
    let fault = fault
        .at(entry.place, format!("`{name}` is written as a flow"))
        .rule(format!("`{FLOWS}` lists every income and payment that comes from elsewhere"));
    let flow = |amount: &str| format!("{FLOWS} = [{{ name = \"{name}\", amount = {amount} }}]");
    match (monthly_amount(&entry.value), line(entry)) {
        (Some(amount), Some(place)) => fault.replace(place, flow(&amount)),
        _ => fault.note("such as", flow("\"800/month\"")),
    }
}

/// Place from the start of the key to the end of its value; `None` if they have no place.
fn line(entry: &KeyValue) -> Option<Place> {
    let (key, value) = entry.place.zip(entry.value.place)?;
    Some(Place { end: value.end, ..key })
}

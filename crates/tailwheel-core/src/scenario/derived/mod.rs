//! Keys of an asset that follow from others: its income from counts, its value and yield from its income, its
//! value from a share of a whole.
//!
//! In: a table of the file, the other assets, the class's defaults. Out: [`Derived`], whose table is then read as
//! if the file stated the keys. Not here: the meaning of the keys (`holding`, `asset`).

mod check;
mod counts;
mod formula;
mod sale;

pub use formula::Formula;
pub use sale::{Earned, HeldShare};

use super::FilledIn;
use crate::catalog::Class;
use crate::form::{Data, Faults, Group, Parameter, Place, Reader, Table, Value};
use counts::CountedIncome;
use sale::Sale;
use std::borrow::Cow;

/// Parts of a scenario file, besides an asset's own table, from which keys of the asset are derived.
#[derive(Clone, Copy, Default)]
pub struct KeyInputs<'a> {
    /// All `[[asset]]` tables of the file, including that of the asset itself.
    pub beside: &'a [Value],
    /// True if catalog values are used without their ranges: they are not drawn.
    pub is_fixed: bool,
    /// True if the asset is read only to find out whether it is valid, so that its faults need no proposals.
    pub is_trial: bool,
}

/// Table of an asset with the keys that follow from others, such as `value` from `income`.
pub struct Derived<'a> {
    /// Table of the asset as the file states it.
    said: &'a Table,
    inputs: KeyInputs<'a>,
    /// The table with the derived keys, each with the source position of the key that it follows from.
    pub table: Cow<'a, Table>,
    counts: Option<CountedIncome>,
    sale: Option<Sale>,
    /// Formula of the first month's income, which is drawn on each path; `None` if no part of it is a range.
    pub formula: Option<Formula>,
    /// Catalog values of the asset's class from which keys were derived.
    pub filled_in: Vec<FilledIn>,
}

impl<'a> Derived<'a> {
    /// Derives keys of the asset whose table in the file is `said`.
    pub fn of(said: &'a Table, class: Option<&'static Class>, inputs: KeyInputs<'a>) -> Self {
        let (mut table, mut formula, mut filled_in) = (Cow::Borrowed(said), None, Vec::new());
        sale::derive_part(&mut table);
        let counts = CountedIncome::derive(&mut table, class, inputs, &mut formula, &mut filled_in);
        let sale = Sale::derive(&mut table, class, &mut formula, &mut filled_in);
        Self { said, inputs, table, counts, sale, formula, filled_in }
    }

    /// Keys, such as `asset.a.decay`, that the file sets to one number although the catalog has a range.
    pub fn fixed(&self, reader: &Reader<'_>) -> Vec<String> {
        let is_said =
            |path: &&String| path.rsplit('.').next().is_some_and(|key| self.said.get(key).is_some());
        reader.fixed().iter().filter(is_said).cloned().collect()
    }

    /// True if the income follows from visits or other counts.
    pub fn is_counted(&self) -> bool {
        self.counts.is_some()
    }
}

/// Adds `key` to `table` with the source position `place`, unless the table has the key.
fn derive(table: &mut Cow<'_, Table>, key: &str, place: Option<Place>, value: Value) {
    if table.get(key).is_none() {
        table.to_mut().push(key, Value { place, ..value });
    }
}

/// Reads the keys of the group `G` in `table` and pushes no faults: the whole table is read later, with
/// faults. A key that cannot be read counts as absent.
fn heard<G: Group>(table: &Table) -> G {
    G::take(&mut Reader::inline(table, None, "", &mut Faults::default()))
}

/// Reads one key and pushes no faults; `None` if it is absent or cannot be read.
fn glance<T: Parameter>(table: &Table, key: &'static str) -> Option<T> {
    Reader::inline(table, None, "", &mut Faults::default()).glance(key)
}

/// True if `table` has a launch and `value = 0`: the file does not state the value after the launch then.
fn is_nothing(table: &Table) -> bool {
    let value = table.get("value").map(|entry| &entry.value.data);
    matches!(value, Some(Data::Integer(0) | Data::Float(0.0))) && table.get("launch").is_some()
}

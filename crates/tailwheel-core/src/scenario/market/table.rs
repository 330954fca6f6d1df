//! The `[[market]]` tables of a file before their keys are read.
//!
//! In: tables. Out: [`MarketTable`] with name and class, as far as known. Not here: their other keys (`market`).

use super::super::holding::ReadAsset;
use super::super::membership::MarketGroup;
use super::super::names::{Spelled, refuse_twins};
use crate::catalog::{Class, class};
use crate::form::{Faults, Place, Table, Value};

/// A `[[market]]` table of the file.
pub struct MarketTable<'a> {
    pub table: &'a Table,
    pub place: Option<Place>,
    /// Name with its source position; empty, with the position of the table, if there is none.
    pub name: Spelled,
}

impl<'a> MarketTable<'a> {
    pub fn new(table: &'a Table, place: Option<Place>) -> Self {
        let said = table.get("name").map(|entry| &entry.value);
        let text = said.and_then(Value::as_text).unwrap_or_default().to_owned();
        let name = Spelled { text, place: said.and_then(|said| said.place).or(place) };
        Self { table, place, name }
    }

    /// Returns the class that the table names; `None` if it names none or an unknown one.
    pub fn class(&self) -> Option<&'static Class> {
        class(self.table.text("class")?)
    }
}

/// Refuses two tables for one market, and two markets whose names give the same key of random numbers.
pub fn refuse_twin_markets(
    written: &[MarketTable<'_>],
    groups: &[MarketGroup<'_>],
    assets: &[ReadAsset],
    faults: &mut Faults,
) {
    let written_names = written.iter().map(|table| table.name.clone());
    let unwritten = groups.iter().filter(|group| {
        // Equal keys of the assets' own names have been reported for the assets.
        !group.is_own(assets) && !written.iter().any(|table| table.name.text == group.name)
    });
    let unwritten_names = unwritten
        .map(|group| Spelled { text: group.name.to_owned(), place: assets[group.assets[0]].market_place() });
    refuse_twins("market", written_names.chain(unwritten_names), faults);
}

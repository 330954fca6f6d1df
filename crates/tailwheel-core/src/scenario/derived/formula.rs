//! Formula of the first month's income, kept where a factor of it is a range and differs by path.
//!
//! In: counts, prices and shares of a table or of its class. Out: [`Formula`], to be evaluated on every path.
//! Not here: the terms of each formula (`counts`), value and yield of an income (`sale`).
//!
//! ```text
//! revenue = visits·Σ weight·factor·factor·…        net = revenue − costs
//! ```

use super::super::FilledIn;
use super::super::defaults::{from_entry, range_of};
use super::super::tables::push;
use crate::catalog::Class;
use crate::form::{Drawn, Faults, Field, Parameter, Ranged, Table, Value, parse_value};
use crate::math::RangeLaw;
use crate::units::Count;

/// One factor of a formula: a number, or a range that each path draws from.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Key that states the factor. It also identifies the factor's random draw.
    pub key: &'static str,
    pub median: f64,
    /// Distribution of the factor; `None` for a fixed number.
    pub law: Option<RangeLaw>,
    /// True if all assets of the class share the draw of this factor.
    pub is_of_class: bool,
    /// True if the formula uses 1 minus the drawn value, such as the part of a price that a fee leaves.
    pub is_rest: bool,
}

/// Formula of the first month's income; at least one of its numbers is a range.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Formula {
    /// Sites with their visits in the first month; empty if the income does not depend on visits.
    pub visits: Vec<(String, Drawn<Count>)>,
    /// Terms of the income, per visit if there are `visits`: each a weight times the product of factors.
    pub sum: Vec<(f64, Vec<Factor>)>,
    /// Fixed monthly costs, independent of revenue; `None` if there are none.
    pub costs: Option<Factor>,
    /// Mean income of one brand deal per visit in its month; `None` without deals.
    pub deal: Option<f64>,
    /// Keys that the formula was made from, in the form of the canonical document.
    pub written: Table,
}

impl Factor {
    /// Returns the factor of `key` from the number `read`; 1 if it is `None`, which is reported elsewhere.
    pub(super) fn of<T: Ranged + Default>(key: &'static str, read: Option<Drawn<T>>) -> Self {
        Self {
            key,
            median: read.map_or(1.0, |read| read.get()),
            law: read.and_then(|read| read.law()),
            is_of_class: read.is_some_and(|read| read.is_of_class()),
            is_rest: false,
        }
    }

    /// Value of the factor in the formula if its range is at its median.
    pub fn get(&self) -> f64 {
        if self.is_rest { 1.0 - self.median } else { self.median }
    }
}

impl Formula {
    /// Returns the formula if any of its numbers is a range; else `None`.
    pub(super) fn drawn(self) -> Option<Self> {
        let mut factors = self.sum.iter().flat_map(|(_, factors)| factors).chain(&self.costs);
        let is_drawn = factors.any(|factor| factor.law.is_some())
            || self.visits.iter().any(|(_, visits)| !visits.is_point());
        is_drawn.then_some(self)
    }

    /// Revenue per visit, or in total if nothing depends on visits, with every range at its median.
    pub fn per_visit(&self) -> f64 {
        self.sum
            .iter()
            .map(|(weight, factors)| weight * factors.iter().map(Factor::get).product::<f64>())
            .sum()
    }
}

/// Reader of the numbers of an asset's table for a formula, with the numbers of its class as defaults.
pub(super) struct Numbers<'a> {
    pub table: &'a Table,
    pub class: Option<&'static Class>,
    /// True if values of the class are used without their ranges: they are not drawn.
    pub is_fixed: bool,
    /// Values of the class that were used because the table does not state them.
    pub filled_in: Vec<FilledIn>,
    /// Keys that were read although neither the table nor the class states them.
    pub missing: Vec<&'static str>,
    /// Numbers that were read, by key, in the form of the canonical document.
    pub written: Table,
}

impl<'a> Numbers<'a> {
    pub fn new(table: &'a Table, class: Option<&'static Class>, is_fixed: bool) -> Self {
        let (filled_in, missing, written) = (Vec::new(), Vec::new(), Table::default());
        Self { table, class, is_fixed, filled_in, missing, written }
    }

    /// Returns the number under `key` and adds it to [`Self::written`].
    pub fn get<T: Ranged + Default>(&mut self, key: &'static str) -> Factor {
        let read = self.read::<T>(key);
        push(&mut self.written, key, &read);
        Factor::of(key, read)
    }

    /// Returns the number under a key that the earnings model also reads; records neither it nor its default here.
    pub fn of_kind<T: Ranged + Default>(&mut self, key: &'static str) -> Factor {
        let n_filled = self.filled_in.len();
        let read = self.read::<T>(key);
        self.filled_in.truncate(n_filled);
        Factor::of(key, read)
    }

    /// Returns the number or range under `key`, else that of the class; `None` if it cannot be read.
    pub fn read<T: Ranged + Default>(&mut self, key: &'static str) -> Option<Drawn<T>> {
        let field = Field::bare::<T>(key);
        let read = |value: &Value| Drawn::<T>::read(value, &field, &mut Faults::default());
        if let Some(said) = self.table.get(key) {
            return read(&said.value);
        }
        let Some(entry) = self.class.and_then(|class| class.default(key)) else {
            self.missing.push(key);
            return None;
        };
        let value = parse_value(&entry.value.as_toml()).and_then(|value| read(&value))?;
        let range = range_of(entry).filter(|_| !self.is_fixed);
        let spread = range.and_then(|range| value.spread(&range, &field));
        let path = format!("asset.{}.{key}", self.table.label().unwrap_or_default());
        let filled = from_entry(path, entry.value.as_toml(), entry);
        self.filled_in.push(FilledIn { is_drawn: spread.is_some(), ..filled });
        Some(spread.unwrap_or(value))
    }
}

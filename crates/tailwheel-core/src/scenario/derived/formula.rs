//! Formula of the first month's income, kept where a factor of it is a range and differs by path.
//!
//! In: counts, prices and shares of a table or of its class. Out: [`Formula`], to be evaluated on every path.
//! Not here: the terms of each formula (`asset`), value and yield of an income (`sale`).
//!
//! ```text
//! revenue = visits·Σ weight·factor·factor·…        net = revenue − costs
//! ```

use super::super::FilledIn;
use super::super::defaults::{from_entry, range_of};
use crate::asset::{Factor, Number};
use crate::catalog::Class;
use crate::form::{Drawn, Table, parse_value};
use crate::units::Count;

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

    /// Returns the factor of `number`, and records the number unless the kind does.
    pub fn get(&mut self, number: &Number) -> Factor {
        let (key, said) = (number.key, self.table.get(number.key));
        let entry = self.class.filter(|_| said.is_none()).and_then(|class| class.default(key));
        if said.is_none() && entry.is_none() {
            self.missing.push(key);
        }
        let of_class = entry.and_then(|entry| parse_value(&entry.value.as_toml()));
        // the kind takes the default of its own number without the range
        let range = entry.and_then(range_of).filter(|_| !self.is_fixed && !number.is_of_kind);
        let value = said.map(|said| &said.value).or(of_class.as_ref());
        let (factor, written) = (number.read)(key, value, range.as_ref());
        if !number.is_of_kind {
            if let Some(value) = written {
                self.written.push(key, value);
            }
            if let Some(entry) = entry {
                let path = format!("asset.{}.{key}", self.table.label().unwrap_or_default());
                let filled = from_entry(path, entry.value.as_toml(), entry);
                self.filled_in.push(FilledIn { is_drawn: factor.is_of_class, ..filled });
            }
        }
        Factor { is_rest: number.is_rest, ..factor }
    }
}

//! Formula of the first month's income, kept where a factor of it is a range and differs by path.
//!
//! In: counts, prices and shares of a table or of its class. Out: [`Formula`], to be evaluated on every path.
//! Not here: the keys (`traffic`, `counted`, `income`), value and yield of an income (`income`).
//!
//! ```text
//! revenue = visits·Σ weight·factor·factor·…        net = revenue − costs
//! ```

use super::defaults::range_of;
use crate::catalog::{Class, Entry};
use crate::form::{Drawn, Faults, Field, Parameter, Ranged, Table, Value, parse_value};
use crate::math::RangeLaw;
use crate::units::{Count, MonthlyMoney};

/// One factor of a formula: a number, or a range that each path draws from.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Key of the factor, which also identifies its random draw.
    pub key: &'static str,
    pub median: f64,
    /// Law of the range; `None` for a fixed number.
    pub law: Option<RangeLaw>,
    /// True if all assets of the class share this draw.
    pub is_of_class: bool,
    /// True if the formula uses 1 minus the drawn value.
    pub is_rest: bool,
}

/// Formula of the first month's income; at least one of its numbers is a range.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Formula {
    /// Sites with their visits in the first month; empty if the income does not depend on visits.
    pub visits: Vec<(String, Drawn<Count>)>,
    /// Products of factors, each with a weight; their sum is multiplied by the visits.
    pub sum: Vec<(f64, Vec<Factor>)>,
    /// Fixed monthly costs, independent of revenue.
    pub costs: Option<Factor>,
    /// Mean income from brand deals per visit.
    pub deal: Option<f64>,
    /// Keys that the formula was made from, in canonical form.
    pub written: Table,
}

impl Factor {
    /// Replaces the factor by 1 minus the factor.
    pub fn rest(self) -> Self {
        Self { is_rest: !self.is_rest, ..self }
    }

    /// Median of the factor as the formula uses it.
    pub fn get(&self) -> f64 {
        match self.is_rest {
            true => 1.0 - self.median,
            false => self.median,
        }
    }
}

impl Formula {
    /// Returns the formula of an `income` that is itself a range; `None` if it is one number.
    pub fn of_income(income: Drawn<MonthlyMoney>) -> Option<Self> {
        let key = "income";
        let factor = Factor {
            key,
            median: income.get(),
            law: income.law(),
            is_of_class: income.is_of_class(),
            is_rest: false,
        };
        let mut written = Table::default();
        if let Some(value) = income.write() {
            written.push(key, value);
        }
        let formula = Self { sum: vec![(1.0, vec![factor])], written, ..Self::default() };
        formula.drawn()
    }

    /// Returns the formula if any of its numbers is a range; else `None`.
    pub fn drawn(self) -> Option<Self> {
        let mut factors = self.sum.iter().flat_map(|(_, factors)| factors);
        let is_drawn = factors.any(|factor| factor.law.is_some())
            || self.costs.as_ref().is_some_and(|costs| costs.law.is_some())
            || self.visits.iter().any(|(_, visits)| !visits.is_point());
        is_drawn.then_some(self)
    }

    /// Revenue per visit, or in total if nothing depends on visits, with every range at its median.
    pub fn per_visit(&self) -> f64 {
        let products = self.sum.iter().map(|(weight, factors)| {
            let product: f64 = factors.iter().map(Factor::get).product();
            weight * product
        });
        products.sum()
    }
}

/// Reader of the numbers of a table, with the numbers of its class as defaults.
pub(super) struct Numbers<'a> {
    pub table: &'a Table,
    pub class: Option<&'static Class>,
    /// Declarations of all keys that can be read.
    pub fields: Vec<&'static Field>,
    pub used: Vec<(&'static str, &'static Entry)>,
    pub missing: Vec<&'static str>,
    /// Keys that use the range of the class.
    pub drawn: Vec<&'static str>,
    pub written: Table,
    /// True if values of the class are used without their ranges.
    is_fixed: bool,
}

impl<'a> Numbers<'a> {
    pub fn new(
        table: &'a Table,
        class: Option<&'static Class>,
        fields: Vec<&'static Field>,
        is_fixed: bool,
    ) -> Self {
        Self {
            table,
            class,
            fields,
            used: Vec::new(),
            missing: Vec::new(),
            drawn: Vec::new(),
            written: Table::default(),
            is_fixed,
        }
    }

    /// Returns the number under `key`, or 1 if it cannot be read, which is reported elsewhere.
    pub fn get<T: Ranged + Default>(&mut self, key: &'static str) -> Factor {
        let read = self.read::<T>(key);
        if let Some(value) = read.as_ref().and_then(Parameter::write)
            && key != "products"
        {
            self.written.push(key, value);
        }
        Factor {
            key,
            median: read.map_or(1.0, |read| read.get()),
            law: read.and_then(|read| read.law()),
            is_of_class: read.is_some_and(|read| read.is_of_class()),
            is_rest: false,
        }
    }

    /// Returns the number or range under `key`, from the class if not written; `None` if it cannot be read.
    pub fn read<T: Ranged + Default>(&mut self, key: &'static str) -> Option<Drawn<T>> {
        let mut fields = self.fields.iter();
        let field = fields.find(|field| field.key == key).expect("a key of one of them");
        let read = |value: &Value| Drawn::<T>::read(value, field, &mut Faults::default());
        if let Some(said) = self.table.get(key) {
            return read(&said.value);
        }
        let Some(entry) = self.class.and_then(|class| class.default(key)) else {
            self.missing.push(key);
            return None;
        };
        if key != "products" {
            self.used.push((key, entry));
        }
        let value = parse_value(&entry.value.as_toml()).and_then(|value| read(&value))?;
        let spread = range_of(entry).filter(|_| !self.is_fixed);
        let spread = spread.and_then(|range| value.spread(&range, field));
        if spread.is_some() {
            self.drawn.push(key);
        }
        Some(spread.unwrap_or(value))
    }
}

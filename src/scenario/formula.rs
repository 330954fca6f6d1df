//! What the income of a first month follows from, where a part of it is a range.
//!
//! In: counts, prices and shares of a table or of its class. Out: [`Formula`], to be evaluated on every path. Not here: which
//! keys there are (`traffic`, `counted`, `income`), what an income means for value and yield (`income`).
//!
//! ```text
//! revenue = visits·Σ weight·factor·factor·…        net = revenue − costs
//! ```

use super::defaults::range_of;
use crate::catalog::{Class, Entry};
use crate::form::{Drawn, Faults, Field, Parameter, Ranged, Table, Value, parse_value};
use crate::math::RangeLaw;
use crate::units::{Count, MonthlyMoney};

/// A number of a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// The key that says it, which addresses its draw.
    pub key: &'static str,
    pub median: f64,
    /// Of a range.
    pub law: Option<RangeLaw>,
    /// True if the draw is that of the class.
    pub is_of_class: bool,
    /// True if the formula has what it leaves of 1.
    pub is_rest: bool,
}

/// How the income of a first month follows from numbers of which one at least is a range.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Formula {
    /// Names of the sites whose visits are counted, each with those of its first month; no site if nothing depends on visits.
    pub visits: Vec<(String, Drawn<Count>)>,
    /// Products of factors, with a weight each.
    pub sum: Vec<(f64, Vec<Factor>)>,
    /// What is paid of that, whatever comes in.
    pub costs: Option<Factor>,
    /// What one deal with a brand brings for a visit.
    pub deal: Option<f64>,
    /// The keys that say all this, in canonical form.
    pub written: Table,
}

impl Factor {
    /// What it leaves of 1.
    pub fn rest(self) -> Self {
        Self { is_rest: !self.is_rest, ..self }
    }

    /// The median of what the formula has of it.
    pub fn get(&self) -> f64 {
        match self.is_rest {
            true => 1.0 - self.median,
            false => self.median,
        }
    }
}

impl Formula {
    /// That of an income which is a range itself.
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

    /// The same if a part of it is drawn.
    pub fn drawn(self) -> Option<Self> {
        let mut factors = self.sum.iter().flat_map(|(_, factors)| factors);
        let is_drawn = factors.any(|factor| factor.law.is_some())
            || self.costs.as_ref().is_some_and(|costs| costs.law.is_some())
            || self.visits.iter().any(|(_, visits)| !visits.is_point());
        is_drawn.then_some(self)
    }

    /// Revenue per visit, or of all that is counted, with every range at its median.
    pub fn per_visit(&self) -> f64 {
        let products = self.sum.iter().map(|(weight, factors)| {
            let product: f64 = factors.iter().map(Factor::get).product();
            weight * product
        });
        products.sum()
    }
}

/// Numbers of a table, or of its class.
pub(super) struct Numbers<'a> {
    pub table: &'a Table,
    pub class: Option<&'static Class>,
    /// All keys that a number can have.
    pub fields: Vec<&'static Field>,
    pub used: Vec<(&'static str, &'static Entry)>,
    pub missing: Vec<&'static str>,
    /// Keys that are drawn in the range of the class.
    pub drawn: Vec<&'static str>,
    pub written: Table,
    /// True if values of the class are taken without their ranges.
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

    /// The number under `key`, which is 1 where it cannot be read: that is said where it stands.
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

    /// The same as it is written; nothing if it cannot be read.
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

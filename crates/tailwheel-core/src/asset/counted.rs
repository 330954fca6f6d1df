//! Declaration of an income that a kind derives from counts, such as visits or sales: keys, terms, checks.
//!
//! In: nothing. Out: [`Counted`], one constant for each kind with such an income (`COUNTED`). Not here: reading the
//! numbers of an asset and adding the terms (`scenario`), later months (the kinds).

use crate::form::{Drawn, Faults, Field, Group, Parameter, Ranged, Reader, Table, Value};
use crate::math::RangeLaw;
use crate::units::Fraction;

/// Income of the first month that a kind derives from counts:
///
/// ```text
/// income = visits·(term + term + … + deals) − costs        visits 1 if the kind has none
/// ```
pub struct Counted {
    /// Id of the kind.
    pub kind: &'static str,
    /// Heading of the keys in the reference; kinds that follow each other may have one in common.
    pub heading: &'static str,
    pub fields: &'static [Field],
    /// Reads all of these keys and pushes their faults.
    pub take: fn(&mut Reader<'_>),
    /// Keys that state a count; each of them sets the income if neither `income` nor `value` does.
    pub counts: &'static [&'static str],
    /// True if the first count has a use beside a stated income: visits also bring visitors to products.
    pub has_other_use: bool,
    /// Sites whose visits multiply all terms; `None` if the income does not depend on visits.
    pub visits: Option<VisitsOf>,
    pub terms: &'static [Term],
    /// Place of the brand deals (key `deals`) among the terms of the formula, which decides the last bits of their
    /// sum; `None` if the kind has no such key.
    pub deals: Option<usize>,
    /// Monthly costs, whatever the counts are, that replace the key `fixed_costs`; `None` if there are none.
    pub costs: Option<Number>,
    /// Checks the keys of an asset of this kind: the table of the file, and the count that sets the income, if any.
    pub check: fn(&Table, Option<&'static str>, &mut Reader<'_>),
}

impl Counted {
    /// Declares an income of `kind` with the keys of `G`, of which `counts` state a count; still without terms.
    pub const fn of<G: Group>(
        kind: &'static str,
        heading: &'static str,
        counts: &'static [&'static str],
    ) -> Self {
        Self {
            kind,
            heading,
            fields: G::FIELDS,
            take: |reader| _ = G::take(reader),
            counts,
            has_other_use: false,
            visits: None,
            terms: &[],
            deals: None,
            costs: None,
            check: |_, _, _| {},
        }
    }
}

/// Sites whose visits an income depends on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum VisitsOf {
    /// The asset itself, with its key `visits`.
    Itself,
    /// The assets that the key `audience` names.
    Audience,
}

/// One term of the income: a product of numbers, divided by `per`.
pub struct Term {
    /// Divisor, such as 1000 if a price is for a thousand visits.
    pub per: f64,
    /// True if the term counts only in a file that has the key of its first number.
    pub is_optional: bool,
    pub numbers: &'static [Number],
}

impl Term {
    pub const fn of(numbers: &'static [Number]) -> Self {
        Self { per: 1.0, is_optional: false, numbers }
    }

    /// Declares a term that counts only if the first of `numbers`, a count, is in the file.
    pub const fn sold(numbers: &'static [Number]) -> Self {
        Self { is_optional: true, ..Self::of(numbers) }
    }

    /// True if the term is part of the income of an asset with these keys.
    pub fn applies_to(&self, table: &Table) -> bool {
        !self.is_optional || table.get(self.numbers[0].key).is_some()
    }
}

/// Function that reads the value of a key, as the median of a catalog range if there is one. It returns the factor and
/// its canonical form.
type ReadNumber = fn(&'static str, Option<&Value>, Option<&[Value; 2]>) -> (Factor, Option<Value>);

/// A number of a term: its key, and how to read a value of the key.
pub struct Number {
    pub key: &'static str,
    pub read: ReadNumber,
    /// True if the term uses 1 minus the number.
    pub is_rest: bool,
    /// True if the kind's own parameters have the key, so that its default is recorded with them.
    pub is_of_kind: bool,
}

impl Number {
    /// Share of the price that is left after the fee of the selling platform.
    pub const AFTER_FEE: Self = Self { is_rest: true, ..Self::of::<Fraction>("platform_fee") };

    pub const fn of<T: Ranged>(key: &'static str) -> Self {
        Self { key, read: read::<T>, is_rest: false, is_of_kind: false }
    }
}

fn read<T: Ranged>(
    key: &'static str,
    value: Option<&Value>,
    range: Option<&[Value; 2]>,
) -> (Factor, Option<Value>) {
    let field = Field::bare::<T>(key);
    let number = value.and_then(|value| Drawn::<T>::read(value, &field, &mut Faults::default()));
    let drawn = range.and_then(|range| number?.spread(range, &field));
    let number = drawn.or(number);
    (Factor::of(key, number), number.write())
}

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

impl Factor {
    /// Returns the factor of `key` from the number `read`; 1 if it is `None`, which is reported elsewhere.
    pub fn of<T: Ranged>(key: &'static str, read: Option<Drawn<T>>) -> Self {
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

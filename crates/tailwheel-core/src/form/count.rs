//! Whole numbers as parameters.
//!
//! In: [`Value`]. Out: counts of `units`, or faults. Not here: numbers of months (`time`).

use super::field::{Field, Shape, Unit};
use super::remedy::{Meant, spelled};
use super::scalar::{keep, wrong_sort};
use super::typed::Typed;
use super::{Data, Diagnostic, Value};
use crate::units::{Blocks, Count, DegreesOfFreedom, Paths, Seed};

macro_rules! count_parameters {
    ($($type:ident, $unit:literal, $example:literal;)*) => {$(
        impl Default for $type {
            fn default() -> Self {
                $type::new($type::LOW).expect("the lowest count is in range")
            }
        }

        impl Meant for $type {
            const SPELLED: Unit = Unit {
                name: $unit,
                examples: &[$example],
                shape: Shape::Count { low: $type::LOW, high: $type::HIGH },
            };

            fn canonical(&self) -> Option<Value> {
                Some(Value::integer(i64::try_from(self.get()).unwrap_or(i64::MAX)))
            }

            fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
                match value.data {
                    Data::Integer(count) => keep($type::new(count), value),
                    _ => Err(Box::new(wrong_sort(value, field).rule($type::RULE))),
                }
            }

            fn meant(typed: &Typed) -> Vec<String> {
                counts(typed)
            }
        }
    )*};
}

count_parameters! {
    Paths, "count", "100_000";
    Seed, "whole number", "2027";
    DegreesOfFreedom, "degrees of freedom", "4";
    Blocks, "count", "200";
    Count, "count", "400";
}

/// Returns the largest number that `typed` may mean, as TOML; empty if it has a unit or is not whole.
fn counts(typed: &Typed) -> Vec<String> {
    let count = Some(typed.largest()).filter(|count| typed.unit.is_empty() && count.fract() == 0.0);
    count.map(spelled).into_iter().collect()
}

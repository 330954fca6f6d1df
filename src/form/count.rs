//! Whole numbers as parameters.
//!
//! In: [`Value`]. Out: counts of `units`, or faults. Not here: months (`time`).

use super::field::{Field, Shape, Unit};
use super::meaning::large_readings;
use super::remedy::{Meant, spelled};
use super::scalar::{keep, wrong_sort};
use super::typed::Typed;
use super::{Data, Diagnostic, Value};
use crate::units::{Blocks, DegreesOfFreedom, Paths, Seed};

macro_rules! count_parameters {
    ($($type:ident, $unit:literal, $example:literal;)*) => {$(
        impl Meant for $type {
            const SPELLED: Unit = Unit {
                name: $unit,
                examples: &[$example],
                shape: Shape::Count { low: $type::LOW, high: $type::HIGH },
            };

            fn stand_in() -> Self {
                $type::new($type::LOW).expect("the lowest count is in range")
            }

            fn canonical(&self) -> Option<Value> {
                i64::try_from(self.get()).ok().map(Value::integer)
            }

            fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
                match value.data {
                    Data::Integer(count) => keep($type::new(count), value),
                    _ => Err(Box::new(wrong_sort(value, field))),
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
}

/// Whole numbers only; a dot before three digits rather stands between thousands.
fn counts(typed: &Typed) -> Vec<String> {
    if !typed.is_plain() {
        return Vec::new();
    }
    let mut readings = large_readings(typed);
    if readings.len() > 1 {
        // 1.000 as a count is a thousand: no count has decimals
        readings.truncate(1);
    }
    readings.retain(|number| number.fract() == 0.0);
    readings.into_iter().map(spelled).collect()
}

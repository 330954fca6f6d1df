//! Whole numbers as parameters.
//!
//! In: [`Value`]. Out: counts of `units`, or faults. Not here: months (`time`).

use super::field::{Field, Parameter, Shape, Unit};
use super::quantity::Quantity;
use super::scalar::{keep, wrong_sort};
use super::{Data, Faults, Value};
use crate::units::{Blocks, DegreesOfFreedom, Paths, Seed};

macro_rules! count_parameters {
    ($($type:ident, $unit:literal, $example:literal;)*) => {$(
        impl Parameter for $type {
            const UNIT: Unit = Unit {
                name: $unit,
                examples: &[$example],
                shape: Shape::Count { low: $type::LOW, high: $type::HIGH },
            };

            fn placeholder() -> Self {
                $type::new($type::LOW).expect("the lowest count is in range")
            }

            fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
                keep($type::new(count(value, field, faults)?), value, faults)
            }

            fn write(&self) -> Option<Value> {
                i64::try_from(self.get()).ok().map(Value::integer)
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

fn count(value: &Value, field: &Field, faults: &mut Faults) -> Option<i64> {
    let proposal = match &value.data {
        Data::Integer(count) => return Some(*count),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            Some(format!("{number:.0}"))
        }
        Data::Text(text) => Quantity::parse(text)
            .filter(|quantity| quantity.unit.is_empty() && quantity.number().fract() == 0.0)
            .map(|quantity| quantity.digits().to_owned()),
        _ => None,
    };
    let fault = wrong_sort(value, field);
    faults.push(match proposal {
        Some(number) => fault.replace(value.place, number),
        None => fault.write(field.example()),
    });
    None
}

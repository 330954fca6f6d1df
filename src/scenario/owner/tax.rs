//! `tax_rate` and `tax`: what the state takes, and when.

use crate::form::{Faults, Field, Parameter, Shape, Unit, Value, tax_ends};
use crate::policy::Collection;
use crate::units::{TaxShare, hundredfold};

/// A tax of the owner's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnerTax {
    pub rate: TaxRate,
    pub collection: Collection,
}

/// A rate of tax between two ends; equal ends are one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaxRate {
    pub low: f64,
    pub high: f64,
}

impl Parameter for TaxRate {
    const UNIT: Unit = Unit {
        name: "rate of tax",
        examples: &["\"20 %\"", "\"15-37 %\"", "0.2"],
        shape: Shape::AnyOf(&[
            Shape::Text(r"^.*[0-9].*%\s*$"),
            Shape::Number {
                low: 0.0,
                high: 1.0,
            },
            Shape::List(&<TaxShare as Parameter>::UNIT.shape, 2, 2),
        ]),
    };

    fn placeholder() -> Self {
        Self {
            low: 0.0,
            high: 0.0,
        }
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let (low, high) = tax_ends(value, field, faults)?;
        Some(Self { low, high })
    }

    fn write(&self) -> Option<Value> {
        let ends =
            [self.low, self.high].map(|rate| Value::text(format!("{} %", hundredfold(rate))));
        Some(Value::list(ends.into()))
    }
}

//! `tax_rate`: what the state takes.

use crate::form::{Faults, Field, Parameter, Shape, Unit, Value, tax_ends};
use crate::policy::Uncertain;
use crate::units::{TaxShare, hundredfold};

/// A rate of tax between two ends; equal ends are one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaxRate {
    pub low: f64,
    pub high: f64,
}

impl TaxRate {
    /// Every rate between the ends is equally likely, and a path has one.
    pub fn law(&self) -> Uncertain {
        let Self { low, high } = *self;
        match low < high {
            true => Uncertain::Uniform { low, high },
            false => Uncertain::Known(low),
        }
    }
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

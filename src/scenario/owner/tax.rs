//! `tax_rate` and `tax`: what the state takes, and when.

use crate::form::{
    Diagnostic, Faults, Field, Parameter, QuantityRange, Shape, Unit, Value, illustrated,
};
use crate::policy::Collection;
use crate::units::{Fraction, RoiRange, hundredfold};

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
            Shape::List(&<Fraction as Parameter>::UNIT.shape, 2, 2),
        ]),
    };

    fn placeholder() -> Self {
        Self {
            low: 0.0,
            high: 0.0,
        }
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let is_range = value
            .as_text()
            .is_some_and(|text| QuantityRange::parse(text).is_some());
        if !is_range && value.as_list().is_none() {
            let rate = Fraction::read(value, field, faults)?.get();
            return Some(Self {
                low: rate,
                high: rate,
            });
        }
        // the same notation as a range of returns
        let range = RoiRange::read(value, field, faults)?;
        let (low, high) = (range.low().get(), range.high().get());
        if low >= 0.0 && high <= 1.0 {
            return Some(Self { low, high });
        }
        let fault = Diagnostic::new("range", "this is no rate of tax")
            .at(value.place, "out of range")
            .rule("a rate of tax lies between 0 and 1 (0 % to 100 %)");
        faults.push(illustrated(fault, field));
        None
    }

    fn write(&self) -> Option<Value> {
        let ends =
            [self.low, self.high].map(|rate| Value::text(format!("{} %", hundredfold(rate))));
        Some(Value::list(ends.into()))
    }
}

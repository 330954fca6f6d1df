//! `[economy]`: inflation and the interest rate on cash.
//!
//! In: the table `[economy]`. Out: [`Economy`]. Not here: the process of a rate (`market`), paying interest to the
//! owner (`policy`).

use super::setting::{Frame, Setting};
use crate::form::{At, Faults, Field, Group, Parameter, Preset, Shape, Unit, Value, fault, read_inline};
use crate::market::{Inflation, ShortRate};
use crate::math::elementary::{ln, ln_1p};
use crate::parameters;
use crate::units::AnnualRate;

/// Highest allowed volatility of a short rate, as a fraction per square root of a year.
const MOST_VOLATILE: f64 = 0.2;
/// Lowest allowed price level at the horizon, as a fraction of that at the start.
const LOWEST_PRICES: f64 = 1e-6;

parameters! {
    #[derive(Copy)]
    /// Inflation and the interest rate on cash.
    pub struct Economy {
        /// Growth of prices per year. One rate is the mean of a process. Three rates are the 5th percentile,
        /// the median and the 95th percentile of that mean. `{ fixed = … }` is one rate on every path.
        inflation: At<Inflation> = Preset::Class,
        /// Interest on cash per year, or a short rate that moves. If absent, the mean of `inflation`, and not
        /// the inflation of a path.
        cash_rate: CashRate = Preset::Class,
    }
}

/// Interest rate on cash, per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CashRate {
    Constant(AnnualRate),
    Moving(ShortRate),
}

impl CashRate {
    /// Long-run mean of the rate per year, before negative rates are replaced by zero.
    pub fn mean(&self) -> AnnualRate {
        match self {
            Self::Constant(rate) => *rate,
            Self::Moving(moving) => moving.mean,
        }
    }

    /// True if cash earns a constant negative rate. A rate that moves is never below zero.
    pub fn can_cost(&self) -> bool {
        matches!(self, Self::Constant(rate) if rate.get() < 0.0)
    }

    /// Process of a short rate that moves; `None` for a constant rate.
    pub fn process(&self) -> Option<ShortRate> {
        match self {
            Self::Constant(_) => None,
            Self::Moving(moving) => Some(*moving),
        }
    }
}

impl Default for CashRate {
    fn default() -> Self {
        Self::Constant(AnnualRate::default())
    }
}

impl Parameter for CashRate {
    const UNIT: Unit = Unit {
        name: "rate on cash",
        examples: &[
            "\"2.5 %/year\"",
            "{ mean = \"3 %/year\", volatility = \"1.6 %/year\", half_life = \"42 months\" }",
        ],
        shape: Shape::AnyOf(&[AnnualRate::UNIT.shape, Shape::Table(ShortRate::FIELDS)]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        match value.as_table() {
            Some(table) => {
                let moving: ShortRate = read_inline(value, field, faults)?;
                if moving.volatility.get() <= MOST_VOLATILE {
                    return Some(Self::Moving(moving));
                }
                let place = table.get("volatility").and_then(|entry| entry.value.place);
                fault!(faults, "range", "this volatility is too high for a short-term rate";
                    place => "percentage points per year";
                    rule: "the volatility of a short-term rate lies between 0 and 20 percentage points per year");
                None
            }
            None => AnnualRate::read(value, field, faults).map(Self::Constant),
        }
    }

    fn following(followed: &Value) -> Value {
        Inflation::followed(followed)
    }

    fn write(&self) -> Option<Value> {
        match self {
            Self::Constant(rate) => rate.write(),
            Self::Moving(moving) => Some(Value::table(moving.written())),
        }
    }
}

impl Setting for Economy {
    const KEY: &'static str = "economy";

    /// Refuses inflation that brings the price level near zero by the horizon or can fall below −100 % a year:
    /// real amounts would be meaningless.
    fn settle(&mut self, frame: &Frame, faults: &mut Faults) {
        let place = self.inflation.place.or(frame.top);
        let months = frame.head.horizon.months();
        let years = f64::from(months) / 12.0;
        if years * ln_1p(self.inflation.low().get()) < ln(LOWEST_PRICES) {
            fault!(faults, "range", "this deflation would bring prices to zero";
                place => "too much for this horizon";
                rule: "over the horizon, the price level must stay above one millionth");
        } else if matches!(*self.inflation, Inflation::Moving(moving) if !moving.is_above_all(months)) {
            fault!(faults, "range", "this inflation can fall below −100 % a year"; place => "too volatile";
                rule: "inflation eight standard deviations below its mean must be above −100 % a year");
        }
    }
}

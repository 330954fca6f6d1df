//! `[economy]`: prices, and what cash earns.
//!
//! In: declarations. Out: [`Economy`]. Not here: how a rate moves (`market`), who is paid it (`policy`).

use super::inflation::Inflation;
use crate::form::{
    Diagnostic, Faults, Field, Group, Parameter, Place, Preset, Shape, Table, Unit, Value,
    read_inline,
};
use crate::market::ShortRate;
use crate::math::elementary::{ln, ln_1p};
use crate::parameters;
use crate::units::{AnnualRate, HalfLife, RateLink, Span, Volatility};

/// Highest volatility of a short rate, per square root of a year.
const MOST_VOLATILE: f64 = 0.2;
/// Lowest price level at the horizon, 1 at the start.
const LOWEST_PRICES: f64 = 1e-6;

parameters! {
    /// Rates of the whole economy.
    pub struct EconomyKeys {
        /// Growth of prices per year. One rate is the mean of a process, three are what is known of that mean: its 5th
        /// percentile, its median and its 95th; `{ fixed = … }` is one rate on every path.
        inflation: Inflation = Preset::Class,
        /// Interest on cash per year, or a short rate that moves; the mean of `inflation` if absent, not what a path makes
        /// of it.
        cash_rate: CashRate = Preset::Class,
    }
}

parameters! {
    #[derive(Copy)]
    /// A short rate that moves: a Gaussian process that comes back to its mean, of which cash earns what is above zero.
    pub struct Moving {
        /// What it comes back to.
        mean: AnnualRate = Preset::Required => "\"3 %/year\"",
        /// Where it is in the first month; its mean if absent.
        starts: Option<AnnualRate> = Preset::Absent => "\"3.6 %/year\"",
        /// Standard deviation of what a year adds to it, in points of the rate: 0.016 or "1.6 %/year" for the United States
        /// from 1984 to 2023.
        volatility: Volatility = Preset::Required => "\"1.6 %/year\"",
        /// Time after which half of a deviation from the mean is gone; 3.5 years there.
        half_life: HalfLife = Preset::Required => "\"42 months\"",
        /// Points that the base yield of pools moves with a point of the rate. An assumption, of 0 to 1.
        base_yields: RateLink = Preset::Is("0.5"),
        /// Part of the rate's change by which prices of tokenized assets move in the same month. That of houses in the United
        /// States from 1976 to 2023 is 0.69: rates rise in good times. What dear money does to prices by itself is below zero.
        property: RateLink = Preset::Is("0.69"),
    }
}

/// What cash earns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CashRate {
    Constant(AnnualRate),
    Moving(Moving),
}

impl CashRate {
    /// In the long run, before what is below zero counts as zero.
    pub fn mean(&self) -> AnnualRate {
        match self {
            Self::Constant(rate) => *rate,
            Self::Moving(moving) => moving.mean,
        }
    }

    /// Whether it can be below zero.
    pub fn can_cost(&self) -> bool {
        matches!(self, Self::Constant(rate) if rate.get() < 0.0)
    }

    /// How it moves, if it does.
    pub fn process(&self) -> Option<ShortRate> {
        match self {
            Self::Constant(_) => None,
            Self::Moving(moving) => Some(ShortRate {
                mean: moving.mean.get(),
                starts: moving.starts.unwrap_or(moving.mean).get(),
                volatility: moving.volatility.get(),
                half_life_months: moving.half_life.months(),
                base_yields: moving.base_yields.get(),
                property: moving.property.get(),
            }),
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
        shape: Shape::AnyOf(&[AnnualRate::UNIT.shape, Shape::Table(Moving::FIELDS)]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        match value.as_table() {
            Some(table) => {
                let moving: Moving = read_inline(value, field, faults)?;
                if moving.volatility.get() <= MOST_VOLATILE {
                    return Some(Self::Moving(moving));
                }
                let place = table.get("volatility").and_then(|entry| entry.value.place);
                faults.push(
                    Diagnostic::new("range", "this volatility is too high for a short-term rate")
                        .at(place, "percentage points per year")
                        .rule("the volatility of a short-term rate lies between 0 and 20 percentage points per year"),
                );
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

/// Rates of the whole economy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Economy {
    pub inflation: Inflation,
    pub cash_rate: CashRate,
}

/// Money of the end must be worth telling in money of the start.
pub(super) fn check_prices(
    document: &Table,
    top: Option<Place>,
    horizon: Span,
    economy: &EconomyKeys,
    faults: &mut Faults,
) {
    let years = f64::from(horizon.months()) / 12.0;
    let fault = if years * ln_1p(economy.inflation.low().get()) < ln(LOWEST_PRICES) {
        (
            "this deflation would bring prices to zero",
            "too much for this horizon",
            "over the horizon, the price level must stay above one millionth",
        )
    } else if matches!(economy.inflation, Inflation::Moving(moving) if !moving.is_above_all(horizon.months()))
    {
        (
            "this inflation can fall below −100 % a year",
            "too volatile",
            "inflation eight standard deviations below its mean must be above −100 % a year",
        )
    } else {
        return;
    };
    let (message, label, rule) = fault;
    let section = document.get("economy");
    let entry =
        section.and_then(|entry| entry.value.as_table()).and_then(|table| table.get("inflation"));
    let place = entry.and_then(|entry| entry.value.place).or(top);
    faults.push(Diagnostic::new("range", message).at(place, label).rule(rule));
}

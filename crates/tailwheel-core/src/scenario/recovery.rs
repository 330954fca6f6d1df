//! Recovery of prices after a forced sale: one half-life, or several with weights.
//!
//! In: "3 months", or a list of `{ weight, half_life }`. Out: [`RecoveryTimes`]. Not here: the law of
//! recovery (`crash`).

use super::listed::{listed, table_of};
use super::shares::{self, total_fault};
use crate::form::{
    Diagnostic, Faults, Field, Group, Parameter, Place, Preset, Shape, Table, Unit, Value, fault,
};
use crate::parameters;
use crate::units::{Delay, PositiveShare};

/// One speed at which prices recover after forced sales, with its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recovery {
    /// Share of the months with forced sales whose price falls recover at this speed.
    pub weight: f64,
    /// Months after which half of the price fall has recovered.
    pub half_life_months: f64,
}

/// Speeds of recovery, the fastest first; their weights add up to 1.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RecoveryTimes(pub Vec<Recovery>);

/// Shortest half-life in months, about three quarters of an hour. Zero has no logarithm.
const SHORTEST: f64 = 0.001;

/// Largest number of speeds of one market.
const MAX_WAYS: usize = 8;

parameters! {
    /// Keys of one speed at which prices recover after forced sales.
    pub struct Way {
        /// Share of the months with forced sales whose price falls recover at this speed. All shares add up
        /// to 1.
        weight: PositiveShare = Preset::Required => "0.6",
        /// Time after which half of such a price fall has recovered.
        half_life: Delay = Preset::Required => "\"10 days\"",
    }
}

impl Parameter for RecoveryTimes {
    const UNIT: Unit = Unit {
        name: "half-life",
        examples: &[
            "\"3 months\"",
            "[{ weight = 0.6, half_life = \"10 days\" }, { weight = 0.4, half_life = \"9 months\" }]",
        ],
        shape: Shape::AnyOf(&[
            <Delay as Parameter>::UNIT.shape,
            Shape::List(&Shape::Table(Way::FIELDS), 1, MAX_WAYS),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_list().is_none() {
            let half_life_months = half_life(Delay::read(value, field, faults)?, value.place);
            let only = |half_life_months| Self(vec![Recovery { weight: 1.0, half_life_months }]);
            return half_life_months.map(only).map_err(|fault| faults.push(*fault)).ok();
        }
        let ways = listed(value, ("ways to recover", 1..=MAX_WAYS), field, faults, way)?;
        let weights: Vec<f64> = ways.iter().map(|way| way.weight).collect();
        if let Some(fault) = total_fault("the weights of recoveries", &weights, value.place) {
            faults.push(fault.rule(shares::RULE));
            return None;
        }
        Some(Self::sorted(ways))
    }

    fn write(&self) -> Option<Value> {
        if let [only] = self.0.as_slice() {
            return Some(months(only.half_life_months));
        }
        let ways = self.0.iter().map(|way| {
            let mut table = Table::default();
            table.push("weight", Value::float(way.weight));
            table.push("half_life", months(way.half_life_months));
            Value::table(table)
        });
        Some(Value::list(ways.collect()))
    }
}

impl RecoveryTimes {
    /// Sorts the speeds, so that their order in the file has no meaning.
    fn sorted(mut ways: Vec<Recovery>) -> Self {
        ways.sort_by(|a, b| {
            let by_time = a.half_life_months.total_cmp(&b.half_life_months);
            by_time.then(a.weight.total_cmp(&b.weight))
        });
        Self(ways)
    }
}

fn months(months: f64) -> Value {
    Value::text(format!("{months} months"))
}

fn way(item: &Value, field: &Field, faults: &mut Faults) -> Option<Recovery> {
    let rule = "a way to recover is a weight and a half-life";
    table_of(item, rule, field, faults, |keys: Way, reader| {
        let found = half_life(keys.half_life, reader.place_of("half_life"));
        let half_life_months = found.unwrap_or_else(|fault| {
            if reader.sound(&["half_life"]) {
                reader.push(*fault);
            }
            SHORTEST
        });
        Recovery { weight: keys.weight.get(), half_life_months }
    })
}

fn half_life(delay: Delay, place: Option<Place>) -> Result<f64, Box<Diagnostic>> {
    let months = delay.months();
    if months >= SHORTEST {
        return Ok(months);
    }
    let fault = fault!("range", "this half-life is out of range"; place => "out of range";
        help: "write \"0.1 days\" for prices that recover at once";
        rule: "a half-life lies between 0.001 months and 100 years");
    Err(Box::new(fault))
}

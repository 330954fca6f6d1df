//! Recovery of prices after a forced sale: one half-life, or several with weights.
//!
//! In: "3 months", or a list of `{ weight, half_life }`. Out: [`RecoveryTimes`]. Not here: the law of
//! recovery (`crash`).

use super::inline_tables::tables;
use super::shares::{self, total_fault};
use crate::form::{
    Diagnostic, Faults, Field, Group, Parameter, Place, Preset, Reader, Shape, Unit, Value, fault,
};
use crate::parameters;
use crate::units::{Delay, PositiveShare};

/// Speeds of recovery, the fastest first; their weights add up to 1.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RecoveryTimes(pub Vec<Recovery>);

/// Shortest half-life in months, about three quarters of an hour. Zero is too short: it has no logarithm.
const SHORTEST: f64 = 0.001;

/// Largest number of speeds at which the prices of one market recover.
const MAX_WAYS: usize = 8;

parameters! {
    /// One speed at which prices recover after forced sales, with its weight.
    pub struct Recovery {
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
            Shape::List(&Shape::Table(Recovery::FIELDS), 1, MAX_WAYS),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_list().is_none() {
            let half_life = Delay::read(value, field, faults)?;
            if let Some(fault) = too_short(half_life, value.place) {
                return faults.refuse(fault);
            }
            return Some(Self(vec![Recovery { weight: PositiveShare::new(1.0).ok()?, half_life }]));
        }
        let rule = "a way to recover is a weight and a half-life";
        let mut ways = tables(value, "ways to recover", 1..=MAX_WAYS, rule, field, faults, check_way)?;
        let weights: Vec<f64> = ways.iter().map(|way| way.weight.get()).collect();
        if let Some(fault) = total_fault("the weights of recoveries", &weights, value.place) {
            return faults.refuse(fault.rule(shares::RULE));
        }
        // The order in the file has no meaning.
        ways.sort_by(|a, b| {
            let by_time = a.half_life.months().total_cmp(&b.half_life.months());
            by_time.then(a.weight.get().total_cmp(&b.weight.get()))
        });
        Some(Self(ways))
    }

    fn write(&self) -> Option<Value> {
        match self.0.as_slice() {
            [only] => only.half_life.write(),
            ways => Some(Value::list(ways.iter().map(|way| Value::table(way.written())).collect())),
        }
    }
}

fn check_way(way: &Recovery, reader: &mut Reader<'_>) {
    let fault = too_short(way.half_life, reader.place_of("half_life"));
    if let Some(fault) = fault.filter(|_| reader.sound(&["half_life"])) {
        reader.push(fault);
    }
}

fn too_short(half_life: Delay, place: Option<Place>) -> Option<Diagnostic> {
    (half_life.months() < SHORTEST).then(|| {
        fault!("range", "this half-life is out of range"; place => "out of range";
            help: "write \"0.1 days\" for prices that recover at once";
            rule: "a half-life lies between 0.001 months and 100 years")
    })
}

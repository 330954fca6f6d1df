//! `compliance_cost = ["650/year", "1400/year", "2000/year"]`: an amount that is known or estimated.
//!
//! In: one flow, or three. Out: [`Estimate`]. Not here: paying it (`policy`).

use crate::form::{Faults, Field, Parameter, Shape, Unit, Value, fault, illustrated};
use crate::math::beta::Quantiles;
use crate::stage::Uncertain;
use crate::units::{MonthlyMoney, plain};

const FLOW: Shape = <MonthlyMoney as Parameter>::UNIT.shape;

/// Lowest, most likely and highest amount per month; all equal if the amount is known.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Estimate([MonthlyMoney; 3]);

impl Estimate {
    /// Highest amount per month of the estimate; the amount itself if it is known.
    pub fn most(&self) -> f64 {
        self.0[2].get()
    }

    /// Distribution of the monthly amount over the paths: PERT, or constant if the amount is known.
    pub fn law(&self) -> Uncertain {
        let [low, likeliest, high] = self.0.map(MonthlyMoney::get);
        match Quantiles::pert(low, likeliest, high) {
            Some(quantiles) => Uncertain::Beta(Box::new(quantiles)),
            None => Uncertain::Known(high),
        }
    }
}

impl Parameter for Estimate {
    const UNIT: Unit = Unit {
        name: "amount per month, known or the least, likeliest and greatest",
        examples: &["\"1400/year\"", "[\"650/year\", \"1400/year\", \"2000/year\"]"],
        shape: Shape::AnyOf(&[FLOW, Shape::List(&FLOW, 3, 3)]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let Some(items) = value.as_list() else {
            return MonthlyMoney::read(value, field, faults).map(|known| Self([known; 3]));
        };
        let fault = |message: String, label: String| {
            let fault = fault!("range", "{message}"; value.place => "{label}");
            illustrated(fault, field)
        };
        let [low, likeliest, high] = items else {
            let message = format!("`{}` has a least, a likeliest and a greatest value", field.key);
            return faults.refuse(fault(message, format!("this list has {}", items.len())));
        };
        let read = [low, likeliest, high].map(|item| MonthlyMoney::read(item, field, faults));
        let [Some(low), Some(likeliest), Some(high)] = read else { return None };
        if low <= likeliest && likeliest <= high {
            return Some(Self([low, likeliest, high]));
        }
        let written = [low, likeliest, high].map(|one| plain(one.get())).join(", ");
        let message = format!("the values of `{}` are not in order", field.key);
        let label = format!("{written} a month");
        faults.refuse(fault(message, label).rule("the least comes first, the greatest last"))
    }

    fn write(&self) -> Option<Value> {
        let [low, _, high] = self.0;
        if low == high {
            return high.write();
        }
        Some(Value::list(self.0.iter().filter_map(Parameter::write).collect()))
    }
}

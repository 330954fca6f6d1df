//! `tax_rate`: tax on income, as a rate, a range, brackets, or the schedule of a residence.

use super::super::inline_tables::MOST;
use super::brackets::{Bracket, Brackets};
use crate::form::{Faults, Field, Group, Parameter, Shape, Unit, Value, tax_ends, word_or_number};
use crate::policy::Levy;
use crate::stage::Uncertain;
use crate::units::{TaxShare, hundredfold, per_cent};

/// Tax rate on income of an owner.
#[derive(Clone, Debug, PartialEq)]
pub enum TaxRate {
    /// A rate from a range, uniform over the paths; equal ends are one rate.
    Between { low: f64, high: f64 },
    /// A rate for each bracket of yearly income.
    Brackets(Brackets),
    /// Legal brackets of the residence, until [`TaxRate::Brackets`] with the catalog's values replaces this.
    Schedule,
}

impl TaxRate {
    /// Smallest and largest tax rate; 0 for a schedule that is not yet filled in.
    pub fn ends(&self) -> [f64; 2] {
        match self {
            Self::Between { low, high } => [*low, *high],
            Self::Brackets(brackets) => brackets.ends(),
            Self::Schedule => [0.0, 0.0],
        }
    }

    /// True if the rate depends on the bracket of income.
    pub const fn has_brackets(&self) -> bool {
        matches!(self, Self::Brackets(_))
    }

    /// Text for screens: `20.0 %`, `15.0 % to 37.0 %`, `brackets of 0.0 % to 37.0 %`.
    pub fn spoken(&self) -> String {
        let [low, high] = self.ends().map(per_cent);
        match self {
            Self::Between { .. } if low == high => low,
            Self::Between { .. } => format!("{low} to {high}"),
            _ => format!("brackets of {low} to {high}"),
        }
    }

    /// Returns the tax as the simulation takes it. `gains` is the rate of realized gains; `None` taxes them
    /// as income.
    pub fn levy(&self, gains: Option<TaxShare>) -> Levy {
        let gains = gains.map(TaxShare::get);
        let (rate, steps) = match self {
            Self::Between { low, high } if low < high => {
                let (low, high) = (*low, *high);
                (Uncertain::Uniform { low, high }, Vec::new())
            }
            Self::Between { low, .. } => (Uncertain::Known(*low), Vec::new()),
            Self::Brackets(brackets) => {
                let (rate, steps) = brackets.steps();
                (Uncertain::Known(rate), steps)
            }
            Self::Schedule => (Uncertain::Known(0.0), Vec::new()),
        };
        Levy { rate, steps, gains }
    }
}

impl Default for TaxRate {
    fn default() -> Self {
        Self::Between { low: 0.0, high: 0.0 }
    }
}

impl Parameter for TaxRate {
    const UNIT: Unit = Unit {
        name: "tax rate, range, or rate for each bracket of yearly income",
        examples: &[
            "\"20 %\"",
            "\"15-37 %\"",
            "0.2",
            "\"schedule\"",
            "[{ above = 12_000, rate = \"20 %\" }, { above = 50_000, rate = \"40 %\" }]",
        ],
        shape: Shape::AnyOf(&[
            Shape::Text(r"^.*[0-9].*%\s*$"),
            Shape::Choice(&["schedule"]),
            Shape::Number { low: 0.0, high: 1.0 },
            Shape::List(&<TaxShare as Parameter>::UNIT.shape, 2, 2),
            Shape::List(&Shape::Table(Bracket::FIELDS), 1, MOST),
        ]),
    };

    fn absent() -> Option<Self> {
        Some(Self::Schedule)
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let mut items = value.as_list().unwrap_or_default().iter();
        if items.any(|item| item.as_table().is_some()) {
            return Brackets::read(value, field, faults).map(Self::Brackets);
        }
        let rule = "a tax is a rate, a range of rates, brackets, or the \"schedule\" of a `residence`";
        let words = [("schedule", Self::Schedule)];
        word_or_number(value, &words, "this is not a tax rate", rule, faults, |faults| {
            let (low, high) = tax_ends(value, field, faults)?;
            Some(Self::Between { low, high })
        })
    }

    fn write(&self) -> Option<Value> {
        match self {
            Self::Between { low, high } => {
                let ends = [low, high].map(|rate| Value::text(format!("{} %", hundredfold(*rate))));
                Some(Value::list(ends.into()))
            }
            Self::Brackets(brackets) => Some(brackets.written()),
            Self::Schedule => None,
        }
    }
}

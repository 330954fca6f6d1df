//! The sections of a scenario that stand once: head, run, economy, owner, correlation's keys.
//!
//! In: declarations. Out: groups for `form::Reader`. Not here: assets (`holding`), the matrix (`correlation`).

use crate::form::{
    Currency, Data, Diagnostic, Faults, Field, Parameter, Preset, Shape, Unit, Value,
};
use crate::parameters;
use crate::units::{AnnualRate, Fraction, Money, Paths, Seed, Span, YearMonth};

use super::inherit::PathList;

parameters! {
    /// What stands at the top of the file.
    pub struct Head {
        /// One line for the report; the name of the file if absent.
        title: Option<String> = Preset::Absent,
        /// The first simulated month; dates count from here.
        start: YearMonth = Preset::Required,
        /// How long to simulate, in whole months.
        horizon: Span = Preset::Required,
        /// Symbol of the currency of every amount in the file.
        currency: Currency = Preset::Required,
        /// A file in the same folder or below that this one is laid over: tables merge key by key,
        /// arrays of tables by name or id, anything else is replaced.
        extends: Option<String> = Preset::Absent => "\"base.toml\"",
        /// What to take out of the file that is extended, such as "asset.defi".
        drop: Option<PathList> = Preset::Absent,
    }
}

parameters! {
    /// How to simulate.
    pub struct Run {
        /// What all random numbers are derived from: the same seed gives the same result. Required,
        /// for a run that cannot be repeated is no result.
        seed: Seed = Preset::Required,
        /// What is not known and is drawn once per path is derived from this instead; follows `seed`
        /// if absent. Changed alone, it leaves the world as it is.
        parameter_seed: Option<Seed> = Preset::Absent => "7",
        /// Simulated futures. Four times as many halve every error of sampling.
        paths: Paths = Preset::Class,
    }
}

parameters! {
    /// Rates of the whole economy.
    pub struct EconomyKeys {
        /// Growth of prices per year, from the start.
        inflation: AnnualRate = Preset::Class,
        /// Interest on cash per year; follows `inflation` if absent.
        cash_rate: AnnualRate = Preset::Class,
    }
}

parameters! {
    /// The owner's account.
    pub struct OwnerKeys {
        /// Money in the account on day one; also the buffer that is kept.
        cash: Money = Preset::Is("0") => "24_000",
        /// What is done with money above the buffer at the end of a month: "keep", "reinvest" in
        /// the movable assets, or the share of it that is reinvested.
        surplus: Surplus = Preset::Class,
        /// Time between two rebalancings of the movable assets to their shares at the start; none
        /// if absent.
        rebalance: Option<Span> = Preset::Absent => "\"3 months\"",
    }
}

/// What is done with money above the buffer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Surplus {
    Keep,
    Reinvest,
    /// This part is reinvested, the rest kept.
    Share(Fraction),
}

impl Parameter for Surplus {
    const UNIT: Unit = Unit {
        name: "use of surplus",
        examples: &["\"reinvest\"", "\"keep\"", "0.5", "\"50 %\""],
        shape: Shape::AnyOf(&[
            Shape::Choice(&["keep", "reinvest"]),
            <Fraction as Parameter>::UNIT.shape,
        ]),
    };

    fn placeholder() -> Self {
        Self::Keep
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        match &value.data {
            Data::Text(word) if word == "keep" => Some(Self::Keep),
            Data::Text(word) if word == "reinvest" => Some(Self::Reinvest),
            Data::Text(word) if !word.contains(|c: char| c.is_ascii_digit()) => {
                faults.push(crate::form::unknown_word(
                    Diagnostic::new("choice", "unknown use of a surplus"),
                    value,
                    ["keep", "reinvest"],
                    "a surplus is \"keep\", \"reinvest\" or the share that is reinvested".into(),
                ));
                None
            }
            _ => Fraction::read(value, field, faults).map(Self::Share),
        }
    }

    fn write(&self) -> Option<Value> {
        match self {
            Self::Keep => Some(Value::text("keep")),
            Self::Reinvest => Some(Value::text("reinvest")),
            Self::Share(share) => share.write(),
        }
    }
}

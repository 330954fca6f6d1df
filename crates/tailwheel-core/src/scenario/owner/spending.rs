//! `spending = [{ amount = "1750/month", from = "2027-01" }, { amount = "2500/month", from = "2031-06" }]`:
//! spending of the owner in phases of life.
//!
//! In: an amount, or a list of tables, the simulated months. Out: [`Spending`]. Not here: paying it
//! (`policy`).

use super::super::calendar::Calendar;
use super::super::inline_tables::{MOST, tables};
use crate::form::{At, Faults, Field, Group, Parameter, Preset, Shape, Unit, Value, fault};
use crate::parameters;
use crate::units::{MonthlyMoney, YearMonth};

parameters! {
    /// Spending from a month until the next phase.
    pub struct Phase {
        /// Spending until the next phase, real.
        amount: MonthlyMoney = Preset::Required,
        /// First month of the phase; that of the first phase is no later than `start`.
        from: At<YearMonth> = Preset::Required => "\"2031-06\"",
    }
}

/// Spending of the owner in phases, in the order of time. Empty without the key. A single amount is a phase
/// that begins before every scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spending(Vec<Phase>);

impl Parameter for Spending {
    const UNIT: Unit = Unit {
        name: "amount per month, or list of phases",
        examples: &[
            "\"1750/month\"",
            "\"21_000/year\"",
            "[{ amount = \"1750/month\", from = \"2027-01\" }, { amount = \"2500/month\", from = \"2031-06\" }]",
        ],
        shape: Shape::AnyOf(&[
            <MonthlyMoney as Parameter>::UNIT.shape,
            Shape::List(&Shape::Table(Phase::FIELDS), 1, MOST),
        ]),
    };

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_list().is_none() {
            return MonthlyMoney::read(value, field, faults).map(Self::always);
        }
        tables(value, "phases", 1..=MOST, "a phase is a table", field, faults, |_, _| {}).map(Self)
    }

    /// Returns the value of the key: an amount, or a list of phases; `None` if nothing is spent.
    fn write(&self) -> Option<Value> {
        match self.0.as_slice() {
            _ if !self.is_there() => None,
            [only] => only.amount.write(),
            all => Some(Value::list(all.iter().map(|phase| Value::table(phase.written())).collect())),
        }
    }
}

impl Spending {
    /// Returns spending of `amount` in every month.
    pub fn always(amount: MonthlyMoney) -> Self {
        let from = YearMonth::new(1900, 1).expect("it is the first month that a date can be");
        Self(vec![Phase { amount, from: At::bare(from) }])
    }

    /// Checks the order of the phases, and lets the first one begin with the scenario.
    pub fn settle(&mut self, calendar: Calendar, faults: &mut Faults) {
        let start = calendar.start;
        let Some((first, later)) = self.0.split_first_mut() else { return };
        if *first.from > start {
            fault!(faults, "flow", "spending before {} is not set", *first.from;
                first.from.place => "the first phase begins too late"; such_as: "from = \"{start}\"";
                rule: "the first phase begins in {start}, the start of the scenario, or before");
        }
        let mut before = first.from.value.max(start);
        first.from.value = start;
        for phase in later {
            let too_early = |message| {
                fault!("flow", "{message}"; phase.from.place => "the previous phase is not earlier";
                    help: "write a later month, or put the phases in order";
                    rule: "each phase begins after the previous one and ends it")
            };
            before = calendar.date_after(before, phase.from, too_early, faults);
        }
        // Adjacent phases with equal amounts are one phase.
        self.0.dedup_by(|next, last| next.amount == last.amount);
        if let [only] = self.0.as_slice() {
            *self = Self::always(only.amount);
        }
    }

    /// Phases of the owner's spending, in the order of time.
    pub fn phases(&self) -> &[Phase] {
        &self.0
    }

    /// True if the owner spends anything in some phase.
    pub fn is_there(&self) -> bool {
        self.0.iter().any(|phase| phase.amount.get() > 0.0)
    }

    /// Spending per month on `date`, real.
    pub fn on(&self, date: YearMonth) -> f64 {
        self.0.iter().rfind(|phase| *phase.from <= date).map_or(0.0, |phase| phase.amount.get())
    }
}

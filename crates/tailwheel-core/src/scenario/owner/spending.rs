//! `spending = [{ amount = "1750/month", from = "2027-01" }, { amount = "2500/month", from = "2031-06" }]`:
//! spending of the owner in phases of life.
//!
//! In: an amount, or a list of tables, the simulated months. Out: [`Spending`]. Not here: paying it
//! (`policy`).

use super::super::calendar::Calendar;
use super::super::listed::{MOST, listed, table_of};
use crate::form::{Faults, Field, Group, Parameter, Place, Preset, Shape, Table, Unit, Value, fault};
use crate::parameters;
use crate::units::{MonthlyMoney, YearMonth};

parameters! {
    /// Keys of one phase of the owner's spending.
    pub struct PhaseKeys {
        /// Spending until the next phase, real.
        amount: MonthlyMoney = Preset::Required,
        /// First month of the phase; that of the first phase is no later than `start`.
        from: YearMonth = Preset::Required => "\"2031-06\"",
    }
}

/// Spending from a month until the next phase.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// First simulated month of the phase, counted from 1.
    pub from: u32,
    /// Spending per month, real.
    pub amount: MonthlyMoney,
}

/// Spending in the file: one amount, or phases with their dates.
#[derive(Clone, Debug, PartialEq)]
pub enum Phases {
    One(MonthlyMoney),
    Several(Vec<(PhaseKeys, Option<Place>)>),
}

impl Default for Phases {
    fn default() -> Self {
        Self::One(Default::default())
    }
}

impl Parameter for Phases {
    const UNIT: Unit = Unit {
        name: "amount per month, or list of phases",
        examples: &[
            "\"1750/month\"",
            "\"21_000/year\"",
            "[{ amount = \"1750/month\", from = \"2027-01\" }, { amount = \"2500/month\", from = \"2031-06\" }]",
        ],
        shape: Shape::AnyOf(&[
            <MonthlyMoney as Parameter>::UNIT.shape,
            Shape::List(&Shape::Table(PhaseKeys::FIELDS), 1, MOST),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_list().is_none() {
            return MonthlyMoney::read(value, field, faults).map(Self::One);
        }
        let phase = |item: &Value, field: &Field, faults: &mut Faults| {
            table_of(item, "a phase is a table", field, faults, |keys, reader| {
                (keys, reader.place_of("from"))
            })
        };
        listed(value, ("phases", 1..=MOST), field, faults, phase).map(Self::Several)
    }
}

/// Spending of the owner in phases; the first begins in month 1. Empty if nothing is spent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spending(Vec<Phase>);

impl Spending {
    /// Converts dates to simulated months; without a calendar, which has its own fault, keeps one phase.
    pub fn dated(read: Phases, calendar: Option<Calendar>, faults: &mut Faults) -> Self {
        let phases = match read {
            Phases::One(amount) => return Self(vec![Phase { from: 1, amount }]),
            Phases::Several(phases) => phases,
        };
        let Some(calendar) = calendar else {
            let amount = phases[0].0.amount;
            return Self(vec![Phase { from: 1, amount }]);
        };
        let mut dated: Vec<Phase> = Vec::with_capacity(phases.len());
        for (keys, place) in phases {
            let before = dated.last().map(|last| last.from);
            let from = first_month(keys.from, place, before, calendar, faults);
            let amount = keys.amount;
            dated.push(Phase { from, amount });
        }
        // Adjacent phases with equal amounts are one phase.
        dated.dedup_by(|next, last| next.amount == last.amount);
        Self(dated)
    }

    /// Phases in the order of time.
    pub fn phases(&self) -> &[Phase] {
        &self.0
    }

    /// True if the owner spends anything in some phase.
    pub fn is_there(&self) -> bool {
        self.0.iter().any(|phase| phase.amount.get() > 0.0)
    }

    /// Spending in `month`, counted from 1, real.
    pub fn in_month(&self, month: u32) -> f64 {
        let phase = self.0.iter().rfind(|phase| phase.from <= month);
        phase.map_or(0.0, |phase| phase.amount.get())
    }

    /// Value as it could be written, `None` if nothing is spent; `date` converts a month number to a date.
    pub fn written(&self, date: impl Fn(u32) -> YearMonth) -> Option<Value> {
        let table = |phase: &Phase| {
            let mut table = Table::default();
            if let Some(amount) = phase.amount.write() {
                table.push("amount", amount);
            }
            table.push("from", Value::text(date(phase.from).to_string()));
            Value::table(table)
        };
        match self.0.as_slice() {
            _ if !self.is_there() => None,
            [only] => only.amount.write(),
            all => Some(Value::list(all.iter().map(table).collect())),
        }
    }
}

/// Returns the first simulated month of a phase; `before` is that of the previous phase, if any.
fn first_month(
    date: YearMonth,
    place: Option<Place>,
    before: Option<u32>,
    calendar: Calendar,
    faults: &mut Faults,
) -> u32 {
    let Some(before) = before else {
        if date > calendar.start {
            let start = calendar.start;
            fault!(faults, "flow", "spending before {date} is not set";
                place => "the first phase begins too late"; such_as: "from = \"{start}\"";
                rule: "the first phase begins in {start}, the start of the scenario, or before");
        }
        return 1;
    };
    let too_early = |message| {
        fault!("flow", "{message}"; place => "the previous phase is not earlier";
            help: "write a later month, or put the phases in order";
            rule: "each phase begins after the previous one and ends it")
    };
    calendar.month_after(before, date, place, too_early, faults)
}

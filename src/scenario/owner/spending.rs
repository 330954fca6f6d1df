//! `spending = [{ amount = "1750/month", from = "2027-01" }, { amount = "2500/month", from = "2031-06" }]`: what the
//! owner lives on, in phases of life.
//!
//! In: an amount, or a list of tables, the simulated months. Out: [`Spending`]. Not here: what is done with the money
//! (`policy`).

use super::super::calendar::Calendar;
use super::super::listed::{MOST, listed, table_of};
use crate::form::{
    Diagnostic, Faults, Field, Group, Parameter, Place, Preset, Shape, Table, Unit, Value,
};
use crate::parameters;
use crate::units::{MonthlyMoney, YearMonth};

parameters! {
    /// A phase of life.
    pub struct PhaseKeys {
        /// Spending until the next phase, real.
        amount: MonthlyMoney = Preset::Required,
        /// Its first month; that of the first phase is no later than `start`.
        from: YearMonth = Preset::Required => "\"2031-06\"",
    }
}

/// What is lived on from a month on.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Its first simulated month, from 1.
    pub from: u32,
    /// In money of the start.
    pub amount: MonthlyMoney,
}

/// The phases as they were read.
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

/// What the owner lives on, phase after phase; the first one begins with the first month, none is nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spending(Vec<Phase>);

impl Spending {
    /// In the simulated months; without a calendar the dates are no matter.
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
        // phases alike are one
        dated.dedup_by(|next, last| next.amount == last.amount);
        Self(dated)
    }

    /// The phases, in their order.
    pub fn phases(&self) -> &[Phase] {
        &self.0
    }

    /// Whether anything is spent at all.
    pub fn is_there(&self) -> bool {
        self.0.iter().any(|phase| phase.amount.get() > 0.0)
    }

    /// In `month`, 1 the first, in money of the start.
    pub fn in_month(&self, month: u32) -> f64 {
        let phase = self.0.iter().rfind(|phase| phase.from <= month);
        phase.map_or(0.0, |phase| phase.amount.get())
    }

    /// As it could be written in a file, with a date for a month's number; nothing if nothing is spent.
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

/// The first simulated month of a phase; `before` is that of the phase before it.
fn first_month(
    date: YearMonth,
    place: Option<Place>,
    before: Option<u32>,
    calendar: Calendar,
    faults: &mut Faults,
) -> u32 {
    let fault = |message: String| Diagnostic::new("flow", message);
    let Some(before) = before else {
        if date > calendar.start {
            let start = calendar.start;
            faults.push(
                fault(format!("spending before {date} is not set"))
                    .at(place, "the first phase begins too late")
                    .note("such as", format!("from = \"{start}\""))
                    .rule(format!(
                        "the first phase begins in {start}, the start of the scenario, or before"
                    )),
            );
        }
        return 1;
    };
    let too_early = |message| {
        fault(message)
            .at(place, "the previous phase is not earlier")
            .note("help", "write a later month, or put the phases in order")
            .rule("each phase begins after the previous one and ends it")
    };
    calendar.month_after(before, date, place, too_early, faults)
}

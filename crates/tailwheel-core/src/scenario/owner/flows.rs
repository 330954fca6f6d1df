//! `flows = [{ name = "salary", amount = "2600/month", until = "2029-12" }]`: payments to or by the owner at
//! known dates.
//!
//! In: a list of inline tables, the simulated months. Out: [`Flow`]. Not here: the use of the money
//! (`policy`).

use super::super::calendar::Calendar;
use super::super::listed::{listed, table_of};
use super::super::names::{Name, Spelled, refuse_twins};
use crate::form::{
    Data, Faults, Field, Group, Parameter, Place, Preset, Reader, Shape, Table, Unit, Value, fault,
    illustrated, per_month, unknown_word,
};
use crate::math::elementary::{exp, ln_1p};
use crate::parameters;
use crate::random::name_key;
use crate::units::{AnnualRate, SignedMoney, YearMonth, plain};

const MAX_FLOWS: usize = 100;

/// Largest amount that a flow may grow to, in the scenario's currency.
const MOST: f64 = 1e13;

parameters! {
    /// Keys of one flow.
    pub struct FlowKeys {
        /// Name of the flow in the report; used once.
        name: Name = Preset::Required => "\"salary\"",
        /// Amount, real: each month from `from` to `until`, or once in the month `at`. A negative amount is
        /// paid by the owner, a positive one is received.
        amount: Amount = Preset::Required,
        /// First month of a monthly amount; the first simulated one if absent.
        from: Option<YearMonth> = Preset::Absent,
        /// Last month of a monthly amount; the last simulated one if absent.
        until: Option<YearMonth> = Preset::Absent => "\"2029-12\"",
        /// The month of a single amount.
        at: Option<YearMonth> = Preset::Absent => "\"2031-06\"",
        /// How the amount grows: "inflation", or a rate per year; "0 %/year" leaves it as it is typed.
        grows: Growth = Preset::Is("\"inflation\""),
    }
}

/// Amount of a flow, real; negative if the owner pays it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    PerMonth(f64),
    Once(f64),
}

impl Amount {
    const fn get(self) -> f64 {
        match self {
            Self::PerMonth(amount) | Self::Once(amount) => amount,
        }
    }
}

impl Default for Amount {
    fn default() -> Self {
        Self::Once(0.0)
    }
}

impl Parameter for Amount {
    const UNIT: Unit = Unit {
        name: "amount, per month or once",
        examples: &["\"2600/month\"", "-12_000"],
        shape: Shape::AnyOf(&[
            <SignedMoney as Parameter>::UNIT.shape,
            Shape::Text(r"^\s*[-+]?[0-9_]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*(/|per|a)\s*(year|month)\s*$"),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_text().is_none() {
            return SignedMoney::read(value, field, faults).map(|amount| Self::Once(amount.get()));
        }
        let found = per_month(value, field).and_then(|amount| {
            let checked = SignedMoney::new(amount);
            checked.map_err(|refused| {
                let fault = fault!("range", "{}", refused.reason);
                Box::new(fault.at(value.place, "out of range").rule(refused.rule))
            })
        });
        match found {
            Ok(amount) => Some(Self::PerMonth(amount.get())),
            Err(fault) => {
                faults.push(illustrated(*fault, field));
                None
            }
        }
    }

    fn write(&self) -> Option<Value> {
        Some(match self {
            Self::PerMonth(amount) => Value::text(format!("{}/month", plain(*amount))),
            Self::Once(amount) => Value::float(*amount),
        })
    }
}

/// Growth of the amount of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Growth {
    #[default]
    Inflation,
    Rate(AnnualRate),
}

impl Parameter for Growth {
    const UNIT: Unit = Unit {
        name: "growth",
        examples: &["\"inflation\"", "\"3 %/year\""],
        shape: Shape::AnyOf(&[Shape::Choice(&["inflation"]), <AnnualRate as Parameter>::UNIT.shape]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        match &value.data {
            Data::Text(word) if word == "inflation" => Some(Self::Inflation),
            Data::Text(word) if !word.contains(|c: char| c.is_ascii_digit()) => {
                faults.push(unknown_word(
                    fault!("choice", "unknown way to grow"),
                    value,
                    ["inflation"],
                    "an amount grows with \"inflation\" or at a rate per year".into(),
                ));
                None
            }
            _ => AnnualRate::read(value, field, faults).map(Self::Rate),
        }
    }

    fn write(&self) -> Option<Value> {
        match self {
            Self::Inflation => Some(Value::text("inflation")),
            Self::Rate(rate) => rate.write(),
        }
    }
}

/// Flows in the file, before their dates are converted to simulated months.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Flows(Vec<Read>);

#[derive(Clone, Debug, PartialEq)]
struct Read {
    keys: FlowKeys,
    name: Spelled,
    /// Places in the file of `from`, `until` and `at`.
    dates: [Option<Place>; 3],
}

impl Parameter for Flows {
    const UNIT: Unit = Unit {
        name: "list of flows",
        examples: &[
            "[{ name = \"salary\", amount = \"2600/month\", until = \"2029-12\" }, { name = \"car\", amount = -12_000, at = \"2031-06\" }]",
        ],
        shape: Shape::List(&Shape::Table(FlowKeys::FIELDS), 0, MAX_FLOWS),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let flows = listed(value, ("flows", 0..=MAX_FLOWS), field, faults, read_flow)?;
        let names: Vec<Spelled> = flows.iter().map(|flow| flow.name.clone()).collect();
        refuse_twins("flow", &names, name_key, faults);
        (faults.len() == before).then_some(Self(flows))
    }
}

fn read_flow(item: &Value, field: &Field, faults: &mut Faults) -> Option<Read> {
    table_of(item, "a flow is a table", field, faults, |keys, reader| {
        if reader.sound(&["amount", "from", "until", "at"]) {
            check_dates(&keys, reader);
        }
        Read {
            keys,
            name: reader.spelled("name"),
            dates: ["from", "until", "at"].map(|key| reader.place_of(key)),
        }
    })
}

/// Refuses `at` for a monthly amount, and `from` or `until` for a single one.
fn check_dates(keys: &FlowKeys, reader: &mut Reader<'_>) {
    let amount = reader.place_of("amount");
    match keys.amount {
        Amount::PerMonth(_) if keys.at.is_some() => {
            fault!(reader, "flow", "an amount per month cannot have `at`";
            "at" => "one month"; amount => "per month";
            help: "write `from` and `until`, or an amount without `/month`")
        }
        Amount::Once(_) if keys.from.is_some() || keys.until.is_some() => {
            let key = if keys.from.is_some() { "from" } else { "until" };
            fault!(reader, "flow", "a single amount cannot have `from` or `until`";
                reader.place_of(key) => "not for a single amount"; amount => "once";
                help: "write `at`, or an amount with `/month`");
        }
        Amount::Once(_) if keys.at.is_none() => fault!(reader, "flow", "a single amount needs its month";
            amount => "the month is missing"; such_as: "at = \"2031-06\"   or   amount = \"2600/month\""),
        Amount::PerMonth(_) => {
            let ends = keys.from.zip(keys.until);
            if ends.is_some_and(|(from, until)| from > until) {
                fault!(reader, "flow", "this flow ends before it begins"; "until" => "its last month";
                    "from" => "its first month"; help: "exchange `from` and `until`";
                    rule: "`from` is no later than `until`");
            }
        }
        Amount::Once(_) => {}
    }
}

/// Payment to the owner, or by the owner if negative, in some of the simulated months.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    pub name: String,
    /// Amount in each month, real.
    pub amount: f64,
    pub growth: Growth,
    /// First and last month, counted from 1.
    pub months: (u32, u32),
}

impl Flows {
    /// Converts dates to simulated months. Without a calendar, which has its own fault, returns no flows.
    pub fn dated(self, calendar: Option<Calendar>, faults: &mut Faults) -> Vec<Flow> {
        let Some(calendar) = calendar else {
            return Vec::new();
        };
        let mut flows: Vec<Flow> =
            self.0.into_iter().filter_map(|read| read.dated(calendar, faults)).collect();
        flows.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
        flows
    }
}

impl Read {
    fn dated(self, calendar: Calendar, faults: &mut Faults) -> Option<Flow> {
        let [from, until, at] = self.dates;
        let mut month = |date: Option<YearMonth>, place: Option<Place>, absent: u32| match date {
            None => Some(absent),
            Some(date) => calendar.month_at(date, place, faults),
        };
        let months = match self.keys.amount {
            Amount::Once(_) => {
                let month = month(self.keys.at, at, 1)?;
                (month, month)
            }
            Amount::PerMonth(_) => {
                let first = month(self.keys.from, from, 1);
                let last = month(self.keys.until, until, calendar.months);
                (first?, last?)
            }
        };
        let flow =
            Flow { name: self.name.text, amount: self.keys.amount.get(), growth: self.keys.grows, months };
        if flow.growth == Growth::Inflation || flow.at_most() <= MOST {
            return Some(flow);
        }
        fault!(faults, "range", "flow `{}` grows too large", flow.name;
            self.name.place => "this growth is too fast for the horizon";
            rule: "an amount stays below 10,000,000,000,000 until its last month");
        None
    }
}

impl Flow {
    /// True if the amount grows with inflation.
    pub fn follows_prices(&self) -> bool {
        self.growth == Growth::Inflation
    }

    /// Nominal amount in `month`, counted from 1: `amount·(1 + g)^(month/12)`, zero outside of its months. If
    /// it grows with prices, g is `inflation` per year.
    pub fn in_month(&self, month: u32, inflation: f64) -> f64 {
        let (first, last) = self.months;
        if !(first..=last).contains(&month) {
            return 0.0;
        }
        let rate = match self.growth {
            Growth::Inflation => inflation,
            Growth::Rate(rate) => rate.get(),
        };
        self.amount * exp(ln_1p(rate) * f64::from(month) / 12.0)
    }

    fn at_most(&self) -> f64 {
        let (first, last) = self.months;
        let ends = [first, last].map(|month| self.in_month(month, 0.0).abs());
        ends[0].max(ends[1])
    }

    /// Returns the table as it could be written; `date` converts a month number to its date.
    pub fn written(&self, date: impl Fn(u32) -> YearMonth) -> Table {
        let mut table = Table::default();
        table.push("name", Value::text(self.name.as_str()));
        for (key, value) in
            [("amount", Amount::PerMonth(self.amount).write()), ("grows", self.growth.write())]
        {
            if let Some(value) = value {
                table.push(key, value);
            }
        }
        let (first, last) = self.months;
        table.push("from", Value::text(date(first).to_string()));
        table.push("until", Value::text(date(last).to_string()));
        table
    }
}

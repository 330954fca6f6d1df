//! `flows = [{ name = "salary", amount = "2600/month", until = "2029-12" }]`: payments to or by the owner at
//! known dates.
//!
//! In: a list of inline tables, the simulated months. Out: [`Flow`]. Not here: the use of the money
//! (`policy`).

use super::super::calendar::Calendar;
use super::super::inline_tables::tables;
use super::super::names::{Name, Spelled, refuse_twins};
use crate::form::{
    At, Faults, Field, Group, Parameter, Preset, Reader, Shape, Unit, Value, fault, illustrated, keep,
    per_month, word_or_number,
};
use crate::math::elementary::{exp, ln_1p};
use crate::parameters;
use crate::units::{AnnualRate, SignedMoney, YearMonth, plain};

const MAX_FLOWS: usize = 100;

/// Largest amount that a flow may grow to, in the scenario's currency.
const MOST: f64 = 1e13;

parameters! {
    /// Payment to the owner, or by the owner if negative, in some of the simulated months.
    pub struct Flow {
        /// Name of the flow in the report; used once.
        name: At<Name> = Preset::Required => "\"salary\"",
        /// Amount, real: each month from `from` to `until`, or once in the month `at`. A negative amount is
        /// paid by the owner, a positive one is received. It is an amount after tax: flows are not taxed and fill no
        /// bracket.
        amount: Amount = Preset::Required,
        /// First month of a monthly amount; the first simulated one if absent.
        from: Option<At<YearMonth>> = Preset::Absent,
        /// Last month of a monthly amount; the last simulated one if absent.
        until: Option<At<YearMonth>> = Preset::Absent => "\"2029-12\"",
        /// The month of a single amount.
        at: Option<At<YearMonth>> = Preset::Absent => "\"2031-06\"",
        /// How the amount grows: "inflation", or a rate per year; "0 %/year" leaves it as it is typed.
        grows: Growth = Preset::Is("\"inflation\""),
    }
}

/// Amount of a payment in start-date prices, per month or once; negative if the owner pays it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    PerMonth(f64),
    Once(f64),
}

impl Amount {
    /// Amount in start-date prices, per month or once; negative if the owner pays it.
    pub const fn get(self) -> f64 {
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
        let read = per_month(value, field).and_then(|amount| keep(SignedMoney::new(amount), value));
        let amount = faults.accept(read.map_err(|fault| illustrated(*fault, field)))?;
        Some(Self::PerMonth(amount.get()))
    }

    fn write(&self) -> Option<Value> {
        Some(match self {
            Self::PerMonth(amount) => Value::text(format!("{}/month", plain(*amount))),
            Self::Once(amount) => Value::float(*amount),
        })
    }
}

/// Growth of the amount of a flow: with inflation, or at a rate per year.
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
        let words = [("inflation", Self::Inflation)];
        let rule = "an amount grows with \"inflation\" or at a rate per year";
        word_or_number(value, &words, "unknown way to grow", rule, faults, |faults| {
            AnnualRate::read(value, field, faults).map(Self::Rate)
        })
    }

    fn write(&self) -> Option<Value> {
        match self {
            Self::Inflation => Some(Value::text("inflation")),
            Self::Rate(rate) => rate.write(),
        }
    }
}

impl Parameter for Vec<Flow> {
    const UNIT: Unit = Unit {
        name: "list of flows",
        examples: &[
            "[{ name = \"salary\", amount = \"2600/month\", until = \"2029-12\" }, { name = \"car\", amount = -12_000, at = \"2031-06\" }]",
        ],
        shape: Shape::List(&Shape::Table(Flow::FIELDS), 0, MAX_FLOWS),
    };

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let rule = "a flow is a table";
        let flows = tables(value, "flows", 0..=MAX_FLOWS, rule, field, faults, Flow::check_dates)?;
        refuse_twins("flow", flows.iter().map(|flow| Spelled::from(&flow.name)), faults);
        (faults.len() == before).then_some(flows)
    }

    fn write(&self) -> Option<Value> {
        let table = |flow: &Flow| {
            let mut table = flow.written();
            let grows = table.remove("grows");
            table.entries.splice(2..2, grows);
            table
        };
        (!self.is_empty()).then(|| Value::list(self.iter().map(table).map(Value::table).collect()))
    }
}

impl Flow {
    /// Refuses a monthly amount with `at` or with `until` before `from`, and a single one without `at` or with those.
    fn check_dates(&self, reader: &mut Reader<'_>) {
        if !reader.sound(&["amount", "from", "until", "at"]) {
            return;
        }
        let amount = reader.place_of("amount");
        match self.amount {
            Amount::PerMonth(_) if self.at.is_some() => {
                fault!(reader, "flow", "an amount per month cannot have `at`";
                "at" => "one month"; amount => "per month";
                help: "write `from` and `until`, or an amount without `/month`")
            }
            Amount::Once(_) if self.from.is_some() || self.until.is_some() => {
                let key = if self.from.is_some() { "from" } else { "until" };
                fault!(reader, "flow", "a single amount cannot have `from` or `until`";
                    reader.place_of(key) => "not for a single amount"; amount => "once";
                    help: "write `at`, or an amount with `/month`");
            }
            Amount::Once(_) if self.at.is_none() => {
                fault!(reader, "flow", "a single amount needs its month"; amount => "the month is missing";
                    such_as: "at = \"2031-06\"   or   amount = \"2600/month\"")
            }
            Amount::PerMonth(_) if self.from.zip(self.until).is_some_and(|(from, until)| *from > *until) => {
                fault!(reader, "flow", "this flow ends before it begins"; "until" => "its last month";
                    "from" => "its first month"; help: "exchange `from` and `until`";
                    rule: "`from` is no later than `until`");
            }
            _ => {}
        }
    }

    /// Checks dates and growth, then turns the flow into a monthly one with a first and a last month. A single
    /// amount becomes a monthly one of one month.
    pub fn settle(&mut self, calendar: Calendar, faults: &mut Faults) {
        let is_single = self.at.is_some();
        let absent = |month| At::bare(calendar.date(month));
        let [from, until] = match self.at.take() {
            Some(at) => [at; 2],
            None => [self.from.unwrap_or(absent(1)), self.until.unwrap_or(absent(calendar.months))],
        };
        (self.from, self.until) = (Some(from), Some(until));
        self.amount = Amount::PerMonth(self.amount.get());
        let first = calendar.month_at(*from, from.place, faults);
        let last = if is_single { first } else { calendar.month_at(*until, until.place, faults) };
        let Some((first, last)) = first.zip(last) else { return };
        let most = [first, last].map(|month| self.in_month(month, 0.0, calendar).abs());
        if !self.follows_prices() && most[0].max(most[1]) > MOST {
            fault!(faults, "range", "flow `{}` grows too large", self.name.as_str();
                self.name.place => "this growth is too fast for the horizon";
                rule: "an amount stays below 10_000_000_000_000 until its last month");
        }
    }

    /// First and last simulated month of the flow, counted from 1.
    pub fn months(&self, calendar: Calendar) -> [u32; 2] {
        [(self.from, 1), (self.until, calendar.months)]
            .map(|(date, absent)| date.and_then(|date| calendar.month(*date)).unwrap_or(absent))
    }

    /// True if the amount grows with inflation.
    pub fn follows_prices(&self) -> bool {
        self.grows == Growth::Inflation
    }

    /// Nominal amount in `month`, counted from 1: `amount·(1 + g)^(month/12)`, zero before and after the
    /// flow. The growth g is `inflation` per year if the flow grows with prices.
    pub fn in_month(&self, month: u32, inflation: f64, calendar: Calendar) -> f64 {
        let [first, last] = self.months(calendar);
        if !(first..=last).contains(&month) {
            return 0.0;
        }
        let rate = match self.grows {
            Growth::Inflation => inflation,
            Growth::Rate(rate) => rate.get(),
        };
        self.amount.get() * exp(ln_1p(rate) * f64::from(month) / 12.0)
    }
}

//! `[owner]`: the account, the payments that it must make, and the use of excess cash.
//!
//! In: the table. Out: [`Owner`]. Not here: dated flows (`flows`), residences (`residence`), what happens
//! month by month (`policy`).

mod brackets;
mod cover;
mod custody;
mod estimate;
mod flows;
mod place;
mod residence;
mod rules;
mod spending;
mod tax;

use super::FilledIn;
use super::calendar::Calendar;
use crate::form::{
    Faults, Field, Group, Parameter, Preset, Reader, Shape, Table, Unit, Value, fault, word_or_number,
};
use crate::parameters;
use crate::stage::begun;
use crate::units::{
    Delay, Fraction, HalfLife, Money, MonthlyHours, MonthlyMoney, TaxShare, WeeklyHours, YearMonth,
};

pub use crate::policy::Collection;
pub use cover::{Cover, PaysWhen};
pub use custody::{Custody, Per};
pub use estimate::Estimate;
pub use flows::{Flow, Growth};
pub use place::{defaults_of, refuse_currency};
pub use residence::Residence;
use residence::{refuse_keys_of_one, settle_list};
pub use rules::Rules;
pub use spending::Spending;
pub use tax::TaxRate;

parameters! {
    /// Account of the owner, its obligations and the use of its cash, the table `[owner]` of a scenario file.
    /// The keys of the only place are in its [`Residence`] once the owner has been read.
    pub struct Owner {
        /// Money in the account on day one; also the buffer that is kept. Without it three months of
        /// `spending` are kept.
        cash: Money = Preset::Is("0") => "24_000",
        /// Spending of the owner, real: it grows with inflation and is paid every month from the account.
        /// Assets are sold if the account is empty. The owner is ruined when nothing is left to sell. A list
        /// has phases, each until the next one begins.
        spending: Spending = Preset::Absent,
        /// Median remaining life of the owner after the horizon, for which the remaining wealth must last.
        /// "never" means no end. Only sustainable spending depends on it.
        remaining_life: HalfLife = Preset::Class => "\"28.1 years\"",
        /// Money that comes from elsewhere or has to be paid at known dates: a salary, a car.
        flows: Vec<Flow> = Preset::Absent,
        /// Residence of the owner: a place of the catalog, which supplies tax rate and compliance cost, or a
        /// list of places, one after the other. The next keys replace the catalog's values for one place.
        residence: Vec<Residence> = Preset::Absent,
        /// Tax on income and on gains realized by sales, less losses. It is a rate, a range from which each
        /// path draws, brackets of a year's income, or "schedule" for the law of the residence. No tax if
        /// neither this nor `residence` is there.
        tax_rate: TaxRate = Preset::Class,
        /// Tax rate of those gains, if it differs. Without it they are taxed as income; with brackets, on top
        /// of the income. The schedule of a place has its own rate.
        gains_tax_rate: Option<TaxShare> = Preset::Absent => "\"28 %\"",
        /// Time of payment: "annual", in the twelfth month of every simulated year, or "real-time", with
        /// every payment. The rest of a year is settled in its twelfth month. The last month settles in
        /// either case.
        tax: Collection = Preset::Is("\"annual\"") => "\"real-time\"",
        /// Cost of accountants, registers and tax returns, real. It is paid every month and lowers the taxed
        /// income. Each path draws it from the lowest, the most likely and the highest amount (PERT law).
        compliance_cost: Option<Estimate> = Preset::Class,
        /// Factor of the rate of every event that the owner's account has to pay for: below 1 where the law
        /// is clear. For a factor above 1, write a higher `rate` of the event.
        claim_rate_multiple: Option<Fraction> = Preset::Class => "0.7",
        /// Hours per month that the owner needs for registers and declarations. They are added to those of
        /// the assets, and only if `hours` or `hour_value` is there.
        compliance_hours: Option<MonthlyHours> = Preset::Class => "\"2.5 h/month\"",
        /// Cost of a service that checks rights and rules, real. Loss events with `if_compliant` then happen
        /// that many times as often.
        compliance_service: Option<MonthlyMoney> = Preset::Absent => "\"1200/year\"",
        /// Available working time of the owner. A file whose assets need more at the start is refused.
        /// Without this and `hour_value` no hours are counted.
        hours: Option<WeeklyHours> = Preset::Absent => "\"10 h/week\"",
        /// Price of an hour, real: the pay of somebody else, or the income that the owner gives up. It is
        /// paid every month for the hours that assets need, and lowers the taxed income. Without it hours
        /// cost nothing.
        hour_value: Option<Money> = Preset::Absent => "45",
        /// Custody of the keys of assets that `custody-loss` can affect. It helps against no other event: who
        /// keeps the keys does not decide what happens to the contract that a deposit is in.
        custody: Option<Custody> = Preset::Absent,
        /// Insurance covers: one table `[[owner.cover]]` for each asset and cause.
        cover: Vec<Cover> = Preset::Absent,
        /// Use of money above the buffer at the end of a month: "keep", "reinvest" in the movable assets, or
        /// the reinvested share.
        surplus: Surplus = Preset::Class,
    } and {
        /// Rules that the owner follows, such as rebalancing.
        rules: Rules,
    }
}

/// A spending phase or a flow with numbered months, to compare the payments of two owners.
#[derive(PartialEq)]
pub struct Payment<'a> {
    name: &'a str,
    amount: f64,
    growth: Growth,
    months: [u32; 2],
}

impl Owner {
    /// Reads all keys of `[owner]`, including those of rules such as rebalancing.
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let owner = Self::take(reader);
        Self { rules: Rules::read(reader), ..owner }
    }

    /// Checks the keys of `[owner]` in `table` against each other, adds defaults of residences and sorts lists.
    pub fn settle(
        &mut self,
        table: Option<&Table>,
        calendar: Option<Calendar>,
        currency: &str,
        faults: &mut Faults,
        filled_in: &mut Vec<FilledIn>,
    ) {
        let says = |key: &str| table.and_then(|table| table.get(key));
        if let (Some(tax), None) = (says("tax"), says("tax_rate").or(says("residence"))) {
            fault!(faults, "missing", "`tax` needs `tax_rate`"; tax.value.place => "the rate is missing";
                such_as: "tax_rate = \"20 %\"");
        }
        let items = says("residence").and_then(|entry| entry.value.as_list());
        if let Some(items) = items.filter(|_| !self.residence.is_empty()) {
            refuse_keys_of_one(table, faults);
            settle_list(&mut self.residence, items, calendar, currency, faults, filled_in);
        } else {
            let mut only = Residence {
                tax_rate: std::mem::replace(&mut self.tax_rate, TaxRate::Schedule),
                gains_tax_rate: self.gains_tax_rate.take(),
                compliance_cost: self.compliance_cost.take(),
                claim_rate_multiple: self.claim_rate_multiple.take(),
                compliance_hours: self.compliance_hours.take(),
                ..self.residence.pop().unwrap_or_default()
            };
            only.complete(table, "owner", "residence", currency, faults, filled_in);
            self.residence.push(only);
        }
        if let Some(calendar) = calendar {
            self.spending.settle(calendar, faults);
            self.flows.iter_mut().for_each(|flow| flow.settle(calendar, faults));
        }
        if let [only] = self.residence.as_mut_slice()
            && let Some(local) = only.spending.take()
        {
            self.spending = Spending::always(local);
        }
        self.flows.sort_by(|a, b| a.name.as_str().cmp(b.name.as_str()));
        self.cover.sort_by_key(Cover::name);
        self.compliance_service.take_if(|cost| cost.get() == 0.0);
    }

    /// Spending and flows with their months. Owners with equal lists make equal payments.
    pub fn payments(&self, calendar: Calendar) -> Vec<Payment<'_>> {
        let from = |name, amount: MonthlyMoney, first: u32| Payment {
            name,
            amount: amount.get(),
            growth: Growth::Inflation,
            months: [first, u32::MAX], // until the next phase
        };
        let phases = self.spending.phases().iter();
        let local = self.residence.iter();
        phases
            .map(|phase| from("[spending]", phase.amount, calendar.month_from(*phase.from)))
            .chain(local.filter_map(|place| {
                Some(from("[spending there]", place.spending?, place.first_month(calendar)))
            }))
            .chain(self.flows.iter().map(|flow| Payment {
                name: flow.name.as_str(),
                amount: flow.amount.get(),
                growth: flow.grows,
                months: flow.months(calendar),
            }))
            .collect()
    }

    /// Cash that the owner keeps, each amount with its first month, if all planned moves take place: the cash
    /// of day one, or three months of spending if that is zero.
    pub fn buffers(&self, calendar: Calendar) -> Vec<(u32, f64)> {
        let mut all = Vec::new();
        for (position, residence) in self.residence.iter().enumerate() {
            let from = residence.first_month(calendar);
            let until = self.residence.get(position + 1).map(|next| next.first_month(calendar));
            let own = self.buffers_at(position, calendar);
            if let Some(first) = begun(&own, from) {
                all.push((from, *first));
            }
            let is_later = |month: u32| month > from && until.is_none_or(|end| month < end);
            all.extend(own.into_iter().filter(|(month, _)| is_later(*month)));
        }
        all
    }

    /// Cash that the owner keeps, each amount with its first month, if the residence is always that at
    /// `position`.
    pub fn buffers_at(&self, position: usize, calendar: Calendar) -> Vec<(u32, f64)> {
        let local = self.residence.get(position).and_then(|place| place.spending);
        let of = |from: YearMonth, amount: MonthlyMoney| (calendar.month_from(from), 3.0 * amount.get());
        match (self.cash.get(), local) {
            (0.0, Some(local)) => vec![of(calendar.start, local)],
            (0.0, None) => self.spending.phases().iter().map(|phase| of(*phase.from, phase.amount)).collect(),
            (cash, _) => vec![(1, cash)],
        }
    }

    /// True if the owner spends money in any residence.
    pub fn spends(&self) -> bool {
        let is_local = |place: &Residence| place.spending.is_some_and(|local| local.get() > 0.0);
        self.spending.is_there() || self.residence.iter().any(is_local)
    }

    /// Spending per month, real, on `date` in the residence at `position`.
    pub fn spends_on(&self, date: YearMonth, position: usize) -> f64 {
        let local = self.residence.get(position).and_then(|place| place.spending);
        local.map_or_else(|| self.spending.on(date), MonthlyMoney::get)
    }

    /// Index of the residence on `date`, if all planned moves take place.
    pub fn position_on(&self, date: YearMonth) -> usize {
        let is_begun = |place: &Residence| place.from.is_none_or(|from| *from <= date);
        self.residence.iter().rposition(is_begun).unwrap_or(0)
    }

    /// True if spending depends on whether a move takes place, which an income requirement may prevent.
    pub fn may_spend_otherwise(&self) -> bool {
        self.is_asked() && self.residence.iter().any(|place| place.spending.is_some())
    }

    /// True if some residence requires an income before the owner can move there.
    pub fn is_asked(&self) -> bool {
        self.residence.iter().any(Residence::asks)
    }

    /// Monthly costs of the compliance service and of custody, real, each with its name.
    pub fn costs(&self) -> impl Iterator<Item = (&'static str, MonthlyMoney)> {
        let custody = self.custody.as_ref().and_then(|custody| custody.cost);
        [("compliance-service", self.compliance_service), ("custody", custody)]
            .into_iter()
            .filter_map(|(name, cost)| Some((name, cost?)))
    }

    /// True if the owner has to pay anything: spending, taxes, negative flows, or costs of a residence, a move,
    /// hours or insurance.
    pub fn has_obligations(&self) -> bool {
        self.spends()
            || self.has_costs()
            || self.is_taxed()
            || self.flows.iter().any(|flow| flow.amount.get() < 0.0)
    }

    /// True if compliance or a move costs an amount in some residence.
    pub fn is_charged(&self) -> bool {
        let costs = |place: &Residence| {
            place.compliance_cost.is_some_and(|cost| cost.most() > 0.0) || place.costs_of_move()[0] > 0.0
        };
        self.residence.iter().any(costs)
    }

    /// Price of an hour of work, real; 0 if hours cost nothing.
    pub fn price_of_hour(&self) -> f64 {
        self.hour_value.map_or(0.0, Money::get)
    }

    /// Hours per week that compliance takes in the first month.
    pub fn first_weekly_hours(&self) -> f64 {
        let hours = self.residence.first().and_then(|first| first.compliance_hours);
        hours.map_or(0.0, MonthlyHours::get) / Delay::WEEKS_PER_MONTH
    }

    /// True if moves, compliance, hours or insurance lower net income.
    pub fn has_costs(&self) -> bool {
        self.is_charged() || self.price_of_hour() > 0.0 || !self.cover.is_empty()
    }

    /// True if the owner can owe tax on income, gains or a move.
    pub fn is_taxed(&self) -> bool {
        self.residence.iter().any(|place| place.takes() > 0.0 || place.costs_of_move()[1] > 0.0)
    }
}

/// Use of cash above the buffer at the end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Surplus {
    #[default]
    Keep,
    Reinvest,
    /// This fraction is reinvested; the rest is kept.
    Share(Fraction),
}

impl Parameter for Surplus {
    const UNIT: Unit = Unit {
        name: "use of excess cash",
        examples: &["\"reinvest\"", "\"keep\"", "0.5", "\"50 %\""],
        shape: Shape::AnyOf(&[Shape::Choice(&["keep", "reinvest"]), <Fraction as Parameter>::UNIT.shape]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let words = [("keep", Self::Keep), ("reinvest", Self::Reinvest)];
        let rule = "`surplus` is \"keep\", \"reinvest\" or the share that is reinvested";
        word_or_number(value, &words, "unknown use of excess cash", rule, faults, |faults| {
            Fraction::read(value, field, faults).map(Self::Share)
        })
    }

    fn write(&self) -> Option<Value> {
        match self {
            Self::Keep => Some(Value::text("keep")),
            Self::Reinvest => Some(Value::text("reinvest")),
            Self::Share(share) => share.write(),
        }
    }
}

//! `[owner]`: the account, the payments that it must make, and the use of excess cash.
//!
//! In: the table. Out: [`Owner`]. Not here: dated flows (`flows`), residences (`residence`), what happens
//! month by month (`policy`).

mod brackets;
mod cover;
mod custody;
mod estimate;
mod fair;
mod flows;
mod place;
mod residence;
mod rules;
mod spending;
mod tax;

use super::FilledIn;
use super::calendar::Calendar;
use crate::form::{Data, Faults, Field, Parameter, Preset, Shape, Table, Unit, Value, fault, unknown_word};
use crate::parameters;
use crate::stage::begun;
use crate::units::{Delay, Fraction, HalfLife, Money, MonthlyHours, MonthlyMoney, TaxShare, WeeklyHours};

pub use crate::policy::Collection;
pub use cover::{CoverEntry, CoverKeys, Covers, PaysWhen};
pub use custody::{Custody, Per};
pub use estimate::Estimate;
pub use flows::{Flow, Flows};
use place::PlaceId;
pub use place::{defaults_of, refuse_currency};
use residence::{Filling, StayKeys, dated, refuse_keys_of_one};
pub use residence::{Residence, Stay};
pub use rules::Rules;
use spending::Phases;
pub use spending::Spending;
pub use tax::TaxRate;

parameters! {
    /// Keys of the owner's account.
    pub struct OwnerKeys {
        /// Money in the account on day one; also the buffer that is kept. Without it three months of
        /// `spending` are kept.
        cash: Money = Preset::Is("0") => "24_000",
        /// Spending of the owner, real: it grows with inflation and is paid every month from the account.
        /// Assets are sold if the account is empty. The owner is ruined when nothing is left to sell. A list
        /// has phases, each until the next one begins.
        spending: Option<Phases> = Preset::Absent,
        /// Median remaining life of the owner after the horizon, for which the remaining wealth must last.
        /// "never" means no end. Only sustainable spending depends on it.
        remaining_life: HalfLife = Preset::Class => "\"28.1 years\"",
        /// Money that comes from elsewhere or has to be paid at known dates: a salary, a car.
        flows: Option<Flows> = Preset::Absent,
        /// Residence of the owner: a place of the catalog, which supplies tax rate and compliance cost, or a
        /// list of places, one after the other. The next keys replace the catalog's values for one place.
        residence: Option<Residence> = Preset::Absent,
        /// Tax on income and on gains realized by sales, less losses. It is a rate, a range from which each
        /// path draws, brackets of a year's income, or "schedule" for the law of the residence. No tax if
        /// neither this nor `residence` is there.
        tax_rate: Option<TaxRate> = Preset::Class,
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
        cover: Option<Covers> = Preset::Absent,
        /// Use of money above the buffer at the end of a month: "keep", "reinvest" in the movable assets, or
        /// the reinvested share.
        surplus: Surplus = Preset::Class,
    }
}

/// Account of the owner, its obligations and the use of its cash.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    /// Cash on day one.
    pub cash: Money,
    /// Spending per month, real.
    pub spending: Spending,
    /// Median remaining life after the horizon.
    pub remaining_life: HalfLife,
    /// Flows, sorted by the bytes of their names.
    pub flows: Vec<Flow>,
    /// Residences in the order of the moves, at least one; the first from the first month on.
    pub stays: Vec<Stay>,
    pub collection: Collection,
    /// Cost of the compliance service per month, real; 0 for none.
    pub compliance_service: MonthlyMoney,
    /// Available working time; `None` if it is not limited.
    pub hours: Option<WeeklyHours>,
    /// Cost of an hour, real; `None` if hours cost nothing.
    pub hour_value: Option<Money>,
    pub custody: Option<Custody>,
    /// Insurance covers, sorted by asset and cause.
    pub covers: Vec<CoverEntry>,
    pub surplus: Surplus,
    pub rules: Rules,
}

impl Owner {
    /// True if `other` has equal spending and equal flows on equal dates.
    pub fn pays_like(&self, other: &Self) -> bool {
        let local = |owner: &Self| {
            let stays = owner.stays.iter();
            let local = stays.filter_map(|stay| Some((stay.from, stay.spending?)));
            local.collect::<Vec<_>>()
        };
        self.spending == other.spending && self.flows == other.flows && local(self) == local(other)
    }

    /// Returns the owner from the keys of `table`, with dates converted to simulated months.
    pub fn of(
        (keys, rules): (OwnerKeys, Rules),
        table: Option<&Table>,
        (calendar, currency): (Option<Calendar>, &str),
        faults: &mut Faults,
        filled_in: &mut Vec<FilledIn>,
    ) -> Self {
        let says = |key: &str| table.and_then(|table| table.get(key));
        let rate = says("tax_rate").or(says("residence"));
        if let (Some(tax), None) = (says("tax"), rate) {
            fault!(faults, "missing", "`tax` needs `tax_rate`"; tax.value.place => "the rate is missing";
                such_as: "tax_rate = \"20 %\"");
        }
        let mut stays = match keys.residence {
            Some(Residence::Several(read)) => {
                refuse_keys_of_one(table, faults);
                dated(read, (calendar, currency), faults, filled_in)
            }
            one => {
                let mut said = StayKeys {
                    r#in: one.map_or(PlaceId(None), Residence::place),
                    from: None,
                    tax_rate: keys.tax_rate,
                    gains_tax_rate: keys.gains_tax_rate,
                    compliance_cost: keys.compliance_cost,
                    claim_rate_multiple: keys.claim_rate_multiple,
                    compliance_hours: keys.compliance_hours,
                    cost: None,
                    exit_tax: None,
                    income_at_least: None,
                    spending: None,
                };
                let filling = Filling {
                    path: "owner",
                    says_rate: says("tax_rate").is_some(),
                    at: rate.and_then(|entry| entry.value.place),
                    currency,
                };
                said.fill(&filling, faults, filled_in);
                vec![Stay::new(said)]
            }
        };
        let spending = keys.spending;
        let spending = spending.map(|phases| Spending::dated(phases, calendar, faults));
        let mut spending = spending.unwrap_or_default();
        if let [only] = stays.as_mut_slice()
            && let Some(local) = only.spending.take()
        {
            spending = Spending::dated(Phases::One(local), None, faults);
        }
        let flows = keys.flows.map(|flows| flows.dated(calendar, faults));
        let mut covers = keys.cover.map(|covers| covers.0).unwrap_or_default();
        covers.sort_by_key(CoverEntry::name);
        Self {
            cash: keys.cash,
            spending,
            remaining_life: keys.remaining_life,
            flows: flows.unwrap_or_default(),
            stays,
            collection: keys.tax,
            compliance_service: keys.compliance_service.unwrap_or_default(),
            hours: keys.hours,
            hour_value: keys.hour_value,
            custody: keys.custody,
            covers,
            surplus: keys.surplus,
            rules,
        }
    }

    /// Cash buffers, each with its first month, if all planned moves take place: the cash of day one, else
    /// three months of spending.
    pub fn buffers(&self) -> Vec<(u32, f64)> {
        let mut all = Vec::new();
        for (position, stay) in self.stays.iter().enumerate() {
            let until = self.stays.get(position + 1).map(|next| next.from);
            let own = self.buffers_at(position);
            if let Some(first) = begun(&own, stay.from) {
                all.push((stay.from, *first));
            }
            let is_later = |month: u32| month > stay.from && until.is_none_or(|end| month < end);
            all.extend(own.into_iter().filter(|(month, _)| is_later(*month)));
        }
        all
    }

    /// Cash buffers, each with its first month, if the owner always lives in the residence at `position`.
    pub fn buffers_at(&self, position: usize) -> Vec<(u32, f64)> {
        let local = self.stays.get(position).and_then(|stay| stay.spending);
        let phases = self.spending.phases().iter();
        match (self.cash.get(), local) {
            (0.0, Some(local)) => vec![(1, 3.0 * local.get())],
            (0.0, None) => phases.map(|phase| (phase.from, 3.0 * phase.amount.get())).collect(),
            (cash, _) => vec![(1, cash)],
        }
    }

    /// True if the owner spends money in any residence.
    pub fn spends(&self) -> bool {
        let is_local = |stay: &Stay| stay.spending.is_some_and(|local| local.get() > 0.0);
        self.spending.is_there() || self.stays.iter().any(is_local)
    }

    /// Spending in `month` in the residence at `position`, real.
    pub fn spends_in(&self, month: u32, position: usize) -> f64 {
        let local = self.stays.get(position).and_then(|stay| stay.spending);
        local.map_or_else(|| self.spending.in_month(month), MonthlyMoney::get)
    }

    /// Position of the residence in `month`, if all planned moves take place.
    pub fn position_in(&self, month: u32) -> usize {
        let begun = self.stays.iter().rposition(|stay| stay.from <= month);
        begun.unwrap_or(0)
    }

    /// True if spending depends on whether the owner has moved, which an income requirement may prevent.
    pub fn may_spend_otherwise(&self) -> bool {
        self.is_asked() && self.stays.iter().any(|stay| stay.spending.is_some())
    }

    /// True if a residence requires an income before moving there.
    pub fn is_asked(&self) -> bool {
        self.stays.iter().any(Stay::asks)
    }

    /// True if the owner has custody, insurance or a compliance service.
    pub fn is_protected(&self) -> bool {
        self.custody.is_some() || !self.covers.is_empty() || self.compliance_service.get() > 0.0
    }

    /// Monthly costs of protection against events, real, each with its name.
    pub fn costs(&self) -> impl Iterator<Item = (&'static str, MonthlyMoney)> {
        let custody = self.custody.as_ref().and_then(|custody| custody.cost);
        [("compliance-service", Some(self.compliance_service)), ("custody", custody)]
            .into_iter()
            .filter_map(|(name, cost)| Some((name, cost?)))
    }

    /// True if the owner has payments that must be made.
    pub fn has_obligations(&self) -> bool {
        self.spends()
            || self.has_costs()
            || self.is_taxed()
            || self.flows.iter().any(|flow| flow.amount < 0.0)
            || self.rules.iter().any(|(_, rule)| rule.has_to_be_paid())
    }

    /// True if compliance or a move costs anything.
    pub fn is_charged(&self) -> bool {
        let costs = |stay: &Stay| stay.compliance_cost.most() > 0.0 || stay.cost.get() > 0.0;
        self.stays.iter().any(costs)
    }

    /// Cost of an hour, real; 0 if hours cost nothing.
    pub fn price_of_hour(&self) -> f64 {
        self.hour_value.map_or(0.0, Money::get)
    }

    /// Hours per week that compliance takes in the first month.
    pub fn first_hours(&self) -> f64 {
        let first = self.stays.first();
        first.map_or(0.0, |stay| stay.compliance_hours.get()) / Delay::WEEKS_PER_MONTH
    }

    /// True if costs other than those of assets lower net income.
    pub fn has_costs(&self) -> bool {
        self.is_charged()
            || self.price_of_hour() > 0.0
            || self.costs().any(|(_, cost)| cost.get() > 0.0)
            || !self.covers.is_empty()
    }

    /// True if the owner can owe tax on income, gains or a move.
    pub fn is_taxed(&self) -> bool {
        let taxes = |stay: &Stay| stay.takes() > 0.0 || stay.exit_tax.get() > 0.0;
        self.stays.iter().any(taxes)
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
        match &value.data {
            Data::Text(word) if word == "keep" => Some(Self::Keep),
            Data::Text(word) if word == "reinvest" => Some(Self::Reinvest),
            Data::Text(word) if !word.contains(|c: char| c.is_ascii_digit()) => {
                faults.push(unknown_word(
                    fault!("choice", "unknown use of excess cash"),
                    value,
                    ["keep", "reinvest"],
                    "`surplus` is \"keep\", \"reinvest\" or the share that is reinvested".into(),
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

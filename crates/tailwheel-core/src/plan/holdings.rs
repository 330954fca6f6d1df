//! The assets of a plan: value, price moves, income and its recipient.
//!
//! In: what is built before them ([`BeforeAssets`]). Out: [`Holdings`]. Not here: the stages of a kind (`asset`),
//! audiences (`asset_inputs`).

use super::asset_inputs::{audience_of, exchange_of, kept_of, owed, proceeds_account};
use super::before_assets::BeforeAssets;
use super::expansion::Expansions;
use super::first_income::stated;
use super::owner::{self, Held};
use crate::asset::{
    Burden, Coefficient, Earning, Income, MOST_STATES, Owed, PerUnit, Pot, Proceeds, Slot, exchange, pay,
    provide, revalue,
};
use crate::book::{Account, Cause};
use crate::policy::Late;
use crate::stage::{Build, Row};

/// All assets of a plan in canonical order, with their rows and accounts.
pub(super) struct Holdings<'a> {
    pub held: Vec<Held<'a>>,
    /// Index and monthly income of each asset whose income is recorded separately.
    pub paid: Vec<(u16, Row)>,
    /// Monthly supervision hours of each asset, per path; empty if hours are not counted.
    pub hours: Vec<Row>,
    /// Receivables, and the cash of businesses if there is no owner.
    pub receivables: Vec<Account>,
    /// Receivables of incomes that are paid with a delay, which are taxed at the horizon.
    pub late: Vec<Late>,
    /// Names of leveraged assets, each with a row that is 1 until its lender liquidates it.
    pub lenders: Vec<(String, Row)>,
    /// Names of the assets, each with a row of its loss by agents' sales at the intramonth low; empty without agents.
    pub lost_at_low: Vec<(String, Row)>,
    /// Accounts in which the proceeds of an agent of the owner wait until income is paid.
    pub waiting: Vec<Account>,
    /// Savings for launches that other assets pay.
    pub expansions: Expansions,
}

impl<'a> Holdings<'a> {
    /// Builds all assets. Assets with an audience are built after the assets that send them visitors.
    pub fn build(before: &BeforeAssets<'a>, build: &mut Build) -> Self {
        let assets = &before.scenario.assets;
        let mut all = Self {
            held: Vec::with_capacity(assets.len()),
            paid: Vec::new(),
            hours: Vec::new(),
            receivables: Vec::new(),
            late: Vec::new(),
            lenders: Vec::new(),
            lost_at_low: Vec::new(),
            waiting: Vec::new(),
            expansions: Expansions::open(before.scenario, before.owner.as_ref(), build),
        };
        let mut order: Vec<usize> = (0..assets.len()).collect();
        order.sort_by_key(|&index| !assets[index].audience.is_empty());
        for index in order {
            all.add(before, index, build);
        }
        all.expansions.put_aside(before.scenario, build);
        all.held.sort_by_key(|held| held.index);
        all.hours = all.held.iter().filter_map(|held| held.hours).collect();
        all.paid.sort_by_key(|(number, _)| *number);
        all
    }

    fn add(&mut self, before: &BeforeAssets<'a>, index: usize, build: &mut Build) {
        let mut one = Held::open(before, index, build);
        let (entry, value, start) = (one.entry, one.value, one.start);
        let pot = self.expansions.pot_of(index);
        let slot = one.slot(before, pot, build);
        let (earning, due) = one.earn(before, &slot, pot, build);
        (one.units, one.has_income) = (earning.units, earning.income.is_some());
        let counts_hours = before.scenario.counts_hours();
        if counts_hours {
            let (care, per_unit) = (entry.kind.facts().care, entry.hours.get());
            let row = care.build(per_unit, earning.tended, &slot, build);
            one.hours = Some(row);
        }
        match &before.owner {
            Some(plan) => one.to = plan.owner.cash,
            None if entry.kind.facts().is_business => {
                one.to = proceeds_account(entry, build);
                self.receivables.push(one.to);
            }
            None => {}
        }
        if let Some(due) = due {
            one.bear(before, due, build);
        }
        let pays_by_yield = before.protection.covers_of(&entry.name);
        let is_needed = pays_by_yield.is_some() || one.has_income || counts_hours;
        let kept = is_needed.then_some(start);
        let (growth, market) = (earning.growth, &before.slots[index]);
        let lender = earning.lever.and_then(|lever| lever.liquidation);
        let standing = lender.map(|lender| (entry.name.clone(), lender.standing));
        self.lenders.extend(standing);
        one.debt = earning.lever.map(|lever| lever.revalue(value, market, growth, start, build));
        match market.pair {
            Some(pair) => provide(value, market, pair, growth, kept, build),
            None if one.debt.is_none() => revalue(value, market, growth, kept, build),
            None => {}
        }
        if let Some(rows) = slot.exchange {
            exchange(value, one.debt, rows, build);
        }
        if let Some(crash) = &before.crash {
            let (lost, waiting) = crash.hold(&one, build);
            self.lost_at_low.push((entry.name.clone(), lost));
            self.waiting.extend(waiting);
        }
        if let Some(unit) = one.unit {
            let kept = entry.kind.facts().keeps_return.then_some(growth);
            unit.build(value, kept, build);
        }
        if let Some(income) = &earning.income {
            self.pay(before, &one, income, &earning, build);
        }
        self.held.push(one);
    }

    /// Adds the stage that pays the asset's income, reduced by falls through agent selling and by events.
    fn pay(
        &mut self,
        before: &BeforeAssets<'a>,
        one: &Held<'a>,
        income: &Income,
        earning: &Earning,
        build: &mut Build,
    ) {
        let (index, entry) = (one.index, one.entry);
        let crash = before.crash.as_ref();
        let strain = crash.and_then(|crash| crash.strain(entry, build));
        let cuts = before.events.iter().filter_map(|event| event.cut_of(index, earning));
        let burden = Burden { strain, cuts: cuts.collect(), per_unit: one.unit.map(|unit| unit.earned) };
        let proceeds = Proceeds {
            to: one.to,
            net_income: before.net_income,
            own: before.tells_incomes_apart().then(|| build.row()),
            owed: owed(entry, before.scenario.months, build),
        };
        let number = u16::try_from(index).expect("a scenario has few assets");
        self.paid.extend(proceeds.own.map(|row| (number, row)));
        if let Some(Owed { receivable, .. }) = proceeds.owed {
            self.receivables.push(receivable);
            let horizon = before.scenario.months;
            self.late.push(Late {
                receivable,
                world: build.world(Cause::Income),
                paid_until: horizon.saturating_sub(entry.payment_lag_months()),
            });
        }
        self.expansions.earns(index, &proceeds);
        pay(income, one.start, burden, proceeds, build);
        if let Income::Money { row, .. } = *income
            && before.scenario.may_lose(index)
        {
            one.bear(before, row, build);
        }
    }
}

impl<'a> Held<'a> {
    /// Creates the accounts and rows of asset number `index`, which has no stages yet.
    fn open(before: &BeforeAssets<'a>, index: usize, build: &mut Build) -> Self {
        let entry = &before.scenario.assets[index];
        build.asset(&entry.name, &entry.class);
        let value = build.account(entry.opening());
        let owner = before.owner.as_ref();
        let is_traded = owner.is_some() && *entry.keys.movable;
        let ends_trades = is_traded && before.events.iter().any(|event| event.ends_trades_of(index));
        let pays_by_yield = before.protection.covers_of(&entry.name) == Some(true);
        Self {
            index,
            entry,
            value,
            start: build.row(),
            to: value,
            average_cost: owner.and_then(|owner| owner.average_cost(entry.opening(), build)),
            has_income: false,
            units: None,
            debt: None,
            hours: None,
            unit: pays_by_yield.then(|| PerUnit::of(build)),
            closed: before.events.iter().any(|event| event.stops_sales_of(index)).then(|| build.row()),
            untraded: ends_trades.then(|| build.row()),
            haircut: match owner {
                Some(_) => build.drawn("exit_haircut", &entry.keys.exit_haircut),
                None => Coefficient::Same(entry.keys.exit_haircut.get()),
            },
        }
    }

    /// Collects the inputs that the stages of the asset's earnings model need.
    fn slot(&self, before: &BeforeAssets<'_>, pot: Option<Pot>, build: &mut Build) -> Slot {
        let (scenario, entry) = (before.scenario, self.entry);
        let of_kind = self.shown(before).0;
        let mut states = [self.start; MOST_STATES];
        states[..of_kind.len()].copy_from_slice(of_kind);
        Slot {
            is_built: entry.keys.launch.is_some(),
            value: self.value,
            opening: entry.keys.value.get(),
            start: self.start,
            states,
            audience: audience_of(entry, before, build),
            kept: kept_of(self.index, before, build),
            stated: stated(entry, &before.visits, build),
            since: pot.map(|pot| pot.since),
            has_buyers: scenario.has_buyers(&entry.name),
            n_months: scenario.months,
            volatility: entry.keys.volatility.get(),
            cash_rate: scenario.settings.economy.cash_rate.mean().get(),
            ruined: before.ruined(),
            common: before.common,
            claim_correlation: scenario.correlation.roi,
            rate: before.rate,
            inflation: before.prices.moving,
            exchange: exchange_of(entry, &before.exchanges),
        }
    }

    /// Rows of the states that the asset's earnings model reports, and the row that is 1 once the asset is launched
    /// (empty unless another asset pays for its launch).
    fn shown<'g>(&self, before: &'g BeforeAssets<'_>) -> (&'g [Row], &'g [Row]) {
        before.shown[self.index].split_at(self.entry.kind.facts().states.len())
    }

    /// Adds the stages of the asset's earnings model and returns its monthly results. The second result is the row of
    /// launch payments; `None` if no launch has to be paid, or another asset pays.
    fn earn(
        &self,
        before: &BeforeAssets<'_>,
        slot: &Slot,
        pot: Option<Pot>,
        build: &mut Build,
    ) -> (Earning, Option<Row>) {
        let entry = self.entry;
        let make = |build: &mut Build| entry.kind.build(slot, build);
        let Some(launch) = &entry.keys.launch else {
            return (make(build), None);
        };
        let (of_kind, standing) = self.shown(before);
        let standing = standing.first().copied();
        launch.of(entry.keys.value).build(slot, of_kind, standing, pot, build, make)
    }

    /// Adds the stage that pays the monthly losses of a business, the negative part of the row `money`.
    fn bear(&self, before: &BeforeAssets<'_>, money: Row, build: &mut Build) {
        owner::bear(money, [self.to, self.value], before.owner.as_ref(), before.net_income, build);
    }
}

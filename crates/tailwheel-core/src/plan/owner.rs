//! The owner of a plan: account, interest, payments, and the use of excess cash.
//!
//! In: a scenario, the accounts of its assets. Out: stages. Not here: the steps of a policy (`policy`).

use super::residence::Lived;
use crate::asset::{PerUnit, UnitRows};
use crate::book::Account;
use crate::crash::{CRASH_FALL, Sales};
use crate::event::{Payer, Takes, TaxLaw};
use crate::market::{PriceRows, RateRows, STEPS_PER_YEAR};
use crate::math::elementary::{exp, ln_1p};
use crate::policy::{
    self, Collection, Flow, GainsTax, Holding, Interest, Late, Owner, Purse, Relocation, Saleable, Shortfall,
    Tax, TaxRows,
};
use crate::random::ObjectKind;
use crate::scenario::{self, AssetEntry, Scenario};
use crate::stage::{AverageCost, Build, Coefficient, Dated, Debt, Phase, Row, Uncertain};
use crate::units::{Fraction, MonthlyHours};

/// A dated payment of the owner, with the kind and name of its object in the plan.
pub(super) struct PlannedFlow<'s> {
    pub kind: ObjectKind,
    pub name: &'s str,
    pub flow: Flow,
}

/// Accounts, taxes and residence of a plan's owner.
pub(super) struct OwnerPlan {
    pub owner: Owner,
    /// Payments of the month and money that enters or leaves the portfolio, per path; `None` if no money does.
    pub purse: Option<Purse>,
    tax: Option<TaxRows>,
    pub lived: Lived,
    /// Factor on the rate of damage claims at each residence.
    claim_multiples: Dated<f64>,
    /// Tax law that an event can change; `None` if no event does.
    law: Option<TaxLaw>,
    /// Price level at the end of the month.
    prices: Row,
}

/// An asset with the rows and accounts that the plan has built for it.
pub(super) struct Held<'a> {
    /// Number of the asset in the scenario.
    pub index: usize,
    pub entry: &'a AssetEntry,
    pub value: Account,
    /// Value of the asset at the start of the month, per path.
    pub start: Row,
    /// Account that receives the asset's income.
    pub to: Account,
    pub average_cost: Option<AverageCost>,
    /// True if the asset ever pays an income.
    pub has_income: bool,
    /// Rows with the counts of the asset's units; `None` if its earnings model has no units.
    pub units: Option<UnitRows>,
    /// Debt of a leveraged asset; `None` if its exposure equals its value.
    pub debt: Option<Debt>,
    /// Income and remaining value per unit of value; `None` unless a parametric insurance needs them.
    pub unit: Option<PerUnit>,
    /// Last month in which an event stops sales of the asset, per path; `None` if no event can.
    pub closed: Option<Row>,
    /// Last month in which no rule of the owner trades the asset, per path: that of `closed`, or for ever after a loss of
    /// half of the value; `None` if no event takes value.
    pub untraded: Option<Row>,
    /// Transaction cost of a forced sale, as a fraction of the sold amount.
    pub haircut: Coefficient,
    /// Monthly supervision hours, per path; `None` if hours are not counted.
    pub hours: Option<Row>,
}

impl Held<'_> {
    /// Returns the asset's value account, transaction cost and cost basis, as forced sales need them.
    pub fn saleable(&self) -> Saleable {
        Saleable {
            value: self.value,
            haircut: self.haircut,
            average_cost: self.average_cost,
            closed: self.closed,
        }
    }
}

impl OwnerPlan {
    /// Creates the owner's account with its interest, and the tax on the net income; `None` without an owner.
    pub fn open(
        scenario: &Scenario,
        net_income: Row,
        rate: Option<RateRows>,
        prices: &PriceRows,
        build: &mut Build,
    ) -> Option<Self> {
        let entry = scenario.owner.as_ref()?;
        build.object(ObjectKind::Owner, "owner");
        let cash = build.account(entry.cash.get());
        let mut owner = Owner { cash, owed: None, net_income, deductible: None };
        if let Some(interest) = Self::interest(scenario, rate) {
            interest.build(owner.cash, build);
        }
        let needs_purse = scenario.has_obligations() || !entry.flows.is_empty() || entry.is_asked();
        let purse = needs_purse.then(|| Purse::of(build));
        let lived = Lived::open(scenario, entry, purse.as_ref(), net_income, prices.level, build);
        let tax = purse.as_ref().filter(|_| scenario.is_taxed()).map(|purse| {
            build.object(ObjectKind::Policy, "tax");
            let tax = Tax {
                levies: lived.since(entry, |residence| residence.tax_rate.levy(residence.gains_tax_rate)),
                closings: lived.closings(entry, scenario.months),
                prices: prices.level,
                collection: entry.tax,
                may_rise: scenario.changes_tax(),
            };
            let rows = tax.build(&owner, purse, build);
            owner.deductible = Some(rows.costs);
            if entry.tax == Collection::Annual {
                owner.owed = Some(rows.account);
            }
            rows
        });
        Some(Self {
            owner,
            purse,
            claim_multiples: lived
                .since(entry, |residence| residence.claim_rate_multiple.map_or(1.0, Fraction::get)),
            law: tax.as_ref().and_then(|tax| {
                let [rise, base] = tax.rise?;
                Some(lived.law(entry, rise, base, scenario.months))
            }),
            tax,
            lived,
            prices: prices.level,
        })
    }

    /// The owner as payer of an event that takes value, cash, income or tax (`takes`). `exposure` is the factor on
    /// the rate of an event that names no asset. `None` if the owner makes no payments.
    pub fn payer(&self, takes: Takes, exposure: f64) -> Option<Payer> {
        let purse = self.purse?;
        let multiples = match takes {
            Takes::Tax => Dated::always(1.0),
            Takes::Cash | Takes::Value | Takes::Income => self.claim_multiples.clone(),
        };
        Some(Payer {
            cash: self.owner.cash,
            flowed: purse.flowed,
            exposure,
            multiples,
            ruined: purse.ruined,
            law: self.law.clone().filter(|_| takes == Takes::Tax),
        })
    }

    /// Creates the cost basis of the asset being built; `None` if its gains are not taxed.
    pub fn average_cost(&self, opening: f64, build: &mut Build) -> Option<AverageCost> {
        let gains = self.tax.as_ref()?.gains;
        Some(AverageCost::of(opening, gains, build))
    }

    /// Rates and rows of the tax on a hypothetical sale at the horizon; `None` without tax.
    pub fn gains_tax(&self) -> Option<GainsTax> {
        self.tax.as_ref().map(|tax| tax.rates.clone())
    }

    /// Adds the tax at the `horizon` on income that is paid later; nothing without tax or late income.
    pub fn tax_late(&self, late: &[Late], horizon: u32, build: &mut Build) {
        if let Some(tax) = self.tax.clone().filter(|_| !late.is_empty()) {
            build.object(ObjectKind::Policy, "tax");
            policy::tax_late(horizon, late.to_vec(), tax, build);
        }
    }

    /// The owner's accounts that count as net worth beside the assets: cash, and tax owed but not yet paid.
    pub fn accounts(&self) -> impl Iterator<Item = Account> {
        [self.owner.cash].into_iter().chain(self.owner.owed)
    }

    /// Adds all payments and policies that follow the month's income. `hours` is the row of working hours,
    /// `receivables` are accounts lost in ruin, and `pots` savings that are sold first.
    pub fn build_policies(
        &self,
        scenario: &Scenario,
        held: &[Held<'_>],
        hours: Option<Row>,
        sales: Option<&Sales>,
        receivables: &[Account],
        pots: Vec<Saleable>,
        build: &mut Build,
    ) {
        let Some(entry) = &scenario.owner else { return };
        if let Some(purse) = &self.purse {
            self.build_payments(scenario, entry, purse, hours, build);
            self.build_moves(entry, held, purse, build);
        }
        if let Some(purse) = self.purse.filter(|_| scenario.has_obligations()) {
            build.object(ObjectKind::Policy, "shortfall");
            let shortfall = Shortfall {
                owner: self.owner,
                purse,
                saleable: pots.into_iter().chain(saleable(held)).collect(),
                receivables: receivables.to_vec(),
                crash: sales.map(|sales| (sales.fall, CRASH_FALL)),
            };
            shortfall.build(build);
        }
        let holdings = movable(held);
        for (id, rule) in entry.rules.iter() {
            build.object(ObjectKind::Policy, id);
            rule.build(&self.owner, &holdings, build);
        }
        build.object(ObjectKind::Policy, "surplus");
        let share = reinvested_share(entry.surplus);
        policy::reinvest(share, self.lived.buffers(entry), self.owner, holdings, build);
    }

    /// Adds the cost and exit tax of each move.
    fn build_moves(&self, entry: &scenario::Owner, held: &[Held<'_>], purse: &Purse, build: &mut Build) {
        for (position, residence) in entry.residence.iter().enumerate() {
            let [cost, exit_tax] = residence.costs_of_move();
            if cost == 0.0 && exit_tax == 0.0 {
                continue;
            }
            build.object(ObjectKind::Policy, "move");
            let of = |held: &Held<'_>| Some((held.value, held.average_cost?));
            let relocation = Relocation {
                month: residence.first_month(self.lived.calendar),
                which: self.lived.row_of(position),
                cost,
                exit_tax,
                holdings: held.iter().filter_map(of).collect(),
            };
            relocation.build(&self.owner, purse, build);
        }
    }

    /// Adds the stages of costs, spending and other dated payments.
    fn build_payments(
        &self,
        scenario: &Scenario,
        entry: &scenario::Owner,
        purse: &Purse,
        hours: Option<Row>,
        build: &mut Build,
    ) {
        let cost = |residence: &scenario::Residence| residence.compliance_cost.unwrap_or_default();
        if entry.residence.iter().any(|residence| cost(residence).most() > 0.0) {
            build.object(ObjectKind::Policy, "compliance");
            let laws = (self.lived).since(entry, |residence| cost(residence).law());
            let amount = Uncertain::row(&laws, "cost", Phase::Cost, build);
            policy::charge(amount, Some((1.0, self.prices)), self.owner, *purse, build);
        }
        if let Some(amount) = hours.filter(|_| entry.price_of_hour() > 0.0) {
            build.object(ObjectKind::Policy, "hours");
            policy::charge(amount, Some((entry.price_of_hour(), self.prices)), self.owner, *purse, build);
        }
        for (name, cost) in scenario.costs() {
            build.object(ObjectKind::Policy, name);
            let laws = Dated::always(Uncertain::Known(cost.get()));
            let amount = Uncertain::row(&laws, "cost", Phase::Cost, build);
            policy::charge(amount, Some((1.0, self.prices)), self.owner, *purse, build);
        }
        for planned in self.planned(scenario) {
            build.object(planned.kind, planned.name);
            planned.flow.build(&self.owner, purse, build);
        }
    }

    /// Planned payments: spending and the dated flows of `[owner]`.
    pub fn planned<'s>(&self, scenario: &'s Scenario) -> Vec<PlannedFlow<'s>> {
        let prices = Some(self.prices);
        let spending = self.lived.spending(scenario).map(|amounts| PlannedFlow {
            kind: ObjectKind::Policy,
            name: "spending",
            flow: Flow { amounts, prices },
        });
        let flows = scenario.owner.iter().flat_map(|entry| &entry.flows).map(|flow| {
            let prices = flow.follows_prices().then_some(self.prices);
            // Deposits are negative payments. Amounts that follow prices are in money of day one.
            let amounts = (1..=scenario.months).map(|month| -flow.in_month(month, 0.0, scenario.calendar()));
            let amounts = Dated::always(amounts.collect());
            PlannedFlow { kind: ObjectKind::Flow, name: flow.name.as_str(), flow: Flow { amounts, prices } }
        });
        spending.into_iter().chain(flows).collect()
    }

    /// Interest on the owner's account; `None` at a constant rate of 0.
    pub fn interest(scenario: &Scenario, rate: Option<RateRows>) -> Option<Interest> {
        let constant = scenario.settings.economy.cash_rate.mean().get();
        let interest = match rate {
            Some(rate) => Interest::Moving(rate.rate),
            None => Interest::PerStep(exp(ln_1p(constant) / STEPS_PER_YEAR) - 1.0),
        };
        (interest != Interest::PerStep(0.0)).then_some(interest)
    }
}

/// Adds the payment of a business's monthly losses. The owner pays them with the other costs. Without an
/// owner, the business's cash and then its value pay, as far as they suffice.
pub(super) fn bear(
    money: Row,
    from: [Account; 2],
    owner: Option<&OwnerPlan>,
    net_income: Row,
    build: &mut Build,
) {
    let Some((plan, purse)) = owner.and_then(|plan| Some((plan, plan.purse?))) else {
        return policy::lose(money, from, net_income, build);
    };
    policy::charge(money, None, plan.owner, purse, build);
}

/// Monthly compliance hours of the owner, per path; `None` if there are none or hours are not counted.
pub(super) fn compliance_hours(
    scenario: &Scenario,
    plan: Option<&OwnerPlan>,
    build: &mut Build,
) -> Option<Row> {
    let (entry, plan) = (scenario.owner.as_ref()?, plan?);
    let per_month =
        (plan.lived).since(entry, |residence| residence.compliance_hours.map_or(0.0, MonthlyHours::get));
    let is_any = per_month.entries().iter().any(|(_, hours)| *hours > 0.0);
    let ruined = plan.purse.map(|purse| purse.ruined);
    (is_any && scenario.counts_hours()).then(|| {
        build.object(ObjectKind::Policy, "compliance");
        policy::of_owner(per_month, ruined, build)
    })
}

/// Assets as holdings for forced sales, lowest transaction cost first (the median of a range), then by name.
fn saleable(held: &[Held<'_>]) -> Vec<Saleable> {
    let mut in_order: Vec<&Held<'_>> = held.iter().collect();
    let haircut = |held: &Held<'_>| held.entry.keys.exit_haircut.get();
    in_order.sort_by(|a, b| haircut(a).total_cmp(&haircut(b)));
    in_order.into_iter().map(Held::saleable).collect()
}

/// Tradable assets, which excess cash and rebalancing may buy and sell; none if all are worth 0 on day one.
fn movable(held: &[Held<'_>]) -> Vec<Holding> {
    let movable = || held.iter().filter(|held| *held.entry.keys.movable);
    let total: f64 = movable().map(|held| held.entry.opening()).sum();
    movable()
        .filter(|_| total > 0.0)
        .map(|held| Holding {
            value: held.value,
            weight: held.entry.opening() / total,
            trade_cost: held.entry.keys.trade_cost.get(),
            average_cost: held.average_cost,
            closed: held.untraded,
        })
        .collect()
}

fn reinvested_share(surplus: scenario::Surplus) -> f64 {
    match surplus {
        scenario::Surplus::Keep => 0.0,
        scenario::Surplus::Reinvest => 1.0,
        scenario::Surplus::Share(share) => share.get(),
    }
}

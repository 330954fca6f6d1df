//! Scenario to plan: every object builds its stages, in canonical order.
//!
//! In: a valid scenario. Out: [`Plan`]. Not here: what a kind builds.

use super::crash::CrashRows;
use super::markets::Markets;
use super::n_worlds;
use super::record::series_of;
use super::{Legend, MarketRows, Plan, RecordPlan, SalesRows};
use crate::asset::{Proceeds, Slot, pay, revalue};
use crate::book::{Account, Cause};
use crate::crash::{CRASH_FALL, Sales, Surprise};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, ln_1p};
use crate::policy::{Holding, Interest, Owner, Policy, Rebalance, Surplus};
use crate::random::ObjectKind;
use crate::record::{self, Kept};
use crate::scenario::{self, Scenario};
use crate::stage::Build;

impl Plan {
    /// Compiles `scenario`.
    ///
    /// # Panics
    ///
    /// If the correlation matrix is not positive semidefinite, which reading the scenario has
    /// made sure of.
    pub fn compile(scenario: &Scenario) -> Self {
        Self::compile_with(scenario, None)
    }

    /// Compiles `scenario` to be compared with `base`, path by path: its law is that of
    /// [`Plan::compile`], and markets that both have get the same shocks as in `Plan::compile(base)`,
    /// to the last bit where both correlate them alike. With the same markets it is
    /// `Plan::compile(scenario)`. The seed is that of `scenario`: give both the same.
    ///
    /// # Panics
    ///
    /// As [`Plan::compile`].
    pub fn compile_beside(scenario: &Scenario, base: &Scenario) -> Self {
        Self::compile_with(scenario, Some(base))
    }

    fn compile_with(scenario: &Scenario, base: Option<&Scenario>) -> Self {
        let mut build = Build::new(scenario.seeds);
        let opening = build.world(Cause::Opening);
        let income = build.row();
        let owner = open_owner(scenario, &mut build);
        let Markets {
            joint,
            slots,
            surprises,
        } = Markets::build_beside(scenario, base, &mut build);
        let crash = CrashRows::build(scenario, &joint, &surprises, &mut build);
        build.object(ObjectKind::World, "claims");
        let common = build.parameter("roi");
        let mut values = Vec::with_capacity(scenario.assets.len());
        for (entry, &market) in scenario.assets.iter().zip(&slots) {
            build.object(ObjectKind::Asset, &entry.name);
            let value = build.account(entry.value.get());
            values.push(value);
            let slot = Slot {
                value,
                common,
                claim_correlation: scenario.correlation.roi,
            };
            let earning = entry.kind.build(&slot, &mut build);
            let proceeds = Proceeds {
                to: owner.map_or(value, |owner| owner.cash),
                net_income: income,
            };
            let start = earning.income.map(|_| build.row());
            revalue(value, &market, earning.growth, start, &mut build);
            if let Some(crash) = &crash {
                crash.hold(&entry.market, [value, proceeds.to], &mut build);
            }
            if let Some((income, start)) = earning.income.zip(start) {
                let strain = crash
                    .as_ref()
                    .and_then(|crash| crash.strain(&entry.market, &mut build));
                pay(&income, start, strain, proceeds, &mut build);
            }
        }
        if let Some(owner) = owner {
            build_policies(scenario, &owner, &values, &mut build);
        }
        let others: Vec<Account> = owner.map(|owner| owner.cash).into_iter().collect();
        let sales = crash
            .as_ref()
            .map(|crash| crash.sum_up(&values, &mut build));
        let markets = market_rows(scenario, &surprises, crash.as_ref());
        let built = build.finish();
        let n_worlds = n_worlds(&built.month_stages);
        let net_worth = others.iter().chain(&values).copied().collect();
        let money_in = built.accounts.iter().map(|account| account.opening).sum();
        let n_months = scenario.months;
        let legend = Legend {
            crisis: joint.regime().map(|rows| rows.state),
            crash: crash.as_ref().map(|crash| crash.legend(scenario)),
            surprises: slots,
        };
        Self {
            digest: digest_of(scenario, base),
            n_paths: scenario.paths,
            n_months,
            accounts: built.accounts,
            opening,
            n_rows: built.n_rows,
            draws: built.draws,
            joint,
            open_stages: built.open_stages,
            month_stages: built.month_stages,
            record: RecordPlan {
                net_worth,
                income,
                sales: sales.map(rows_of),
                markets,
                money_in,
                tracks: record::tracks_of(&Kept {
                    n_months,
                    money_in,
                    income,
                    assets: &values,
                    sales,
                }),
                series: series_of(&values, n_worlds, n_months),
            },
            assets: scenario
                .assets
                .iter()
                .map(|asset| asset.name.clone())
                .collect(),
            legend,
        }
    }
}

/// Digest of what decides the paths of `scenario` beside `base`.
fn digest_of(scenario: &Scenario, base: Option<&Scenario>) -> [u8; 32] {
    let own = scenario.model_digest();
    match base.map(Scenario::model_digest) {
        None => own.into(),
        Some(base) => blake3::hash(&[*own.as_bytes(), *base.as_bytes()].concat()).into(),
    }
}

/// What is read of sales month by month.
fn rows_of(sales: Sales) -> SalesRows {
    SalesRows {
        below_close: sales.below_close,
        taken: sales.taken,
        sold: sales.sold,
        fall: (sales.fall, CRASH_FALL),
    }
}

/// Rows of every market.
fn market_rows(
    scenario: &Scenario,
    surprises: &[Surprise],
    crash: Option<&CrashRows>,
) -> Vec<MarketRows> {
    let markets = scenario.markets.iter().zip(surprises).enumerate();
    markets
        .map(|(index, (market, surprise))| MarketRows {
            name: market.name.clone(),
            shock: surprise.shock,
            jump: surprise.jump,
            in_loop: crash.map(|crash| crash.slot(index)),
        })
        .collect()
}

fn open_owner(scenario: &Scenario, build: &mut Build) -> Option<Owner> {
    let entry = scenario.owner.as_ref()?;
    build.object(ObjectKind::Owner, "owner");
    let owner = Owner {
        cash: build.account(entry.cash.get()),
        buffer: entry.cash.get(),
    };
    let rate = scenario.economy.cash_rate.get();
    let rate_per_step = exp(ln_1p(rate) / STEPS_PER_YEAR) - 1.0;
    if rate_per_step != 0.0 {
        Interest { rate_per_step }.build(&owner, &[], build);
    }
    Some(owner)
}

fn build_policies(scenario: &Scenario, owner: &Owner, values: &[Account], build: &mut Build) {
    let Some(entry) = &scenario.owner else { return };
    let movable = || {
        scenario
            .assets
            .iter()
            .zip(values)
            .filter(|(asset, _)| asset.movable)
    };
    let total: f64 = movable().map(|(asset, _)| asset.value.get()).sum();
    let holdings: Vec<Holding> = movable()
        .filter(|_| total > 0.0)
        .map(|(asset, &value)| Holding {
            value,
            weight: asset.value.get() / total,
            trade_cost: asset.trade_cost.get(),
        })
        .collect();
    if let Some(span) = entry.rebalance {
        build.object(ObjectKind::Policy, "rebalance");
        let every_months = span.months();
        Rebalance { every_months }.build(owner, &holdings, build);
    }
    build.object(ObjectKind::Policy, "surplus");
    let reinvested = reinvested_share(entry.surplus);
    Surplus { reinvested }.build(owner, &holdings, build);
}

fn reinvested_share(surplus: scenario::Surplus) -> f64 {
    match surplus {
        scenario::Surplus::Keep => 0.0,
        scenario::Surplus::Reinvest => 1.0,
        scenario::Surplus::Share(share) => share.get(),
    }
}

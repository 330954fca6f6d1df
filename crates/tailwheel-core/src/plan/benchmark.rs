//! Benchmarks of the portfolio: the class that `[goal]` wants beaten, an index fund, a savings account.
//!
//! In: a scenario. Out: their classes, their accounts. Not here: their markets (`markets`), the comparison
//! (`record`).
//!
//! ```text
//! U_t = U_(t−1)·G·S_t                                  a unit of the class to beat
//! B_t = max(0, B_(t−1)·G·S_t − spending_t + in_t)      index fund, B_0 the money invested
//! B_t = max(0, B_(t−1)·(1 + r_t)^(1/12) − spending_t + in_t)   savings account, r the cash rate
//! ```
//!
//! Benchmarks do not influence the run: their markets come last in the joint law, so that no other draw
//! changes. Their accounts do not count as wealth. They pay neither tax nor costs of the owner.

use super::before_assets::BeforeAssets;
use super::markets::{Benchmark, Wanted};
use super::owner::OwnerPlan;
use crate::asset::{MOST_STATES, Slot, revalue};
use crate::book::{Account, Cause};
use crate::policy::pay_planned;
use crate::random::ObjectKind;
use crate::record::BenchmarkAccounts;
use crate::scenario::{Scenario, benchmark_of};
use crate::stage::{Build, Coefficient};

/// Name of the benchmark class to beat. Its dot, as in all names of benchmarks, occurs in no name of a file.
const BEATEN: &str = "goal.beat";
const INDEX_FUND: &str = "benchmark.index_fund";
const SAVINGS: &str = "benchmark.savings";

/// Catalog class of an index fund on the world's stocks.
const INDEX_CLASS: &str = "index-fund";

/// Returns the benchmarks that need a market: the class to beat and, if the portfolio is compared and money
/// is invested, the index fund.
pub(super) fn wanted(scenario: &Scenario, is_compared: bool) -> Vec<Wanted> {
    let beaten = scenario.settings.goal.benchmark().map(|entry| (BEATEN, entry));
    let index = (is_compared && is_invested(scenario))
        .then(|| benchmark_of(INDEX_CLASS))
        .map(|entry| (INDEX_FUND, entry));
    beaten.into_iter().chain(index).map(|(name, entry)| Wanted { name, entry }).collect()
}

fn is_invested(scenario: &Scenario) -> bool {
    let cash = scenario.owner.as_ref().map_or(0.0, |owner| owner.cash.get());
    cash > 0.0 || scenario.assets.iter().any(|asset| asset.opening() > 0.0)
}

/// Adds the monthly stages of all benchmarks and returns their accounts. With `is_compared`, the index fund
/// and the savings account are among them.
pub(super) fn build(before: &BeforeAssets<'_>, is_compared: bool, build: &mut Build) -> BenchmarkAccounts {
    let scenario = before.scenario;
    let invested = build.owned();
    let mut compared = BenchmarkAccounts::default();
    for benchmark in &before.benchmarks {
        build.object(ObjectKind::Benchmark, benchmark.wanted.name);
        if benchmark.wanted.name == BEATEN {
            compared.unit = Some(benchmark.hold(1.0, before, build));
        } else {
            let fund = benchmark.hold(invested, before, build);
            draw_on(fund, before, build);
            compared.index_fund = Some(fund);
        }
    }
    let interest =
        OwnerPlan::interest(scenario, before.rate).filter(|_| is_compared && is_invested(scenario));
    if let Some(interest) = interest {
        build.object(ObjectKind::Benchmark, SAVINGS);
        build.world(Cause::Opening);
        let cash = build.account(invested);
        interest.build(cash, build);
        draw_on(cash, before, build);
        compared.savings = Some(cash);
    }
    compared
}

/// Adds the owner's planned deposits and withdrawals to the benchmark `account`.
fn draw_on(account: Account, before: &BeforeAssets<'_>, build: &mut Build) {
    let planned = before.owner.iter().flat_map(|owner| owner.planned(before.scenario));
    let flows = planned.map(|planned| planned.flow).collect();
    pay_planned(account, flows, build);
}

impl Benchmark {
    /// Adds an account with balance `opening` that grows with the benchmark, before any deposit or withdrawal, and
    /// returns it.
    fn hold(&self, opening: f64, before: &BeforeAssets<'_>, build: &mut Build) -> Account {
        build.world(Cause::Opening);
        let account = build.account(opening);
        let growth = self.growth(account, before, build);
        revalue(account, &self.market, growth, None, build);
        account
    }

    /// Expected monthly growth factor of the benchmark. Each path draws the yearly return, correlated with
    /// other claimed returns by a common factor.
    fn growth(&self, value: Account, before: &BeforeAssets<'_>, build: &mut Build) -> Coefficient {
        // A benchmark is held as a claim, which has no states.
        let start = build.row();
        let slot = Slot {
            is_built: false,
            value,
            opening: 1.0,
            start,
            states: [start; MOST_STATES],
            audience: None,
            kept: None,
            stated: None,
            since: None,
            has_buyers: false,
            n_months: 0,
            volatility: 0.0,
            cash_rate: 0.0,
            ruined: None,
            common: before.common,
            claim_correlation: before.scenario.correlation.roi,
            rate: None,
            inflation: None,
            exchange: None,
        };
        self.wanted.entry.kind.build(&slot, build).growth
    }
}

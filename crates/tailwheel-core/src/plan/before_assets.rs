//! Everything that is built before the first asset: the owner, markets, agent feedback, events, common
//! inputs of assets.
//!
//! In: a scenario. Out: [`BeforeAssets`]. Not here: the assets (`holdings`), what is built after them
//! (`compile`).

use super::crash::CrashRows;
use super::events::EventPlan;
use super::first_income::visits_of_all;
use super::markets::{Benchmark, Markets, Wanted};
use super::owner::OwnerPlan;
use super::protection::Protection;
use crate::crash::Surprise;
use crate::market::{ExchangeRows, Joint, MarketSlot, PriceRows, RateRows};
use crate::random::ObjectKind;
use crate::scenario::Scenario;
use crate::stage::{Build, Coefficient, Draw, Row};

/// Rows, draws and plans that exist before the first asset is built.
pub(super) struct BeforeAssets<'a> {
    pub scenario: &'a Scenario,
    /// Net income of the month, summed over all holdings, per path.
    pub net_income: Row,
    /// Price level of the month, per path.
    pub prices: PriceRows,
    /// Rows of the random short rate; `None` if the cash rate is constant.
    pub rate: Option<RateRows>,
    pub owner: Option<OwnerPlan>,
    pub joint: Joint,
    /// Monthly shock and jumps of each asset's price, in the order of the assets.
    pub slots: Vec<MarketSlot>,
    /// Monthly price moves of each market that can trigger agent selling, in the order of the markets.
    pub surprises: Vec<Surprise>,
    pub benchmarks: Vec<Benchmark>,
    pub crash: Option<CrashRows>,
    pub events: Vec<EventPlan<'a>>,
    pub protection: Protection<'a>,
    pub exchanges: Vec<(&'a str, ExchangeRows)>,
    /// Standard normal per path that the claimed returns of all assets have in common, which correlates them.
    pub common: Draw,
    /// Names of the sites that state their visits in the first month, with the number of visits.
    pub visits: Vec<(&'a str, Coefficient)>,
    /// States that each asset reports, such as visits: one row per state, in the order of the assets.
    pub shown: Vec<Vec<Row>>,
}

impl<'a> BeforeAssets<'a> {
    /// Builds everything that precedes the assets, with the markets that only `base` has and the markets of
    /// the `wanted` benchmarks.
    pub fn build(
        scenario: &'a Scenario,
        base: Option<&Scenario>,
        wanted: &[Wanted],
        build: &mut Build,
    ) -> Self {
        let net_income = build.row();
        let rate = scenario.settings.economy.cash_rate.process();
        let prices = scenario.settings.economy.inflation.build(scenario.months, rate.is_some(), build);
        let rate = rate.map(|process| process.build(&prices, build));
        let owner = OwnerPlan::open(scenario, net_income, rate, &prices, build);
        let Markets { joint, slots, surprises, benchmarks } = Markets::build(scenario, base, wanted, build);
        let crash = CrashRows::build(scenario, &joint, &surprises, build);
        let events = EventPlan::open(scenario, prices.level, build);
        let protection = Protection::open(scenario, prices.level, build);
        let exchanges = exchanges(scenario, build);
        build.object(ObjectKind::World, "claims");
        let common = build.parameter("roi");
        let shown = scenario.assets.iter().map(|entry| entry.states().map(|_| build.row()).collect());
        Self {
            shown: shown.collect(),
            visits: visits_of_all(scenario, build),
            scenario,
            net_income,
            prices,
            rate,
            owner,
            joint,
            slots,
            surprises,
            benchmarks,
            crash,
            events,
            protection,
            exchanges,
            common,
        }
    }

    /// 1 once the owner is ruined, else 0, per path; `None` without payments of the owner: ruin is then impossible.
    pub fn ruined(&self) -> Option<Row> {
        Some(self.owner.as_ref()?.purse?.ruined)
    }

    /// True if incomes are recorded per asset: if several assets earn for spending or for an income goal, or if one
    /// asset is a business.
    pub fn tells_incomes_apart(&self) -> bool {
        let assets = &self.scenario.assets;
        (self.lives_on_it() && assets.len() > 1) || self.scenario.has_business()
    }

    /// True if the income of the portfolio matters: there is spending or an income goal.
    pub fn lives_on_it(&self) -> bool {
        !self.scenario.spending().is_empty() || self.scenario.settings.goal.income.is_some()
    }
}

/// Exchange rates of all foreign currencies that assets are priced in, in the order of the assets.
fn exchanges<'a>(scenario: &'a Scenario, build: &mut Build) -> Vec<(&'a str, ExchangeRows)> {
    let mut all: Vec<(&str, ExchangeRows)> = Vec::new();
    for exchange in scenario.assets.iter().filter_map(|asset| asset.exchange.as_ref()) {
        let currency = exchange.currency();
        if !all.iter().any(|(known, _)| *known == currency) {
            let rows = ExchangeRows::build(currency, exchange.volatility.get(), build);
            all.push((currency, rows));
        }
    }
    all
}

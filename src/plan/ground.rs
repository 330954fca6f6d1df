//! What is there before the first asset is built: the owner, markets, the loop, events, what every asset looks at.
//!
//! In: a scenario. Out: [`Ground`]. Not here: the assets (`holdings`), what is done with what they pay (`compile`).

use super::around::exchanges;
use super::benchmark::{Benchmark, Wanted};
use super::crash::CrashRows;
use super::events::EventPlan;
use super::markets::Markets;
use super::owner::OwnerPlan;
use super::protection::Protection;
use super::stated::visits_of_all;
use crate::crash::Surprise;
use crate::market::{ExchangeRows, Joint, MarketSlot, PriceRows, RateRows};
use crate::random::ObjectKind;
use crate::scenario::Scenario;
use crate::stage::{Build, Coefficient, Draw, Row};

pub(super) struct Ground<'a> {
    pub scenario: &'a Scenario,
    /// Of the month, summed over all holdings.
    pub net_income: Row,
    /// What money of every month is worth.
    pub prices: PriceRows,
    /// The short rate, if it moves.
    pub rate: Option<RateRows>,
    pub owner: Option<OwnerPlan>,
    pub joint: Joint,
    /// In the order of the assets.
    pub slots: Vec<MarketSlot>,
    /// In the order of the markets.
    pub surprises: Vec<Surprise>,
    pub benchmarks: Vec<Benchmark>,
    pub crash: Option<CrashRows>,
    pub events: Vec<EventPlan<'a>>,
    pub protection: Protection<'a>,
    pub exchanges: Vec<(&'a str, ExchangeRows)>,
    /// Standard normal common to all claims of a path.
    pub common: Draw,
    /// Visits of the first month of every site that says them, by its name.
    pub visits: Vec<(&'a str, Coefficient)>,
    /// What assets show of themselves, in their order.
    pub shown: Vec<Vec<Row>>,
}

impl<'a> Ground<'a> {
    /// With the shocks of the markets of `base`, if it is compared with one, and of what is `wanted` beside the holdings.
    pub fn build(
        scenario: &'a Scenario,
        (base, wanted): (Option<&Scenario>, &[Wanted]),
        build: &mut Build,
    ) -> Self {
        let net_income = build.row();
        let rate = scenario.economy.cash_rate.process();
        let inflation = scenario.economy.inflation.law();
        let prices = inflation.build(scenario.months, rate.is_some(), build);
        let rate = rate.map(|process| process.build(&prices, build));
        let owner = OwnerPlan::open(scenario, net_income, (rate, &prices), build);
        let Markets { joint, slots, surprises, benchmarks } =
            Markets::build_beside(scenario, (base, wanted), build);
        let crash = CrashRows::build(scenario, &joint, &surprises, build);
        let events = EventPlan::open(scenario, prices.level, build);
        let protection = Protection::open(scenario, prices.level, build);
        let exchanges = exchanges(scenario, build);
        build.object(ObjectKind::World, "claims");
        let common = build.parameter("roi");
        let assets = scenario.assets.iter();
        let shown = assets.map(|entry| entry.states().map(|_| build.row()).collect());
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

    /// 1 of an owner who is ruined; nothing if no owner can be.
    pub fn ruined(&self) -> Option<Row> {
        Some(self.owner.as_ref()?.purse?.ruined)
    }

    /// Whether what each asset pays is told apart: where it is lived on, or growing an income is what it is about. Of one
    /// holding alone it is that of all.
    pub fn tells_incomes_apart(&self) -> bool {
        let assets = &self.scenario.assets;
        (self.lives_on_it() && assets.len() > 1) || self.scenario.has_business()
    }

    /// Whether somebody lives on the income, or wants to.
    pub fn lives_on_it(&self) -> bool {
        !self.scenario.spending().is_empty() || self.scenario.goal.income.is_some()
    }
}

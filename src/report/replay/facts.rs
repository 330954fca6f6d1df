//! The facts of a replayed path as plain values, written as `replay.json`.
//!
//! In: nothing. Out: [`ReplayFacts`] and its parts. Not here: how they are computed (`build`), what a screen
//! shows (the templates).

use super::Regime;
use super::anatomy::CrashMonth;
use crate::crash::{ClusterMonth, MarketMonth};
use crate::random::{ObjectKind, Seeds};
use crate::study::Chosen;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the format of `replay.json`. Within a version, no key changes its meaning.
pub const REPLAY_SCHEMA: &str = "tailwheel-replay/2";

/// Key of the run with agents, which is the path itself.
pub const WITH_AGENTS: &str = "path";
/// Key of the run with the same draws but without agents.
pub const WITHOUT_AGENTS: &str = "without_feedback";

/// Values by run, under the keys [`WITH_AGENTS`] and, if there are agents, [`WITHOUT_AGENTS`].
pub type ByWorld<V> = BTreeMap<String, V>;

/// One path, month by month. Amounts are nominal, in `scenario.currency`; losses and falls are in log prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReplayFacts {
    #[schemars(extend("const" = REPLAY_SCHEMA))]
    pub schema: String,
    pub scenario: ScenarioPart,
    pub run: RunPart,
    /// Number of the replayed path, from 0.
    pub path: u64,
    pub chosen: Chosen,
    /// Month in which agents' sales cost the largest share of wealth; null if agents never sold.
    pub worst_month: Option<u32>,
    /// Cluster of the owner's agent that sells an asset, by name of the asset.
    pub managed: BTreeMap<String, String>,
    /// Values that the run recorded for the path, by id.
    pub columns: BTreeMap<String, f64>,
    /// Largest imbalance of all accounts together in a month, relative to the money moved in it; ideally 0.
    pub largest_imbalance: f64,
    pub accounts: Vec<AccountPart>,
    /// First month in which the money has run out for good; null if there is none.
    pub ruin_month: Option<u32>,
    /// Forced sales of leveraged assets by their lenders.
    pub lender_sales: Vec<LenderSalePart>,
    /// Month that was requested; null if the month of the costliest sales is explained instead.
    pub month_asked: Option<u32>,
    /// Nominal wealth on day one, by run.
    pub opening: ByWorld<f64>,
    pub months: Vec<MonthPart>,
    /// Anatomy of the explained month, sale by sale, in log prices; null without agents.
    pub crash: Option<CrashMonth>,
}

/// A forced sale of an asset by its lender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LenderSalePart {
    pub asset: String,
    pub month: u32,
    pub date: String,
}

/// An event of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventPart {
    pub kind: String,
    /// Title of the kind of event in the catalog.
    pub label: String,
    /// Names of the assets that the event hits; empty if it hits only the owner.
    pub assets: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioPart {
    pub title: String,
    pub model_digest: String,
    pub currency: String,
    /// First simulated month: `2027-01`.
    pub start: String,
    /// Last simulated month: `2036-12`.
    pub end: String,
    /// Inflation per year, as a fraction.
    pub inflation: f64,
    pub worlds: Vec<String>,
    /// Events of the scenario by name.
    pub events: BTreeMap<String, EventPart>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunPart {
    pub paths: u64,
    pub months: u32,
    #[serde(flatten)]
    pub seeds: Seeds,
    pub value_version: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountPart {
    pub kind: ObjectKind,
    pub object: String,
    /// Cause of profit or loss that the account stands for; null for an account of the owner.
    pub cause: Option<String>,
    /// Balances at the end of months 0, 1, 2 …, by run.
    pub balances: ByWorld<Vec<f64>>,
    /// Postings of months 1, 2 …, by run; over all accounts they add up to zero.
    pub posted: ByWorld<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MonthPart {
    /// Simulated month, from 1.
    pub month: u32,
    /// Date of the month: `2027-01`.
    pub date: String,
    /// Price level at the end of the month, 1 on day one: nominal amounts divided by it are real.
    pub price_level: f64,
    /// Relative change of nominal wealth in the month; null if wealth was zero at its start.
    pub change: Option<f64>,
    /// Change of wealth by cause, as a fraction of wealth at the start of the month; `market` is drift and
    /// shock together. Empty if that wealth was zero.
    pub cause_changes: BTreeMap<String, f64>,
    /// Regime of the month; null without crises.
    pub regime: Option<Regime>,
    /// Names of the events that happened in the month and found value, income, cash or a tax to hit.
    pub struck: Vec<String>,
    /// Random parts of the monthly return of each asset's market, by name of the asset.
    pub surprises: BTreeMap<String, SurprisePart>,
    pub worlds: ByWorld<WorldPart>,
    /// Sales of the agents in the month; null without agents.
    pub r#loop: Option<LoopPart>,
}

/// Random parts of a market's monthly return, as log returns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurprisePart {
    pub shock: f64,
    /// Log return by jumps, prescribed falls included.
    pub jump: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorldPart {
    pub wealth: f64,
    /// Wealth at the lowest point within the month.
    pub trough: f64,
    /// Income of the month, nominal.
    pub income: f64,
    /// Change of nominal wealth in the month, by cause.
    pub causes: BTreeMap<String, f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoopPart {
    /// Share of all agents, by money, that sold in the month.
    pub sold: f64,
    /// Price impact of a sale as a multiple of that in the normal regime: 1, or more in a crisis.
    pub thinning: f64,
    pub markets: BTreeMap<String, MarketMonth>,
    pub clusters: BTreeMap<String, ClusterMonth>,
}

//! The facts of a path, as `replay.json` has them.
//!
//! In: nothing. Out: [`ReplayFacts`] and its parts. Not here: where they come from (`build`), what a screen shows
//! (the templates).

use super::super::json::to_json;
use super::anatomy::{CrashMonth, Regime};
use crate::crash::{ClusterMonth, MarketMonth};
use crate::random::{ObjectKind, Seeds};
use crate::study::Chosen;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const REPLAY_SCHEMA: &str = "tailwheel-replay/2";

/// The path as it happens, and the same draws without the agents.
pub const WITH_AGENTS: &str = "path";
pub const WITHOUT_AGENTS: &str = "without_feedback";

/// By `path` and, with agents, `without_feedback`.
pub type ByWorld<V> = BTreeMap<String, V>;

/// One path, month by month. Amounts are in `scenario.currency`, money of their day; losses and falls are of
/// log prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReplayFacts {
    #[schemars(extend("const" = REPLAY_SCHEMA))]
    pub schema: String,
    pub scenario: ScenarioPart,
    pub run: RunPart,
    /// Its number, from 0.
    pub path: u64,
    pub chosen: Chosen,
    /// The month in which sales took the largest part of wealth; none if agents never sold.
    pub worst_month: Option<u32>,
    /// By asset, the cluster with which the owner's own agent sells it.
    pub managed: BTreeMap<String, String>,
    /// What the run records of the path.
    pub columns: BTreeMap<String, f64>,
    /// Largest sum of what all accounts gained in one month, relative to all that moved in it.
    pub largest_imbalance: f64,
    pub accounts: Vec<AccountPart>,
    /// The first month in which the money has run out, if it does and stays out.
    pub ruin_month: Option<u32>,
    /// When lenders sell what they lent on.
    pub lender_sales: Vec<LenderSalePart>,
    /// The month that was asked for; null if the worst one is explained.
    pub month_asked: Option<u32>,
    /// Wealth on day one.
    pub opening: ByWorld<f64>,
    pub months: Vec<MonthPart>,
    /// The anatomy of the month that is explained, sale by sale, in log prices; null without agents.
    pub crash: Option<CrashMonth>,
}

/// A lender sells an asset.
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
    /// Title of the kind in the catalog.
    pub label: String,
    /// Names of its assets; empty if it strikes the owner alone.
    pub assets: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioPart {
    pub title: String,
    pub model_digest: String,
    pub currency: String,
    /// First month, `2027-01`.
    pub start: String,
    /// Last month.
    pub end: String,
    /// Per year, a fraction.
    pub inflation: f64,
    pub worlds: Vec<String>,
    /// By name.
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
    /// None for what the owner has.
    pub cause: Option<String>,
    /// At the end of months 0, 1, 2 …
    pub balances: ByWorld<Vec<f64>>,
    /// In months 1, 2 …; all accounts together add up to zero.
    pub posted: ByWorld<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MonthPart {
    /// From 1.
    pub month: u32,
    /// `2027-01`
    pub date: String,
    /// Price level at its end, 1 on day one: nominal amounts over it are real.
    pub price_level: f64,
    /// Change of nominal wealth as a fraction of that at the start of the month; null if that is nothing.
    pub change: Option<f64>,
    /// What each cause added, a fraction of the same, `market` for drift and shock together; empty if that is nothing.
    pub cause_changes: BTreeMap<String, f64>,
    /// Null without crises.
    pub regime: Option<Regime>,
    /// Names of the events that struck and took something.
    pub struck: Vec<String>,
    /// Of each asset's market.
    pub surprises: BTreeMap<String, SurprisePart>,
    pub worlds: ByWorld<WorldPart>,
    /// None without agents.
    pub r#loop: Option<LoopPart>,
}

/// Log-returns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurprisePart {
    pub shock: f64,
    /// With prescribed falls.
    pub jump: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorldPart {
    pub wealth: f64,
    /// The least wealth inside the month.
    pub trough: f64,
    /// Of the month.
    pub income: f64,
    /// What each cause added to wealth.
    pub causes: BTreeMap<String, f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoopPart {
    /// Share of all agents, by money.
    pub sold: f64,
    /// How much larger impacts were: 1 but in a crisis.
    pub thinning: f64,
    pub markets: BTreeMap<String, MarketMonth>,
    pub clusters: BTreeMap<String, ClusterMonth>,
}

impl ReplayFacts {
    /// The bytes of `replay.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

//! The facts of a path, as `replay.json` has them.
//!
//! In: nothing. Out: [`ReplayFacts`] and its parts. Not here: where they come from (`build`), what a screen shows
//! (the templates).

use super::super::json::to_json;
use super::anatomy::{CrashMonth, Regime};
use super::sell_off::SellOffPart;
use crate::crash::{ClusterMonth, MarketMonth};
use crate::random::{ObjectKind, Seeds};
use crate::study::Chosen;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const REPLAY_SCHEMA: &str = "tailwheel-replay/2";

/// The path as it happens, and the same draws without the agents.
pub const WITH_AGENTS: &str = "path";
pub const WITHOUT_AGENTS: &str = "without_feedback";

/// By `path` and, with agents, `without_feedback`.
pub(super) type ByWorld<V> = BTreeMap<String, V>;

/// One path, month by month. Amounts are in `scenario.currency`, money of their day; losses and falls are of
/// log prices.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReplayFacts {
    #[schemars(extend("const" = REPLAY_SCHEMA))]
    pub(super) schema: String,
    pub(super) scenario: ScenarioPart,
    pub(super) run: RunPart,
    /// Its number, from 0.
    pub(super) path: u64,
    pub(super) chosen: Chosen,
    /// The month in which sales took the largest part of wealth; none if agents never sold.
    pub(super) worst_month: Option<u32>,
    /// By asset, the cluster with which the owner's own agent sells it.
    pub(super) managed: BTreeMap<String, String>,
    /// What the run records of the path.
    pub(super) columns: BTreeMap<String, f64>,
    /// Largest sum of what all accounts gained in one month, relative to all that moved in it.
    pub(super) largest_imbalance: f64,
    pub(super) accounts: Vec<AccountPart>,
    /// Wealth at the horizon.
    pub(super) ends: ByWorld<AmountPart>,
    /// The first month in which the money has run out, if it does and stays out.
    pub(super) ruin_month: Option<u32>,
    /// When lenders sell what they lent on.
    pub(super) lender_sales: Vec<LenderSalePart>,
    /// The five largest falls of wealth within a month, the worst first.
    pub(super) worst_months: Vec<WorstMonthPart>,
    /// The month that was asked for; null if the worst one is explained.
    pub(super) month_asked: Option<u32>,
    /// Wealth on day one.
    pub(super) opening: ByWorld<f64>,
    pub(super) months: Vec<MonthPart>,
    /// The month that is explained, in shares of prices and wealth; null without agents.
    pub(super) sell_off: Option<SellOffPart>,
    /// The anatomy of that month sale by sale, in log prices.
    pub(super) crash: Option<CrashMonth>,
}

/// An amount.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AmountPart {
    /// In money of its day.
    pub nominal: f64,
    /// In money of the start.
    pub real: f64,
}

/// A lender sells an asset.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct LenderSalePart {
    pub(super) asset: String,
    pub(super) month: u32,
    pub(super) date: String,
}

/// A month in which wealth falls.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct WorstMonthPart {
    pub(super) month: u32,
    pub(super) date: String,
    /// Of nominal wealth, a fraction of that at the start of the month.
    pub(super) change: f64,
    /// The cause that cost most, `market` for drift and shock together, and what it added, as a fraction of the same.
    pub(super) cause: String,
    pub(super) cause_change: f64,
}

/// An event of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct EventPart {
    pub(super) kind: String,
    /// Title of the kind in the catalog.
    pub(super) label: String,
    /// Names of its assets; empty if it strikes the owner alone.
    pub(super) assets: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct ScenarioPart {
    pub(super) title: String,
    pub(super) model_digest: String,
    pub(super) currency: String,
    /// First month, `2027-01`.
    pub(super) start: String,
    /// Last month.
    pub(super) end: String,
    /// Per year, a fraction.
    pub(super) inflation: f64,
    pub(super) worlds: Vec<String>,
    /// By name.
    pub(super) events: BTreeMap<String, EventPart>,
    /// True if a holding has jumps of its own, and if falls are prescribed.
    pub(super) has_jumps: bool,
    pub(super) has_prescribed_falls: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct RunPart {
    pub(super) paths: u64,
    pub(super) months: u32,
    #[serde(flatten)]
    pub(super) seeds: Seeds,
    pub(super) value_version: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct AccountPart {
    pub(super) kind: ObjectKind,
    pub(super) object: String,
    /// None for what the owner has.
    pub(super) cause: Option<String>,
    /// At the end of months 0, 1, 2 …
    pub(super) balances: ByWorld<Vec<f64>>,
    /// In months 1, 2 …; all accounts together add up to zero.
    pub(super) posted: ByWorld<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct MonthPart {
    /// From 1.
    pub(super) month: u32,
    /// `2027-01`
    pub(super) date: String,
    /// Price level at its end, 1 on day one: nominal amounts over it are real.
    pub(super) price_level: f64,
    /// Change of nominal wealth as a fraction of that at the start of the month; null if that is nothing.
    pub(super) change: Option<f64>,
    /// What each cause added, a fraction of the same, `market` for drift and shock together; empty if that is nothing.
    pub(super) cause_changes: BTreeMap<String, f64>,
    /// Null without crises.
    pub(super) regime: Option<Regime>,
    /// Names of the events that struck and took something.
    pub(super) struck: Vec<String>,
    /// Of each asset's market.
    pub(super) surprises: BTreeMap<String, SurprisePart>,
    pub(super) worlds: ByWorld<WorldPart>,
    /// None without agents.
    pub(super) r#loop: Option<LoopPart>,
}

/// Log-returns.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct SurprisePart {
    pub(super) shock: f64,
    /// With prescribed falls.
    pub(super) jump: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct WorldPart {
    pub(super) wealth: f64,
    /// The least wealth inside the month.
    pub(super) trough: f64,
    /// Of the month.
    pub(super) income: f64,
    /// What each cause added to wealth.
    pub(super) causes: BTreeMap<String, f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(super) struct LoopPart {
    /// Share of all agents, by money.
    pub(super) sold: f64,
    /// How much larger impacts were: 1 but in a crisis.
    pub(super) thinning: f64,
    pub(super) markets: BTreeMap<String, MarketMonth>,
    pub(super) clusters: BTreeMap<String, ClusterMonth>,
}

impl ReplayFacts {
    /// The bytes of `replay.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

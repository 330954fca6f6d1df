//! What is told of a path, in the shape of `replay.json`.
//!
//! In: a replay and its legend. Out: [`ReplayReport`]. Not here: how it is shown.

use crate::random::Seeds;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const REPLAY_SCHEMA: &str = "tailwheel-replay/1";

/// A path, month by month. Money is nominal: that of its day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReplayReport {
    pub schema: &'static str,
    pub scenario: PathScenario,
    pub run: PathRun,
    pub path: u64,
    /// Why this path and this month.
    pub chosen: Chosen,
    /// Month in which agents' sales took the largest part of wealth; null if they never sold.
    pub worst_month: Option<u32>,
    /// Assets that an agent of the owner's sells, and the cluster with which it does.
    pub managed: BTreeMap<String, String>,
    /// What a run records of the path, by name.
    pub columns: BTreeMap<String, f64>,
    /// Largest sum of what all accounts gained in a month, relative to all that moved in it.
    pub largest_imbalance: f64,
    /// Every account with its balances and what was posted to and from it.
    pub accounts: Vec<AccountPath>,
    /// Wealth on day one, by world.
    pub opening: BTreeMap<&'static str, f64>,
    pub months: Vec<MonthPart>,
    /// The cascade of one month, if there is a loop.
    pub crash: Option<CrashMonth>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathScenario {
    pub title: String,
    pub model_digest: String,
    pub currency: String,
    pub start: String,
    pub end: String,
    pub inflation: f64,
    /// Names of the worlds: what happens, and its twin.
    pub worlds: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathRun {
    pub paths: u64,
    pub months: u32,
    #[serde(flatten)]
    pub seeds: Seeds,
    pub value_version: u32,
}

/// How the path was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// It was asked for.
    Asked,
    /// Of all paths of the run, the month in which sales took the largest part of wealth.
    DeepestSale,
    /// The lowest wealth at the end: there is no loop.
    LowestWealth,
    /// The lowest wealth at the end: sales took nothing on any path.
    LowestWealthWithoutSales,
}

/// An account through time, by world.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountPath {
    /// `owner`, `market`, `asset`, `policy`: what the object is.
    pub kind: &'static str,
    pub object: String,
    /// Why money flows through it, if it stands for the world; null for what the owner has.
    pub cause: Option<&'static str>,
    /// At the end of months 0 … horizon.
    pub balances: BTreeMap<&'static str, Vec<f64>>,
    /// Net postings of months 1 … horizon; those of all accounts together are zero.
    pub posted: BTreeMap<&'static str, Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MonthPart {
    pub month: u32,
    pub date: String,
    /// `calm` or `crisis`; null without a regime.
    pub regime: Option<&'static str>,
    /// By asset: the month's surprises of its market, as log-returns.
    pub surprises: BTreeMap<String, SurprisePart>,
    pub worlds: BTreeMap<&'static str, WorldPart>,
    #[serde(rename = "loop")]
    pub agents: Option<LoopPart>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SurprisePart {
    pub shock: f64,
    pub jump: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorldPart {
    /// At the close, and where it stood lowest while agents sold.
    pub wealth: f64,
    pub trough: f64,
    pub income: f64,
    /// What each cause added to wealth.
    pub causes: BTreeMap<&'static str, f64>,
}

/// The loop in a month. Losses and falls are of log prices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LoopPart {
    /// Share of all agents, by their money, that sold.
    pub sold: f64,
    /// How much larger impacts were than in calm months.
    pub thinning: f64,
    pub markets: BTreeMap<String, MarketMonth>,
    pub clusters: BTreeMap<String, ClusterMonth>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MarketMonth {
    /// Exogenous loss.
    pub loss: f64,
    /// Fall by the sales of the month.
    pub fall: f64,
    /// What the loop added to the log price at the trough and at the close, earlier falls coming
    /// back included.
    pub at_trough: f64,
    pub at_close: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ClusterMonth {
    pub active: u32,
    pub obeying: u32,
    /// Share of all its blocks.
    pub fired: f64,
}

/// The anatomy of a month; losses, limits and falls are of log prices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrashMonth {
    pub month: u32,
    pub date: String,
    pub regime: Option<&'static str>,
    pub thinning: f64,
    /// All agents, counted by their money.
    pub agents: AllSellers,
    pub clusters: Vec<Seller>,
    pub markets: Vec<FallenMarket>,
    /// In the order in which blocks sold.
    pub firings: Vec<FiringPart>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AllSellers {
    /// Shares of the agents' money, as in [`Seller`].
    pub obeyed: f64,
    pub alone: f64,
    pub pushed: f64,
    pub sold: f64,
    /// Loss as the agents measure it, the mean log-loss of what they hold: before anybody sold and
    /// at the end.
    pub loss_before: f64,
    pub loss_after: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seller {
    pub name: String,
    pub capital_share: f64,
    pub first_trigger: f64,
    pub last_trigger: f64,
    pub blocks: u32,
    /// Could act: the others were still out from earlier crashes.
    pub active: u32,
    /// Obeyed a false signal.
    pub obeyed: u32,
    /// Would have sold if no sale moved a price.
    pub alone: u32,
    /// Sold only because others did.
    pub pushed: u32,
    pub fired: u32,
    pub loss_before: f64,
    pub loss_after: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FallenMarket {
    pub name: String,
    pub loss: f64,
    /// Fall by all sales, and by those alone that needed no others.
    pub fall: f64,
    pub fall_without_feedback: f64,
    /// What earlier falls gave back up to the trough.
    pub given_back: f64,
    pub at_close: f64,
    /// Part of the fall that never comes back.
    pub permanent: f64,
    /// Months in which half of the rest does.
    pub half_life: f64,
    /// Part of the fall still missing at the close and 1, 2 … months after it.
    pub missing: Vec<f64>,
    #[serde(skip)]
    pub missing_finely: Vec<(f64, f64)>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FiringPart {
    pub cluster: String,
    pub block: u32,
    /// `signal`, `loss` or `sales`.
    pub why: &'static str,
    /// Null for a block that obeys.
    pub threshold: Option<f64>,
    /// Loss that it saw.
    pub load: f64,
    /// Share of its cluster and of all agents (by money) that have sold, this block included.
    pub cluster_share: f64,
    pub share: f64,
    /// Fall of every market, in the order of `markets`.
    pub falls: Vec<f64>,
    #[serde(skip)]
    pub cluster_index: usize,
}

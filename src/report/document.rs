//! The one serialisable report: what a run found, and nothing that may differ between two runs.
//!
//! In: a scenario, an outcome, its measures. Out: [`Report`]. Not here: how it is shown.

use super::bridge::BridgePart;
use super::correlations::CorrelationsPart;
use super::gate::GatePart;
use super::json;
use super::living::Living;
use super::measure::Measure;
use super::sustained::SustainablePart;
use crate::engine::Odds;
use crate::random::Seeds;
use crate::scenario::{FilledIn, Repair};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const SCHEMA: &str = "tailwheel-report/1";

/// A report. Keys are written sorted, floats as the shortest text that reads back to the same
/// bits, and what is not a number as null.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    #[schemars(extend("const" = SCHEMA))]
    pub schema: &'static str,
    /// The program that wrote it, with its version.
    pub program: &'static str,
    pub scenario: ScenarioPart,
    pub run: RunPart,
    /// By id.
    pub measures: BTreeMap<String, Measure>,
    /// From the claim to the return, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bridge: Option<BridgePart>,
    /// How the markets moved together, if there are two of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlations: Option<CorrelationsPart>,
    /// By name: `wealth`, `asset.<name>`.
    pub series: BTreeMap<String, SeriesPart>,
    /// What was expected of the figures, in the order of the file; without places, so that it does not
    /// matter how the file was named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GatePart>,
    /// What a reader must know before he believes the figures.
    pub warnings: Vec<Warning>,
    /// Whether the owner can live on it, for sentences; none if nothing has to be paid.
    #[serde(skip)]
    pub living: Option<Living>,
    /// Whether amounts that are goals are reached, in sentences.
    #[serde(skip)]
    pub goals: Vec<String>,
    /// On how many paths the owner moves to places that ask for an income, in sentences.
    #[serde(skip)]
    pub moves: Vec<String>,
    /// What looking after the assets takes, in a sentence; none where nobody counts hours.
    #[serde(skip)]
    pub hours: Option<String>,
    /// On how many paths a lender has sold and launches were paid for, in sentences.
    #[serde(skip)]
    pub befallen: Vec<String>,
}

/// What was simulated.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ScenarioPart {
    pub title: String,
    /// BLAKE3 of the effective scenario in canonical form, without title and number of paths.
    pub model_digest: String,
    /// Of every amount.
    pub currency: String,
    /// First month, `2027-01`.
    pub start: String,
    /// Last month.
    pub end: String,
    /// Opening values and opening cash, in `currency`.
    pub money_in: f64,
    /// What is claimed per year for all that is put in: the middle of each holding's claim, and the
    /// interest of cash, by value on day one. None if nothing is put in.
    #[serde(skip)]
    pub claimed: Option<f64>,
    /// The same of the holdings alone.
    #[serde(skip)]
    pub claimed_of_holdings: Option<f64>,
    /// Interest per year on the cash of day one, if there is any.
    #[serde(skip)]
    pub interest_on_cash: Option<f64>,
    /// Id of the class to beat.
    #[serde(skip)]
    pub beat: Option<&'static str>,
    /// What becomes of money: `spending $1,750 a month · income reinvested`.
    #[serde(skip)]
    pub money_use: String,
    /// Whether money comes from elsewhere or is paid out.
    #[serde(skip)]
    pub crosses_border: bool,
    /// Falls that happen on every path, in sentences.
    #[serde(skip)]
    pub prescribed_falls: Option<String>,
    /// Per year, a fraction; where it moves, the median of what it comes back to.
    pub inflation: f64,
    /// What sustainable spending is taken from; absent without an owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sustainable: Option<SustainablePart>,
    pub assets: Vec<AssetPart>,
    /// What strikes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventPart>,
    pub correlation: CorrelationPart,
    /// How close the loop stands to its edge, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crash: Option<CrashPart>,
    /// Values that the file does not say.
    pub filled_in: Vec<FilledIn>,
}

/// One holding.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AssetPart {
    pub name: String,
    pub class: String,
    /// On day one, in `currency`.
    pub value: f64,
    /// Name of its market; the asset's own unless it shares one.
    pub market: String,
    /// Correlation of its shocks with those of its market.
    pub market_correlation: f64,
    /// The cluster of the owner's own agent; null if nobody sells it in a fall.
    pub managed_by: Option<String>,
    #[serde(skip)]
    pub is_launched: bool,
    /// Sites whose visitors it lives on.
    #[serde(skip)]
    pub lives_on: Vec<String>,
    /// How it earns; null if its claim is taken at its word.
    pub mechanism: Option<MechanismPart>,
}

/// What a mechanism makes of a claim if nothing varies and nothing strikes, all that it pays taken out.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MechanismPart {
    pub model: String,
    /// Claimed for a year: the middle of what is claimed.
    pub claimed: f64,
    /// Income of the years 1, 2, … of the horizon, of the value on day one.
    pub income: Vec<f64>,
    /// What is left of that value at the end of each.
    pub value: Vec<f64>,
    /// What is returned in a year without any skill, after the fee, where skill is what is claimed beyond it.
    #[serde(skip)]
    pub without_skill: Option<f64>,
    /// What the claim already has taken off.
    #[serde(skip)]
    pub claim_is_after: Option<&'static str>,
}

/// An event that may strike.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct EventPart {
    pub name: String,
    pub kind: String,
    /// Names of the assets that it strikes; none if it strikes the owner alone.
    pub assets: Vec<String>,
    /// The month in which it strikes for certain; null if by chance.
    pub at: Option<String>,
    #[serde(skip)]
    pub can_strike: bool,
}

/// How the markets hang together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CorrelationPart {
    /// `gaussian`, or `t` with its degrees of freedom.
    pub copula: String,
    /// Names of the rows.
    pub markets: Vec<String>,
    /// Rows in the order of `markets`.
    pub matrix: Vec<Vec<f64>>,
    /// What `repair` changed, if it did.
    pub repair: Option<Repair>,
}

/// The loop of agents that sell together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrashPart {
    /// Largest gain at any loss, in calm months; none if the impact is not linear: then the first
    /// sale moves prices beyond any finite gain.
    pub gain: Option<f64>,
    /// The same where depth is withdrawn, if there are crises.
    pub gain_in_crisis: Option<f64>,
    /// Losses of the month (log) at which a band of triggers begins or ends.
    pub profile_edges: Vec<f64>,
    /// Gain between two edges, in calm months.
    pub profile_gains: Vec<f64>,
    /// The loss at which the first agents sell, and how often a month has it; none if agents hold
    /// nothing.
    pub first_trigger: Option<ReachPart>,
    /// The least loss at which the gain is 1 or more, and how often a month has it; none if there
    /// is no such loss, or the impact is not linear.
    pub self_feeding: Option<ReachPart>,
    /// How often a month's loss is at least so large; none if agents hold nothing.
    pub exceedance: Option<ExceedancePart>,
    /// Falls that the scenario prescribes, as the agents see them.
    #[serde(skip)]
    pub prescribed: Vec<PrescribedPart>,
    /// Whether nothing else moves the markets before agents sell.
    #[serde(skip)]
    pub is_still: bool,
}

/// What all falls of a month that the scenario prescribes are for the agents together.
#[derive(Clone, Debug, PartialEq)]
pub struct PrescribedPart {
    /// `Jul 2028`
    pub date: String,
    /// Log-loss of all that they hold.
    pub loss: f64,
}

/// A loss of the agents' holdings (log), before anybody has sold, and how often a month has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReachPart {
    /// In a calm month; none if no loss is enough.
    pub loss: Option<f64>,
    /// In a month of a crisis; none without crises, or if no loss is enough.
    pub loss_in_crisis: Option<f64>,
    /// All months, each with the loss of its own regime.
    pub month: Odds,
    /// Calm months.
    pub calm_month: Odds,
    /// Months of a crisis; none without crises.
    pub crisis_month: Option<Odds>,
}

/// Probability that the agents' holdings lose at least so much in a month, before anybody sells.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ExceedancePart {
    /// Simulated months behind the probabilities; months with a prescribed fall are not among them.
    pub months: usize,
    /// Losses (log), rising from 0.
    pub losses: Vec<f64>,
    pub month: Vec<f64>,
    pub calm_month: Vec<f64>,
    pub crisis_month: Option<Vec<f64>>,
}

/// How it was simulated.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RunPart {
    pub paths: u64,
    pub months: u32,
    #[serde(flatten)]
    pub seeds: Seeds,
    /// Rises when the same scenario and seed give other figures.
    pub value_version: u32,
    pub keep: &'static str,
}

/// Quantiles of a series.
pub(super) const QUANTILES: [(&str, f64); 5] = [
    ("p05", 0.05),
    ("p25", 0.25),
    ("p50", 0.50),
    ("p75", 0.75),
    ("p95", 0.95),
];

/// A distribution through time.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SeriesPart {
    pub unit: &'static str,
    /// From the start.
    pub years: Vec<f64>,
    /// Paths that the quantiles are of, the first ones.
    pub quantile_paths: u64,
    /// Of money, in money of the start: on each path divided by its price level of each date.
    pub real: FanPart,
}

/// What a series is at each date.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FanPart {
    /// Of all paths.
    pub mean: Vec<f64>,
    /// By quantile: `p05` … `p95`; null beyond what a series can hold.
    #[schemars(with = "BTreeMap<String, Vec<Option<f64>>>")]
    pub quantiles: BTreeMap<String, Vec<f64>>,
}

/// How long a run took; the only file that may differ between two runs.
#[derive(Serialize, JsonSchema)]
pub struct Timing {
    /// Seconds of the paths alone.
    pub simulate_seconds: f64,
    /// Seconds with statistics and pictures.
    pub total_seconds: f64,
    pub threads: usize,
    /// Level of vector instructions.
    pub simd: &'static str,
}

/// Something a reader must know before he believes the figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Warning {
    /// Stable name of the kind of warning.
    pub id: &'static str,
    pub about: About,
    pub text: String,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// This version of the program, whatever the scenario.
    Version,
    /// The scenario: another one would not be warned of.
    Scenario,
    /// These paths: other or more of them may not be warned of.
    Sampling,
}

impl Report {
    /// The bytes of `report.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }
}

impl Timing {
    /// The bytes of `timing.json`.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }
}

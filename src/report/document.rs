//! The report of one run as plain values, written as `report.json`. It holds nothing that may differ between
//! two runs of the same scenario.
//!
//! In: a scenario, an outcome, its measures. Out: [`Report`]. Not here: how the values are computed (`build`)
//! or shown.

use super::correlations::CorrelationsPart;
use super::crash::CrashPart;
use super::facts::{
    DistributionsPart, EventLossesPart, EventPart, HappeningPart, MedianPathPart, PathsPart, SeriesPart,
    WorstCrashPart,
};
use super::first_months::Happened;
use super::gate::GatePart;
use super::measure::Measure;
use super::owner_facts::{GoalsPart, OwnerPart, SustainablePart};
use crate::asset::Whole;
use crate::random::Seeds;
use crate::scenario::Repair;
use crate::stats::Absent;
use crate::study::{Bridge, ClaimedReturn};
use crate::units::{YearMonth, spelled_out};
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the format of `report.json`. Within a version, no key changes its meaning.
pub const SCHEMA: &str = "tailwheel-report/2";

/// The report of one run, written as `report.json`. Its keys are sorted. A float is the shortest text that
/// reads back to the same bits, and a non-finite number is null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// Name and version of the program that wrote this report.
    pub program: String,
    pub scenario: ScenarioPart,
    pub run: RunPart,
    /// Command that was typed, if it is known. It is written to `timing.json` only, so that `report.json`
    /// does not depend on it.
    #[serde(skip)]
    pub command: Option<CommandPart>,
    /// Measures of the run by id, each with its error.
    pub measures: BTreeMap<String, Measure>,
    /// Waterfall from the claimed to the realized return; absent unless requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridge: Option<BridgePart>,
    /// Correlations between markets; absent with fewer than two markets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlations: Option<CorrelationsPart>,
    /// Series over time by name: `wealth`, `asset.<name>`.
    pub series: BTreeMap<String, SeriesPart>,
    /// Gates in the order of the file, without their positions, so that the report does not depend on the file name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GatePart>,
    /// Warnings to read before trusting the figures.
    pub warnings: Vec<Warning>,
    /// Number of paths by the month in which something first happens on them: `ruin`, `autonomy`,
    /// `goal.wealth`, `goal.income`. Entry 0 counts the paths on which it never does.
    #[serde(default)]
    pub first_months: BTreeMap<String, Happened>,
    /// States of the assets at the horizon, such as the share of units that work, customers or a loan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StatePart>,
    /// Histograms of final wealth and of the maximum drawdown.
    pub distributions: DistributionsPart,
    /// Exceedance curves of losses from events; absent if events cost nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_losses: Option<EventLossesPart>,
    /// Certain events, prescribed falls, changes of residence and dated flows, sorted by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub happenings: Vec<HappeningPart>,
    /// Wealth over time of the first few paths.
    pub paths: PathsPart,
    /// Worst crash by agents' sales on any path; absent in a batch, and if no agent sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst_crash: Option<WorstCrashPart>,
    /// Path whose final wealth is the median; if that is nothing, one whose money runs out when half of all have run out.
    /// Absent in a batch, and if no event can happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_path: Option<MedianPathPart>,
}

/// Waterfall from the claimed return to the outcome, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BridgePart {
    Whole(Bridge),
    /// Reason why the run has no waterfall, under the key `absent`.
    None {
        absent: Absent,
    },
}

impl BridgePart {
    pub(super) fn whole(&self) -> Option<&Bridge> {
        match self {
            Self::Whole(bridge) => Some(bridge),
            Self::None { .. } => None,
        }
    }
}

/// Command that reproduces a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommandPart {
    /// Scenario file, quoted for a shell.
    pub file: String,
    /// Complete command line, quoted for a shell.
    pub line: String,
    /// Assignments of `--set`, as typed.
    pub edits: Vec<String>,
    /// Number of cases (variants) in the file besides the scenario that was run; null if there are none.
    pub cases: Option<usize>,
    /// Number of gates in the file that apply only to its cases (variants).
    pub gates_of_cases: usize,
    /// True if the income of an asset pays for further assets.
    pub is_flywheel: bool,
}

/// The scenario that was simulated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioPart {
    pub title: String,
    /// Author, client and date, as the page shows them; absent if the file names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<LetterheadPart>,
    /// BLAKE3 digest of the simulated scenario in canonical form, without title and number of paths.
    pub model_digest: String,
    /// Currency of all amounts.
    pub currency: String,
    /// First simulated month: `2027-01`.
    pub start: String,
    /// Last simulated month: `2036-12`.
    pub end: String,
    /// Initial investment: opening values of the assets plus opening cash, in `currency`.
    pub money_in: f64,
    /// Claimed return of all holdings; absent if nothing is invested or nothing is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimedReturn>,
    /// The owner of the holdings; absent without `[owner]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerPart>,
    /// Goals of the owner.
    #[serde(default)]
    pub goals: GoalsPart,
    /// Prescribed falls of prices, which happen on every path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prescribed_falls: Vec<FallPart>,
    /// Inflation per year, as a fraction; if it varies, the median of its long-run level.
    pub inflation: f64,
    /// Sustainable spending and its inputs; absent without an owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sustainable: Option<SustainablePart>,
    pub assets: Vec<AssetPart>,
    /// Loss events that can happen in the scenario.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventPart>,
    pub correlation: CorrelationPart,
    /// Agents that sell together, and how close their feedback is to reinforcing itself; absent without
    /// agents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crash: Option<CrashPart>,
    /// Values from the catalog for keys that the file does not set.
    pub filled_in: Vec<FilledPart>,
}

/// Author, client and date of a report, as the file names them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LetterheadPart {
    pub author: Option<String>,
    pub client: Option<String>,
    /// Date of the report: `2027-01-15`.
    pub date: Option<String>,
}

/// A prescribed fall of prices, which happens on every path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FallPart {
    /// Month of the fall: `2028-07`.
    pub month: String,
    pub markets: Vec<String>,
    /// Fraction of the price that is lost in the fall.
    pub loss: f64,
}

/// A value from the catalog for a key that the file does not set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FilledPart {
    /// Path of the key: `asset.saas.volatility`.
    pub key: String,
    /// The value in the notation of a scenario file.
    pub value: String,
    /// Grade of the evidence for the value: `A` to `D`, or `G` for a guess.
    pub grade: String,
    /// Kind of source that the value was taken from.
    pub kind: String,
    pub source: String,
    /// Ids of the catalog sources behind the value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// True if every path draws the value from a range, of which this is the median.
    pub drawn: bool,
}

/// An asset of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssetPart {
    pub name: String,
    pub class: String,
    /// Opening value in `currency`.
    pub value: f64,
    /// Name of the asset's market: the asset's own name unless it shares a market.
    pub market: String,
    /// Correlation of the asset's shocks with those of its market.
    pub market_correlation: f64,
    /// Cluster of the owner's agent that sells the asset when prices fall; null if no agent does.
    pub managed_by: Option<String>,
    /// True if the asset is built or bought after the start.
    pub is_launched: bool,
    /// Expected income and value by year; null if the claimed return is taken at face value, or if income
    /// depends on visits from other assets.
    pub mechanism: Option<MechanismPart>,
}

/// One state of an asset at the horizon, such as its share of healthy units or the status of its loan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatePart {
    pub asset: String,
    /// Id of the state: `healthy`, `subscribers`, `levered`, `launched`.
    pub state: String,
    /// Label of the state for readers.
    pub label: String,
    /// What the state is a fraction of.
    pub whole: Whole,
    /// Number at the start, such as that of the products; absent if the scenario has none or a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_start: Option<f64>,
    /// True if a state of zero means that the asset has closed.
    pub is_alive: bool,
    /// Share of the paths on which the state is above zero at the horizon.
    pub share_above_zero: f64,
    /// First recorded month from which the median of the state is zero until the horizon; absent if there is none. An asset
    /// goes on after the owner's ruin.
    pub median_ends: Option<String>,
}

/// Expected income and value of an asset without volatility and loss events, with all income paid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MechanismPart {
    pub model: String,
    /// Claimed return per year, as a fraction; the midpoint if the claim is a range.
    pub claimed: f64,
    /// Income in year 1, 2, … of the horizon, as a fraction of the opening value.
    pub income: Vec<f64>,
    /// Value at the end of year 1, 2, …, as a fraction of the opening value.
    pub value: Vec<f64>,
}

/// Correlation of the markets that the scenario assumes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CorrelationPart {
    /// Copula: `gaussian`, or `t` with its degrees of freedom.
    pub copula: String,
    /// Names of the markets, one per row and column of the matrix.
    pub markets: Vec<String>,
    /// Correlation matrix with rows and columns in the order of `markets`.
    pub matrix: Vec<Vec<f64>>,
    /// Change of the matrix by the key `repair`; null if it was not set or not needed.
    pub repair: Option<Repair>,
}

/// Number of paths and months, seeds and version of the simulation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunPart {
    pub paths: u64,
    pub months: u32,
    #[serde(flatten)]
    pub seeds: Seeds,
    /// Results version: it rises when the same scenario and seed give other figures.
    pub value_version: u32,
    pub keep: String,
}

/// Duration of a run, written to `timing.json`, the only file that may differ between two runs.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Timing {
    /// Seconds spent on simulating paths.
    pub simulate_seconds: f64,
    /// Seconds in total, with statistics and charts.
    pub total_seconds: f64,
    pub threads: usize,
    /// Vector instructions of the processor that were used.
    pub simd: String,
    /// Command that was typed, with its file and edits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<CommandPart>,
}

/// A warning to read before trusting the figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Stable id of the kind of warning: `heavy-tail`.
    pub id: String,
    pub about: About,
    /// Numbers and names in the text of the warning, by name.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub facts: serde_json::Map<String, serde_json::Value>,
    pub text: String,
}

/// Subject of a warning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// This version of the program: every scenario gets the warning.
    Version,
    /// The scenario: another scenario may not get the warning.
    #[default]
    Scenario,
    /// The sampled paths: other or more paths may not get the warning.
    Sampling,
}

impl Report {
    /// Parses `report.json`; fails if it has another format, or if the scenario's start is not a month.
    pub fn of_json(json: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let head: Head = serde_json::from_str(json)?;
        if head.schema != SCHEMA {
            let schema = spelled_out(&head.schema);
            let why = format!("its schema is `{schema}`, and this version reads `{SCHEMA}`");
            return Err(serde_json::Error::custom(why));
        }
        let report: Self = serde_json::from_str(json)?;
        match report.scenario.start.parse::<YearMonth>() {
            Ok(_) => Ok(report),
            Err(()) => {
                let start = spelled_out(&report.scenario.start);
                Err(serde_json::Error::custom(format!(
                    "its `scenario.start` is `{start}`, which is no month"
                )))
            }
        }
    }
}

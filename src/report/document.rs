//! The one serialisable report: what a run found, and nothing that may differ between two runs.
//!
//! In: a scenario, an outcome, its measures. Out: [`Report`]. Not here: how it is shown.

use super::correlations::CorrelationsPart;
use super::crash::CrashPart;
use super::facts::{
    DistributionsPart, EventLossesPart, HappeningPart, MedianPathPart, PathsPart, SeriesPart,
    WorstCrashPart,
};
use super::first_months::Happened;
use super::gate::GatePart;
use super::json;
use super::measure::Measure;
use super::owner_facts::{GoalsPart, OwnerPart};
use super::sustained::SustainablePart;
use crate::random::Seeds;
use crate::scenario::Repair;
use crate::stats::Absent;
use crate::study::Bridge;
use crate::units::YearMonth;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const SCHEMA: &str = "tailwheel-report/2";

/// A report. Keys are written sorted, floats as the shortest text that reads back to the same
/// bits, and what is not a number as null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The program that wrote it, with its version.
    pub program: String,
    pub scenario: ScenarioPart,
    pub run: RunPart,
    /// What was typed, which `timing.json` has: the same result has the same bytes, however it was asked for.
    #[serde(skip)]
    pub command: Option<CommandPart>,
    /// By id.
    pub measures: BTreeMap<String, Measure>,
    /// From the claim to the return, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridge: Option<BridgePart>,
    /// How the markets moved together, if there are two of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlations: Option<CorrelationsPart>,
    /// By name: `wealth`, `asset.<name>`.
    pub series: BTreeMap<String, SeriesPart>,
    /// What was expected of the figures, in the order of the file; without places, so that it does not
    /// matter how the file was named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GatePart>,
    /// What a reader must know before he believes the figures.
    pub warnings: Vec<Warning>,
    /// On how many paths something happened for the first time in each month: `ruin`, `autonomy`, `goal.wealth`,
    /// `goal.income`. The first number is of the paths on which it never did.
    #[serde(default)]
    pub first_months: BTreeMap<String, Happened>,
    /// What assets show of themselves at the horizon: units, customers, a loan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StatePart>,
    /// How single values are spread over the paths.
    pub distributions: DistributionsPart,
    /// How many paths lose how much to events; absent if they take nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_losses: Option<EventLossesPart>,
    /// Certain events, prescribed falls and moves, by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub happenings: Vec<HappeningPart>,
    /// Single paths.
    pub paths: PathsPart,
    /// The worst crash of all paths; absent from a batch, and if no agent sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst_crash: Option<WorstCrashPart>,
    /// The path whose final wealth is the median; absent from a batch, and if no event can happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_path: Option<MedianPathPart>,
}

/// What the run says of its claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BridgePart {
    Whole(Bridge),
    /// Why there is none.
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

/// What gives this report again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommandPart {
    /// The scenario file, as it is typed in a shell.
    pub file: String,
    /// All of it, for a shell.
    pub line: String,
    /// What `--set` edited, as it was typed.
    pub edits: Vec<String>,
    /// Cases of the file, if it has any beside what was run, and the gates that only they have.
    pub cases: Option<usize>,
    pub gates_of_cases: usize,
    /// True if an asset pays for more assets.
    pub is_flywheel: bool,
}

/// What was simulated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioPart {
    pub title: String,
    /// What stands on the page beside the title; absent if the file says none of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<LetterheadPart>,
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
    /// The return that the holdings are said to have; absent if nothing is invested or nothing is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimPart>,
    /// Who owns it; absent without `[owner]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerPart>,
    /// What the owner wants to reach.
    #[serde(default)]
    pub goals: GoalsPart,
    /// Falls of prices that happen on every path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prescribed_falls: Vec<FallPart>,
    /// Per year, a fraction; where it moves, the median of what it comes back to.
    pub inflation: f64,
    /// What sustainable spending is taken from; absent without an owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sustainable: Option<SustainablePart>,
    pub assets: Vec<AssetPart>,
    /// Loss events that may happen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventPart>,
    pub correlation: CorrelationPart,
    /// How close the loop stands to its edge, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crash: Option<CrashPart>,
    /// Values that the file does not say.
    pub filled_in: Vec<FilledPart>,
}

/// Author, client and date of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LetterheadPart {
    pub author: Option<String>,
    pub client: Option<String>,
    /// `2027-01-15`
    pub date: Option<String>,
}

/// The claimed return of everything that is invested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimPart {
    /// Per year, nominal, weighted by opening values, interest on cash included.
    pub rate: f64,
    /// True if the file claims none of it: all rates are defaults from the catalog.
    pub is_assumed: bool,
}

/// A fall of prices that happens on every path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FallPart {
    /// `2028-07`
    pub month: String,
    pub markets: Vec<String>,
    /// Part of the price that is lost.
    pub loss: f64,
}

/// A value of the catalog that the file does not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FilledPart {
    /// `asset.saas.volatility`
    pub key: String,
    /// As it could be written in the file.
    pub value: String,
    /// How well it is known: `A` to `D`, or `G` for a guess.
    pub grade: String,
    /// What it was taken from.
    pub kind: String,
    pub source: String,
    /// Ids of the catalog's sources that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// True if every path draws it, with the value as median.
    pub drawn: bool,
}

/// One holding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// True if it is built or bought later.
    pub is_launched: bool,
    /// How it earns; null if its claim is taken at its word.
    pub mechanism: Option<MechanismPart>,
}

/// What an asset shows of itself at the horizon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatePart {
    pub asset: String,
    /// `healthy`, `subscribers`, `levered`, `launched`.
    pub state: String,
    /// Its name for readers.
    pub label: String,
    /// What it is a fraction of.
    pub whole: String,
    /// True if the asset has closed where it is zero.
    pub is_alive: bool,
    /// Share of the paths on which it is above zero at the horizon.
    pub share_above_zero: f64,
    /// The first month in which it is zero in the median, if it becomes so.
    pub median_ends: Option<String>,
}

/// What a mechanism makes of a claim if nothing varies and nothing strikes, all that it pays taken out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MechanismPart {
    pub model: String,
    /// Claimed for a year: the middle of what is claimed.
    pub claimed: f64,
    /// Income of the years 1, 2, … of the horizon, of the value on day one.
    pub income: Vec<f64>,
    /// What is left of that value at the end of each.
    pub value: Vec<f64>,
}

/// A loss event that may happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventPart {
    pub name: String,
    pub kind: String,
    /// Its name for readers.
    pub label: String,
    /// Names of the assets that it hits; none if it hits the owner alone.
    pub assets: Vec<String>,
    /// The month in which it happens for certain; null if by chance.
    pub at: Option<String>,
}

/// How the markets hang together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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

/// How it was simulated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunPart {
    pub paths: u64,
    pub months: u32,
    #[serde(flatten)]
    pub seeds: Seeds,
    /// Rises when the same scenario and seed give other figures.
    pub value_version: u32,
    pub keep: String,
}

/// How long a run took; the only file that may differ between two runs.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Timing {
    /// Seconds of the paths alone.
    pub simulate_seconds: f64,
    /// Seconds with statistics and pictures.
    pub total_seconds: f64,
    pub threads: usize,
    /// Level of vector instructions.
    pub simd: String,
    /// What was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<CommandPart>,
}

/// Something that a reader must know before trusting the figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Stable name of the kind of warning.
    pub id: String,
    pub about: About,
    /// Numbers and names that the text is made of.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub facts: serde_json::Map<String, serde_json::Value>,
    pub text: String,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// This version of the program, whatever the scenario.
    Version,
    /// The scenario: another one would not be warned of.
    #[default]
    Scenario,
    /// These paths: other or more of them may not be warned of.
    Sampling,
}

impl Report {
    /// The bytes of `report.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }

    /// The report that was written as `json`; or what is wrong with it.
    pub fn of_json(json: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let head: Head = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if head.schema != SCHEMA {
            return Err(format!(
                "its schema is `{}`, and this version reads `{SCHEMA}`",
                head.schema
            ));
        }
        let report: Self = serde_json::from_str(json).map_err(|error| error.to_string())?;
        match report.scenario.start.parse::<YearMonth>() {
            Ok(_) => Ok(report),
            Err(()) => Err(format!("`{}` is no month", report.scenario.start)),
        }
    }
}

impl Timing {
    /// The bytes of `timing.json`.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }
}

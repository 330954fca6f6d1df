//! What a batch found, and nothing that may differ between two runs of it.
//!
//! In: gates, baselines, faults. Out: plain values that are written as JSON lines and read again.
//! Not here: how they are shown.

use crate::random::Seeds;
use crate::report::edit::{PlacePart, PlacedEdit};
use crate::report::gate::{Asked, GatePart};
use crate::report::measure::Measure;
use crate::stats::Unit;
use crate::study::Unlike;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const BATCH_SCHEMA: &str = "tailwheel-batch/3";

/// A batch, or one shard of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BatchReport {
    #[schemars(extend("const" = BATCH_SCHEMA))]
    pub schema: String,
    /// The program that wrote it, with its version.
    #[serde(default)]
    pub program: String,
    pub value_version: u32,
    /// Which of how many shards, counted from 1; none if it is the whole batch.
    pub shard: Option<[u32; 2]>,
    /// Scenario files that were asked for; bases are not among them.
    pub n_files: usize,
    /// Digest of all scenarios of the batch, also of those in other shards: shards with another one
    /// are not of the same batch.
    pub suite: String,
    /// Scenarios in them, also those that a filter or another shard has; 0 if it is not known.
    #[serde(default)]
    pub n_scenarios: usize,
    /// The baseline it was held against, as it was named.
    pub baseline: Option<String>,
    /// Whether a gate that cannot be decided lets the batch through.
    pub inconclusive_passes: bool,
    /// Whether a baseline of another value version fails the batch.
    pub is_version_strict: bool,
    /// Whether a line of the baseline that would be written anew fails the batch.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_be_fresh: bool,
    /// Ids that the baseline has and that are not there any more, whatever filters and shards leave.
    pub missing: Vec<String>,
    /// Those of `missing` whose files are there and were not named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_named: Vec<String>,
    /// Ids whose lines this batch removed from the baseline, as was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// Standard errors that a change must exceed; none without a baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub critical_score: Option<f64>,
    /// Shards of which nothing was there when the others were merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_shards: Vec<u32>,
    /// In the order of their ids; they have lines of their own.
    #[serde(skip)]
    pub cases: Vec<CasePart>,
}

/// One scenario of a batch: a file, or one of its variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CasePart {
    /// `flash-crash`, `matrix/residence=germany,spend=1000`: stable when cases are added.
    pub id: String,
    /// As it was named, with `/` between folders.
    pub file: String,
    /// Axis or `variant`, and what is chosen there.
    pub choices: Vec<(String, String)>,
    pub state: State,
    /// In the order of the file.
    pub gates: Vec<GatePart>,
    /// None without a baseline, or without figures.
    pub against: Option<AgainstPart>,
    /// Gates of the baseline that are gone or ask less, in the order of their ids.
    pub gate_edits: Vec<GateEdit>,
    /// Whether `--update-baseline` would write its line anew.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_stale: bool,
    /// True if this batch wrote its line in the baseline anew, as was asked: nothing about the baseline counts any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_accepted: bool,
}

/// A gate of the baseline that is gone or asks less.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GateEdit {
    pub id: String,
    pub from: Asked,
    /// None if the gate is gone.
    pub to: Option<Asked>,
    /// Where it stands now.
    pub place: Option<PlacePart>,
}

/// What became of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum State {
    Simulated {
        title: String,
        model_digest: String,
        currency: String,
        paths: u64,
        #[serde(flatten)]
        seeds: Seeds,
        /// Headline figures, by id of the measure.
        figures: BTreeMap<String, Measure>,
        /// Its report, seen from the folder of the batch.
        report: String,
        /// BLAKE3 of the report's bytes.
        report_digest: String,
    },
    /// It could not be read.
    Invalid { faults: Vec<FaultPart> },
    /// It could be read and not be simulated or written.
    Failed { why: String },
    /// The batch ended before its turn.
    NotRun {
        why: String,
        /// Whether it was left because one before it failed: then there is an answer, and it is no.
        is_after_failure: bool,
    },
}

/// A scenario beside its line in the baseline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgainstPart {
    pub how: How,
    /// What must be known of the comparison.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Why>,
    /// Figures that moved by more than their error and more than the tolerance, or that only one has; the one that moved by
    /// most errors first.
    pub changes: Vec<ChangePart>,
    pub edits: Vec<PlacedEdit>,
    /// Whether spending or flows are not those of the baseline: money paid out counts as returned, so losses are not judged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pays_otherwise: bool,
}

impl AgainstPart {
    /// With nothing to be said of it.
    pub fn of(how: How) -> Self {
        Self { how, ..Self::default() }
    }
}

/// How a scenario was held against its line in the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The baseline has no such id.
    #[default]
    New,
    /// The same model and the same figures to the last bit.
    Same,
    /// By the errors of both, as figures of independent runs.
    Unpaired,
    /// By their errors, too, against figures of another value version, which may be others.
    OtherVersion,
    /// Not at all: amounts or dates mean something else.
    Apart,
}

/// What must be known of a comparison with a baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Why {
    /// The baseline has another currency, start or horizon.
    Unlike {
        key: String,
        was: String,
        is: String,
    },
    OtherVersion {
        baseline: u32,
        program: u32,
    },
}

impl From<Unlike> for Why {
    fn from(Unlike { key, values }: Unlike) -> Self {
        let [was, is] = values;
        Self::Unlike { key: key.to_owned(), was, is }
    }
}

/// A figure that moved, or that only one has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangePart {
    /// Id of the measure.
    pub measure: String,
    pub unit: Unit,
    /// None if it was not there before.
    pub base: Option<f64>,
    /// None if it is no longer there.
    pub new: Option<f64>,
    pub difference: Option<f64>,
    /// Of the difference; 0 if it is certain, none if only one has the figure.
    pub std_error: Option<f64>,
    /// What the change means to the owner.
    pub turn: Turn,
}

/// What a change means to the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    Better,
    Worse,
    Neither,
    /// Money paid out counts as returned, so a loss is not judged where spending or flows were edited.
    NotJudged,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FaultPart {
    /// Stable short word of the kind of fault.
    pub code: String,
    pub message: String,
    pub place: Option<PlacePart>,
    /// What is said at the place.
    pub label: String,
    /// What to write, the rule, and the like.
    pub notes: Vec<NotePart>,
}

/// A line below a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotePart {
    /// `write`, `rule`, …
    pub name: String,
    pub text: String,
}

//! Results of a batch as plain values. They hold nothing that may differ between two runs of the batch.
//!
//! In: gates, baselines, faults. Out: values that are written as JSON lines and read again. Not here: how
//! they are shown.

use crate::random::Seeds;
use crate::report::edit::{PlacePart, PlacedEdit};
use crate::report::gate::{Asked, GatePart};
use crate::report::measure::Measure;
use crate::stats::Unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the format of `results.jsonl`. Within a version, no key changes its meaning.
pub const BATCH_SCHEMA: &str = "tailwheel-batch/3";

/// Results of a batch (many scenarios run by one command), or of one of its shards.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BatchReport {
    #[schemars(extend("const" = BATCH_SCHEMA))]
    pub schema: String,
    /// Name and version of the program that wrote this report.
    #[serde(default)]
    pub program: String,
    pub value_version: u32,
    /// Number of this shard, from 1, and number of all shards; null for a whole batch.
    pub shard: Option<[u32; 2]>,
    /// Number of scenario files that were passed, without the bases they extend.
    pub n_files: usize,
    /// Digest of all scenarios of the batch, including those of other shards. Shards with different digests
    /// belong to different batches.
    pub suite: String,
    /// Number of scenarios in the files, including those that filters exclude and those of other shards; 0 if unknown.
    #[serde(default)]
    pub n_scenarios: usize,
    /// File of the baseline, as typed.
    pub baseline: Option<String>,
    /// True if an inconclusive gate does not fail the batch.
    pub inconclusive_passes: bool,
    /// True if a baseline of another results version fails the batch.
    pub is_version_strict: bool,
    /// True if a baseline line that `--update-baseline` would change fails the batch.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_be_fresh: bool,
    /// Ids of scenarios in the baseline that no longer exist, regardless of filters and shards.
    pub missing: Vec<String>,
    /// Ids in `missing` whose files exist but were not passed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_named: Vec<String>,
    /// Ids of scenarios whose lines this batch removed from the baseline, as requested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// Number of standard errors that a figure must move to count as changed; absent without a baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub critical_score: Option<f64>,
    /// Numbers of the shards that were missing in a merge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_shards: Vec<u32>,
    /// Scenarios in the order of their ids. Each has a line of its own in the file.
    #[serde(skip)]
    pub cases: Vec<CasePart>,
}

/// One scenario of a batch: a file, or one of its cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CasePart {
    /// Id, which stays the same when cases are added: `flash-crash`, `matrix/residence=germany,spend=1000`.
    pub id: String,
    /// Path of the file as typed, with `/` between folders.
    pub file: String,
    /// Pairs of axis (or `variant`) and value that select the case of the file; empty for the file itself.
    pub choices: Vec<(String, String)>,
    pub state: State,
    /// Gates of the scenario in the order of the file.
    pub gates: Vec<GatePart>,
    /// Comparison with the baseline; null without a baseline or without figures.
    pub against: Option<AgainstPart>,
    /// Gates of the baseline that were removed or loosened, in the order of their ids.
    pub gate_edits: Vec<GateEdit>,
    /// True if `--update-baseline` would change the scenario's line in the baseline.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_stale: bool,
    /// True if this batch updated the scenario's line in the baseline, as requested. The comparison with the
    /// old line then fails nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_accepted: bool,
}

/// A gate of the baseline that was removed or loosened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GateEdit {
    pub id: String,
    pub from: Asked,
    /// New requirement of the gate; null if the gate was removed.
    pub to: Option<Asked>,
    /// Current place of the gate in its file; null if it was removed.
    pub place: Option<PlacePart>,
}

/// Outcome of a scenario in a batch.
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
        /// Headline figures of the scenario by measure id.
        figures: BTreeMap<String, Measure>,
        /// Path of the scenario's report, relative to the folder of the batch.
        report: String,
        /// BLAKE3 digest of the bytes of the scenario's report.
        report_digest: String,
    },
    /// The scenario file has faults and was not simulated.
    Invalid { faults: Vec<FaultPart> },
    /// The file is valid, but the scenario could not be simulated or its report not written.
    Failed { why: String },
    /// The batch ended before the scenario was simulated.
    NotRun {
        why: String,
        /// True if the batch ended because an earlier scenario failed, which decides the result of the batch.
        is_after_failure: bool,
    },
}

/// Comparison of a scenario with its line in the baseline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgainstPart {
    pub how: How,
    /// Reasons why the comparison is limited: another currency, start, horizon or results version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Why>,
    /// Figures that moved by more than error and tolerance, or that only baseline or batch has. The largest
    /// change in standard errors is first.
    pub changes: Vec<ChangePart>,
    pub edits: Vec<PlacedEdit>,
    /// True if spending or flows differ from the baseline. As withdrawals count as received, losses are then
    /// not judged better or worse.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pays_otherwise: bool,
}

impl AgainstPart {
    /// Creates a comparison without remarks, changes and edits.
    pub fn of(how: How) -> Self {
        Self { how, ..Self::default() }
    }
}

/// Way in which a scenario was compared with its line in the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Not compared: the baseline has no scenario with this id.
    #[default]
    New,
    /// The model is unchanged, and all figures agree to the last bit.
    Same,
    /// Compared as two independent runs, by the standard errors of both.
    Unpaired,
    /// Compared by the standard errors, but changes may come from the baseline's other results version.
    OtherVersion,
    /// Not compared: currency, start or horizon differ, so amounts or dates mean something else.
    Apart,
}

/// Reason why a comparison with a baseline is limited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Why {
    /// Another currency, start or horizon: the key, its value in the baseline (`was`) and now (`is`).
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

/// A figure that moved since the baseline, or that only the baseline or only the batch has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangePart {
    /// Id of the measure.
    pub measure: String,
    pub unit: Unit,
    /// Value in the baseline; null if the baseline does not have the figure.
    pub base: Option<f64>,
    /// Value in this batch; null if it does not have the figure.
    pub new: Option<f64>,
    pub difference: Option<f64>,
    /// Standard error of the difference; 0 if it is certain, null if only one side has the figure.
    pub std_error: Option<f64>,
    /// Verdict on the change from the owner's point of view.
    pub turn: Turn,
}

/// Verdict on a change from the owner's point of view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    Better,
    Worse,
    Neither,
    /// Not judged: the measure is a loss, withdrawals count as received, and spending or flows were edited.
    NotJudged,
}

/// A fault of a file: message, position and notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FaultPart {
    /// Short stable id of the kind of fault: `unknown-key`.
    pub code: String,
    pub message: String,
    pub place: Option<PlacePart>,
    /// Short message to show at the place of the fault.
    pub label: String,
    /// Notes below the message, such as the text to write or the rule.
    pub notes: Vec<NotePart>,
}

/// A note below the message of a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotePart {
    /// Name of the note: `write`, `rule`, `see`, …
    pub name: String,
    pub text: String,
}

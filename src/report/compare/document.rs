//! A comparison as plain values, written as `compare.json`.
//!
//! In: differences of runs. Out: [`Comparison`]. Not here: words, and the selection for a screen (the
//! templates).

use super::super::edit::EditPart;
use super::super::json::reread;
use super::super::measure::Measure;
use super::super::screens::rendered;
use super::crossover::{ComesIn, CrossoverPart};
use crate::page::{Form, Rendered};
use crate::random::Seeds;
use crate::record::id;
use crate::stats::{Better, Error, Unit, Value, Verdict};
use crate::study::Remark;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::iter::once;

/// Version of the format of `compare.json`. Within a version, no key changes its meaning.
pub const COMPARE_SCHEMA: &str = "tailwheel-compare/3";

/// Largest probability of calling at least one difference real if there is none.
pub const ALPHA: f64 = 0.05;

/// A base scenario and the cases that were compared with it, on common random numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    #[schemars(extend("const" = COMPARE_SCHEMA))]
    pub schema: String,
    pub value_version: u32,
    /// Title of the file with the cases; of both files if two files are compared.
    pub title: String,
    /// Edits by `--set` in all scenarios.
    #[serde(default)]
    pub edits: Vec<String>,
    pub currency: String,
    /// First simulated month: `2027-01`.
    pub start: String,
    pub months: u32,
    /// Number of paths of every run, as set in the base.
    pub paths: u64,
    #[serde(flatten)]
    pub seeds: Seeds,
    /// Largest probability with which the verdicts call at least one difference real if none is.
    pub alpha: f64,
    /// Number of p-values that the verdicts in `headline` of all cases are corrected for.
    pub n_in_headline: usize,
    /// Number of p-values that the verdicts in `measures` of all cases are corrected for.
    pub n_in_all: usize,
    pub base: SidePart,
    /// Measures that the screen shows, in the order of the screen.
    pub headline: Vec<HeadlinePart>,
    pub cases: Vec<CasePart>,
}

impl Comparison {
    /// Returns the comparison as read back from `compare.json`, from which all outputs are made.
    #[must_use]
    pub fn as_written(&self) -> Self {
        reread(self)
    }

    /// Renders the screen that `compare` prints.
    pub fn screen(&self, form: Form) -> Rendered {
        rendered("compare.txt.j2", self, form)
    }

    /// Renders `compare.md`, for a pull request.
    pub fn markdown(&self) -> Rendered {
        rendered("compare.md.j2", self, Form::default())
    }

    /// Returns the scenario of the base, then that of each case.
    pub(in crate::report) fn sides(&self) -> impl Iterator<Item = &SidePart> {
        once(&self.base).chain(self.cases.iter().map(|case| &case.side))
    }

    /// Returns the scenario's title, or its name if several scenarios have the same title.
    pub(in crate::report) fn label<'a>(&self, side: &'a SidePart) -> &'a str {
        let is_alone = self.sides().filter(|other| other.title == side.title).count() == 1;
        if is_alone { &side.title } else { &side.name }
    }

    /// Returns the measure `id` of the base, then of every case; `None` if one of them lacks it.
    pub(in crate::report) fn runs(&self, id: &str) -> Option<Vec<&Measure>> {
        let cases = self.cases.iter().map(|case| (case, 1));
        let all = once((self.cases.first()?, 0)).chain(cases);
        all.map(|(case, run)| Some(&case.measures.get(id)?.runs[run])).collect()
    }

    /// True if all scenarios have the same initial investment, so that amounts are comparable.
    pub(in crate::report) fn invests_alike(&self) -> bool {
        self.cases.iter().flat_map(|case| &case.remarks).all(|remark| *remark != Remark::OtherInvestment)
    }

    /// True if no figure of any case differs from the base on any path.
    pub fn is_equal(&self) -> bool {
        let is_equal = |part: &DifferencePart| part.base.map(f64::to_bits) == part.new.map(f64::to_bits);
        self.cases.iter().all(|case| case.measures.values().all(|part| is_equal(part) && part.change.is_same))
    }
}

/// A scenario of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SidePart {
    /// Letter of the scenario in tables: `A` is the base.
    pub letter: String,
    pub id: String,
    /// Name of the scenario on the screen: its id without the part that all scenarios share.
    pub name: String,
    pub title: String,
    pub model_digest: String,
    /// Initial investment, in `currency`.
    pub money_in: f64,
    /// Inflation per year, as a fraction.
    pub inflation: f64,
    /// Mean monthly income of the scenario over time.
    pub incomes: ComesIn,
}

/// A measure that the screen of a comparison shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeadlinePart {
    pub measure: String,
    /// Label of the measure on the screen.
    pub label: String,
    pub unit: Unit,
}

/// A case: a scenario that was compared with the base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CasePart {
    #[serde(flatten)]
    pub side: SidePart,
    /// Scenario keys that differ from the base, in the order of the base file.
    pub edits: Vec<EditPart>,
    /// Verdicts on the headline measures, by id, corrected for the number of these in all cases.
    pub headline: BTreeMap<String, Verdict>,
    /// Differences by measure id, for all measures that both runs have and that derive from single paths.
    /// Verdicts are corrected for the number of these in all cases.
    pub measures: BTreeMap<String, DifferencePart>,
    /// Dates between which the mean income of one run passes that of the other; absent unless this happens
    /// exactly once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crossover: Option<CrossoverPart>,
    /// Effect of each edit on one measure; null if not requested, or if no measure differs.
    pub why: Option<WhyPart>,
    /// Remarks that limit the comparison of this case with the base.
    pub remarks: Vec<Remark>,
}

impl CasePart {
    /// Returns the verdict on the measure `id`: from `headline`, else from `measures`; not judged if both lack it.
    pub fn verdict(&self, id: &str) -> Verdict {
        let of_all = self.measures.get(id).map(|part| part.verdict);
        self.headline.get(id).copied().or(of_all).unwrap_or(Verdict::NotJudged)
    }

    /// Returns the verdict that a chart shows. A median of zero has no error of its own, but is clearly worse
    /// if most paths of the case, and not of the base, end in ruin.
    pub(in crate::report) fn verdict_by_eye(&self, measure: &str) -> Verdict {
        let ruin = self.measures.get(id::RUIN).map(|part| part.runs.map(|run| run.interval));
        let is_asked = self.measures.get(measure).is_some_and(|part| part.not_judged.is_none());
        let is_nothing =
            matches!(ruin, Some([Some([_, most]), Some([least, _])]) if most < 0.5 && least > 0.5);
        match self.verdict(measure) {
            Verdict::NotJudged if is_nothing && is_asked && measure == id::REAL_WEALTH_P50 => Verdict::Worse,
            verdict => verdict,
        }
    }
}

/// One measure in the base and in the new run, and its difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DifferencePart {
    pub unit: Unit,
    pub base: Option<f64>,
    pub base_std_error: Option<f64>,
    pub new: Option<f64>,
    pub new_std_error: Option<f64>,
    /// The measure in the base and in the new run, as their own reports contain it.
    pub runs: [Measure; 2],
    pub better: Better,
    /// False if the difference is zero by definition, because nothing has to be paid in either run.
    pub can_differ: bool,
    /// Paired difference, new minus base.
    #[serde(flatten)]
    pub change: ChangePart,
    /// Two-sided p-value against no difference, uncorrected for other measures; null if it is not judged.
    pub p_value: Option<f64>,
    pub verdict: Verdict,
    /// Factor by which independent runs would need more paths than paired ones for the same error.
    pub sharpness: Option<f64>,
    /// Reason why there is no verdict although the difference may have an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_judged: Option<NotJudged>,
}

/// Reason why a verdict on a difference would mislead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotJudged {
    /// The measure is an amount, and the initial investments differ.
    OtherInvestment,
    /// The measure is a loss, and spending or flows differ: withdrawals count as received.
    OtherPayments,
}

/// The difference of one measure, attributed to the edits that cause it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WhyPart {
    pub measure: String,
    pub label: String,
    pub unit: Unit,
    /// Edits in the order of application, each on top of those before.
    pub steps: Vec<StepPart>,
    /// Total effect of all edits: the difference of the case.
    pub total: ChangePart,
}

/// Edits that were applied together, and their effect on the measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepPart {
    pub edits: Vec<EditPart>,
    /// Table of the file that the edits share, or else their keys, as a name of the step; null for a single edit.
    pub table: Option<String>,
    #[serde(flatten)]
    pub change: ChangePart,
}

/// Difference of a measure between two runs on common random numbers, new minus base.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangePart {
    /// Difference; null if one of the runs has no such figure.
    pub difference: Option<f64>,
    /// Standard error of the paired difference; null if it is unknown.
    pub std_error: Option<f64>,
    /// 95 % interval of the difference; null if it is unknown.
    pub interval: Option<[f64; 2]>,
    /// True if the measure differs on no path.
    pub is_same: bool,
    /// Kind of the error; null without a difference.
    pub error: Option<Error>,
}

impl ChangePart {
    /// Returns the difference in `unit` with its error; certain and without an error if no path differs, `None`
    /// without a difference.
    pub fn value(&self, unit: Unit) -> Option<Value> {
        let certain = Value::certain(unit, self.difference?);
        let error = self.error.filter(|_| !self.is_same);
        Some(error.map_or(certain, |error| Value {
            std_error: self.std_error,
            interval: self.interval,
            error,
            ..certain
        }))
    }
}

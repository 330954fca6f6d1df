//! What a comparison found: plain values, written as `compare.json`.
//!
//! In: differences of runs. Out: [`Comparison`]. Not here: words and what is chosen for a screen (the templates).

use super::super::edit::EditPart;
use super::super::json::{reread, to_json};
use super::super::measure::Measure;
use super::super::screens::rendered;
use super::crossover::CrossoverPart;
use super::incomes::ComesIn;
use crate::page::{Form, Rendered};
use crate::random::Seeds;
use crate::stats::{Better, Error, Unit, Value, Verdict};
use crate::study::Remark;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::iter::once;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const COMPARE_SCHEMA: &str = "tailwheel-compare/3";

/// Chance of calling any difference one that is none.
pub const ALPHA: f64 = 0.05;

/// A base and the cases that were compared with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    #[schemars(extend("const" = COMPARE_SCHEMA))]
    pub schema: String,
    pub value_version: u32,
    /// Of the file whose cases these are, else of both.
    pub title: String,
    pub currency: String,
    /// First month, `2027-01`.
    pub start: String,
    pub months: u32,
    /// Of every run: the base's.
    pub paths: u64,
    #[serde(flatten)]
    pub seeds: Seeds,
    /// Verdicts call any difference one that is none with at most this probability.
    pub alpha: f64,
    /// Differences that the verdicts in `headline` allow for.
    pub n_in_headline: usize,
    /// Differences that the verdicts in `measures` allow for.
    pub n_in_all: usize,
    pub base: SidePart,
    /// Measures of the screen, in its order.
    pub headline: Vec<HeadlinePart>,
    pub cases: Vec<CasePart>,
}

impl Comparison {
    /// The bytes of `compare.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// The comparison as a reader of those bytes has it: everything that is shown comes from this one.
    #[must_use]
    pub fn as_written(&self) -> Self {
        reread(self)
    }

    /// The screen that `compare` prints.
    pub fn screen(&self, form: Form) -> Rendered {
        rendered("compare.txt.j2", self, form)
    }

    /// The bytes of `compare.md`, for a pull request.
    pub fn markdown(&self) -> Rendered {
        rendered("compare.md.j2", self, Form::default())
    }

    /// The base and every case.
    pub(in crate::report) fn sides(&self) -> impl Iterator<Item = &SidePart> {
        once(&self.base).chain(self.cases.iter().map(|case| &case.side))
    }

    /// As readers know it: by its title, unless others have the same.
    pub(in crate::report) fn label<'a>(&self, side: &'a SidePart) -> &'a str {
        let is_alone = self.sides().filter(|other| other.title == side.title).count() == 1;
        if is_alone { &side.title } else { &side.name }
    }

    /// A measure of the base and of every case, if all have it.
    pub(in crate::report) fn runs(&self, id: &str) -> Option<Vec<&Measure>> {
        let cases = self.cases.iter().map(|case| (case, 1));
        let all = once((self.cases.first()?, 0)).chain(cases);
        all.map(|(case, run)| Some(&case.measures.get(id)?.runs[run])).collect()
    }

    /// True if all scenarios invest the same, so that amounts compare.
    pub(in crate::report) fn invests_alike(&self) -> bool {
        let mut remarks = self.cases.iter().flat_map(|case| &case.remarks);
        remarks.all(|remark| *remark != Remark::OtherInvestment)
    }

    /// True if no figure of any case differs on any path.
    pub fn is_equal(&self) -> bool {
        let is_equal =
            |part: &DifferencePart| part.base.map(f64::to_bits) == part.new.map(f64::to_bits);
        let mut cases = self.cases.iter();
        cases.all(|case| {
            let mut measures = case.measures.values();
            measures.all(|part| is_equal(part) && part.change.is_same)
        })
    }
}

/// A scenario of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SidePart {
    /// As a table calls it: `A` is the base.
    pub letter: String,
    pub id: String,
    /// As the screen calls it: the id without what all have in common.
    pub name: String,
    pub title: String,
    pub model_digest: String,
    /// Net worth on day one, in `currency`.
    pub money_in: f64,
    /// Per year, a fraction.
    pub inflation: f64,
    /// Mean income of a month at the dates of its series.
    pub incomes: ComesIn,
}

/// A measure of the screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeadlinePart {
    pub measure: String,
    /// As the screen calls it.
    pub label: String,
    pub unit: Unit,
}

/// A case: a scenario that was compared with the base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CasePart {
    #[serde(flatten)]
    pub side: SidePart,
    /// Keys that differ from the base's, in the order of its file.
    pub edits: Vec<EditPart>,
    /// Verdicts of the headline, by measure: they allow for the headline of all cases.
    pub headline: BTreeMap<String, Verdict>,
    /// Every measure that both runs have and that is a function of single paths; the verdicts allow
    /// for all of them, of all cases.
    pub measures: BTreeMap<String, DifferencePart>,
    /// When the mean income of one passes that of the other; absent where it does not do so exactly once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crossover: Option<CrossoverPart>,
    /// What each edit does to one measure; none if it was not asked for, or if nothing differs.
    pub why: Option<WhyPart>,
    /// What a reader must know.
    pub remarks: Vec<Remark>,
}

impl CasePart {
    /// The verdict of the headline if the measure stands there, else that among all measures.
    pub fn verdict(&self, id: &str) -> Verdict {
        let of_all = self.measures.get(id).map(|part| part.verdict);
        let of_headline = self.headline.get(id).copied();
        of_headline.or(of_all).unwrap_or(Verdict::NotJudged)
    }
}

/// One measure of both runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DifferencePart {
    pub unit: Unit,
    pub base: Option<f64>,
    pub base_std_error: Option<f64>,
    pub new: Option<f64>,
    pub new_std_error: Option<f64>,
    /// Base and new as their own reports have them.
    pub runs: [Measure; 2],
    pub better: Better,
    /// False if the difference is zero by definition.
    pub can_differ: bool,
    /// New less base, path by path.
    #[serde(flatten)]
    pub change: ChangePart,
    /// Two-sided, of no difference; for this measure alone.
    pub p_value: Option<f64>,
    pub verdict: Verdict,
    /// How many times the paths it would take as well without sharing them.
    pub sharpness: Option<f64>,
    /// Why there is no verdict although there may be an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_judged: Option<NotJudged>,
}

/// Why the model forbids a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotJudged {
    /// An amount, where the initial investments differ.
    OtherInvestment,
    /// A loss, where spending or flows differ: withdrawals count as received.
    OtherPayments,
}

/// One measure, edit by edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WhyPart {
    pub measure: String,
    pub label: String,
    pub unit: Unit,
    /// In the order in which they were applied, each on top of those before.
    pub steps: Vec<StepPart>,
    /// All of them: the difference of the case.
    pub total: ChangePart,
}

/// Edits that were applied at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepPart {
    pub edits: Vec<EditPart>,
    /// What it is called if there are several edits in it: the table that they are in.
    pub table: Option<String>,
    #[serde(flatten)]
    pub change: ChangePart,
}

/// By how much a measure moves, on the same paths.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangePart {
    /// Null if the run before or after has no such figure.
    pub difference: Option<f64>,
    /// Null where there is none.
    pub std_error: Option<f64>,
    /// 95 %.
    pub interval: Option<[f64; 2]>,
    /// True if no path differs.
    pub is_same: bool,
    /// What is known about the error; null without a difference.
    pub error: Option<Error>,
}

impl ChangePart {
    /// The difference with its error, of which there is none where no path differs; `None` without a difference.
    pub fn value(&self, unit: Unit) -> Option<Value> {
        Some(Value {
            std_error: self.std_error,
            interval: self.interval,
            error: self.error.filter(|_| !self.is_same).unwrap_or(Error::Certain),
            ..Value::certain(unit, self.difference?)
        })
    }
}

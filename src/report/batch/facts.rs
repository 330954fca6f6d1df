//! What the screen, `summary.md` and `index.html` are made of: the batch itself, and alike things together.
//!
//! In: a [`BatchReport`]. Out: [`Facts`]. Not here: words, how many there is room for (`templates`).

use super::{About, BatchReport, CasePart, ChangePart, Finding, GatePart, How, Status, Turn};
use crate::study::{alike, alike_by};
use serde::Serialize;

/// A batch with what its outputs need beside it.
#[derive(Debug, Serialize)]
pub struct Facts<'r> {
    #[serde(flatten)]
    pub report: &'r BatchReport,
    /// The exit code of the batch.
    pub code: u8,
    /// Every scenario, the worst first, and among equals the one that moved most.
    pub cases: Vec<Row<'r>>,
    /// Gates that do not pass, those of one expectation and so bad a verdict together.
    pub gates: Vec<Vec<Finding<'r>>>,
    /// Scenarios whose figures are not those of the baseline, those with the same edits together.
    pub changed: Vec<Vec<&'r CasePart>>,
    pub accepted: Vec<Vec<&'r CasePart>>,
    pub other_version: Vec<Vec<&'r CasePart>>,
    /// Loosened gates and whatever has no figure, scenarios with one reason together.
    pub problems: Vec<Vec<Finding<'r>>>,
    /// Ids of the baseline and of this batch that the other has not, by what is to be said of them.
    pub lists: Vec<(&'static str, Vec<&'r str>)>,
    /// Scenarios that are not in the baseline.
    pub n_new: usize,
    /// True if losses of some scenarios are not judged.
    pub has_unjudged: bool,
}

/// A scenario: its status and the figure that says most about it.
#[derive(Debug, Serialize)]
pub struct Row<'r> {
    #[serde(flatten)]
    pub case: &'r CasePart,
    pub currency: &'r str,
    pub verdict: Status,
    /// False if nothing was asked of it.
    pub is_asked: bool,
    /// The worst gate, and of those that pass the one nearest its limit.
    pub gate: Option<&'r GatePart>,
    /// The change of the figure of the gate, else the largest one.
    pub change: Option<&'r ChangePart>,
}

impl BatchReport {
    /// The facts of the screen, the summary and the page.
    pub fn facts(&self) -> Facts<'_> {
        let cases = || self.cases.iter();
        let is_changed = |case: &CasePart| case.against.as_ref().is_some_and(|it| it.is_changed());
        let unjudged = |change: &ChangePart| change.turn == Turn::NotJudged;
        let is_other = |case: &CasePart| case.how() == Some(How::OtherVersion);
        let is_new = |case: &&CasePart| case.how() == Some(How::New) && !case.is_accepted;
        let missing = self.missing.iter();
        let missing = missing.filter(|id| !self.not_named.contains(id));
        let lists = [
            ("missing", ids(missing)),
            ("not-named", ids(&self.not_named)),
            ("removed", ids(&self.removed)),
            ("new", ids(cases().filter(is_new).map(|case| &case.id))),
        ];
        Facts {
            report: self,
            code: self.code(),
            cases: self.rows(),
            gates: self.gates(),
            changed: by_edits(cases().filter(|case| is_changed(case) && !case.is_accepted)),
            accepted: by_edits(cases().filter(|case| is_changed(case) && case.is_accepted)),
            other_version: by_edits(cases().filter(|case| is_other(case))),
            problems: self.problems(),
            n_new: lists[3].1.len(),
            lists: lists
                .into_iter()
                .filter(|(_, ids)| !ids.is_empty())
                .collect(),
            has_unjudged: cases().any(|case| case.changes().iter().any(unjudged)),
        }
    }

    fn gates(&self) -> Vec<Vec<Finding<'_>>> {
        let found = self.cases.iter().flat_map(|case| self.findings(case));
        let gates = found.filter_map(|finding| match finding.about {
            About::Gate(gate) => Some((gate, finding)),
            _ => None,
        });
        let groups = alike_by(gates, |(gate, finding)| {
            let limits = [gate.above, gate.below].map(|limit| limit.map(f64::to_bits));
            let asked = (&gate.measure, limits, gate.confidence.to_bits());
            (finding.status, &gate.id, asked)
        });
        let groups = groups.into_iter();
        groups
            .map(|group| group.into_iter().map(|(_, finding)| finding).collect())
            .collect()
    }

    fn problems(&self) -> Vec<Vec<Finding<'_>>> {
        let found = self.cases.iter().flat_map(|case| self.findings(case));
        let is_problem = |status| {
            use Status::{Invalid, Loosened, NotRun, NotSimulated, Stale};
            [Loosened, Invalid, NotSimulated, NotRun, Stale].contains(&status)
        };
        let found = found.filter(|finding| is_problem(finding.status));
        alike(found, |a, b| {
            let of = |one: &Finding<'_>| (one.status, one.is_counted, one.place.cloned());
            of(a) == of(b) && a.about == b.about
        })
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let rows = self.cases.iter().map(|case| row(self.status(case), case));
        let mut rows: Vec<Row<'_>> = rows.collect();
        rows.sort_by(|a, b| {
            let by_status = b.verdict.cmp(&a.verdict);
            by_status.then_with(|| b.case.largest_change().total_cmp(&a.case.largest_change()))
        });
        rows
    }
}

fn ids<'r>(ids: impl IntoIterator<Item = &'r String>) -> Vec<&'r str> {
    ids.into_iter().map(String::as_str).collect()
}

fn row(verdict: Status, case: &CasePart) -> Row<'_> {
    let gate = case.gates.iter().min_by(|a, b| {
        let by_rank = b.verdict.rank().cmp(&a.verdict.rank());
        by_rank.then_with(|| a.distance().total_cmp(&b.distance()))
    });
    let open = gate.filter(|gate| gate.verdict.rank() > 0);
    let is_of = |gate: &GatePart, change: &ChangePart| change.measure == gate.measure;
    let mut changes = case.changes().iter();
    let change = match open {
        Some(gate) => changes.find(|change| is_of(gate, change)),
        None => changes.next(),
    };
    Row {
        case,
        currency: case.currency(),
        verdict,
        is_asked: !case.gates.is_empty() || !matches!(case.how(), None | Some(How::New)),
        // figures of one row are of one measure
        gate: open.or(gate.filter(|gate| change.is_none_or(|change| is_of(gate, change)))),
        change,
    }
}

/// Cases with the same edits and one way to be held against the baseline together; what moved most first, as in `rows`.
fn by_edits<'c>(cases: impl Iterator<Item = &'c CasePart>) -> Vec<Vec<&'c CasePart>> {
    let about = |case: &'c CasePart| {
        let against = case.against.as_ref();
        against.map(|it| (it.how, &it.why, &it.edits, it.changes.is_empty()))
    };
    let mut cases: Vec<_> = cases.collect();
    cases.sort_by(|a, b| b.largest_change().total_cmp(&a.largest_change()));
    alike(cases.into_iter(), |a, b| about(a) == about(b))
}

//! Facts for the screen, `summary.md` and `index.html`: the batch itself, and groups of similar findings.
//!
//! In: a [`BatchReport`]. Out: [`Facts`]. Not here: words, how much fits (`templates`).

use super::baseline::size;
use super::findings::{BASELINE, GATES, UNCHANGED};
use super::{About, AgainstPart, BatchReport, CasePart, ChangePart, Finding, GatePart, How, Status, Turn};
use crate::study::alike;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A batch with the values that its screen, summary and page derive from it.
#[derive(Debug, Serialize)]
pub struct Facts<'r> {
    #[serde(flatten)]
    pub report: &'r BatchReport,
    /// The exit code of the batch.
    pub code: u8,
    /// Every scenario, sorted by status (worst first), then by its largest change.
    pub cases: Vec<CaseRow<'r>>,
    /// Findings grouped by status. Those that can fail the batch come first, then worse statuses, then larger changes.
    pub sections: Vec<Section<'r>>,
    /// Ids of scenarios that are listed by name only, by reason such as `missing`, `removed` or `new`.
    pub lists: BTreeMap<&'static str, Vec<&'r str>>,
    /// True if a measure of loss changed in some scenario and is not judged better or worse.
    pub has_unjudged: bool,
}

/// All findings of one status.
#[derive(Debug, Serialize)]
pub struct Section<'r> {
    pub status: Status,
    pub is_counted: bool,
    /// Findings, grouped by the same gate, the same edits or the same fault.
    pub groups: Vec<Vec<Finding<'r>>>,
}

/// A scenario with its status, its decisive gate and its most important change.
#[derive(Debug, Serialize)]
pub struct CaseRow<'r> {
    #[serde(flatten)]
    pub case: &'r CasePart,
    pub currency: &'r str,
    pub verdict: Status,
    /// False if the scenario has neither gates nor a line in the baseline.
    pub is_asked: bool,
    /// The gate with the worst verdict; if all passed, the nearest to its limit, unless `change` is of another measure.
    pub gate: Option<&'r GatePart>,
    /// Change of the measure of `gate`; the largest change if all gates passed or there are none.
    pub change: Option<&'r ChangePart>,
}

impl BatchReport {
    /// Returns the facts for the screen, the summary and the page.
    pub fn facts(&self) -> Facts<'_> {
        let cases = || self.cases.iter();
        let unjudged = |change: &ChangePart| change.turn == Turn::NotJudged;
        let is_new = |case: &&CasePart| case.is_new() && !case.is_accepted;
        let is_settled = |case: &&CasePart| case.is_accepted && !self.is_listed(case);
        let settled = cases().filter(is_settled).filter(|case| !case.is_new());
        let added = cases().filter(is_settled).filter(|case| case.is_new());
        let missing = self.missing.iter().filter(|id| !self.not_named.contains(id));
        let lists = BTreeMap::from([
            ("missing", ids(missing)),
            ("not-named", ids(&self.not_named)),
            ("removed", ids(&self.removed)),
            ("new", ids(cases().filter(is_new).map(|case| &case.id))),
            ("added", ids(added.map(|case| &case.id))),
            ("settled", ids(settled.map(|case| &case.id))),
        ]);
        Facts {
            report: self,
            code: self.code(),
            cases: self.rows(),
            sections: self.sections(),
            lists,
            has_unjudged: cases().any(|case| case.changes().iter().any(unjudged)),
        }
    }

    /// True if the outputs list a finding about a change of `case` since the baseline.
    fn is_listed(&self, case: &CasePart) -> bool {
        let of_baseline = [BASELINE, GATES];
        let found = self.findings(case).into_iter();
        found.filter(|finding| of_baseline.contains(&finding.test)).any(|finding| finding.kind != UNCHANGED)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let mut cases: Vec<&CasePart> = self.cases.iter().collect();
        cases.sort_by(|a, b| b.largest_change().total_cmp(&a.largest_change()));
        let found = cases.into_iter().flat_map(|case| self.findings(case));
        let mut sections: BTreeMap<_, Vec<Finding<'_>>> = BTreeMap::new();
        for finding in found.filter(|finding| finding.kind != UNCHANGED) {
            let section = (Reverse(finding.is_counted), Reverse(finding.status));
            sections.entry(section).or_default().push(finding);
        }
        let section = |((Reverse(is_counted), Reverse(status)), found)| Section {
            status,
            is_counted,
            groups: alike(found, is_alike),
        };
        sections.into_iter().map(section).collect()
    }

    fn rows(&self) -> Vec<CaseRow<'_>> {
        let mut rows: Vec<CaseRow<'_>> = self.cases.iter().map(|case| row(self.status(case), case)).collect();
        rows.sort_by(|a, b| {
            let by_status = b.verdict.cmp(&a.verdict);
            by_status.then_with(|| b.case.largest_change().total_cmp(&a.case.largest_change()))
        });
        rows
    }
}

impl CasePart {
    /// Returns the figures that changed since the baseline; empty without a comparison.
    pub fn changes(&self) -> &[ChangePart] {
        self.against.as_ref().map_or(&[], |against| &against.changes)
    }

    /// Size in standard errors of the largest change since the baseline; −∞ without a change.
    fn largest_change(&self) -> f64 {
        self.changes().first().map_or(f64::NEG_INFINITY, size)
    }

    fn is_new(&self) -> bool {
        self.how() == Some(How::New)
    }

    /// True if the scenario has a gate or a line in the baseline.
    pub(super) fn is_asked(&self) -> bool {
        !self.gates.is_empty() || self.how().is_some_and(|how| how != How::New)
    }
}

fn ids<'r>(ids: impl IntoIterator<Item = &'r String>) -> Vec<&'r str> {
    ids.into_iter().map(String::as_str).collect()
}

fn row(verdict: Status, case: &CasePart) -> CaseRow<'_> {
    let gate = case.gates.iter().min_by(|a, b| {
        b.verdict.rank().cmp(&a.verdict.rank()).then_with(|| a.distance().total_cmp(&b.distance()))
    });
    let open = gate.filter(|gate| gate.verdict.rank() > 0);
    let is_of = |gate: &GatePart, change: &ChangePart| change.measure == gate.measure;
    let mut changes = case.changes().iter();
    let change = match open {
        Some(gate) => changes.find(|change| is_of(gate, change)),
        None => changes.next(),
    };
    CaseRow {
        case,
        currency: case.currency(),
        verdict,
        is_asked: case.is_asked(),
        // gate and change in one row must be of one measure
        gate: open.or(gate.filter(|gate| change.is_none_or(|change| is_of(gate, change)))),
        change,
    }
}

/// True if both findings have the same reason: one gate, the same edits, or one fault.
fn is_alike<'r>(a: &Finding<'r>, b: &Finding<'r>) -> bool {
    match (a.about, b.about) {
        (About::Gate(a), About::Gate(b)) => {
            let asked =
                |gate: &'r GatePart| (&gate.id, &gate.measure, gate.above, gate.below, gate.confidence);
            asked(a) == asked(b)
        }
        (About::Against(a), About::Against(b)) => {
            let about = |it: &'r AgainstPart| (it.how, &it.why, &it.edits, it.changes.is_empty());
            about(a) == about(b)
        }
        (one, other) => one == other && a.place == b.place,
    }
}

//! What the screen, `summary.md` and `index.html` show of a batch: alike things together, and how many there is room for.
//!
//! In: a [`BatchReport`]. Out: [`View`]. Not here: words (`templates`), layout.

mod changes;
mod gates;

use super::findings::Line;
use super::gate_edits::{currency, size};
use super::{BatchReport, CasePart, Finding, How, PlacePart, State, Status};
use crate::report::gate::{GateView, rank};
use crate::study::alike;
use changes::ChangeGroup;
use gates::GateGroup;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::facts::ChangeView;

/// How many alike things are shown.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Rows of a table.
    pub rows: usize,
    /// Groups of alike things, and figures and edits of one scenario.
    pub groups: usize,
    /// Ids in a row.
    pub names: usize,
}

impl Room {
    pub const fn screen(groups: usize) -> Self {
        Self {
            rows: 3,
            groups,
            names: 6,
        }
    }

    pub const SUMMARY: Self = Self {
        rows: 20,
        groups: 12,
        names: 20,
    };

    pub const PAGE: Self = Self {
        rows: usize::MAX,
        groups: usize::MAX,
        names: usize::MAX,
    };
}

/// The first few of alike things, and how many there are beyond.
#[derive(Clone, Debug, Serialize)]
pub struct Few<T> {
    pub shown: Vec<T>,
    pub n_more: usize,
}

impl<T> Few<T> {
    pub fn of(items: impl IntoIterator<Item = T>, most: usize) -> Self {
        let mut shown: Vec<T> = items.into_iter().collect();
        let n_more = shown.len().saturating_sub(most);
        shown.truncate(most);
        Self { shown, n_more }
    }
}

/// A batch as its outputs show it.
#[derive(Debug, Serialize)]
pub struct View<'r> {
    /// The exit code of the batch.
    pub code: u8,
    pub counts: Vec<Count>,
    pub n_cases: usize,
    pub n_scenarios: usize,
    pub n_files: usize,
    /// Files with several cases, and their cases.
    pub n_matrices: usize,
    pub n_in_matrices: usize,
    pub n_gates: usize,
    pub n_accepted: usize,
    pub shard: Option<[u32; 2]>,
    pub missing_shards: &'r [u32],
    pub baseline: Option<&'r str>,
    pub value_version: u32,
    pub version: Version,
    pub inconclusive_passes: bool,
    pub is_version_strict: bool,
    pub critical_score: Option<f64>,
    pub failed: Few<GateGroup<'r>>,
    pub inconclusive: Few<GateGroup<'r>>,
    pub changed: Few<ChangeGroup<'r>>,
    pub accepted: Few<ChangeGroup<'r>>,
    pub other_version: Few<ChangeGroup<'r>>,
    pub problems: Vec<Problem<'r>>,
    pub missing: Few<&'r str>,
    pub not_named: Few<&'r str>,
    pub removed: Few<&'r str>,
    pub new: Few<&'r str>,
    pub rows: Few<Row<'r>>,
    /// True if losses of some scenarios are not judged.
    pub has_unjudged: bool,
}

/// How many scenarios have a status.
#[derive(Debug, Serialize)]
pub struct Count {
    pub status: Status,
    pub n: usize,
}

/// The results version beside that of the baseline.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Version {
    Alone,
    AsInBaseline,
    NotAsInBaseline,
}

/// Findings of one status, scenarios with the same one together.
#[derive(Debug, Serialize)]
pub struct Problem<'r> {
    pub status: Status,
    /// False if all of it was accepted.
    pub is_counted: bool,
    pub groups: Few<Reason<'r>>,
}

/// A finding and the scenarios that have it.
#[derive(Debug, Serialize)]
pub struct Reason<'r> {
    pub id: &'r str,
    pub file: &'r str,
    pub place: Option<&'r PlacePart>,
    pub lines: Vec<Line<'r>>,
    pub n_others: usize,
    /// What the others choose alike.
    pub common: Vec<String>,
}

/// A scenario: its status and the figure that says most about it.
#[derive(Debug, Serialize)]
pub struct Row<'r> {
    pub id: &'r str,
    pub status: Status,
    /// False if nothing was asked of it.
    pub is_asked: bool,
    pub gate: Option<GateView<'r>>,
    pub change: Option<ChangeView<'r>>,
    pub n_gates: usize,
    pub n_passed: usize,
    pub how: Option<How>,
    pub is_accepted: bool,
    pub paths: Option<u64>,
    pub report: Option<&'r str>,
}

impl BatchReport {
    /// What an output with so much room shows.
    pub fn view(&self, room: Room) -> View<'_> {
        let cases = || self.cases.iter();
        let mut of_file: BTreeMap<&str, usize> = BTreeMap::new();
        for case in cases().filter(|case| !case.choices.is_empty()) {
            *of_file.entry(&case.file).or_default() += 1;
        }
        let is_unjudged =
            |case: &CasePart| case.changes().iter().any(|change| !case.is_judged(change));
        let has = |is_so: fn(How) -> bool| cases().any(|case| case.how().is_some_and(is_so));
        let missing = self
            .missing
            .iter()
            .filter(|id| !self.not_named.contains(id));
        let is_new = |case: &&CasePart| case.how() == Some(How::New) && !case.is_accepted;
        View {
            code: self.code(),
            counts: self.counts(),
            n_cases: self.cases.len(),
            n_scenarios: self.n_scenarios,
            n_files: self.n_files,
            n_matrices: of_file.len(),
            n_in_matrices: of_file.values().sum(),
            n_gates: cases().map(|case| case.gates.len()).sum(),
            n_accepted: cases().filter(|case| case.is_accepted).count() + self.removed.len(),
            shard: self.shard,
            missing_shards: &self.missing_shards,
            baseline: self.baseline.as_deref(),
            value_version: self.value_version,
            version: match () {
                () if has(|how| how == How::OtherVersion) => Version::NotAsInBaseline,
                () if has(|how| how != How::New) => Version::AsInBaseline,
                () => Version::Alone,
            },
            inconclusive_passes: self.inconclusive_passes,
            is_version_strict: self.is_version_strict,
            critical_score: self.critical_score,
            failed: self.gate_groups(room, |verdict| rank(verdict) == 2),
            inconclusive: self.gate_groups(room, |verdict| rank(verdict) == 1),
            changed: self
                .change_groups(room, |case, found| found.is_changed() && !case.is_accepted),
            accepted: self
                .change_groups(room, |case, found| found.is_changed() && case.is_accepted),
            other_version: self.change_groups(room, |_, found| found.how == How::OtherVersion),
            problems: self.problems(room),
            missing: names(room, missing.map(String::as_str)),
            not_named: names(room, self.not_named.iter().map(String::as_str)),
            removed: names(room, self.removed.iter().map(String::as_str)),
            new: names(room, cases().filter(is_new).map(|case| &*case.id)),
            rows: self.rows(room),
            has_unjudged: cases().any(is_unjudged),
        }
    }

    /// Each scenario once, where it is worst.
    fn counts(&self) -> Vec<Count> {
        let found: Vec<Status> = self.cases.iter().map(|case| self.status(case)).collect();
        let counts = Status::ALL.map(|status| Count {
            status,
            n: found.iter().filter(|found| **found == status).count(),
        });
        let is_said = |count: &Count| count.n > 0 || count.status == Status::Passed;
        counts.into_iter().filter(is_said).collect()
    }

    /// Loosened gates and whatever has no figure, scenarios with one reason together.
    fn problems(&self, room: Room) -> Vec<Problem<'_>> {
        let found = self.cases.iter().flat_map(|case| {
            let found = self.findings(case).into_iter();
            found.map(move |finding| (finding, case))
        });
        let found: Vec<(Finding<'_>, &CasePart)> = found.collect();
        let statuses = [
            Status::Loosened,
            Status::Invalid,
            Status::NotSimulated,
            Status::NotRun,
            Status::Stale,
        ];
        let problems = statuses.into_iter().flat_map(|status| {
            let of_status = found
                .iter()
                .filter(move |(finding, _)| finding.status == status);
            // accepted ones are a topic of their own; what was left after a failure is not
            let (counted, others): (Vec<_>, Vec<_>) =
                of_status.partition(|(one, _)| one.is_counted || status == Status::NotRun);
            [(counted, true), (others, false)].map(|(found, is_counted)| {
                let groups = alike(found, |a, b| {
                    a.0.lines.first() == b.0.lines.first() && a.0.at[0].place == b.0.at[0].place
                });
                Problem {
                    status,
                    is_counted,
                    groups: Few::of(groups.iter().map(|group| reason(group)), room.groups),
                }
            })
        });
        problems
            .filter(|problem| !problem.groups.shown.is_empty())
            .collect()
    }

    /// Every scenario, the worst first, and among equals those whose own file was edited.
    fn rows(&self, room: Room) -> Few<Row<'_>> {
        let mut cases: Vec<_> = self
            .cases
            .iter()
            .map(|case| (self.status(case), case))
            .collect();
        cases.sort_by(|(a_status, a), (b_status, b)| {
            let rank = |status: &Status, case: &CasePart| (Reverse(*status), !case.holds_edit());
            let by_rank = rank(a_status, a).cmp(&rank(b_status, b));
            by_rank.then_with(|| b.largest_change().total_cmp(&a.largest_change()))
        });
        Few::of(
            cases.into_iter().map(|(status, case)| row(status, case)),
            room.rows,
        )
    }
}

fn names<'r>(room: Room, ids: impl Iterator<Item = &'r str>) -> Few<&'r str> {
    Few::of(ids, room.names)
}

fn reason<'r>(group: &[&(Finding<'r>, &'r CasePart)]) -> Reason<'r> {
    let (finding, case) = group[0];
    let others: Vec<&CasePart> = group[1..].iter().map(|(_, case)| *case).collect();
    Reason {
        id: &case.id,
        file: &case.file,
        place: finding.at[0].place,
        lines: finding.lines.clone(),
        n_others: others.len(),
        common: in_common(&others),
    }
}

/// The gate of a row is the worst, and of those that pass the one nearest its limit.
fn row(status: Status, case: &CasePart) -> Row<'_> {
    let gates = case
        .gates
        .iter()
        .map(|gate| GateView::new(gate, currency(case)));
    let gate = gates.min_by(|a, b| {
        let by_rank = rank(b.gate.verdict).cmp(&rank(a.gate.verdict));
        by_rank.then_with(|| a.distance().total_cmp(&b.distance()))
    });
    let open = gate.as_ref().filter(|gate| rank(gate.gate.verdict) > 0);
    let changes = case.changes().iter();
    let change = match open {
        Some(gate) => changes
            .clone()
            .find(|change| change.measure == gate.gate.measure),
        None => changes.max_by(|a, b| size(a).total_cmp(&size(b))),
    };
    // figures of one row are of one measure
    let is_of_gate = |gate: &GateView<'_>| {
        rank(gate.gate.verdict) > 0
            || change.is_none_or(|change| change.measure == gate.gate.measure)
    };
    let gate = gate.filter(is_of_gate);
    let n_passed = case.gates.iter().filter(|gate| rank(gate.verdict) == 0);
    let (paths, report) = match &case.state {
        State::Simulated { paths, report, .. } => (Some(*paths), Some(report.as_str())),
        _ => (None, None),
    };
    Row {
        id: &case.id,
        status,
        is_asked: !case.gates.is_empty() || !matches!(case.how(), None | Some(How::New)),
        change: change.map(|change| ChangeView::new(case, change)),
        gate,
        n_gates: case.gates.len(),
        n_passed: n_passed.count(),
        how: case.how(),
        is_accepted: case.is_accepted,
        paths,
        report,
    }
}

/// What all of them choose: `residence=germany`.
fn in_common(cases: &[&CasePart]) -> Vec<String> {
    let Some((first, rest)) = cases.split_first() else {
        return Vec::new();
    };
    let is_common =
        |choice: &&(String, String)| rest.iter().all(|case| case.choices.contains(choice));
    let common = first.choices.iter().filter(is_common);
    common
        .map(|(axis, value)| format!("{axis}={value}"))
        .collect()
}

//! Every scenario of a batch, the worst first: what came of it, by which figure, and its report; what could not be
//! read, simulated or found, and what is new.
//!
//! In: a [`BatchReport`]. Out: a table, the topics LOOSENED, INVALID, NOT SIMULATED, NOT RUN, OUT OF DATE, MISSING and
//! NEW. Not here: the other figures (`gates`, `changes`), faults themselves (`form`).

use super::super::gate_edits::{currency, size};
use super::super::sarif::reference;
use super::super::{
    BatchReport, CasePart, ChangePart, EditPart, Finding, GatePart, GateVerdict, How, PlacePart,
    Standing, State,
};
use super::{Room, at, more, moved_cells, open, tone};
use crate::figure::{counted, grouped};
use crate::page::{Block, Cell, Document, Span, Table, Text, Tone};
use crate::report::gate::text::figure;
use crate::study::alike;
use std::cmp::Reverse;
use std::collections::BTreeMap;

impl BatchReport {
    pub(super) fn write_scenarios(&self, page: &mut Document, room: Room) {
        page.heading("SCENARIOS", "");
        let headings = [
            "scenario",
            "came to",
            "figure",
            ">in baseline",
            ">now",
            ">difference",
            "",
            ">gates passed",
            "against baseline",
            ">paths",
            "title",
        ];
        let mut table = Table::new(&headings);
        let mut cases: Vec<&CasePart> = self.cases.iter().collect();
        // whoever edited a file looks for it first
        let rank = |case: &CasePart| (Reverse(self.standing(case)), !case.holds_edit());
        let ranks: BTreeMap<&str, _> = cases.iter().map(|case| (&*case.id, rank(case))).collect();
        cases.sort_by(|a, b| {
            let by_rank = ranks[&*a.id].cmp(&ranks[&*b.id]);
            by_rank.then_with(|| b.largest_change().total_cmp(&a.largest_change()))
        });
        let n_shown = room.shown(cases.len());
        for case in &cases[..n_shown] {
            table.row(self.row(case));
        }
        page.table(table.without_empty());
        let rest = &cases[n_shown..];
        if let Some(worst) = rest.first() {
            let all = match self.standing(worst) {
                Standing::Pass => ", all of which pass",
                _ => "",
            };
            page.sentence(format!("{}{all}", counted(rest.len(), "more scenario")));
        }
    }

    fn row(&self, case: &CasePart) -> Vec<Cell> {
        let (id, paths, title) = match &case.state {
            State::Simulated {
                report,
                paths,
                title,
                ..
            } => {
                let link = Span::Link(reference(report), case.id.clone());
                (Text(vec![link]), grouped(*paths), title.as_str())
            }
            _ => (Text::code(case.id.as_str()), String::new(), ""),
        };
        let passed = case.gates.iter();
        let passed = passed.filter(|gate| gate.verdict == GateVerdict::Pass);
        let passed = match case.gates.len() {
            0 => String::new(),
            n => format!("{} of {n}", passed.count()),
        };
        let mut row = vec![id.into(), self.came_to(case)];
        row.extend(telling(case));
        row.extend([
            passed.into(),
            against(case).into(),
            paths.into(),
            title.into(),
        ]);
        row
    }

    fn came_to(&self, case: &CasePart) -> Cell {
        let standing = self.standing(case);
        let is_asked = !case.gates.is_empty() || !matches!(case.how(), None | Some(How::New));
        match standing == Standing::Pass && !is_asked {
            true => Cell::Word("no gate".to_owned(), Tone::Quiet),
            false => Cell::Word(standing.word().to_owned(), tone(standing)),
        }
    }
}

/// The figure that says most about `case`: of its worst gate, else the one that moved most.
fn telling(case: &CasePart) -> [Cell; 5] {
    let open = case.gates.iter();
    let open = open.filter(|gate| gate.verdict != GateVerdict::Pass);
    let gate: Option<&GatePart> = open.min_by_key(|gate| gate.verdict == GateVerdict::Inconclusive);
    let mut changes = case.changes().iter();
    let change: Option<&ChangePart> = match gate {
        Some(gate) => changes.find(|change| change.measure == gate.measure),
        None => changes.max_by(|a, b| size(a).total_cmp(&size(b))),
    };
    let about = match (gate, change) {
        (Some(gate), _) => Cell::code(gate.asked(currency(case))),
        (None, Some(change)) => Cell::code(change.measure.as_str()),
        (None, None) => "".into(),
    };
    let [base, now, difference, verdict] = match change {
        Some(change) => moved_cells(case, change),
        None => {
            let now = gate.and_then(|gate| Some(figure(gate, currency(case))?.0));
            [
                "".into(),
                now.unwrap_or_default().into(),
                "".into(),
                "".into(),
            ]
        }
    };
    [about, base, now, difference, verdict]
}

fn against(case: &CasePart) -> &'static str {
    match case.how() {
        None => "",
        Some(How::New) => "new",
        Some(How::Apart) => "not compared",
        Some(_) if case.is_changed() => "changed",
        Some(How::Same) => "equal",
        Some(How::Paired) => "within the error",
        Some(How::OtherVersion) => "other version",
        Some(How::Unpaired) => "unpaired",
    }
}

impl EditPart {
    /// `crash.lockstep 0.7 → 0.8 at flash-crash.toml:31:12`
    pub(super) fn text(&self) -> Text {
        let text = Text::code(self.key.as_str()).and(format!(" {}", self.what()));
        at(text, self.place.as_ref())
    }
}

impl BatchReport {
    pub(super) fn write_problems(&self, page: &mut Document, room: Room, is_update: bool) {
        let found = self.cases.iter().flat_map(|case| {
            let found = self.findings(case).into_iter();
            found.map(move |finding| (finding, case))
        });
        let found: Vec<(Finding, &CasePart)> = found.collect();
        let loosened = open("gates that ask less than in the baseline", is_update);
        for (word, meaning, standing) in [
            ("LOOSENED", &*loosened, Standing::Loosened),
            ("INVALID", "", Standing::Invalid),
            ("NOT SIMULATED", "", Standing::Failed),
            ("NOT RUN", "", Standing::NotRun),
            ("OUT OF DATE", "", Standing::Stale),
        ] {
            let found = found.iter().filter(|(one, _)| one.standing == standing);
            let groups = alike(found, |a, b| {
                a.0.message == b.0.message && a.0.at[0].place == b.0.at[0].place
            });
            write_by_reason(page, room, (word, meaning), &groups);
        }
        let new = self.cases.iter();
        let new = new.filter(|case| case.how() == Some(How::New));
        let new: Vec<&str> = new.map(|case| case.id.as_str()).collect();
        let missing: Vec<&str> = self.missing.iter().map(String::as_str).collect();
        for (word, meaning, ids) in [
            (
                "MISSING",
                "in the baseline and not in this batch, which may be of a part",
                missing,
            ),
            ("NEW", "not in the baseline before", new),
        ] {
            if !ids.is_empty() {
                page.heading(word, Text::message(&open(meaning, is_update)));
                page.sentence(room.listed(ids));
                page.gap();
            }
        }
    }
}

/// What was found, scenarios with one reason together.
fn write_by_reason(
    page: &mut Document,
    room: Room,
    (word, meaning): (&str, &str),
    groups: &[Vec<&(Finding, &CasePart)>],
) {
    if groups.is_empty() {
        return;
    }
    page.heading(word, Text::message(meaning));
    let told = groups.iter().take(room.groups).map(|group| told(group));
    page.push(Block::List(told.collect()));
    if let n @ 1.. = groups.len().saturating_sub(room.groups) {
        let rest = format!("{} more, which `index.html` has", grouped(n as u64));
        page.sentence(Text::message(&rest));
    }
    page.gap();
}

/// `a: path 7 leaves … (1 more)`; of a file that cannot be read `a.toml:18:9: unknown key …; write: …`
fn told(group: &[&(Finding, &CasePart)]) -> Text {
    let (finding, case) = group[0];
    let place = finding.at[0].place.as_ref();
    let why = Text::message(&finding.message);
    let others: Vec<&CasePart> = group[1..].iter().map(|(_, case)| *case).collect();
    let others = more(&others).map_or_else(String::new, |more| format!(" ({more})"));
    if finding.standing != Standing::Invalid {
        let text = Text::code(case.id.as_str()).and(": ").and(why);
        return at(text, place).and(others);
    }
    let place = place.map_or_else(|| case.file.clone(), PlacePart::shown);
    let text = Text::code(place).and(": ").and(why);
    let notes = finding.more.iter();
    let write = notes.filter_map(|note| note.strip_prefix("write: "));
    let text = write.fold(text, |text, line| {
        text.and("; write: ").and(Text::code(line))
    });
    text.and(others)
}

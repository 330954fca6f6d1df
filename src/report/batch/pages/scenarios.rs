//! Every scenario of a batch, the worst first: what came of it, by which figure, and its report; what could not be
//! read, simulated or found, and what is new.
//!
//! In: a [`BatchReport`]. Out: what was edited, a table, the topics INVALID, NOT SIMULATED, NOT RUN, OUT OF DATE,
//! MISSING, MOVED and NEW. Not here: the other figures (`gates`, `changes`), faults themselves (`form`).

use super::super::gate_edits::{currency, size};
use super::super::sarif::reference;
use super::super::{
    BatchReport, CasePart, ChangePart, EditPart, FaultPart, Finding, GatePart, GateVerdict, How,
    Standing, State,
};
use super::{Room, at, more, moved_cells, tone};
use crate::figure::{counted, grouped};
use crate::page::{Block, Cell, Document, Span, Table, Text, Tone};
use crate::report::gate::text::figure;
use crate::study::alike;
use std::cmp::Reverse;

impl BatchReport {
    pub(super) fn write_scenarios(&self, page: &mut Document, room: Room) {
        self.write_edits(page, room);
        page.heading("SCENARIOS", "");
        let headings = [
            "scenario",
            "came to",
            "figure",
            ">baseline",
            ">now",
            ">difference",
            "",
            ">gates passed",
            "baseline",
            ">paths",
            "title",
        ];
        let mut table = Table::new(&headings);
        let mut cases: Vec<&CasePart> = self.cases.iter().collect();
        cases.sort_by_cached_key(|case| Reverse(self.standing(case)));
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

    /// Keys that are not what they were, and in how many scenarios.
    fn write_edits(&self, page: &mut Document, room: Room) {
        let edits = self.cases.iter().flat_map(CasePart::edits);
        let groups = alike(edits, |a, b| a == b);
        if groups.is_empty() {
            return;
        }
        page.heading("EDITS", "since the baseline was written");
        let items = groups.iter().take(room.groups).map(|group| {
            let n = match group.len() {
                1 => String::new(),
                n => format!(" ({})", counted(n, "scenario")),
            };
            group[0].text().and(n)
        });
        page.push(Block::List(items.collect()));
        if groups.len() > room.groups {
            page.sentence(counted(groups.len() - room.groups, "more edit"));
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
    let within = case.against.iter().flat_map(|against| &against.within);
    let mut changes = case.changes().iter().chain(within);
    let change: Option<&ChangePart> = match gate {
        Some(gate) => changes.find(|change| change.measure == gate.measure),
        None => case
            .changes()
            .iter()
            .max_by(|a, b| size(a).total_cmp(&size(b))),
    };
    let about = match (gate, change) {
        (Some(gate), _) => Cell::code(gate.asked(currency(case))),
        (None, Some(change)) => Cell::code(change.measure.as_str()),
        (None, None) => "".into(),
    };
    let [base, now, difference, verdict] = match change {
        Some(change) => moved_cells(change, currency(case)),
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
        self.write_invalid(page, room);
        let found = self.cases.iter().flat_map(|case| {
            let found = self.findings(case).into_iter();
            found.map(move |finding| (finding, case))
        });
        let found: Vec<(Finding, &CasePart)> = found.collect();
        for (word, standing) in [
            ("NOT SIMULATED", Standing::Failed),
            ("NOT RUN", Standing::NotRun),
            ("OUT OF DATE", Standing::Stale),
        ] {
            let found = found.iter().filter(|(one, _)| one.standing == standing);
            write_by_reason(page, room, word, found);
        }
        if !self.missing.is_empty() {
            page.heading("MISSING", "in the baseline and not in this batch");
            page.sentence(room.listed(self.missing.iter().map(String::as_str)));
            if !is_update {
                let gone = "If they are gone for good: `--update-baseline`.";
                page.sentence(Text::message(gone));
            }
            page.gap();
        }
        let moved = self.cases.iter().filter_map(|case| {
            let old = case.moved_from.as_ref()?;
            let old = Text::code(old.as_str()).and(" is now ");
            Some(old.and(Text::code(case.id.as_str())))
        });
        let moved: Vec<Text> = moved.take(room.groups).collect();
        if !moved.is_empty() {
            page.heading("MOVED", "the same models under other ids");
            page.push(Block::List(moved));
            page.gap();
        }
        let is_new = |case: &&CasePart| case.how() == Some(How::New);
        let new: Vec<&CasePart> = self.cases.iter().filter(is_new).collect();
        if !new.is_empty() {
            let meaning = match is_update {
                true => "not in the baseline before",
                false => "not in the baseline; `--update-baseline` adds them",
            };
            page.heading("NEW", Text::message(meaning));
            page.sentence(room.listed(new.iter().map(|case| case.id.as_str())));
            page.gap();
        }
    }

    fn write_invalid(&self, page: &mut Document, room: Room) {
        let cases = self.cases.iter();
        let faults = cases.flat_map(|case| match &case.state {
            State::Invalid { faults } => faults.iter().map(|fault| (fault, case)).collect(),
            _ => Vec::new(),
        });
        let groups = alike(faults, |a, b| a.0 == b.0);
        if groups.is_empty() {
            return;
        }
        page.heading("INVALID", "");
        let told = groups.iter().take(room.groups);
        let told = told.map(|group| told_fault(group[0].0, group[0].1, group.len()));
        page.push(Block::List(told.collect()));
        if groups.len() > room.groups {
            let more = counted(groups.len() - room.groups, "more fault");
            page.sentence(Text::message(&format!(
                "{more}; `tailwheel check` shows them"
            )));
        }
        page.gap();
    }
}

/// What was `found`, scenarios with one reason together.
fn write_by_reason<'f>(
    page: &mut Document,
    room: Room,
    word: &str,
    found: impl Iterator<Item = &'f (Finding, &'f CasePart)>,
) {
    let groups = alike(found, |a, b| a.0.message == b.0.message);
    if groups.is_empty() {
        return;
    }
    page.heading(word, "");
    let told = groups.iter().take(room.groups).map(|group| {
        let cases: Vec<&CasePart> = group.iter().map(|(_, case)| *case).collect();
        let others = more(&cases[1..]).map_or_else(String::new, |more| format!(" ({more})"));
        let id = Text::code(cases[0].id.as_str());
        let why = Text::message(&group[0].0.message);
        id.and(": ").and(why).and(others)
    });
    page.push(Block::List(told.collect()));
    page.gap();
}

/// `a.toml:18:9: unknown key …; write: …`
fn told_fault(fault: &FaultPart, case: &CasePart, n: usize) -> Text {
    let place = match &fault.place {
        Some(place) => place.shown(),
        None => case.file.clone(),
    };
    let mut text = Text::code(place)
        .and(": ")
        .and(Text::message(&fault.message));
    if !fault.label.is_empty() {
        text = text.and("; ").and(Text::message(&fault.label));
    }
    for note in fault.notes.iter().filter(|note| note.name == "write") {
        let first = note.text.lines().next().unwrap_or("");
        text = text.and("; write: ").and(Text::code(first));
    }
    match n {
        1 => text,
        n => text.and(format!(" ({} more, the same)", n - 1)),
    }
}

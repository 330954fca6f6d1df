//! Every scenario of a batch, the worst first: what came of it, by which figure, and its report.
//!
//! In: a [`BatchReport`]. Out: what was edited, and a table. Not here: the other figures (`gates`,
//! `changes`).

use super::super::moved::{currency, size};
use super::super::uri::reference;
use super::super::{
    BatchReport, CasePart, ChangePart, EditPart, GatePart, GateVerdict, How, Standing, State, alike,
};
use super::{Room, moved_cells, tone};
use crate::figure::{counted, grouped};
use crate::page::{Block, Cell, Document, Span, Table, Text, Tone};
use crate::report::gate::words::estimate;
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
    let figure = match (gate, change) {
        (Some(gate), _) => Cell::code(gate.asked(currency(case))),
        (None, Some(change)) => Cell::code(change.measure.as_str()),
        (None, None) => "".into(),
    };
    let now = || gate.and_then(|gate| Some(estimate(gate, currency(case))?.0));
    let [base, now, difference, verdict] = match change {
        Some(change) => moved_cells(change, currency(case)),
        None => [
            "".into(),
            now().unwrap_or_default().into(),
            "".into(),
            "".into(),
        ],
    };
    [figure, base, now, difference, verdict]
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
        match &self.place {
            Some(place) => text.and(" at ").and(Text::code(place.shown())),
            None => text,
        }
    }
}

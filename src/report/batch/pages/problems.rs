//! What could not be read, simulated or found, and what is new.
//!
//! In: findings of cases. Out: the topics INVALID, NOT SIMULATED, NOT RUN, OUT OF DATE, MISSING, MOVED and
//! NEW. Not here: faults themselves (`form`).

use super::super::{BatchReport, CasePart, FaultPart, Finding, How, Standing, State, alike};
use super::{Room, more};
use crate::figure::counted;
use crate::page::{Block, Document, Text};

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

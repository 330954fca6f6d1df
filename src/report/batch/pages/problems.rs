//! What could not be read, simulated or found, and what is new.
//!
//! In: states of cases. Out: the topics INVALID, NOT SIMULATED, NOT RUN, MISSING and NEW. Not here:
//! faults themselves (`form`).

use super::super::{AgainstPart, BatchReport, CasePart, FaultPart, State};
use super::{Room, more};
use crate::figure::counted;
use crate::page::{Block, Document, Text};

impl BatchReport {
    pub(super) fn write_problems(&self, page: &mut Document, room: Room, is_update: bool) {
        self.write_invalid(page, room);
        self.write_by_reason(page, "NOT SIMULATED", |state| match state {
            State::Failed { why } => Some(why),
            _ => None,
        });
        self.write_by_reason(page, "NOT RUN", |state| match state {
            State::NotRun { why, .. } => Some(why),
            _ => None,
        });
        if !self.missing.is_empty() {
            page.heading("MISSING", "in the baseline and not in this batch");
            page.sentence(room.listed(self.missing.iter().map(String::as_str)));
            if !is_update {
                let gone = "If they are gone for good: `--update-baseline`.";
                page.sentence(Text::message(gone));
            }
            page.gap();
        }
        let is_new = |case: &&CasePart| case.against == Some(AgainstPart::New);
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
        let faults = self.distinct_faults();
        if faults.is_empty() {
            return;
        }
        page.heading("INVALID", "");
        let told = faults.iter().take(room.groups);
        let told = told.map(|(fault, case, n)| told_fault(fault, case, *n));
        page.push(Block::List(told.collect()));
        if faults.len() > room.groups {
            let more = counted(faults.len() - room.groups, "more fault");
            page.sentence(Text::message(&format!(
                "{more}; `tailwheel check` shows them"
            )));
        }
        page.gap();
    }

    fn write_by_reason(
        &self,
        page: &mut Document,
        word: &str,
        why: impl Fn(&State) -> Option<&String>,
    ) {
        let mut groups: Vec<(&String, Vec<&CasePart>)> = Vec::new();
        for case in &self.cases {
            let Some(why) = why(&case.state) else {
                continue;
            };
            match groups.iter_mut().find(|(known, _)| *known == why) {
                Some((_, cases)) => cases.push(case),
                None => groups.push((why, vec![case])),
            }
        }
        if groups.is_empty() {
            return;
        }
        page.heading(word, "");
        let told = groups.iter().map(|(why, cases)| {
            let others = more(&cases[1..]).map_or_else(String::new, |more| format!(" ({more})"));
            let id = Text::code(cases[0].id.as_str());
            id.and(": ").and(Text::message(why)).and(others)
        });
        page.push(Block::List(told.collect()));
        page.gap();
    }
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

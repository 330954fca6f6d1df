//! What could not be read, simulated or found, and what is new.
//!
//! In: states of cases. Out: the blocks INVALID, NOT SIMULATED, NOT RUN, MISSING and NEW. Not here:
//! faults themselves (`form`).

use super::super::{AgainstPart, BatchReport, CasePart, FaultPart, State};
use super::rows::{listed, more, title};
use crate::report::layout::Page;

/// Faults that are shown; a broken base has them in every file that extends it.
const FAULTS: usize = 12;

/// Ids in a row.
const NAMED: usize = 6;

impl BatchReport {
    pub(super) fn write_problems(&self, page: &mut Page, is_update: bool) {
        self.write_invalid(page);
        self.write_by_reason(page, "NOT SIMULATED", |state| match state {
            State::Failed { why } => Some(why),
            _ => None,
        });
        self.write_by_reason(page, "NOT RUN", |state| match state {
            State::NotRun { why, .. } => Some(why),
            _ => None,
        });
        if !self.missing.is_empty() {
            title(page, "MISSING", "in the baseline and not in this batch");
            page.hanging(&listed(self.missing.iter().map(String::as_str), NAMED));
            if !is_update {
                page.wrapped("If they are gone for good: --update-baseline.");
            }
            page.gap();
        }
        let is_new = |case: &&CasePart| case.against == Some(AgainstPart::New);
        let new: Vec<&CasePart> = self.cases.iter().filter(is_new).collect();
        if !new.is_empty() {
            let meaning = match is_update {
                true => "not in the baseline before",
                false => "not in the baseline; --update-baseline adds them",
            };
            title(page, "NEW", meaning);
            page.hanging(&listed(new.iter().map(|case| case.id.as_str()), NAMED));
            page.gap();
        }
    }

    fn write_invalid(&self, page: &mut Page) {
        let mut faults: Vec<(&FaultPart, Vec<&CasePart>)> = Vec::new();
        for case in &self.cases {
            let State::Invalid { faults: found } = &case.state else {
                continue;
            };
            for fault in found {
                match faults.iter_mut().find(|(known, _)| *known == fault) {
                    Some((_, cases)) => cases.push(case),
                    None => faults.push((fault, vec![case])),
                }
            }
        }
        if faults.is_empty() {
            return;
        }
        page.flush("INVALID");
        for (fault, cases) in faults.iter().take(FAULTS) {
            write_fault(page, fault, cases);
        }
        if faults.len() > FAULTS {
            page.wrapped(&format!(
                "{} more faults; `tailwheel check` shows them",
                faults.len() - FAULTS
            ));
        }
        page.gap();
    }

    fn write_by_reason(
        &self,
        page: &mut Page,
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
        page.flush(word);
        for (why, cases) in groups {
            page.hanging(&format!("{}: {why}", cases[0].id));
            if let Some(more) = more(&cases[1..]) {
                page.indented_by(6, &more);
            }
        }
        page.gap();
    }
}

fn write_fault(page: &mut Page, fault: &FaultPart, cases: &[&CasePart]) {
    let place = match &fault.place {
        Some(place) => place.shown(),
        None => cases[0].file.clone(),
    };
    let label = match fault.label.is_empty() {
        true => String::new(),
        false => format!("; {}", fault.label),
    };
    page.hanging(&format!("{place}: {}{label}", fault.message));
    for note in fault.notes.iter().filter(|note| note.name == "write") {
        page.line(&format!(
            "      write: {}",
            note.text.lines().next().unwrap_or("")
        ));
    }
    if let Some(more) = more(&cases[1..]) {
        page.indented_by(6, &format!("{more}, the same"));
    }
}

//! What each edit does, as lines of the screen.
//!
//! In: the steps of a case. Out: aligned lines. Not here: which steps there are (`why`).

use super::super::layout::Page;
use super::document::{CasePart, ChangePart, Comparison, StepPart, WhyPart};
use super::figure::{Spread, change};
use super::text::{left, length, right, shortened};

/// What all steps are called.
pub(super) const TOGETHER: &str = "together";

impl Comparison {
    /// The steps of `case`, one line each; values that do not fit stand below.
    pub(super) fn write_why(&self, case: &CasePart, why: &WhyPart, page: &mut Page) {
        let of_case = match self.cases.len() {
            1 => String::new(),
            _ => format!(" of {}", case.side.name),
        };
        page.flush(&format!(
            "WHY  {}{of_case}, changed one after the other in this order",
            why.label
        ));
        let rows = self.why_rows(why);
        let widths = rows.iter().map(|(_, change)| length(change));
        let widest = widths.max().unwrap_or(0);
        let room = page.width().saturating_sub(2 + 2 + widest);
        let first_line = |label: &StepLabel| match length(&label.whole()) {
            length if length <= room => label.whole(),
            _ => shortened(&label.key, room),
        };
        let labels = rows.iter().map(|(label, _)| length(&first_line(label)));
        let label_width = labels.max().unwrap_or(0);
        for (label, change) in &rows {
            let first = left(&first_line(label), label_width);
            page.line(&format!("  {first}  {}", right(change, widest)));
            if length(&label.whole()) > room {
                for line in label.lines() {
                    page.line(&format!("    {}", shortened(&line, page.width() - 4)));
                }
            }
        }
        page.gap();
    }

    /// Every step and by how much it moves the measure, then all of them together if they are several.
    fn why_rows(&self, why: &WhyPart) -> Vec<(StepLabel, String)> {
        let steps = why.steps.iter();
        let of_step = |step: &StepPart| (step.label(), self.shown_change(why, &step.change));
        let mut rows: Vec<(StepLabel, String)> = steps.map(of_step).collect();
        rows.extend(
            self.together(why)
                .map(|whole| (StepLabel::alone(TOGETHER), whole)),
        );
        rows
    }

    /// What several steps do together.
    pub(super) fn together(&self, why: &WhyPart) -> Option<String> {
        (why.steps.len() > 1).then(|| self.shown_change(why, &why.total))
    }

    /// By how much the measure moves.
    pub(super) fn shown_change(&self, why: &WhyPart, moved: &ChangePart) -> String {
        match (moved.difference, moved.std_error) {
            (None, _) => "no figure".to_owned(),
            (Some(0.0), Some(0.0)) => "no change".to_owned(),
            (Some(difference), _) => {
                let spread = Spread::of_change(moved);
                change(why.unit, difference, spread, &self.currency).whole()
            }
        }
    }
}

/// What a step is called.
pub(super) struct StepLabel {
    pub key: String,
    /// What it was and what it is, as far as there is one of each.
    values: (Option<String>, Option<String>),
}

impl StepLabel {
    fn alone(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            values: (None, None),
        }
    }

    /// `crash.lockstep 0.7 → 0.2`
    pub fn whole(&self) -> String {
        let key = &self.key;
        match &self.values {
            (Some(from), Some(to)) => format!("{key} {from} → {to}"),
            (None, Some(to)) => format!("{key} = {to}, new"),
            (Some(from), None) => format!("{key} {from}, gone"),
            (None, None) => key.clone(),
        }
    }

    /// The values on lines of their own.
    fn lines(&self) -> Vec<String> {
        match &self.values {
            (Some(from), Some(to)) => vec![from.clone(), format!("→ {to}")],
            (None, Some(to)) => vec![format!("= {to}, new")],
            (Some(from), None) => vec![format!("{from}, gone")],
            (None, None) => Vec::new(),
        }
    }
}

impl StepPart {
    /// The key of a single edit with its values, else the table and how many keys of it.
    pub(super) fn label(&self) -> StepLabel {
        match (&self.table, self.edits.as_slice()) {
            (None, [edit]) => StepLabel {
                key: edit.key.clone(),
                values: (edit.from.clone(), edit.to.clone()),
            },
            (table, edits) => {
                let table = table.as_deref().unwrap_or("several");
                StepLabel::alone(&format!("{table} ({} keys)", edits.len()))
            }
        }
    }
}

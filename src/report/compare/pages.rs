//! A comparison as a document: for the screen and for a pull request.
//!
//! In: a comparison. Out: a document. Not here: digits (`figure`), sentences (`sentences`).

use super::document::{CasePart, ChangePart, Comparison, Pairing, StepPart, WhyPart};
use super::figures::figures;
use crate::figure::{Quantity, counted, difference};
use crate::page::{Cell, Document, Table, Text, Tone, length, shortened_apart};
use crate::stats::Verdict;

/// Letters of a name above a column.
const NAMES: usize = 14;

/// Letters of a step that stand on its line; the values of a longer one stand below.
const LABEL: usize = 44;

/// What all steps are called.
const TOGETHER: &str = "together";

impl Comparison {
    /// The screen that `compare` prints on a terminal of `width` columns; 60 to 80 are used.
    pub fn to_text(&self, width: usize) -> String {
        self.pages().to_text(width)
    }

    /// The bytes of `compare.md`.
    pub fn to_markdown(&self) -> String {
        self.pages().to_markdown()
    }

    /// The document of both.
    pub fn pages(&self) -> Document {
        let mut page = Document::new(self.title.as_str());
        page.fine(self.head());
        page.gap();
        for case in &self.cases {
            page.table(self.table(case));
            page.gap();
        }
        for case in &self.cases {
            if let Some(why) = &case.why {
                self.write_why(case, why, &mut page);
            }
        }
        for sentence in self.remarks() {
            page.warning(sentence);
        }
        for sentence in self.sharpness().into_iter().chain([self.caveat()]) {
            page.fine(sentence);
        }
        page
    }

    /// `base: as-written · new: uae · 20,000 shared paths, seed 3`
    fn head(&self) -> String {
        let runs = match self.pairing {
            Pairing::SharedPaths => {
                let paths = counted(self.paths as usize, "shared path");
                format!("{paths}, {}", self.seeds)
            }
            Pairing::Reports => "from two reports".to_owned(),
        };
        let new = match self.cases.as_slice() {
            [case] => format!("new: {}", case.side.name),
            cases => counted(cases.len(), "case"),
        };
        format!("base: {} · {new} · {runs}", self.base.name)
    }

    /// Columns: base, new, difference, verdict.
    fn table(&self, case: &CasePart) -> Table {
        let names = shortened_apart(&[&self.base.name, &case.side.name], NAMES);
        let [base, new] = [0, 1].map(|at| format!(">{}", names[at]));
        let mut table = Table::new(&["", &base, &new, ">difference", ""]);
        for headline in &self.headline {
            let found = case.measures.get(&headline.measure);
            let Some((part, verdict)) = found.zip(case.headline.get(&headline.measure)) else {
                continue;
            };
            let shown = figures(&headline.measure, part, &self.currency);
            table.row(vec![
                headline.label.as_str().into(),
                shown.base.into(),
                shown.new.into(),
                shown.difference.whole().into(),
                Cell::Word(verdict.word().to_owned(), tone(*verdict)),
            ]);
        }
        table
    }

    /// Every step of `case` and by how much it moves the measure, then all of them if they are several.
    fn write_why(&self, case: &CasePart, why: &WhyPart, page: &mut Document) {
        let of_case = match self.cases.len() {
            1 => String::new(),
            _ => format!(" of {}", case.side.name),
        };
        page.heading(
            "WHY",
            format!(
                "{}{of_case}, changed one after the other in this order",
                why.label
            ),
        );
        let mut table = Table::new(&["", ">", "?where"]);
        for step in &why.steps {
            let (key, values) = step.label();
            let whole = format!("{key}{values}");
            let (label, below) = match length(&whole) > LABEL && !values.is_empty() {
                true => (key, vec![Text::code(values.trim_start())]),
                false => (whole, Vec::new()),
            };
            let place = match step.edits.as_slice() {
                [edit] => edit.place.as_ref(),
                _ => None,
            };
            let place = place.map_or_else(String::new, |place| {
                format!("{}:{}", place.file, place.line)
            });
            let moved = self.moved(why, &step.change);
            table.row_with(vec![Cell::code(label), moved.into(), place.into()], below);
        }
        if why.steps.len() > 1 {
            let moved = self.moved(why, &why.total);
            table.row(vec![TOGETHER.into(), moved.into(), "".into()]);
        }
        page.table(table.without_empty());
        page.gap();
    }

    /// By how much the measure moves.
    fn moved(&self, why: &WhyPart, change: &ChangePart) -> String {
        match change.quantity() {
            None => "no figure".to_owned(),
            Some(change) if change == Quantity::exact(0.0) => "no change".to_owned(),
            Some(change) => difference(why.unit, &self.currency, change).whole(),
        }
    }
}

impl StepPart {
    /// The key of a single edit and ` 0.7 → 0.2`, else the table and how many keys of it.
    fn label(&self) -> (String, String) {
        match (&self.table, self.edits.as_slice()) {
            (None, [edit]) => {
                let values = match (&edit.from, &edit.to) {
                    (Some(from), Some(to)) => format!(" {from} → {to}"),
                    (None, Some(to)) => format!(" = {to}, new"),
                    (Some(from), None) => format!(" {from}, gone"),
                    (None, None) => String::new(),
                };
                (edit.key.clone(), values)
            }
            (table, edits) => {
                let table = table.as_deref().unwrap_or("several");
                (format!("{table} ({} keys)", edits.len()), String::new())
            }
        }
    }
}

const fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Better => Tone::Good,
        Verdict::Worse => Tone::Bad,
        Verdict::Changed => Tone::Changed,
        Verdict::NoneSeen | Verdict::Same | Verdict::NotJudged => Tone::Quiet,
    }
}

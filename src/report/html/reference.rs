//! Reference part of the page: limits of the model, all measures, how to reproduce the page.
//!
//! In: a report. Out: blocks of its page. Not here: assumptions (`assumptions`).

use super::limits;
use crate::figure::counted;
use crate::page::{Block, Document, Table, Text};
use crate::report::Report;
use crate::stats::look_up;

impl Report {
    /// Writes the effects that this scenario does not simulate, then the limits of the model.
    pub(super) fn write_limits(&self, page: &mut Document) {
        self.write_warnings(true, page);
        let limits = limits().iter().map(|limit| Text::message(limit));
        page.push(Block::List(limits.collect()));
    }

    /// Writes a table of all measures by id, with their errors.
    pub(super) fn write_measures(&self, page: &mut Document) {
        let rows = self.measures.iter().map(|(id, measure)| {
            let note = measure.note().map(|note| note.to_string());
            [
                Text::code(id),
                look_up(id).map_or("", |of| &of.title).into(),
                self.shown(measure),
                note.unwrap_or_default().into(),
            ]
        });
        let table = Table::of(["measure", "title", ">figure", "note"], rows);
        page.sentence(Text::message(
            "The intervals are in `report.json`, and `tailwheel explain ID` describes each figure.",
        ));
        page.push(Block::Fold {
            title: counted(self.measures.len(), "figure").into(),
            inner: vec![Block::Table(table.without_empty())],
            is_printed: false,
        });
    }

    /// Writes command, seeds and versions, with which the page can be reproduced.
    pub(super) fn write_origin(&self, page: &mut Document) {
        if let Some(command) = &self.command {
            page.sentence(Text::code(&command.line));
        }
        let run = &self.run;
        page.fine(format!(
            "{} of {}, {}, results version {}, {}; model {}.",
            counted(run.paths as usize, "path"),
            counted(run.months as usize, "month"),
            run.seeds,
            run.value_version,
            self.program,
            self.scenario.model_digest
        ));
    }
}

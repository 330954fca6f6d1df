//! The screen and the page of a run of one path: what happened on it.
//!
//! In: a report. Out: blocks of a document. Not here: more paths (`screen`, `whole`), its months (`replay`).

use super::causes::named;
use super::document::Report;
use crate::page::{Cell, Document, Table, Text};
use crate::stats::look_up;

/// What has happened or not, each the chance of it where there are more paths.
const HAPPENED: [&str; 9] = [
    "loss.probability",
    "ruin.probability",
    "autonomy.ever.probability",
    "autonomy.end.probability",
    "goal.wealth.ever.probability",
    "goal.wealth.probability",
    "goal.income.ever.probability",
    "goal.income.probability",
    "goal.beat.probability",
];

impl Report {
    /// Whether a single future was simulated, of which there are no chances and no quantiles to tell.
    pub(super) fn is_of_one(&self) -> bool {
        self.run.paths == 1
    }

    /// What came of it, what has happened, what each cause gave or took and what events took.
    pub(super) fn write_one(&self, file: &str, page: &mut Document) {
        page.fine(self.head());
        page.gap();
        page.sentence(Text::message(&format!(
            "One path was simulated: how others differ from it is not known, and wrong assumptions come on top. \
             `tailwheel replay {file} --path 0`, with the same `--set` and `--seed`, tells it month by month."
        )));
        for sentence in self.hours.iter().chain(&self.scenario.prescribed_falls) {
            page.sentence(sentence.as_str());
        }
        page.gap();
        let currency = &self.scenario.currency;
        let mut table = Table::new(&["", ">"]);
        for (label, id) in self.rows() {
            if let Some(figure) = self.measure(&format!("{id}.p50")) {
                let figure = self.figure_told(id, figure).shown(currency);
                table.row(vec![label.into(), figure.into()]);
            }
        }
        // neither of what cannot be lost nor of what has not to be paid
        let has = |id: &&str| match *id {
            "loss.probability" => self.has_money_in(),
            "ruin.probability" => !self.has_no_obligations(),
            _ => true,
        };
        for id in HAPPENED.into_iter().filter(has) {
            if let Some((measure, kind)) = self.measure(id).zip(look_up(id)) {
                let is_so = if measure.value > 0.0 { "yes" } else { "no" };
                table.row(vec![kind.title.as_str().into(), is_so.into()]);
            }
        }
        let moves = self.measures.iter();
        for (id, measure) in moves.filter(|(id, _)| id.starts_with("owner.move.")) {
            let is_so = if measure.value > 0.0 { "yes" } else { "no" };
            table.row(vec![Cell::code(id), is_so.into()]);
        }
        page.table(table);
        page.gap();
        let causes = self.by_cause().into_iter();
        let causes = causes.map(|(word, [one, _])| (named(word, [one.value; 2]), one));
        let events = self.events_by_loss().into_iter();
        let events = events.map(|(event, loss)| (event.name.as_str(), loss));
        let span = "until the horizon, in money of the start";
        for (heading, rows) in [
            ("WHAT GIVES AND TAKES", causes.collect::<Vec<_>>()),
            ("WHAT EVENTS TOOK", events.collect()),
        ] {
            let mut table = Table::new(&["", ">"]);
            for (name, amount) in rows.into_iter().filter(|(_, amount)| amount.value != 0.0) {
                table.row(vec![name.into(), amount.shown(currency).into()]);
            }
            page.section(heading, span, table);
        }
        for warning in &self.warnings {
            page.warning(Text::message(&warning.text));
        }
        for gate in &self.gates {
            page.sentence(gate.line(currency));
        }
    }
}

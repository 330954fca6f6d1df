//! The figures of a report that a batch keeps of every scenario.
//!
//! In: a report. Out: [`Answer`]s by the id of their measure. Not here: those of gates (`judge`).

use super::super::Report;
use super::Answer;
use crate::stats::Note;
use std::collections::BTreeMap;

/// Figures that a batch keeps of every scenario, besides those of its gates. They are few, so that
/// the lines of two hundred scenarios can be read.
pub const HEADLINE: [&str; 8] = [
    "wealth.terminal.real.p05",
    "wealth.terminal.real.p50",
    "wealth.terminal.real.p95",
    "cagr.real.p50",
    "loss.probability",
    "expected_shortfall.95",
    "drawdown.max.p50",
    "ruin.probability",
];

/// The headline figures of a report, by id of the measure; what is so by definition is left out.
pub fn headline(report: &Report) -> BTreeMap<String, Answer> {
    let by_definition = Note::NoObligations.to_string();
    let figure = |id: &&str| {
        let measure = report.measures.get(*id)?;
        let is_found = measure.note.as_ref() != Some(&by_definition);
        Some((
            (*id).to_owned(),
            Answer::of_measure(measure).filter(|_| is_found)?,
        ))
    };
    HEADLINE.iter().filter_map(figure).collect()
}

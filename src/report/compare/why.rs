//! What each edit does, as a comparison has it.
//!
//! In: what each step changes. Out: [`WhyPart`]. Not here: the steps and their runs (`study`).

use super::super::edit::EditPart;
use super::document::{ChangePart, Comparison, StepPart, WhyPart};
use crate::form::SourceMap;
use crate::stats::Difference;
use crate::study::Attribution;

impl Comparison {
    /// The first measure of the screen in which case number `place` differs.
    pub fn first_difference(&self, place: usize) -> Option<&str> {
        let verdicts = &self.cases[place].headline;
        let differs = |id: &str| verdicts.get(id).is_some_and(|found| found.is_difference());
        let mut headline = self.headline.iter().map(|part| part.measure.as_str());
        headline.find(|id| differs(id))
    }

    /// Adds what was found of the edits of case number `place`, whose places are in `sources`.
    pub fn explain(&mut self, place: usize, found: &Attribution, sources: &SourceMap) {
        let total = &found.total;
        let mut headline = self.headline.iter();
        let label = headline.find(|part| part.measure == total.id);
        let steps = found.steps.iter().map(|(step, change)| StepPart {
            edits: EditPart::all(&step.edits, sources),
            table: step.table.clone(),
            change: ChangePart::of(change.as_ref()),
        });
        self.cases[place].why = Some(WhyPart {
            measure: total.id.clone(),
            label: label
                .map_or(&total.measure.title, |part| &part.label)
                .clone(),
            unit: total.measure.unit.word(),
            steps: steps.collect(),
            total: ChangePart::of(Some(total)),
        });
    }
}

impl ChangePart {
    fn of(found: Option<&Difference>) -> Self {
        let difference = found.map(|found| &found.difference);
        let interval = difference.and_then(|difference| difference.interval);
        Self {
            difference: difference.map(|difference| difference.value),
            std_error: difference.and_then(|difference| difference.std_error),
            interval: interval.map(|(low, high)| [low, high]),
        }
    }
}

//! On how many paths the owner moves to a place that asks for an income, in sentences.
//!
//! In: a scenario, measures. Out: texts. Not here: who moves (`policy`), what is asked for (`living`).

use super::measure::Measure;
use crate::figure::capital;
use crate::scenario::Scenario;
use std::collections::BTreeMap;

/// `The move to United Arab Emirates happens on 62.3 % of paths.`, for each place that asks for an income.
pub(super) fn sentences(scenario: &Scenario, measures: &BTreeMap<String, Measure>) -> Vec<String> {
    let stays = || scenario.owner.iter().flat_map(|owner| &owner.stays);
    let places = scenario.asking_places().into_iter();
    let said = places.filter_map(|id| {
        let share = measures.get(&format!("owner.move.{id}.probability"))?;
        let place = stays()
            .filter_map(|stay| stay.place)
            .find(|place| place.id == id)?;
        Some(format!(
            "The move to {} happens on {} of paths.",
            capital(&place.title),
            share.shown(&scenario.currency).value(),
        ))
    });
    said.collect()
}

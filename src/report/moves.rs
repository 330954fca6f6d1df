//! On how many paths the owner moves to a place that asks for an income, in sentences.
//!
//! In: a scenario, measures. Out: texts. Not here: who moves (`policy`).

use super::measure::Measure;
use crate::figure::{capital, money};
use crate::scenario::{Scenario, Stay};
use std::collections::BTreeMap;

/// `The move to United Arab Emirates happens on 62.3 % of paths: it takes an income of $3,500 a month.`, for each place that asks
/// for an income.
pub(super) fn sentences(scenario: &Scenario, measures: &BTreeMap<String, Measure>) -> Vec<String> {
    let stays = scenario.owner.iter().flat_map(|owner| &owner.stays);
    let asking: Vec<&Stay> = stays.filter(|stay| stay.asks()).collect();
    let places = scenario.asking_places().into_iter();
    let said = places.filter_map(|id| {
        let share = measures.get(&format!("owner.move.{id}.probability"))?;
        let mut of_place = asking.iter().filter_map(|stay| {
            let place = stay.place.filter(|place| place.id == id)?;
            Some((place, stay.income_at_least.get()))
        });
        let (place, first) = of_place.next()?;
        let least = of_place.fold(first, |least, (_, asked)| least.min(asked));
        Some(format!(
            "The move to {} happens on {} of paths: it takes an income of {} a month.",
            capital(&place.title),
            share.shown(&scenario.currency).value(),
            money(&scenario.currency, least)
        ))
    });
    said.collect()
}

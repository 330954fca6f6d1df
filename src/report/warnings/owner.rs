//! Warnings about where the owner lives and how he keeps his keys.
//!
//! In: a scenario. Out: warnings. Not here: what they are called (`kinds`), values that cannot be meant (`scenario`).

use super::super::document::Warning;
use super::kinds::{CURRENCY_RISK, TAX_INCOMPLETE, WITHOUT_EFFECT};
use crate::figure::{capital, listed};
use crate::scenario::Scenario;
use std::collections::BTreeSet;

/// Places that are paid in another currency than the scenario.
pub fn currency_risk(scenario: &Scenario) -> Option<Warning> {
    let stays = scenario.owner.iter().flat_map(|owner| &owner.stays);
    let place = stays
        .filter_map(|stay| stay.place)
        .find(|place| place.currency != scenario.currency)?;
    Some(CURRENCY_RISK.says(format!(
        "{} is paid in {}, this file in {}: what is lived on does not follow their rate of exchange.",
        capital(&place.title),
        place.currency,
        scenario.currency
    )))
}

/// Brackets of a place that were filled in and leave something out.
pub fn tax_incomplete(scenario: &Scenario) -> Option<Warning> {
    let stays = scenario.owner.iter().flat_map(|owner| &owner.stays);
    let mut places = stays.filter_map(|stay| stay.place);
    let (place, lacks) = places.find_map(|place| {
        let schedule = place.schedule.as_ref()?;
        let lacks = schedule.lacks.as_ref()?;
        let mut filled = scenario.filled_in.iter();
        let is_filled = filled.any(|filled| *filled.entry == schedule.income);
        is_filled.then_some((place, lacks))
    })?;
    Some(TAX_INCOMPLETE.says(format!(
        "The brackets of {} leave out {lacks}: figures are optimistic by as much. `owner.tax_rate` takes brackets with it.",
        place.title
    )))
}

/// Deposits beside what is kept offline, of which no part can be.
pub fn deposits_online(scenario: &Scenario) -> Option<Warning> {
    let custody = scenario.owner.as_ref()?.custody.as_ref()?;
    let events = scenario.events.iter();
    let of_keys = events.filter(|event| event.guarded().is_some() && event.can_strike());
    let struck: BTreeSet<usize> = of_keys
        .flat_map(|event| event.assets.iter().copied())
        .collect();
    let deposits = struck.into_iter().map(|index| &scenario.assets[index]);
    let deposits = deposits.filter(|asset| asset.is_deposit());
    let deposits: Vec<String> = deposits
        .map(|asset| format!("\"{}\"", asset.name))
        .collect();
    (custody.cold_storage && !deposits.is_empty()).then(|| {
        WITHOUT_EFFECT.says(format!(
            "`cold_storage` reaches no part of {}: a deposit is in the contract.",
            listed(&deposits)
        ))
    })
}

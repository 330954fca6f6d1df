//! What happens on every path at a known date.
//!
//! In: a scenario. Out: [`HappeningPart`]s. Not here: what events and moves do (`event`, `policy`).

use crate::event::Timing;
use crate::scenario::Scenario;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that is certain to happen in a month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HappeningPart {
    /// The simulated month, the first is 1.
    pub month: u32,
    pub kind: HappeningKind,
    /// The event, the market or the place; null for several markets and for a place without a name.
    pub name: Option<String>,
    /// Part of the price that a prescribed fall takes.
    pub loss: Option<f64>,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HappeningKind {
    Event,
    Fall,
    Move,
}

/// Certain events, prescribed falls and moves, in the order of their months.
pub(in crate::report) fn happenings(scenario: &Scenario) -> Vec<HappeningPart> {
    let part = |month, kind, name| HappeningPart {
        month,
        kind,
        name,
        loss: None,
    };
    let events = scenario.events.iter().filter(|event| event.can_strike());
    let events = events.filter_map(|event| match event.timing {
        Timing::At(month) => Some(part(month, HappeningKind::Event, Some(event.name.clone()))),
        Timing::ByChance(_) => None,
    });
    let falls = scenario.shocks.iter().map(|shock| {
        let market = match shock.markets.as_slice() {
            [only] => Some(scenario.markets[*only].name.clone()),
            _ => None,
        };
        HappeningPart {
            loss: Some(shock.loss),
            ..part(shock.month, HappeningKind::Fall, market)
        }
    });
    let stays = scenario.owner.iter().flat_map(|owner| &owner.stays);
    let moves = stays
        .filter(|stay| stay.from > 1 && !stay.asks())
        .map(|stay| {
            let place = stay.place.map(|place| place.title.clone());
            part(stay.from, HappeningKind::Move, place)
        });
    let mut all: Vec<HappeningPart> = events.chain(falls).chain(moves).collect();
    all.sort_by_key(|one| one.month);
    all
}

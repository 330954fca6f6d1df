//! What sustainable spending is taken from.
//!
//! In: a scenario. Out: [`SustainablePart`]. Not here: the formula (`policy`), the chances (`stats`).

use crate::policy::ACCEPTED_RUIN;
use crate::scenario::Scenario;
use crate::study::sustaining;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What sustainable spending is taken from: the formula of Milevsky and Robinson (2005) for a mix of the catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SustainablePart {
    /// Share of what everything would sell for that can be spent in a year; 0 or less if the growth does not pay for the
    /// volatility over so long a life.
    pub rate: f64,
    /// Chance of ruin that is accepted.
    pub ruin: f64,
    /// Logarithm of the real mean growth of a year, of half shares and half bonds by the values of the catalog.
    pub growth: f64,
    /// Standard deviation of their log-return of a year.
    pub volatility: f64,
    /// Median of what is left of the owner's life at the horizon, in years; null without an end.
    pub remaining_life: Option<f64>,
}

impl SustainablePart {
    /// None without an owner.
    pub(super) fn of(scenario: &Scenario) -> Option<Self> {
        let law = sustaining(scenario)?;
        let months = scenario.owner.as_ref()?.remaining_life.months();
        Some(Self {
            rate: law.rate(),
            ruin: ACCEPTED_RUIN,
            growth: law.growth,
            volatility: law.volatility,
            remaining_life: months.is_finite().then_some(months / 12.0),
        })
    }
}

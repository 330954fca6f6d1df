//! Inputs and rate of sustainable spending, for the report.
//!
//! In: a scenario. Out: [`SustainablePart`]. Not here: the formula (`policy`), probabilities (`stats`).

use crate::policy::ACCEPTED_RUIN;
use crate::scenario::Scenario;
use crate::study::sustaining;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Inputs and rate of sustainable spending, by the formula of Milevsky and Robinson (2005) for a mix from the
/// catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SustainablePart {
    /// Fraction of the wealth, at selling prices, that can be spent per year. It is 0 or less if growth does
    /// not compensate the volatility over so long a life.
    pub rate: f64,
    /// Accepted probability of ruin.
    pub ruin: f64,
    /// Log of the real mean growth per year of half shares and half bonds, with catalog values.
    pub growth: f64,
    /// Standard deviation of the yearly log return of that mix.
    pub volatility: f64,
    /// Median remaining life of the owner at the horizon, in years; null if unlimited.
    pub remaining_life: Option<f64>,
}

impl SustainablePart {
    /// Computes sustainable spending and its inputs; `None` if the scenario has no owner.
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

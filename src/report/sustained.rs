//! What the wealth at the horizon sustains, in sentences and with what it is taken from.
//!
//! In: a scenario, measures. Out: [`SustainablePart`], texts. Not here: the formula (`policy`), the chances (`stats`).

use super::measure::Measure;
use crate::figure::{chance, money_measured, per_cent};
use crate::policy::ACCEPTED_RUIN;
use crate::scenario::Scenario;
use crate::study::sustaining;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What sustainable spending is taken from: the formula of Milevsky and Robinson (2005) for a mix of the catalog.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SustainablePart {
    /// Share of what everything would sell for that can be spent in a year.
    pub rate: f64,
    /// Chance of ruin that is accepted.
    pub ruin: f64,
    /// Logarithm of the real mean growth of a year, of half shares and half bonds by the values of the catalog.
    pub growth: f64,
    /// Standard deviation of their log-return of a year.
    pub volatility: f64,
    /// Median of what is left of the owner's life at the horizon, in years; null without an end.
    pub remaining_life: Option<f64>,
    /// Why nothing is sustained, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing: Option<&'static str>,
}

/// Why a rate is zero.
const NOTHING: &str = "over so long a life this growth does not pay for this volatility";

impl SustainablePart {
    /// None without an owner.
    pub(super) fn of(scenario: &Scenario) -> Option<Self> {
        let law = sustaining(scenario)?;
        let rate = law.rate();
        let months = scenario.owner.as_ref()?.remaining_life.months();
        Some(Self {
            rate,
            ruin: ACCEPTED_RUIN,
            growth: law.growth,
            volatility: law.volatility,
            remaining_life: months.is_finite().then_some(months / 12.0),
            nothing: (rate <= 0.0).then_some(NOTHING),
        })
    }
}

/// How much is sustained, and whether that covers what is planned, side by side.
pub(super) fn told(scenario: &Scenario, measures: &BTreeMap<String, Measure>) -> Option<String> {
    let part = SustainablePart::of(scenario)?;
    let median = measures.get("spending.sustainable.p50")?;
    if let Some(why) = part.nothing {
        return Some(format!(
            "No spending is sustainable after the horizon: {why}."
        ));
    }
    let amount = money_measured(&scenario.currency, median.quantity());
    let ruin = per_cent(part.ruin, 0);
    let mut said = format!(
        "Sustainable spending after the horizon is {amount} a month (median, {ruin} ruin)."
    );
    if let Some(covers) = measures.get("spending.sustainable.covers.probability") {
        let n = scenario.paths;
        let share = chance(covers.quantity(), n, covers.is_certain()).value();
        said += &format!(" It covers the planned spending on {share} of paths.");
    }
    Some(said)
}

/// By which share of the wealth, for which mix and for how long; `None` where nothing is sustained.
pub(super) fn basis(scenario: &Scenario) -> Option<String> {
    let part = SustainablePart::of(scenario).filter(|part| part.nothing.is_none())?;
    let life = match part.remaining_life {
        Some(years) => format!("a median of {years:.1} more years"),
        None => "a life without an end".to_owned(),
    };
    let mut filled = scenario.filled_in.iter();
    let assumed = match filled.any(|filled| filled.path == "owner.remaining_life") {
        true => " (assumed)",
        false => "",
    };
    let rate = per_cent(part.rate, 2);
    Some(format!(
        "Sustainable spending is {rate} of liquidation value a year, half in shares and half in bonds, for {life}{assumed}."
    ))
}

//! A month of agents' sales in shares of prices and of wealth.
//!
//! In: the anatomy of a month, the path. Out: [`SellOffPart`]. Not here: words (the templates).

use super::anatomy::{CrashMonth, FallenMarket};
use super::document::{ReplayReport, lost};
use super::facts::AmountPart;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The month that is explained. Changes are fractions of a price or a value at the start of the month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SellOffPart {
    /// The owner's wealth before the month, at its intramonth low if agents sold, and at its end.
    pub wealth_before: AmountPart,
    pub wealth_low: Option<AmountPart>,
    pub wealth_end: AmountPart,
    /// Change of the agents' portfolio (mean log price of what they hold) before anybody sold, and at the low.
    pub portfolio_before: f64,
    pub portfolio_low: f64,
    /// Cost of the selling at the low, a share of the wealth that there would have been without it.
    pub cost: f64,
    pub markets: Vec<FallPart>,
}

/// A market in the month. Its low compounds the two changes before it, and what earlier falls gave back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FallPart {
    pub name: String,
    pub alone: f64,
    pub by_sales: f64,
    pub given_back: f64,
    pub low: f64,
    /// Share of the fall by sales (of log prices) that is made good at the end of the month and a year after it; null
    /// without such a fall.
    pub recovered_at_end: Option<f64>,
    pub recovered_after_a_year: Option<f64>,
}

pub(super) fn sell_off(report: &ReplayReport<'_>, crash: &CrashMonth) -> SellOffPart {
    let wealth = |month: u32| report.replay.months[month as usize].worlds[0].wealth;
    let now = &report.replay.months[crash.month as usize].worlds[0];
    let has_sales = !crash.firings.is_empty();
    SellOffPart {
        wealth_before: report.amount(crash.month - 1, wealth(crash.month - 1)),
        wealth_low: has_sales.then(|| report.amount(crash.month, now.trough)),
        wealth_end: report.amount(crash.month, now.wealth),
        portfolio_before: -lost(crash.agents.loss_before),
        portfolio_low: -lost(crash.agents.loss_after),
        cost: if has_sales {
            report.replay.taken(crash.month)
        } else {
            0.0
        },
        markets: crash.markets.iter().map(fall).collect(),
    }
}

fn fall(market: &FallenMarket) -> FallPart {
    let recovered = |missing: Option<&f64>| {
        let missing = missing.filter(|_| market.fall > 0.0);
        missing.map(|missing| 1.0 - missing)
    };
    FallPart {
        name: market.name.clone(),
        alone: -lost(market.loss),
        by_sales: -lost(market.fall),
        given_back: -lost(-market.given_back),
        low: -lost(market.loss + market.fall - market.given_back),
        recovered_at_end: recovered(market.missing.first()),
        recovered_after_a_year: recovered(market.missing.last()),
    }
}

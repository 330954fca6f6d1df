//! A month of agents' sales in shares of prices and of wealth.
//!
//! In: the anatomy of a month, the path. Out: [`SellOffPart`]. Not here: words (the templates).

use super::anatomy::{CrashMonth, FallenMarket, Regime, Seller};
use super::document::{ReplayReport, lost};
use super::facts::AmountPart;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What earlier falls give back counts from here on, as a part of the price.
const GIVEN_BACK: f64 = 0.0005;

/// The month that is explained. Changes are fractions of a price or a value at the start of the month, shares of agents are
/// by capital.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SellOffPart {
    pub month: u32,
    pub date: String,
    pub regime: Option<Regime>,
    /// The owner's wealth before the month, at its intramonth low if agents sold, and at its end.
    pub wealth_before: AmountPart,
    pub wealth_low: Option<AmountPart>,
    pub wealth_end: AmountPart,
    /// Change of the agents' portfolio (mean log price of what they hold) before anybody sold, and at the low.
    pub portfolio_before: f64,
    pub portfolio_low: f64,
    /// Shares of the agents that obeyed a false signal, that reached their stop-loss by the markets alone, that were
    /// pushed over it by the sales of others, and that sold in all.
    pub false_signal: f64,
    pub stop_loss: f64,
    pub pushed: f64,
    pub sold: f64,
    /// Cost of the selling at the low, a share of the wealth that there would have been without it.
    pub cost: f64,
    /// How many times as far as in a normal regime a sale moves prices.
    pub price_impact: f64,
    pub n_sales: usize,
    pub markets: Vec<FallPart>,
    /// True if lows also hold what earlier falls gave back.
    pub has_given_back: bool,
    /// The agents that were nearest to selling, where nobody sold.
    pub nearest: Option<NearestPart>,
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

/// Agents that did not sell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NearestPart {
    pub agents: String,
    /// The fall at which the first of them sells.
    pub stop_loss: f64,
    /// True if the fall passed it, but those agents were still out from earlier sales.
    pub is_out: bool,
}

pub(super) fn sell_off(report: &ReplayReport<'_>, crash: &CrashMonth) -> SellOffPart {
    let wealth = |month: u32| report.replay.months[month as usize].worlds[0].wealth;
    let now = &report.replay.months[crash.month as usize].worlds[0];
    let agents = &crash.agents;
    let has_sales = !crash.firings.is_empty();
    let given_back = |market: &FallenMarket| market.given_back > GIVEN_BACK;
    SellOffPart {
        month: crash.month,
        date: crash.date.clone(),
        regime: crash.regime,
        wealth_before: report.amount(crash.month - 1, wealth(crash.month - 1)),
        wealth_low: has_sales.then(|| report.amount(crash.month, now.trough)),
        wealth_end: report.amount(crash.month, now.wealth),
        portfolio_before: -lost(agents.loss_before),
        portfolio_low: -lost(agents.loss_after),
        false_signal: agents.obeyed,
        stop_loss: agents.alone,
        pushed: agents.pushed,
        sold: agents.sold,
        cost: if has_sales {
            report.replay.taken(crash.month)
        } else {
            0.0
        },
        price_impact: crash.thinning,
        n_sales: crash.firings.len(),
        markets: crash.markets.iter().map(fall).collect(),
        has_given_back: crash.markets.iter().any(given_back),
        nearest: nearest(&crash.clusters).filter(|_| !has_sales),
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

fn nearest(clusters: &[Seller]) -> Option<NearestPart> {
    let room = |seller: &Seller| seller.first_trigger - seller.loss_before;
    let first = clusters.iter().min_by(|a, b| room(a).total_cmp(&room(b)))?;
    Some(NearestPart {
        agents: first.name.clone(),
        stop_loss: lost(first.first_trigger),
        is_out: room(first) <= 0.0,
    })
}

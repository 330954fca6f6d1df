//! Properties of an asset that other modules need: a business or a holding, its debts, units and reported
//! states.
//!
//! In: a kind's keys. Out: [`Facts`]. Not here: growth and income of a month (`earning`).

use super::Care;
use crate::market::SecondCoin;
use crate::units::Volatility;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Properties of an asset that follow from its kind and its keys. A kind states those that differ from
/// `Facts::HOLDING` or `Facts::BUSINESS`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// True for the kind `claim`, which takes the claimed return as given.
    pub is_claim: bool,
    /// True for a business: held as a whole, no further part can be bought, and its income is paid in cash.
    pub is_business: bool,
    /// True if the costs of a month may exceed its income.
    pub may_lose: bool,
    /// True if the asset spends part of its income on its own expansion.
    pub pays_for_more: bool,
    /// True if the asset has costs out of its income, so that a cut in income may turn a month into a loss.
    pub spends: bool,
    /// True if the market exposure differs from the value, or if the kind tracks its own price. The owner's
    /// agents cannot manage such an asset.
    pub is_levered: bool,
    /// True if the price grows by the part of the return that is not paid out.
    pub keeps_return: bool,
    /// True if the income has a finite variance. Without one, means converge slowly.
    pub has_variance: bool,
    /// Yearly volatility of the price if the kind derives it from its own keys; `None` if the key
    /// `volatility` states it.
    pub market_volatility: Option<Volatility>,
    /// The second coin of the pool that the asset provides liquidity to; `None` if it provides none.
    pub pair: Option<SecondCoin>,
    /// Supervision that the asset needs: its number of units and its audits.
    pub care: Care,
    /// Quantities to report over time, at most [`MOST_STATES`], in the order of
    /// [`Slot::states`](super::Slot::states).
    pub states: &'static [State],
}

impl Facts {
    /// A holding of a single unit, without debt and without states.
    pub(super) const HOLDING: Self = Self {
        is_claim: false,
        is_business: false,
        may_lose: false,
        pays_for_more: false,
        spends: false,
        is_levered: false,
        keeps_return: false,
        has_variance: true,
        market_volatility: None,
        pair: None,
        care: Care::ONE,
        states: &[],
    };
    /// A business of a single unit, without costs and without states.
    pub(super) const BUSINESS: Self = Self { is_business: true, ..Self::HOLDING };
}

/// A reported quantity, as a fraction of a stated whole such as all units or the number at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Last part of the measure's name in reports: `state.<asset>.<id>`.
    pub id: &'static str,
    /// Label for readers, such as "visits".
    pub title: &'static str,
    pub whole: Whole,
    /// True if a value of zero means that the asset has closed.
    pub is_alive: bool,
}

/// What a state is a fraction of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Whole {
    /// All units of a fleet.
    Units,
    /// Its own start.
    Start,
    /// All that the asset holds.
    Holdings,
    /// Something else, or the start if another state shows the same; for tables, not for charts.
    Other,
}

/// Id of the reported state "visits", relative to the first month, on which other assets' audiences are based.
pub const VISITS: &str = "visits";

/// Largest number of reported states per kind of asset.
pub const MOST_STATES: usize = 4;

/// Reported state of an asset whose launch depends on available money: 1 once it is launched, else 0.
pub const LAUNCHED: State = State { id: "launched", title: "launched", whole: Whole::Other, is_alive: false };

//! Moves between chains: their extra yield and their cost.

use super::Pools;
use crate::asset::{idle, wear};
use crate::form::{Reader, fault};
use crate::math::elementary::{expm1, ln};
use crate::units::Delay;
use std::f64::consts::LN_2;

/// Extra yield of a position that moves between chains, and its cost.
///
/// ```text
/// spread = s·h/(r·ln 2)·(1 − 2^(−r/h))      mean over r months between moves; s halves in every h months
/// lost   = 1 − (1 − c)^(1/r)                fraction of the value lost a month; a move costs c
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moves<T> {
    /// Extra yield per year, as a fraction of the value.
    pub spread: T,
    /// Fraction of the value that moves between chains cost per month.
    pub lost_per_step: T,
}

impl Moves<f64> {
    /// No extra yield and no cost: the position never moves between chains.
    pub(super) const NONE: Self = Self { spread: 0.0, lost_per_step: 0.0 };
}

/// Mean fraction of the initial spread that a position earns between two moves `every` months apart. The
/// spread fades with `half_life`; `None` if it stays.
pub(super) fn found(every: f64, half_life: Option<Delay>) -> f64 {
    half_life.map_or(1.0, |half_life| {
        half_life.months() / (every * LN_2) * (1.0 - wear::left(every, half_life.months()))
    })
}

/// Fraction of the value lost per month if a move every `every` months costs the fraction `cost`.
pub(super) fn lost(every: f64, cost: f64) -> f64 {
    -expm1(ln(1.0 - cost) / every)
}

/// Refuses moves less than an hour apart, and keys of moves without `rebalance`.
pub(super) fn check(pools: &mut Pools, reader: &mut Reader<'_>) {
    const OF_MOVES: [&str; 3] = ["spread", "spread_half_life", "bridge_cost"];
    if !reader.sound(&["rebalance"]) {
        return;
    }
    match pools.rebalance.map(Delay::months) {
        Some(months) if months < LEAST_MONTHS => {
            fault!(reader, "income", "the position would move all the time"; "rebalance" => "too short";
                rule: "between two moves there is at least an hour");
            pools.rebalance = None;
        }
        Some(_) => {}
        None => {
            let why = |key: &str| format!("a position that stays where it is has no `{key}`");
            idle::refuse(OF_MOVES, why, "rebalance = \"1 month\"", reader);
            (pools.spread, pools.spread_half_life, pools.bridge_cost) = (None, None, None);
        }
    }
}

/// Shortest time between two moves: one hour, in months.
const LEAST_MONTHS: f64 = 12.0 / 365.25 / 24.0;

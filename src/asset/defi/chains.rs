//! Moves between chains: what they find there, and what they cost.

use super::Terms;
use crate::asset::wear;
use crate::form::{Diagnostic, Reader};
use crate::math::elementary::{expm1, ln};
use crate::units::Delay;
use std::f64::consts::LN_2;

/// What a position that moves earns above one that stays, and what it loses on the way.
///
/// ```text
/// spread = s·h/(r·ln 2)·(1 − 2^(−r/h))      mean between two moves r apart, of s that halves in every h
/// lost   = 1 − (1 − c)^(1/r)                share of the value in a month of 1/r moves
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moves<T> {
    /// Per year.
    pub spread: T,
    /// Share of the value that goes in a month.
    pub lost_per_step: T,
}

impl Moves<f64> {
    /// It stays where it is.
    pub(super) const NONE: Self = Self { spread: 0.0, lost_per_step: 0.0 };
}

/// Mean part of a spread that there is between two moves `every` months apart.
pub(super) fn found(every: f64, half_life: Option<Delay>) -> f64 {
    half_life.map_or(1.0, |half_life| {
        half_life.months() / (every * LN_2) * (1.0 - wear::left(every, half_life.months()))
    })
}

/// Share of the value that moves `every` so many months take in a month, each of them `cost`.
pub(super) fn lost(every: f64, cost: f64) -> f64 {
    -expm1(ln(1.0 - cost) / every)
}

/// Moves need a span between them and something to move for; without moves the rest says nothing.
pub(super) fn check(terms: &mut Terms, reader: &mut Reader<'_>) {
    const OF_MOVES: [&str; 3] = ["spread", "spread_half_life", "bridge_cost"];
    if !reader.sound(&["rebalance"]) {
        return;
    }
    match terms.rebalance.map(Delay::months) {
        Some(months) if months < LEAST_MONTHS => {
            let fault = Diagnostic::new("income", "the position would move all the time")
                .at(reader.place_of("rebalance"), "too short")
                .rule("between two moves there is at least an hour");
            reader.fault(fault);
            terms.rebalance = None;
        }
        Some(_) => {}
        None => {
            for key in OF_MOVES {
                if reader.says(key) {
                    let message = format!("a position that stays where it is has no `{key}`");
                    let fault = Diagnostic::new("income", message)
                        .at(reader.place_of(key), "has no effect here")
                        .write("rebalance = \"1 month\"");
                    reader.fault(fault);
                }
                reader.forget(key);
            }
            (terms.spread, terms.spread_half_life, terms.bridge_cost) = (None, None, None);
        }
    }
}

/// An hour.
const LEAST_MONTHS: f64 = 12.0 / 365.25 / 24.0;

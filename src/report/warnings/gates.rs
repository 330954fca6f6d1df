//! Warnings about pointless gates: repeated, contradicted, or sure to pass.
//!
//! In: the gates of one case. Out: [`Warning`]s. Not here: limits outside the range of their figure, which
//! are faults (`batch`).

use super::warning;
use crate::report::document::Warning;
use crate::scenario::Expectation;
use crate::stats::{Unit, look_up};
use crate::units::plain;
use serde_json::json;
use std::collections::BTreeSet;

/// Returns a warning for each gate that is sure to pass, repeats another or contradicts one.
pub(super) fn pointless(gates: &[Expectation]) -> Vec<Warning> {
    gates.iter().filter_map(sure_to_pass).chain(repeated(gates)).chain(contradicted(gates)).collect()
}

/// Warns of a gate that only demands a probability below 100 %: one path without the event is enough to pass.
fn sure_to_pass(gate: &Expectation) -> Option<Warning> {
    let is_chance = look_up(&gate.measure)?.unit == Unit::Probability;
    let limit = gate.below.filter(|limit| is_chance && *limit >= 1.0)?;
    let facts = json!({ "reason": "sure", "gate": gate.id, "limit": plain(limit) });
    Some(warning("pointless-gate", facts))
}

fn repeated(gates: &[Expectation]) -> Vec<Warning> {
    let asks_the_same = |one: &Expectation, other: &Expectation| {
        one.measure == other.measure
            && (one.above, one.below, one.confidence) == (other.above, other.below, other.confidence)
    };
    let repeated = gates.iter().enumerate().filter_map(|(place, gate)| {
        let earlier = gates[..place].iter().find(|earlier| asks_the_same(earlier, gate))?;
        let facts = json!({ "reason": "repeated", "gate": gate.id, "other": earlier.id });
        Some(warning("pointless-gate", facts))
    });
    repeated.collect()
}

/// Warns of gates on one measure whose limits no value can meet: the highest lower limit is at or above the
/// lowest upper limit.
fn contradicted(gates: &[Expectation]) -> Vec<Warning> {
    let measures: BTreeSet<&str> = gates.iter().map(|gate| gate.measure.as_str()).collect();
    let contradicting = measures.into_iter().filter_map(|measure| {
        let of_it = || gates.iter().filter(|gate| gate.measure == measure);
        let above = of_it().filter_map(|gate| Some((gate.above?, &gate.id)));
        let below = of_it().filter_map(|gate| Some((gate.below?, &gate.id)));
        // of gates with equal limits, the first one is named
        let (low, one) = above.rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
        let (high, other) = below.min_by(|a, b| a.0.total_cmp(&b.0))?;
        let facts = json!({
            "reason": "contradicted", "gate": one, "other": other, "measure": measure,
            "above": plain(low), "below": plain(high),
        });
        (low >= high).then(|| warning("pointless-gate", facts))
    });
    contradicting.collect()
}

#[cfg(test)]
mod tests;

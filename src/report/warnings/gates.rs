//! Warnings about pointless gates: repeated, contradicted, or sure to pass.
//!
//! In: the gates of one case. Out: [`Warning`]s. Not here: limits outside the range of their figure, which
//! are faults (`batch`).

use super::kinds::warning;
use crate::report::document::Warning;
use crate::scenario::Expectation;
use crate::stats::{Unit, look_up};
use crate::units::plain;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Returns a warning for each pointless gate.
pub(super) fn pointless(gates: &[Expectation]) -> Vec<Warning> {
    gates.iter().filter_map(sure_to_pass).chain(repeated(gates)).chain(contradicted(gates)).collect()
}

/// Warns of a gate that only demands a probability below 1: one path without the event is enough to pass.
fn sure_to_pass(gate: &Expectation) -> Option<Warning> {
    let is_chance = look_up(&gate.measure)?.unit == Unit::Probability;
    let limit = gate.below.filter(|limit| is_chance && *limit >= 1.0)?;
    let facts = json!({ "reason": "sure", "gate": gate.id, "limit": plain(limit) });
    Some(warning("pointless-gate", facts))
}

fn repeated(gates: &[Expectation]) -> Vec<Warning> {
    let mut first: BTreeMap<(&str, [Option<u64>; 2], u64), &str> = BTreeMap::new();
    let mut found = Vec::new();
    for gate in gates {
        let limits = [gate.above, gate.below].map(|limit| limit.map(f64::to_bits));
        let asked = (gate.measure.as_str(), limits, gate.confidence.to_bits());
        let earlier = *first.entry(asked).or_insert(&gate.id);
        if earlier != gate.id {
            let facts = json!({ "reason": "repeated", "gate": gate.id, "other": earlier });
            found.push(warning("pointless-gate", facts));
        }
    }
    found
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

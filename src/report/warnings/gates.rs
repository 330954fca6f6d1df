//! Gates that decide nothing: repeated, contradicted, or sure to pass.
//!
//! In: the gates of one case. Out: sentences. Not here: limits that no figure can be on either side of, which are faults
//! (`batch`).

use crate::scenario::Expectation;
use crate::stats::{Unit, look_up};
use crate::units::plain;
use std::collections::BTreeMap;

/// What to say of `gates`, each thing once.
pub(super) fn pointless(gates: &[Expectation]) -> Vec<String> {
    let sure = gates.iter().filter_map(sure_to_pass);
    sure.chain(repeated(gates))
        .chain(contradicted(gates))
        .collect()
}

/// A chance below 1 is what every run has that differs on one path.
fn sure_to_pass(gate: &Expectation) -> Option<String> {
    let is_chance = look_up(&gate.measure)?.unit == Unit::Probability;
    let limit = gate.below.filter(|limit| is_chance && *limit >= 1.0)?;
    Some(format!(
        "`expect.{}.below` is {}: the gate passes unless every path has it. Write a limit below 1, such as 0.15.",
        gate.id,
        plain(limit)
    ))
}

fn repeated(gates: &[Expectation]) -> Vec<String> {
    let mut first: BTreeMap<(&str, [Option<u64>; 2], u64), &str> = BTreeMap::new();
    let repeats = gates.iter().filter_map(|gate| {
        let limits = [gate.above, gate.below].map(|limit| limit.map(f64::to_bits));
        let asked = (gate.measure.as_str(), limits, gate.confidence.to_bits());
        let earlier = *first.entry(asked).or_insert(&gate.id);
        (earlier != gate.id).then(|| {
            format!(
                "`expect.{}` asks what `expect.{earlier}` asks of the same case: it changes no verdict there. Select other cases with \
                 `where`, write another limit, or leave out the gate of fewer cases.",
                gate.id
            )
        })
    });
    repeats.collect()
}

/// A limit, and the gate that has it.
type Limit<'a> = Option<(f64, &'a str)>;

fn contradicted(gates: &[Expectation]) -> Vec<String> {
    let mut tightest: BTreeMap<&str, [Limit<'_>; 2]> = BTreeMap::new();
    for gate in gates {
        let [above, below] = tightest.entry(&gate.measure).or_default();
        if let Some(limit) = gate.above
            && above.is_none_or(|(other, _)| limit > other)
        {
            *above = Some((limit, &gate.id));
        }
        if let Some(limit) = gate.below
            && below.is_none_or(|(other, _)| limit < other)
        {
            *below = Some((limit, &gate.id));
        }
    }
    let said = tightest.into_iter().filter_map(|(measure, ends)| {
        let [Some((low, one)), Some((high, other))] = ends else {
            return None;
        };
        (low >= high).then(|| {
            let [low, high] = [low, high].map(plain);
            format!(
                "`expect.{one}` and `expect.{other}` contradict each other: no `{measure}` is above {low} and below {high}, so one of \
                 them always fails. Write another limit, or `where` for the cases of each."
            )
        })
    });
    said.collect()
}

#[cfg(test)]
mod tests;

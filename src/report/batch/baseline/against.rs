//! Comparison of a scenario with its line in the baseline: changed figures, loosened gates.
//!
//! In: the line, and the scenario's results now. Out: [`AgainstPart`], [`GateEdit`]s. Not here: simulating (`cli`),
//! verdicts of gates (`gate`).

use super::super::{AgainstPart, Asked, ChangePart, GateEdit, GatePart, HEADLINE, How, Turn, Why};
use super::BaselineLine;
use crate::math::ln;
use crate::math::normal::from_ln_upper_tail;
use crate::report::VALUE_VERSION;
use crate::scenario::Expectation;
use crate::stats::{Better, look_up, unit_of};
use std::collections::{BTreeMap, BTreeSet};

/// Relative difference up to which a figure counts as unchanged, unless its gate sets another tolerance.
pub const TOLERANCE: f64 = 0.01;

/// Least number of standard errors that a difference must exceed, however few figures are compared.
const LEAST_SCORE: f64 = 4.0;

/// Largest probability that a batch whose models did not change reports any change.
const FALSE_ALARM: f64 = 0.01;

/// Number of standard errors beyond which one of n = `n_figures` figures counts as changed.
///
/// ```text
/// max(4, Φ⁻¹(1 − 0.01/(2n)))
/// ```
///
/// Chance exceeds four errors once in 16,000 figures. From 158 figures on, that is more than one false alarm in a
/// hundred batches, so the threshold rises with their number (4.5 at 1,800). Source: Boole's inequality (Bonferroni).
pub fn critical_score(n_figures: usize) -> f64 {
    let one_sided = 0.5 * FALSE_ALARM / n_figures.max(1) as f64;
    let of_batch = from_ln_upper_tail(ln(one_sided));
    if of_batch > LEAST_SCORE { of_batch } else { LEAST_SCORE }
}

/// Compares a scenario's results now (`line`) with its line in the baseline (`entry`). `seen` already holds
/// the changed keys, the reasons why amounts or dates are not comparable, and whether payments were changed.
///
/// Figures are compared as those of independent runs. A figure has changed if it differs by more than
/// `critical` standard errors ([`critical_score`]) and by more than the tolerance of its gate in the
/// baseline, else `TOLERANCE`. A difference without an error does not count. Nothing is compared if currency,
/// start or horizon differ.
pub fn against(
    entry: &BaselineLine,
    line: &BaselineLine,
    mut seen: AgainstPart,
    critical: f64,
) -> AgainstPart {
    seen.how = if !seen.why.is_empty() {
        How::Apart
    } else if entry.value_version != VALUE_VERSION {
        How::OtherVersion
    } else if line.model_digest == entry.model_digest && line.figures == entry.figures {
        How::Same
    } else {
        How::Unpaired
    };
    match seen.how {
        How::Apart => return seen,
        How::Same => return AgainstPart { edits: Vec::new(), ..seen },
        How::OtherVersion => {
            seen.why.push(Why::OtherVersion { baseline: entry.value_version, program: VALUE_VERSION });
        }
        How::Unpaired | How::New => {}
    }
    let ids: BTreeSet<&str> = entry.figures.keys().map(String::as_str).chain(HEADLINE).collect();
    let change = |id| entry.change(line, id, critical, seen.pays_otherwise);
    seen.changes = ids.into_iter().filter_map(change).collect();
    seen.changes.sort_by(|a, b| size(b).total_cmp(&size(a)));
    seen
}

/// Size of a change in standard errors; infinite if the change has no error.
pub(in crate::report::batch) fn size(change: &ChangePart) -> f64 {
    let errors = change.difference.zip(change.std_error);
    errors.map_or(f64::INFINITY, |(difference, error)| difference.abs() / error)
}

/// Judges if a change is good for the owner; measures of loss are not judged if payments were edited.
fn turn(id: &str, difference: f64, pays_otherwise: bool) -> Turn {
    let better = match look_up(id) {
        None => Some(Better::Neither),
        Some(measure) if pays_otherwise => measure.better_at_other_payments(),
        Some(measure) => Some(measure.better),
    };
    match better {
        None => Turn::NotJudged,
        Some(Better::Neither) => Turn::Neither,
        _ if difference == 0.0 => Turn::Neither,
        Some(better) if (better == Better::Higher) == (difference > 0.0) => Turn::Better,
        _ => Turn::Worse,
    }
}

impl BaselineLine {
    /// Returns the change of the figure `id` from this line of the baseline to `line`; `None` if it did not change by
    /// more than `critical` standard errors and its tolerance.
    fn change(&self, line: &Self, id: &str, critical: f64, pays_otherwise: bool) -> Option<ChangePart> {
        let lines = [self, line];
        let [base, new] = lines.map(|line| line.figures.get(id));
        let both = base.zip(new);
        let difference = both.map(|(base, new)| new.value - base.value);
        let std_error = both.and_then(|(base, new)| {
            let (a, b) = (base.std_error?, new.std_error?);
            Some((a * a + b * b).sqrt())
        });
        let is_changed = match both {
            Some((base, _)) => difference.zip(std_error).is_some_and(|(difference, error)| {
                let least = self.tolerance(id) * base.value.abs();
                difference.abs() > least && difference.abs() > critical * error
            }),
            // a gate's own figure appears and disappears with the gate
            None => {
                let has_gate = |line: &Self| line.gates.values().any(|asked| asked.measure == id);
                let has = |line: &Self| line.figures.contains_key(id) && !has_gate(line);
                HEADLINE.contains(&id) && lines.into_iter().any(has)
            }
        };
        is_changed.then(|| ChangePart {
            measure: id.to_owned(),
            unit: unit_of(id),
            base: base.map(|kept| kept.value),
            new: new.map(|kept| kept.value),
            difference,
            std_error,
            turn: turn(id, difference.unwrap_or(0.0), pays_otherwise),
        })
    }

    /// Smallest tolerance of the scenario's gates on `measure`, else `TOLERANCE`.
    fn tolerance(&self, measure: &str) -> f64 {
        let asking = self.gates.values().filter(|asked| asked.measure == measure);
        asking.map(|asked| asked.tolerance).min_by(f64::total_cmp).unwrap_or(TOLERANCE)
    }
}

/// Returns the requirements of all gates by gate id.
pub fn asked_of(expectations: &[Expectation]) -> BTreeMap<String, Asked> {
    expectations.iter().map(|expected| (expected.id.clone(), expected.into())).collect()
}

/// Returns the gates that were removed or loosened since `before`, with their places in the current `gates`.
pub fn gate_edits(
    before: &BTreeMap<String, Asked>,
    now: &BTreeMap<String, Asked>,
    gates: &[GatePart],
) -> Vec<GateEdit> {
    let place = |id: &String| {
        let gate = gates.iter().find(|gate| gate.id == *id);
        gate.and_then(|gate| gate.place.clone())
    };
    let less = before.iter().filter_map(|(id, from)| {
        let to = now.get(id);
        to.is_none_or(|to| is_looser(from, to)).then(|| GateEdit {
            id: id.clone(),
            from: from.clone(),
            to: to.cloned(),
            place: place(id),
        })
    });
    less.collect()
}

/// True if the requirement `to` can pass where `from` does not, tolerates a larger change, or limits another measure.
fn is_looser(from: &Asked, to: &Asked) -> bool {
    let is_lower = |from: Option<f64>, to: Option<f64>| match (from, to) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(from), Some(to)) => to < from,
    };
    let negative = |limit: Option<f64>| limit.map(|limit| -limit);
    from.measure != to.measure
        || is_lower(from.above, to.above)
        || is_lower(negative(from.below), negative(to.below))
        || to.confidence < from.confidence
        || to.tolerance > from.tolerance
}

#[cfg(test)]
mod tests;

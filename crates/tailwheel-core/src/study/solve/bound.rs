//! Both ends of the range lie on one side of the target: values inside, then which bound to move, and where to.
//!
//! In: both ends. Out: a bracket, or an [`Outcome`] with a new bound that was simulated. Not here: the search in a
//! bracket (`search`).
//!
//! The bound to move is the end whose measure is nearer to the target. The proposed value lies a quarter
//! beyond the point where the chord through both ends meets the target. If it passes the target, the middle between
//! it and the bound is tried in its place, as long as that passes the target too.

use super::search::{Search, Try, five_digits};
use super::{Bound, Outcome};
use crate::math::digits::exponent;
use crate::study::Fault;

/// Parts of the range that are tried if the measure misses its target at both ends.
const INSIDE: [f64; 4] = [0.5, 0.25, 0.75, 0.1];

/// Maximum number of values tried beyond a bound.
const MOST_BEYOND: usize = 3;

/// Maximum number of middles tried between a bound and the proposal.
const MOST_NEARER: usize = 4;

/// Factor by which a proposal overshoots the estimated crossing; each next proposal goes four times as far.
const FARTHER: f64 = 1.25;
const AGAIN: f64 = 4.0;

/// Factor for a bound that would pass zero: it keeps its sign and shrinks to this fraction.
const TOWARD_ZERO: f64 = 0.25;

/// Minimum and maximum distance of a proposal, in lengths of the range.
const LEAST_REACH: f64 = 0.25;
const MOST_REACH: f64 = 20.0;

impl Search<'_> {
    /// Returns the first end and a value inside the range on the other side of the target: the measure may turn round.
    /// Returns both ends if none of [`INSIDE`] is there.
    pub(super) fn inside(&mut self, ends: [Try; 2]) -> Result<[Try; 2], Fault> {
        let [first, second] = self.asked.between;
        for part in INSIDE {
            let value = self.typed(part.mul_add(second - first, first));
            if value == first || value == second {
                continue;
            }
            let found = match self.of(value) {
                Err(Fault::Refused(_)) => continue,
                found => found?,
            };
            if self.gap(found) * self.gap(ends[0]) <= 0.0 {
                self.within = [first, value];
                return Ok([ends[0], found]);
            }
        }
        Ok(ends)
    }

    /// Returns the outcome if both ends lie on one side of the target. `is_flat`: the measure stays at the
    /// target, so no bound helps.
    pub(super) fn one_side(&mut self, ends: [Try; 2], is_flat: bool) -> Result<Outcome, Fault> {
        let is_met = |end: &Try| self.asked.is_met_by(end.found.value);
        let is_already_met = ends.iter().any(is_met);
        let nearest = |a: &Try, b: &Try| self.gap(*a).abs().total_cmp(&self.gap(*b).abs());
        let candidates = ends.into_iter().filter(|end| is_met(end) || !is_already_met);
        let at = candidates.min_by(nearest).unwrap_or(ends[0]);
        let (mut bound, mut at, mut other) =
            if at.value == ends[0].value { (Bound::From, at, ends[1]) } else { (Bound::To, at, ends[0]) };
        let mut propose = None;
        if !is_flat {
            let is_tie = self.gap(at) == self.gap(other);
            if is_tie {
                (bound, at, other) = (Bound::To, ends[1], ends[0]);
            }
            propose = self.beyond(at, other)?;
            if is_tie && propose.is_none() {
                propose = self.beyond(other, at)?;
                if propose.is_some() {
                    (bound, at) = (Bound::From, other);
                }
            }
        }
        let (value, found) = (at.value, self.figure(at).found);
        Ok(if is_already_met {
            Outcome::AlreadyMet { at: value, found, bound, propose }
        } else {
            Outcome::CannotBeMet { at: value, found, bound, propose }
        })
    }

    /// Searches a value beyond the end `at`, away from `other`, that passes the target; `None` if not found.
    fn beyond(&mut self, at: Try, other: Try) -> Result<Option<f64>, Fault> {
        let length = (at.value - other.value).abs();
        let outward = (at.value - other.value).signum();
        let slope = (at.found.value - other.found.value) / length;
        let chord = FARTHER * (self.gap(at) / slope).abs();
        let reach = if chord.is_finite() { chord } else { length };
        let mut reach = reach.clamp(LEAST_REACH * length, MOST_REACH * length);
        let mut nearer = at.value;
        for _ in 0..MOST_BEYOND {
            let beyond = at.value + outward * reach;
            // an amount of opposite sign would be another question
            let value = if beyond * at.value < 0.0 {
                nearer *= TOWARD_ZERO;
                round_outward(nearer, outward)
            } else {
                round_outward(beyond, outward)
            };
            if value == at.value || at.value == 0.0 && other.value * value < 0.0 {
                return Ok(None);
            }
            let found = match self.of(value) {
                Ok(found) => found,
                Err(Fault::Refused(_)) => return Ok(None),
                Err(stopped) => return Err(stopped),
            };
            if self.passes(found, at) {
                return self.nearer(value, at, outward).map(Some);
            }
            reach *= AGAIN;
        }
        Ok(None)
    }

    fn passes(&self, found: Try, at: Try) -> bool {
        self.gap(found) * self.gap(at) < 0.0
    }

    /// Halves the distance between the bound `at` and a `value` that passes the target, as long as the middle passes it.
    fn nearer(&mut self, mut value: f64, at: Try, outward: f64) -> Result<f64, Fault> {
        for _ in 0..MOST_NEARER {
            let middle = round_outward(f64::midpoint(at.value, value), outward);
            match self.of(middle) {
                Ok(found) if middle != value && self.passes(found, at) => value = middle,
                Ok(_) | Err(Fault::Refused(_)) => break,
                Err(stopped) => return Err(stopped),
            }
        }
        Ok(value)
    }
}

/// Rounds `value` to two digits, away from the range: up if `outward` is positive, else down.
fn round_outward(value: f64, outward: f64) -> f64 {
    let unit: f64 = format!("1e{}", exponent(value) - 1).parse().unwrap_or(1.0);
    let scaled = value / unit;
    let whole = if outward > 0.0 { scaled.ceil() } else { scaled.floor() };
    five_digits(whole * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_has_two_digits_and_lies_outward() {
        assert_eq!(round_outward(11_634.0, 1.0), 12_000.0);
        assert_eq!(round_outward(437.0, -1.0), 430.0);
        assert_eq!(round_outward(-437.0, -1.0), -440.0);
        assert_eq!(round_outward(0.314, 1.0), 0.32);
    }
}

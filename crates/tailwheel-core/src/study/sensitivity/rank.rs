//! Ranking of assumptions after the interim analysis.
//!
//! In: the effects at both ends of each range. Out: indices of the assumptions to judge on all paths. Not
//! here: the runs (`stages`).
//!
//! There is one ranking for each figure in [`MOVING`]. An effect counts as far as its interval reaches from
//! zero, so that an error does not exclude one near the cut.

use super::{End, MOVING};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Returns the indices of at most `most` assumptions that rank first, taken in turn from one ranking per figure.
/// `trials` holds the low and the high end of each.
pub(super) fn ranked_first(trials: &[&[End; 2]], most: usize) -> BTreeSet<usize> {
    let mut rankings = MOVING.map(|id| {
        let mut reached: Vec<(u64, usize)> = (0..trials.len())
            .map(|place| (reach(trials[place], id).to_bits(), place))
            .filter(|(reach, _)| *reach > 0)
            .collect();
        // sizes are not negative, so their bits have the same order
        reached.sort_by_key(|(reach, place)| (Reverse(*reach), *place));
        reached.into_iter().map(|(_, place)| place)
    });
    let mut first = BTreeSet::new();
    loop {
        let n_before = first.len();
        for ranking in &mut rankings {
            if first.len() == most {
                return first;
            }
            let next = ranking.find(|place| !first.contains(place));
            first.extend(next);
        }
        if first.len() == n_before {
            return first;
        }
    }
}

/// Returns the largest effect on figure `id` within its interval at either end; 0 if no end showed one.
fn reach(ends: &[End; 2], id: &str) -> f64 {
    let effects = ends.iter().filter_map(|end| end.effects.get(id));
    let reaches = effects.filter(|effect| effect.value != 0.0).map(|effect| {
        let [low, high] = effect.interval.unwrap_or([effect.value; 2]);
        low.abs().max(high.abs())
    });
    reaches.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Estimate, Unit, Value};

    /// Ends of a range. The high end changes the median return and the ruin probability by `moves`: each a change
    /// with its standard error.
    fn ends(moves: [(f64, f64); 2]) -> [End; 2] {
        let effects = [MOVING[0], MOVING[3]].into_iter().zip(moves).map(|(id, (value, error))| {
            let found = Estimate::normal(value, error, 2_048);
            (id.to_owned(), Value::new(Unit::Fraction, &found))
        });
        let mut high = End::new("", "1".to_owned());
        high.effects = effects.collect();
        [End::new("", "0".to_owned()), high]
    }

    #[test]
    fn both_rankings_take_turns_and_errors_count() {
        let large_return = ends([(-0.05, 0.001), (0.0, 0.0)]);
        let small_return = ends([(0.01, 0.001), (0.0, 0.0)]);
        let uncertain = ends([(0.008, 0.009), (0.0, 0.0)]);
        let ruin = ends([(0.001, 0.0), (-0.002, 0.0)]);
        let nothing = ends([(0.0, 0.1), (0.0, 0.1)]);
        let all = [&nothing, &small_return, &large_return, &uncertain, &ruin];
        let first = |most| ranked_first(&all, most).into_iter().collect::<Vec<_>>();
        assert_eq!(first(1), [2]);
        assert_eq!(first(2), [2, 4], "one by the return, one by ruin");
        assert_eq!(first(3), [2, 3, 4], "known badly: it may move the return by more");
        assert_eq!(first(20), [1, 2, 3, 4], "what moved nothing is not chosen");
    }
}

//! Which assumptions rank first after an interim analysis.
//!
//! In: what each moves at both ends of its range. Out: the places of those that are judged on more paths. Not here: the
//! runs (`stages`).
//!
//! There is a ranking by the effect on each figure that is moved. An effect that was seen counts as far as its interval
//! reaches from zero, so that one near the cut is not lost to its error.

use super::{End, MOVING};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Places of the `most` assumptions that rank first, taken in turn from the rankings by each figure of [`MOVING`].
pub(super) fn ranked_first(trials: &[&[End; 2]], most: usize) -> BTreeSet<usize> {
    let mut rankings = MOVING.map(|id| {
        let mut reached: Vec<(u64, usize)> = (0..trials.len())
            .map(|place| (reach(trials[place], id).to_bits(), place))
            .filter(|(reach, _)| *reach > 0)
            .collect();
        // sizes, whose bits are in their order
        reached.sort_by_key(|(reach, place)| (Reverse(*reach), *place));
        reached.into_iter().map(|(_, place)| place)
    });
    let mut first = BTreeSet::new();
    loop {
        let mut is_over = true;
        for ranking in &mut rankings {
            if first.len() == most {
                return first;
            }
            if let Some(place) = ranking.find(|place| !first.contains(place)) {
                first.insert(place);
                is_over = false;
            }
        }
        if is_over {
            return first;
        }
    }
}

/// How far the ends may move a figure, as far as their errors reach; 0 where neither was seen to move it.
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

    /// Ends that move the median return and the probability of ruin by so much, each with a standard error.
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

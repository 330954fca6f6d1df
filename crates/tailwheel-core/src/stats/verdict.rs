//! Verdicts on differences, corrected for the number of differences tested.
//!
//! In: p-values, directions. Out: [`Verdict`]s. Not here: the differences.

use crate::record::Better;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Verdict on the difference of one measure between two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Better,
    Worse,
    /// The measure differs, and has no better or worse direction.
    Changed,
    /// Sampling error alone could explain the difference.
    NoneSeen,
    /// The two runs agree on every path.
    Same,
    /// The error of the difference is unknown.
    NotJudged,
}

impl Verdict {
    /// True if the difference is larger than its sampling error explains.
    pub const fn is_clear(self) -> bool {
        matches!(self, Self::Better | Self::Worse | Self::Changed)
    }

    /// Judges a difference `value`, new minus base, by the direction in which the measure improves; without a p-value
    /// it is not judged.
    pub fn of(better: Better, value: f64, p_value: Option<f64>, is_significant: bool) -> Self {
        if p_value.is_none() {
            return Self::NotJudged;
        }
        if !is_significant {
            return Self::NoneSeen;
        }
        match (better, value > 0.0) {
            (Better::Neither, _) => Self::Changed,
            (Better::Higher, true) | (Better::Lower, false) => Self::Better,
            (Better::Higher, false) | (Better::Lower, true) => Self::Worse,
        }
    }
}

/// Returns which p-values are significant if the probability of any false positive is at most `alpha` (Holm).
/// It holds for any dependence between the tests; `None` is never significant and does not count as a test.
///
/// ```text
/// p_(1) ≤ … ≤ p_(m): reject in this order while p_(i) ≤ α/(m − i + 1)
/// ```
///
/// Source: S. Holm, *A simple sequentially rejective multiple test procedure*, Scand. J. Stat. 6
/// (1979) 65–70.
pub fn holm(p_values: &[Option<f64>], alpha: f64) -> Vec<bool> {
    let mut order: Vec<(f64, usize)> =
        p_values.iter().enumerate().filter_map(|(index, p_value)| Some(((*p_value)?, index))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut is_rejected = vec![false; p_values.len()];
    let m = order.len();
    for (position, (p_value, index)) in order.into_iter().enumerate() {
        if p_value <= alpha / (m - position) as f64 {
            is_rejected[index] = true;
        } else {
            break;
        }
    }
    is_rejected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_of_holm_are_those_by_hand() {
        // sorted .005 ≤ .05/4, .01 ≤ .05/3, .03 > .05/2, so .03 and .04 stay although .04 ≤ .05/1
        let p_values = [Some(0.01), None, Some(0.04), Some(0.03), Some(0.005)];
        assert_eq!(holm(&p_values, 0.05), [true, false, false, false, true]);
        // the same as in R: p.adjust(c(.01, .02, .022, .09, .3), "holm") ≤ .1
        let p_values = [0.01, 0.02, 0.022, 0.09, 0.3].map(Some);
        assert_eq!(holm(&p_values, 0.1), [true, true, true, false, false]);
        assert_eq!(holm(&[Some(0.0), Some(1.0)], 0.05), [true, false]);
        assert!(holm(&[], 0.05).is_empty());
        assert_eq!(holm(&[Some(f64::NAN)], 0.05), [false]);
    }

    #[test]
    fn the_direction_decides_between_better_and_worse() {
        let of = |better| [1.0, -1.0].map(|value| Verdict::of(better, value, Some(0.0), true));
        assert_eq!(of(Better::Higher), [Verdict::Better, Verdict::Worse]);
        assert_eq!(of(Better::Lower), [Verdict::Worse, Verdict::Better]);
        assert_eq!(of(Better::Neither), [Verdict::Changed, Verdict::Changed]);
        let others = [Some(0.2), None].map(|p_value| Verdict::of(Better::Higher, 1.0, p_value, false));
        assert_eq!(others, [Verdict::NoneSeen, Verdict::NotJudged]);
    }
}

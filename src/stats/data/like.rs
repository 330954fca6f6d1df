//! Columns that are functions of others, to the last bit: they need no order of their own.
//!
//! In: the columns of an outcome. Out: [`Like`]. Not here: what is done with it (`data`).

use crate::engine::outcome::Outcome;
use crate::math::values::Values;
use crate::record::{TrackId, WEALTH};
use rayon::prelude::*;

/// What a column follows from: the value of a lone asset is wealth, what a unit is worth is wealth for what was put in, and
/// where nobody sells both worlds are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Like {
    Itself,
    Other(TrackId),
    PerMoneyIn(TrackId),
}

impl Like {
    /// Of each of `columns`.
    pub fn all(outcome: &Outcome, columns: &[(TrackId, Values)]) -> Vec<Self> {
        let columns = columns.par_iter();
        columns.map(|column| Self::of(outcome, column)).collect()
    }

    fn of(outcome: &Outcome, (id, values): &(TrackId, Values)) -> Self {
        let before = [WEALTH, WEALTH.without_feedback()].into_iter();
        for other_id in before.take_while(|before| before != id) {
            // only what is in memory is cheaper to compare than to put in order
            let Some((Values::F64(own), Values::F64(other))) =
                Some(values).zip(outcome.values(other_id))
            else {
                continue;
            };
            if follows(own, other, |other| other) {
                return Self::Other(other_id);
            }
            if follows(own, other, |other| other / outcome.money_in) {
                return Self::PerMoneyIn(other_id);
            }
        }
        Self::Itself
    }
}

/// Whether a column is a function of another, path by path and to the last bit.
fn follows(column: &[f64], other: &[f64], of: impl Fn(f64) -> f64) -> bool {
    let mut pairs = column.iter().zip(other);
    column.len() == other.len()
        && pairs.all(|(value, other)| value.to_bits() == of(*other).to_bits())
}

//! Columns that equal another column, or a multiple of it, to the last bit: they need not be sorted.
//!
//! In: the columns of an outcome. Out: [`Like`]. Not here: the use of these relations (`data`).

use crate::engine::outcome::Outcome;
use crate::math::values::Values;
use crate::record::{TrackId, WEALTH};
use rayon::prelude::*;

/// Relation of a column to another, whose order replaces sorting it. The value of a lone asset is wealth; that of a
/// unit is wealth per money invested. Without agent selling, columns with and without agents are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Like {
    Itself,
    Other(TrackId),
    PerMoneyIn(TrackId),
}

impl Like {
    /// Returns the relation of each of `columns` to the columns before it.
    pub fn all(outcome: &Outcome, columns: &[(TrackId, Values)]) -> Vec<Self> {
        let places = (0..columns.len()).into_par_iter();
        let of = |place| Self::of(outcome.money_in, columns, place);
        places.map(of).collect()
    }

    fn of(money_in: f64, columns: &[(TrackId, Values)], place: usize) -> Self {
        let (id, values) = &columns[place];
        let before = &columns[..place];
        if let Some((other, _)) = before.iter().find(|(_, other)| other.is_same(values)) {
            return Self::Other(*other);
        }
        // wealth must not depend on a column that depends on it
        let mut wealth = [WEALTH, WEALTH.without_feedback()].into_iter().take_while(|other| other != id);
        let per = wealth.find(|wealth| {
            let other = columns.iter().find(|(other, _)| other == wealth);
            other.is_some_and(|(_, other)| is_per(values, other, money_in))
        });
        per.map_or(Self::Itself, Self::PerMoneyIn)
    }
}

/// True if a column is `other` divided by `divisor`, path by path and to the last bit. False for streamed
/// columns, where comparing costs as much as sorting.
fn is_per(values: &Values, other: &Values, divisor: f64) -> bool {
    let (Values::F64(own), Values::F64(other)) = (values, other) else {
        return false;
    };
    let mut pairs = own.iter().zip(&**other);
    own.len() == other.len() && pairs.all(|(own, other)| own.to_bits() == (other / divisor).to_bits())
}

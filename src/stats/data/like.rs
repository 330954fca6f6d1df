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
        // none follows from one that follows from it
        let wealth = [WEALTH, WEALTH.without_feedback()].into_iter();
        let mut wealth = wealth.take_while(|other| other != id);
        let per = wealth.find(|wealth| {
            let mut others = columns.iter();
            let other = others.find(|(other, _)| other == wealth);
            other.is_some_and(|(_, other)| is_per(values, other, money_in))
        });
        per.map_or(Self::Itself, Self::PerMoneyIn)
    }
}

/// Whether a column is another divided by a number, path by path and to the last bit. Only what is in memory is cheaper to
/// compare than to put in order.
fn is_per(values: &Values, other: &Values, divisor: f64) -> bool {
    let (Values::F64(own), Values::F64(other)) = (values, other) else {
        return false;
    };
    let mut pairs = own.iter().zip(&**other);
    own.len() == other.len()
        && pairs.all(|(own, other)| own.to_bits() == (other / divisor).to_bits())
}

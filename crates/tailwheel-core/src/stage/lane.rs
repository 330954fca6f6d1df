//! State and draws of one path, copied out of its block for later inspection.
//!
//! In: rows of a block, a lane. Out: [`LaneRows`], [`LaneDraws`]. Not here: the meaning of a row.

use super::{Draw, Row};

/// Private state of all objects on one path, at the end of one month.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneRows(pub(super) Box<[f64]>);

impl LaneRows {
    /// Value of the row on this path.
    pub fn get(&self, row: Row) -> f64 {
        self.0[row.index()]
    }
}

/// Draws of one path in one month, including the correlated market shocks.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneDraws(pub(super) Box<[f64]>);

impl LaneDraws {
    /// Value of the row of draws on this path.
    pub fn get(&self, draw: Draw) -> f64 {
        self.0[draw.index()]
    }
}

//! One path taken out of its block: for those who look at it afterwards.
//!
//! In: rows of a block, a lane. Out: [`LaneRows`], [`LaneDraws`]. Not here: what a row means.

use super::{Draw, Row};

/// Private state of all kinds on one path, at the end of one month.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneRows(pub(super) Box<[f64]>);

impl LaneRows {
    /// Reads a row.
    pub fn get(&self, row: Row) -> f64 {
        self.0[row.index()]
    }
}

/// Draws of one path in one month, joint shocks included.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneDraws(pub(super) Box<[f64]>);

impl LaneDraws {
    /// Reads a row.
    pub fn get(&self, draw: Draw) -> f64 {
        self.0[draw.index()]
    }
}

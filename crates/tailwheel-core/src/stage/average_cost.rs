//! Average cost of a holding, and the gains realized when parts of it are sold.
//!
//! In: purchases and sales. Out: rows of cost and gains. Not here: the postings, the tax on gains
//! (`policy`).
//!
//! ```text
//! bought for a     C ← C + a                       C: cost of what is held
//! share f sold     gain = proceeds − f·C,   C ← C − f·C
//! ```

use super::{Build, Row, Rows};
use crate::math::LANES;

/// Rows that track the cost and the realized gains of one holding, one value per path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AverageCost {
    /// Row of the purchase cost of the part that is still held.
    pub cost: Row,
    /// Row of the realized gains less losses of all holdings since the last tax settlement.
    pub gains: Row,
}

impl AverageCost {
    /// Creates the row of the cost, which is `opening` on day one. `gains` is the row shared by all holdings.
    pub fn of(opening: f64, gains: Row, build: &mut Build) -> Self {
        Self { cost: build.row_of(opening), gains }
    }

    /// Records a purchase on every path; `paid(lane)` is the price including transaction costs.
    #[inline(always)]
    pub fn buy(&self, rows: &mut Rows, paid: impl Fn(usize) -> f64) {
        let cost = rows.get_mut(self.cost);
        for lane in 0..LANES {
            cost[lane] += paid(lane);
        }
    }

    /// Records a sale of the share `sold(lane)` of the holding; `brought(lane)` are the net proceeds.
    #[inline(always)]
    pub fn sell(&self, rows: &mut Rows, sold: impl Fn(usize) -> f64, brought: impl Fn(usize) -> f64) {
        let [cost, gains] = rows.pair(self.cost, self.gains);
        for lane in 0..LANES {
            let part = sold(lane) * cost[lane];
            cost[lane] -= part;
            gains[lane] += brought(lane) - part;
        }
    }

    /// Records a sale on one path: the share `sold` of the holding, for the net proceeds `brought`.
    #[inline(always)]
    pub fn sell_lane(&self, rows: &mut Rows, lane: usize, sold: f64, brought: f64) {
        let [cost, gains] = rows.pair(self.cost, self.gains);
        let part = sold * cost[lane];
        cost[lane] -= part;
        gains[lane] += brought - part;
    }
}

//! What a holding cost on average, and what was gained by selling parts of it.
//!
//! In: parts that are bought and sold. Out: rows. Not here: the postings, the tax on gains (`policy`).
//!
//! ```text
//! bought for a     C ← C + a
//! share f sold     gain = brought − f·C,   C ← C − f·C
//! ```

use super::{Build, Cx, Phase, Row, Rows, Stage};
use crate::math::LANES;

/// Rows of one holding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AverageCost {
    /// What is held now cost so much.
    pub cost: Row,
    /// Gains less losses of all holdings since the last settlement.
    pub gains: Row,
}

impl AverageCost {
    /// Of the object being built, which costs what it is worth on day one.
    pub fn of(opening: f64, gains: Row, build: &mut Build) -> Self {
        let cost = build.row();
        build.stage(Phase::Open, Start { cost, opening });
        Self { cost, gains }
    }

    /// Something is bought for `paid(lane)`, costs included.
    #[inline(always)]
    pub fn buy(&self, rows: &mut Rows, paid: impl Fn(usize) -> f64) {
        let cost = rows.get_mut(self.cost);
        for lane in 0..LANES {
            cost[lane] += paid(lane);
        }
    }

    /// The share `sold(lane)` is sold and brings `brought(lane)`, less costs.
    #[inline(always)]
    pub fn sell(
        &self,
        rows: &mut Rows,
        sold: impl Fn(usize) -> f64,
        brought: impl Fn(usize) -> f64,
    ) {
        let [cost, gains] = rows.pair(self.cost, self.gains);
        for lane in 0..LANES {
            let part = sold(lane) * cost[lane];
            cost[lane] -= part;
            gains[lane] += brought(lane) - part;
        }
    }

    /// The same on one path.
    #[inline(always)]
    pub fn sell_lane(&self, rows: &mut Rows, lane: usize, sold: f64, brought: f64) {
        let [cost, gains] = rows.pair(self.cost, self.gains);
        let part = sold * cost[lane];
        cost[lane] -= part;
        gains[lane] += brought - part;
    }
}

struct Start {
    cost: Row,
    opening: f64,
}

impl Stage for Start {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.rows.get_mut(self.cost).fill(self.opening);
    }
}

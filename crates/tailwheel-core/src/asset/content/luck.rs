//! Random variation of a month's visits around their expectation.
//!
//! In: a spread, one standard normal per month. Out: the row of [`Luck`], mean 1. Not here: lasting changes
//! (`content`).

use crate::math::LANES;
use crate::math::elementary::exp;
use crate::stage::{Coefficient, Cx, Draw, Row, Stage};

pub(super) struct Luck {
    pub row: Row,
    pub visitors: Draw,
    pub spread: Coefficient,
    /// Random factor of brand deals, if there are any.
    pub deals: Option<Row>,
}

impl Stage for Luck {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let visitors = cx.draws.row(self.visitors);
        let spread = self.spread.of_paths(cx.rows);
        let luck = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            let spread = spread[lane];
            luck[lane] = exp(spread.mul_add(visitors[lane], -0.5 * spread * spread));
        }
        if let Some(row) = self.deals {
            let [luck, deals] = cx.rows.pair(self.row, row);
            *luck *= &*deals;
        }
    }
}

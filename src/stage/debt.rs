//! What a holding has borrowed, and the sale by whoever lent it.
//!
//! In: rows of a kind. Out: [`Debt`], with which everything that moves a price moves value and debt together.
//! Not here: the moves themselves (`asset`, `crash`, `event`), what borrowing costs (the kind).
//!
//! ```text
//! moved by f   V ← max(0, V + (V + owed)·(f − 1))       what is missing is the lender's
//! sold if      owed > θ·(V + owed)                      θ: threshold; V + owed: the position
//! sold         V ← V − min(V, penalty·owed),  owed ← 0
//! ```

use super::{Cx, Row};
use crate::book::Account;
use crate::math::{LANES, greater, lesser};

/// Money of the month that works in a holding beside its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Debt {
    /// What is owed; below zero what lies aside and has no part in the market.
    pub owed: Row,
    /// When the lender sells; nothing of what nobody lent.
    pub liquidation: Option<Liquidation>,
}

/// When and at what price a lender sells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Liquidation {
    /// 1 as long as it has not come to that, 0 from then on.
    pub standing: Row,
    /// Most that may be owed, as a part of the position.
    pub threshold: f64,
    /// Taken by who sells, as a part of what is owed.
    pub penalty: f64,
    /// The world's side of that.
    pub to: Account,
}

impl Liquidation {
    /// Part that is left of a position that is sold just at the threshold: `1 − θ·(1 + penalty)`.
    pub fn left_at_threshold(&self) -> f64 {
        1.0 - self.threshold * (1.0 + self.penalty)
    }
}

impl Debt {
    /// Moves the position of `value` by `factor(lane)`, and sells where that leaves too little for the lender.
    #[inline(always)]
    pub fn move_by(
        &self,
        cx: &mut Cx<'_>,
        [from, value]: [Account; 2],
        factor: impl Fn(usize) -> f64,
    ) {
        let owed = cx.rows.get(self.owed);
        cx.book.post_with(from, value, |lane, _, value| {
            greater((value + owed[lane]) * (factor(lane) - 1.0), -value)
        });
        self.sell(cx, value);
    }

    /// Sells where too much is owed.
    #[inline(always)]
    pub fn sell(&self, cx: &mut Cx<'_>, value: Account) {
        let Some(of) = self.liquidation else { return };
        for lane in 0..LANES {
            let (owed, left) = (cx.rows.get(self.owed)[lane], cx.book.value(value)[lane]);
            if owed > of.threshold * (left + owed) {
                let penalty = lesser(left, of.penalty * owed);
                cx.book.post_lane(value, of.to, lane, penalty);
                self.settle(cx, lane);
            }
        }
    }

    /// Notes that the lender has sold on the path in `lane`.
    #[inline(always)]
    pub fn settle(&self, cx: &mut Cx<'_>, lane: usize) {
        cx.rows.get_mut(self.owed)[lane] = 0.0;
        if let Some(of) = self.liquidation {
            cx.rows.get_mut(of.standing)[lane] = 0.0;
        }
    }
}

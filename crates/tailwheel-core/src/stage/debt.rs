//! Debt of a leveraged holding, and its forced sale by the lender.
//!
//! In: rows of a holding. Out: [`Debt`], through which every price move changes value and debt together.
//! Not here: the price moves (`asset`, `crash`, `event`), the interest on the debt (the asset).
//!
//! ```text
//! price × f    V ← max(0, V + (V + owed)·(f − 1))       the lender bears a loss beyond V
//! sold if      owed > θ·(V + owed)                      θ: threshold; V + owed: the position
//! sale         V ← V − min(V, penalty·owed),  owed ← 0
//! ```

use super::{Cx, Row};
use crate::book::Account;
use crate::math::{LANES, ROUNDING, greater};

/// Debt of a holding, which enlarges or reduces the position that follows the market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Debt {
    /// Row of the amount owed, nominal. A negative amount is cash outside the market.
    pub owed: Row,
    /// Terms of a forced sale by the lender; `None` without a lender.
    pub liquidation: Option<Liquidation>,
}

/// Terms on which a lender sells the position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Liquidation {
    /// Row that is 1 until the lender has sold the position, 0 from then on.
    pub standing: Row,
    /// Highest debt allowed, as a fraction of the position.
    pub threshold: f64,
    /// Penalty that a forced sale costs the owner, as a fraction of the debt.
    pub penalty: f64,
    /// Account of the outside world that receives the liquidation penalty.
    pub to: Account,
}

impl Liquidation {
    /// Fraction of a position left to the owner after a sale when the debt is exactly at the threshold θ:
    /// `1 − θ·(1 + penalty)`.
    pub fn left_at_threshold(&self) -> f64 {
        1.0 - self.threshold * (1.0 + self.penalty)
    }
}

impl Debt {
    /// Multiplies the price of the position by `factor(lane)`, then sells it where the debt exceeds the
    /// threshold. The change of value is posted between the accounts `from` and `value`.
    #[inline(always)]
    pub fn move_by(&self, cx: &mut Cx<'_>, from: Account, value: Account, factor: impl Fn(usize) -> f64) {
        let owed = cx.rows.get(self.owed);
        cx.book.post_with(from, value, |lane, _, value| {
            greater((value + owed[lane]) * (factor(lane) - 1.0), -value)
        });
        self.sell(cx, value);
    }

    /// Sells the position on every path where the debt exceeds the threshold.
    #[inline(always)]
    pub fn sell(&self, cx: &mut Cx<'_>, value: Account) {
        let Some(of) = self.liquidation else { return };
        for lane in 0..LANES {
            let (owed, left) = (cx.rows.get(self.owed)[lane], cx.book.value(value)[lane]);
            if owed > of.threshold * (left + owed) {
                // what rounding leaves of a position would be held for ever
                let penalty = of.penalty * owed;
                let penalty = if left - penalty > ROUNDING * left { penalty } else { left };
                cx.book.post_lane(value, of.to, lane, penalty);
                self.settle(cx, lane);
            }
        }
    }

    /// Marks the position on the path in `lane` as sold by the lender: its debt becomes zero.
    #[inline(always)]
    pub fn settle(&self, cx: &mut Cx<'_>, lane: usize) {
        cx.rows.get_mut(self.owed)[lane] = 0.0;
        if let Some(of) = self.liquidation {
            cx.rows.get_mut(of.standing)[lane] = 0.0;
        }
    }
}

//! Rebalancing of movable holdings to their opening weights.

use super::{Holding, Owner, Policy};
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, Phase, Stage};

/// Every `every_months` months, movable holdings above their weight are sold down to it and the
/// net proceeds go to those below, in proportion to what each lacks.
///
/// ```text
/// gap_k = w_k·ΣV − V_k;   sold_k = max(0, −gap_k);   proceeds = Σ sold_k(1 − c_k)
/// bought_k = proceeds · max(0, gap_k) / Σ max(0, gap)
/// ```
///
/// Costs `c_k` are taken from each amount sold or bought and are posted as haircut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebalance {
    pub every_months: u32,
}

impl Policy for Rebalance {
    fn build(&self, owner: &Owner, holdings: &[Holding], build: &mut Build) {
        if holdings.len() < 2 {
            return; // nothing to move between
        }
        let lost = build.world(Cause::Haircut);
        build.stage(
            Phase::Rebalance,
            Trade {
                every_months: self.every_months,
                clearing: owner.cash,
                lost,
                holdings: holdings.to_vec(),
            },
        );
    }
}

struct Trade {
    every_months: u32,
    /// Proceeds stand here between the sales and the purchases of the same stage.
    clearing: Account,
    lost: Account,
    holdings: Vec<Holding>,
}

impl Stage for Trade {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if !cx.month.index.is_multiple_of(self.every_months) {
            return;
        }
        let mut total = Lanes::ZERO;
        for holding in &self.holdings {
            let value = cx.book.value(holding.value);
            for lane in 0..LANES {
                total[lane] += value[lane];
            }
        }
        let (mut proceeds, mut wanted) = (Lanes::ZERO, Lanes::ZERO);
        for holding in &self.holdings {
            let value = *cx.book.value(holding.value);
            let (mut net, mut cost) = (Lanes::ZERO, Lanes::ZERO);
            for lane in 0..LANES {
                let gap = holding.weight.mul_add(total[lane], -value[lane]);
                let sold = if gap < 0.0 { -gap } else { 0.0 };
                cost[lane] = sold * holding.trade_cost;
                net[lane] = sold - cost[lane];
                proceeds[lane] += net[lane];
                wanted[lane] += if gap > 0.0 { gap } else { 0.0 };
            }
            cx.book.post(holding.value, self.clearing, &net);
            cx.book.post(holding.value, self.lost, &cost);
            if let Some(average) = holding.average_cost {
                let sold = |lane: usize| match value[lane] > 0.0 {
                    true => (net[lane] + cost[lane]) / value[lane],
                    false => 0.0,
                };
                average.sell(cx.rows, sold, |lane| net[lane]);
            }
        }
        for holding in &self.holdings {
            let value = *cx.book.value(holding.value);
            let (mut net, mut cost) = (Lanes::ZERO, Lanes::ZERO);
            for lane in 0..LANES {
                // those that were sold stand at their weight now, up to rounding: no gap is left
                // that is larger than what a purchase of nothing would fill
                let gap = holding.weight.mul_add(total[lane], -value[lane]);
                let share = if gap > 0.0 && wanted[lane] > 0.0 {
                    gap / wanted[lane]
                } else {
                    0.0
                };
                let paid = share * proceeds[lane];
                cost[lane] = paid * holding.trade_cost;
                net[lane] = paid - cost[lane];
            }
            cx.book.post(self.clearing, holding.value, &net);
            cx.book.post(self.clearing, self.lost, &cost);
            if let Some(average) = holding.average_cost {
                average.buy(cx.rows, |lane| net[lane] + cost[lane]);
            }
        }
    }
}

//! Rebalancing of tradable holdings to their opening weights.

use super::{Holding, Owner, Rule, open_weight, open_weights};
use crate::book::{Account, Cause};
use crate::form::{Group, Kind, Preset};
use crate::math::{LANES, Lanes};
use crate::parameters;
use crate::stage::{Build, Cx, Phase};
use crate::units::Span;
use std::sync::Arc;

pub const KIND: Kind<dyn Rule> = Kind {
    id: "rebalance",
    doc: "Sells what stands above its share at the start and buys what stands below.",
    example: "rebalance = \"3 months\"\n",
    fields: Rebalance::FIELDS,
    read: |reader| Arc::new(Rebalance::take(reader)),
};

parameters! {
    /// Sells tradable holdings above their weight down to it, once every `rebalance`. The net proceeds buy
    /// those below, in proportion to their gaps.
    ///
    /// ```text
    /// gap_k = w_k·ΣV − V_k;   sold_k = max(0, −gap_k);   proceeds = Σ sold_k(1 − c_k)
    /// bought_k = proceeds · max(0, gap_k) / Σ max(0, gap)
    /// ```
    ///
    /// Transaction costs `c_k` are taken from each amount sold or bought. Holdings closed by an event are
    /// not traded; the others return to their weights among themselves.
    pub struct Rebalance {
        /// Time between two rebalancings of the tradable assets to their shares at the start; none
        /// if absent.
        rebalance: Option<Span> = Preset::Absent => "\"3 months\"",
    }
}

impl Rule for Rebalance {
    fn build(&self, owner: &Owner, holdings: &[Holding], build: &mut Build) {
        let Some(every) = self.rebalance.filter(|_| holdings.len() > 1) else {
            return; // nothing to move between
        };
        trade(every.months(), owner.cash, holdings.to_vec(), build);
    }
}

/// Adds the stage that returns `holdings` to their weights in every month divisible by `every_months`. The
/// account `clearing` holds the proceeds between the sales and the purchases.
fn trade(every_months: u32, clearing: Account, holdings: Vec<Holding>, build: &mut Build) {
    let lost = build.world(Cause::Haircut);
    build.step(
        Phase::Rebalance,
        "Trade",
        #[inline(always)]
        move |cx| {
            if !cx.month.index.is_multiple_of(every_months) {
                return;
            }
            let open = open_weights(&holdings, cx);
            let open = open.as_ref();
            let mut total = Lanes::ZERO;
            for holding in &holdings {
                total += &tradable(holding, cx);
            }
            let (mut proceeds, mut wanted) = (Lanes::ZERO, Lanes::ZERO);
            for holding in &holdings {
                let value = tradable(holding, cx);
                let weights = open_weight(holding, open, cx);
                let (mut net, mut cost) = (Lanes::ZERO, Lanes::ZERO);
                for lane in 0..LANES {
                    let gap = weights[lane].mul_add(total[lane], -value[lane]);
                    let sold = if gap < 0.0 { -gap } else { 0.0 };
                    cost[lane] = sold * holding.trade_cost;
                    net[lane] = sold - cost[lane];
                    proceeds[lane] += net[lane];
                    wanted[lane] += if gap > 0.0 { gap } else { 0.0 };
                }
                cx.book.post(holding.value, clearing, &net);
                cx.book.post(holding.value, lost, &cost);
                if let Some(average) = holding.average_cost {
                    let sold = |lane: usize| {
                        if value[lane] > 0.0 { (net[lane] + cost[lane]) / value[lane] } else { 0.0 }
                    };
                    average.sell(cx.rows, sold, |lane| net[lane]);
                }
            }
            for holding in &holdings {
                let value = tradable(holding, cx);
                let weights = open_weight(holding, open, cx);
                let (mut net, mut cost) = (Lanes::ZERO, Lanes::ZERO);
                for lane in 0..LANES {
                    // sold holdings are at their weight now, up to rounding; such a gap is too small to matter
                    let gap = weights[lane].mul_add(total[lane], -value[lane]);
                    let share = if gap > 0.0 && wanted[lane] > 0.0 { gap / wanted[lane] } else { 0.0 };
                    let paid = share * proceeds[lane];
                    cost[lane] = paid * holding.trade_cost;
                    net[lane] = paid - cost[lane];
                }
                cx.book.post(clearing, holding.value, &net);
                cx.book.post(clearing, lost, &cost);
                if let Some(average) = holding.average_cost {
                    average.buy(cx.rows, |lane| net[lane] + cost[lane]);
                }
            }
        },
    );
}

/// Value of `holding` where it can be traded this month, else 0.
#[inline(always)]
fn tradable(holding: &Holding, cx: &Cx<'_>) -> Lanes {
    let value = cx.book.value(holding.value);
    holding.where_open(cx, |lane| value[lane])
}

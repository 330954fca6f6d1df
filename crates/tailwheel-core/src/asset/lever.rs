//! Revaluation of a holding whose market exposure differs from its value: borrowed money, cash set aside.
//!
//! In: the exposure of the month, the asset's part in a market. Out: postings to its value, and the
//! [`Debt`] for everything that moves prices later in the month. Not here: forced sales of agents
//! (`crash`), the cost of borrowing (the kind).
//!
//! ```text
//! V ← V·g,  owed = (L − 1)·V                 L: exposure of the month
//! p = exp(shock − ½σ²Δt)                     V ← V + (V + owed)·(p − 1), then jumps likewise
//! b = ln((L − 1)/(L·θ))                      log-price at which the lender sells
//! sold at b if u < exp(2b(ln p − b)/(σ²Δt))  u uniform; the probability that the path to p touched b
//! V ← V·L·(1 − θ·(1 + penalty))·p            then; after a jump across b the sale is at its end (`Debt`)
//! ```

use super::Coefficient;
use crate::book::{Account, Cause};
use crate::market::MarketSlot;
use crate::math::elementary::{exp_moderate, ln};
use crate::math::{LANES, Lanes};
use crate::random::Purpose;
use crate::stage::{Build, Cx, Debt, Draw, Liquidation, Phase, Row, Scope, Stage};

/// Market exposure of a holding whose exposure differs from its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lever {
    /// Exposure per unit of value at the start of the month.
    pub exposure: Row,
    /// Terms under which a lender liquidates; `None` if `exposure` never exceeds 1.
    pub liquidation: Option<Liquidation>,
}

impl Lever {
    /// Adds the monthly revaluation of the asset being built, and the check for liquidation after events
    /// and costs. `start` stores the value before revaluation.
    pub fn revalue(
        self,
        value: Account,
        market: &MarketSlot,
        growth: Coefficient,
        start: Row,
        build: &mut Build,
    ) -> Debt {
        let debt = Debt { owed: build.row(), liquidation: self.liquidation };
        let from = [Cause::Drift, Cause::Shock, Cause::Jump].map(|cause| build.world(cause));
        let touch = self.liquidation.map(|_| build.uniforms(Purpose::Liquidation, Scope::Month));
        build.stage(
            Phase::Revalue,
            Revalue { value, from, market: *market, growth, exposure: self.exposure, debt, touch, start },
        );
        if self.liquidation.is_some() {
            build.step(
                Phase::Operate,
                "Check",
                #[inline(always)]
                move |cx| {
                    debt.sell(cx, value);
                },
            );
        }
        debt
    }
}

struct Revalue {
    value: Account,
    /// Accounts of the outside world for drift, shock and jump.
    from: [Account; 3],
    market: MarketSlot,
    growth: Coefficient,
    exposure: Row,
    debt: Debt,
    touch: Option<Draw>,
    start: Row,
}

impl Stage for Revalue {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        *cx.rows.get_mut(self.start) = *cx.book.value(self.value);
        let growth = self.growth.of_paths(cx.rows);
        let [drift, shock, jump] = self.from;
        cx.book.post_with(drift, self.value, |lane, _, value| value * (growth[lane] - 1.0));
        let value = *cx.book.value(self.value);
        let [exposure, owed] = cx.rows.pair(self.exposure, self.debt.owed);
        owed.each(|lane, _| (exposure[lane] - 1.0) * value[lane]);
        let log_price = self.log_price(cx);
        self.move_by_shock(cx, shock, &log_price);
        if let Some(rows) = self.market.jump {
            let factor = *cx.rows.get(rows.factor);
            self.debt.move_by(cx, jump, self.value, |lane| factor[lane]);
        }
    }
}

impl Revalue {
    /// Log-price at the end of the month before jumps, relative to the start of the month.
    #[inline(always)]
    fn log_price(&self, cx: &Cx<'_>) -> Lanes {
        let mut log = *cx.draws.row(self.market.shock);
        log -= &self.half_variance(cx);
        log
    }

    #[inline(always)]
    fn half_variance(&self, cx: &Cx<'_>) -> Lanes {
        let of_calm = self.market.half_variance_per_step;
        self.market.variance.map_or(Lanes::splat(of_calm), |row| {
            let times = cx.draws.row(row);
            Lanes::of(|lane| of_calm * times[lane])
        })
    }

    #[inline(always)]
    fn move_by_shock(&self, cx: &mut Cx<'_>, from: Account, log_price: &Lanes) {
        let owed = *cx.rows.get(self.debt.owed);
        cx.book.post_with(from, self.value, |lane, _, value| {
            (value + owed[lane]) * (exp_moderate(log_price[lane]) - 1.0)
        });
        let Some((of, touch)) = self.debt.liquidation.zip(self.touch) else {
            return;
        };
        let (half_variance, exposure) = (self.half_variance(cx), *cx.rows.get(self.exposure));
        let left = of.left_at_threshold();
        for lane in (0..LANES).filter(|lane| owed[*lane] > 0.0) {
            let times = exposure[lane];
            let limit = ln((times - 1.0) / (times * of.threshold));
            let way = 2.0 * limit * (log_price[lane] - limit);
            if 2.0 * half_variance[lane] * ln(cx.draws.row(touch)[lane]) >= way {
                continue;
            }
            let penalty = of.penalty * owed[lane];
            let whole = owed[lane] / (times - 1.0) * times;
            let kept = whole * left * exp_moderate(log_price[lane]);
            let now = cx.book.value(self.value)[lane];
            let moved = kept + penalty - now;
            cx.book.post_lane(from, self.value, lane, moved);
            cx.book.post_lane(self.value, of.to, lane, penalty);
            self.debt.settle(cx, lane);
        }
    }
}

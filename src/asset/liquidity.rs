//! The revaluation of a position that provides liquidity to a pool of two coins.
//!
//! In: its expected growth, its part in a market, the factor of the other side. Out: postings to its value. Not here: the
//! other side (`market`), fees (the kind).
//!
//! ```text
//! x = exp(shock − ½σ²Δt)·jumps     the factor of the asset's own price; y that of the other side
//! V ← V·g                          drift
//! V ← V·√(x·y)                     the pool holds both in equal value and keeps their product constant
//! ```
//!
//! Posted are ½(x' + y) − 1 as shock, x' being x without its jumps, ½(x − x') as jumps, and √(xy) − ½(x + y), which is never above
//! zero, as impermanent loss: what the position lacks of the two coins held side by side for the month. With r = x/y it is the
//! held half-and-half times 2√r/(1 + r).

use super::Coefficient;
use crate::book::{Account, Cause};
use crate::market::MarketSlot;
use crate::math::Lanes;
use crate::math::elementary::exp_moderate;
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Leaves the revaluation of the month, of the asset being built; `pair` has the factors of the other side, `start` keeps
/// the value before it, if somebody asks for that.
pub fn provide(
    value: Account,
    (market, pair): (&MarketSlot, Row),
    growth: Coefficient,
    start: Option<Row>,
    build: &mut Build,
) {
    let causes = [Cause::Drift, Cause::Shock, Cause::Jump, Cause::ImpermanentLoss];
    let from = causes.map(|cause| build.world(cause));
    build.stage(Phase::Revalue, Provide { value, from, market: *market, pair, growth, start });
}

struct Provide {
    value: Account,
    /// Drift, shock, jumps, impermanent loss.
    from: [Account; 4],
    market: MarketSlot,
    pair: Row,
    growth: Coefficient,
    start: Option<Row>,
}

impl Stage for Provide {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if let Some(start) = self.start {
            *cx.rows.get_mut(start) = *cx.book.value(self.value);
        }
        let [drift, shock, jump, lost] = self.from;
        let growth = self.growth.of_paths(cx.rows);
        cx.book.post_with(drift, self.value, |lane, _, value| value * (growth[lane] - 1.0));
        let before = *cx.book.value(self.value);
        let own = self.own(cx);
        let mut whole = own;
        if let Some(rows) = self.market.jump {
            whole *= cx.rows.get(rows.factor);
        }
        let pair = cx.rows.get(self.pair);
        cx.book.post_with(shock, self.value, |lane, _, value| {
            value * (0.5 * (own[lane] + pair[lane]) - 1.0)
        });
        if self.market.jump.is_some() {
            cx.book.post_with(jump, self.value, |lane, _, _| {
                before[lane] * 0.5 * (whole[lane] - own[lane])
            });
        }
        // less what is there, so that nothing is left of a price of 0
        cx.book.post_with(lost, self.value, |lane, _, value| {
            before[lane].mul_add((whole[lane] * pair[lane]).sqrt(), -value)
        });
    }
}

impl Provide {
    /// The factor of the asset's own price without jumps.
    #[inline(always)]
    fn own(&self, cx: &Cx<'_>) -> Lanes {
        let half = self.market.half_variance_per_step;
        let mut own = *cx.draws.row(self.market.shock);
        match self.market.variance {
            None => own.each(|_, shock| exp_moderate(shock - half)),
            Some(row) => {
                let times = cx.draws.row(row);
                own.each(|lane, shock| exp_moderate((-half).mul_add(times[lane], shock)));
            }
        }
        own
    }
}

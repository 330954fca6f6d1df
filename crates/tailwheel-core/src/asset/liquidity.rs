//! Revaluation of a position that provides liquidity to a pool of two coins.
//!
//! In: its expected growth, its part in a market, the price factor of the second coin. Out: postings to its
//! value. Not here: the second coin (`market`), fees (the kind).
//!
//! ```text
//! x = exp(shock − ½σ²Δt)·jumps     the factor of the asset's own price; y that of the other side
//! V ← V·g                          drift
//! V ← V·√(x·y)                     the pool holds both in equal value and keeps their product constant
//! ```
//!
//! Three causes are posted, with x' = x without jumps: ½(x' + y) − 1 as shock, ½(x − x') as jumps, and
//! √(xy) − ½(x + y) as impermanent loss. That loss is never positive: it compares the position with the two
//! coins held side by side for the month. With r = x/y, the position is worth the half-and-half holding
//! times 2√r/(1 + r).

use super::Coefficient;
use crate::book::{Account, Cause};
use crate::market::MarketSlot;
use crate::math::Lanes;
use crate::math::elementary::exp_moderate;
use crate::stage::{Build, Cx, Phase, Row};

/// Adds the monthly revaluation of a position in a pool of two coins. `pair` holds the price factors of the second
/// coin; `start` stores the value before revaluation, if needed.
pub fn provide(
    value: Account,
    market: &MarketSlot,
    pair: Row,
    growth: Coefficient,
    start: Option<Row>,
    build: &mut Build,
) {
    let causes = [Cause::Drift, Cause::Shock, Cause::Jump, Cause::ImpermanentLoss];
    let [drift, shock, jump, lost] = causes.map(|cause| build.world(cause));
    let market = *market;
    build.step(
        Phase::Revalue,
        "Provide",
        #[inline(always)]
        move |cx| {
            if let Some(start) = start {
                *cx.rows.get_mut(start) = *cx.book.value(value);
            }
            let growth = growth.of_paths(cx.rows);
            cx.book.post_with(drift, value, |lane, _, value| value * (growth[lane] - 1.0));
            let before = *cx.book.value(value);
            let own = own_factor(&market, cx);
            let mut whole = own;
            if let Some(rows) = market.jump {
                whole *= cx.rows.get(rows.factor);
            }
            let pair = cx.rows.get(pair);
            cx.book.post_with(shock, value, |lane, _, value| value * (0.5 * (own[lane] + pair[lane]) - 1.0));
            if market.jump.is_some() {
                cx.book.post_with(jump, value, |lane, _, _| before[lane] * 0.5 * (whole[lane] - own[lane]));
            }
            // Computed from the current value, so that nothing remains at a price of 0.
            cx.book.post_with(lost, value, |lane, _, value| {
                before[lane].mul_add((whole[lane] * pair[lane]).sqrt(), -value)
            });
        },
    );
}

/// Price factor of the asset's own coin, without jumps.
#[inline(always)]
fn own_factor(market: &MarketSlot, cx: &Cx<'_>) -> Lanes {
    let half = market.half_variance_per_step;
    let mut own = *cx.draws.row(market.shock);
    match market.variance {
        None => own.each(|_, shock| exp_moderate(shock - half)),
        Some(row) => {
            let times = cx.draws.row(row);
            own.each(|lane, shock| exp_moderate((-half).mul_add(times[lane], shock)));
        }
    }
    own
}

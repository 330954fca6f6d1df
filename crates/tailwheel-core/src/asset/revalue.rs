//! Revaluation of a holding of any kind: drift, shock and jumps of its market.
//!
//! In: its expected growth, its part in a market. Out: postings to its value. Not here: forced sales
//! (`crash`), which come later.

use super::Coefficient;
use crate::book::{Account, Book, Cause};
use crate::market::{ExchangeRows, MarketSlot};
use crate::math::elementary::exp_moderate;
use crate::stage::{Build, Cx, Debt, Phase, Row, Rows, Stage};

/// Adds the monthly revaluation of the asset being built. `start` stores the value before revaluation.
///
/// ```text
/// V ← V·g                        drift: the expected growth
/// V ← V·exp(shock − ½σ²Δt)       shock, mean 1
/// V ← V·factor                   jumps, if the market has any
/// ```
pub fn revalue(
    value: Account,
    market: &MarketSlot,
    growth: Coefficient,
    start: Option<Row>,
    build: &mut Build,
) {
    let world = [build.world(Cause::Drift), build.world(Cause::Shock)];
    build.stage(Phase::Revalue, Revalue { value, world, growth, market: *market, start });
    if let Some(rows) = market.jump {
        multiply(value, rows.factor, Cause::Jump, build);
    }
}

/// Multiplies value and debt of a holding every month by the factor of the exchange rate, posted as a market shock.
pub fn exchange(value: Account, debt: Option<Debt>, rows: ExchangeRows, build: &mut Build) {
    let factor = rows.factor;
    multiply(value, factor, Cause::Shock, build);
    if let Some(Debt { owed, .. }) = debt {
        build.step(
            Phase::Revalue,
            "Owe",
            #[inline(always)]
            move |cx| {
                let [owed, factor] = cx.rows.pair(owed, factor);
                *owed *= &*factor;
            },
        );
    }
}

/// Adds the monthly posting `V ← V·factor` to the account `value` under `cause`.
fn multiply(value: Account, factor: Row, cause: Cause, build: &mut Build) {
    let from = build.world(cause);
    build.step(
        Phase::Revalue,
        "Jump",
        #[inline(always)]
        move |cx| {
            let factor = cx.rows.get(factor);
            cx.book.post_with(from, value, |lane, _, value| value * (factor[lane] - 1.0));
        },
    );
}

/// Stage that posts `V·g` as drift, then `·exp(shock − ½σ²Δt)` as shock.
struct Revalue {
    value: Account,
    world: [Account; 2],
    growth: Coefficient,
    market: MarketSlot,
    start: Option<Row>,
}

impl Stage for Revalue {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if let Some(start) = self.start {
            *cx.rows.get_mut(start) = *cx.book.value(self.value);
        }
        let (shock, half_variance) = (cx.draws.row(self.market.shock), self.market.half_variance_per_step);
        match self.market.variance {
            None => {
                let calm = |lane: usize| exp_moderate(shock[lane] - half_variance) - 1.0;
                self.grow(cx.book, cx.rows, calm);
            }
            Some(row) => {
                let times = cx.draws.row(row);
                let of_regime =
                    |lane: usize| exp_moderate((-half_variance).mul_add(times[lane], shock[lane])) - 1.0;
                self.grow(cx.book, cx.rows, of_regime);
            }
        }
    }
}

impl Revalue {
    #[inline(always)]
    fn grow(&self, book: &mut Book, rows: &Rows, surprise: impl Fn(usize) -> f64) {
        match self.growth {
            Coefficient::Same(growth) => self.post(book, |_| growth, surprise),
            Coefficient::PerPath(row) => {
                let growth = rows.get(row);
                self.post(book, |lane| growth[lane], surprise);
            }
        }
    }

    #[inline(always)]
    fn post(&self, book: &mut Book, growth: impl Fn(usize) -> f64, surprise: impl Fn(usize) -> f64) {
        book.post_two_with(self.world, self.value, |lane, value| {
            let grown = value * growth(lane);
            [grown - value, grown * surprise(lane)]
        });
    }
}

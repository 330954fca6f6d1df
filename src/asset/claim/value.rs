//! What a claim is worth: the market's return on its price part, and steady decay.

use super::roi::Coefficient;
use crate::asset::Slot;
use crate::book::{Account, Book, Cause};
use crate::math::elementary::exp_moderate;
use crate::stage::{Build, Cx, Draw, Phase, Row, Rows, Stage};

/// Leaves the revaluation of the month; `start` keeps the value before it, if income needs it.
pub(super) fn build_revaluation(
    slot: &Slot,
    growth: Coefficient,
    start: Option<Row>,
    build: &mut Build,
) {
    let world = [build.world(Cause::Drift), build.world(Cause::Shock)];
    build.stage(
        Phase::Revalue,
        Revalue {
            value: slot.value,
            world,
            growth,
            shock: slot.market.shock,
            half_variance: slot.market.half_variance_per_step,
            variance: slot.market.variance,
            start,
        },
    );
    if let Some(rows) = slot.market.jump {
        let factor = rows.factor;
        let from = build.world(Cause::Jump);
        build.stage(
            Phase::Revalue,
            Jump {
                value: slot.value,
                from,
                factor,
            },
        );
    }
}

/// Leaves the decay of the month: `lost_per_step` of the value goes.
pub(super) fn build_decay(slot: &Slot, lost_per_step: f64, build: &mut Build) {
    let to = build.world(Cause::Decay);
    build.stage(
        Phase::Operate,
        Decay {
            value: slot.value,
            to,
            lost_per_step,
        },
    );
}

/// `V·g` by drift, then `·exp(shock − ½σ²Δt)` by shock.
struct Revalue {
    value: Account,
    world: [Account; 2],
    growth: Coefficient,
    shock: Draw,
    half_variance: f64,
    variance: Option<Draw>,
    start: Option<Row>,
}

impl Stage for Revalue {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if let Some(start) = self.start {
            *cx.rows.get_mut(start) = *cx.book.value(self.value);
        }
        let shock = cx.draws.row(self.shock);
        match self.variance {
            None => {
                let calm = |lane: usize| exp_moderate(shock[lane] - self.half_variance) - 1.0;
                self.grow(cx.book, cx.rows, calm);
            }
            Some(row) => {
                let times = cx.draws.row(row);
                let of_regime = |lane: usize| {
                    exp_moderate((-self.half_variance).mul_add(times[lane], shock[lane])) - 1.0
                };
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
    fn post(
        &self,
        book: &mut Book,
        growth: impl Fn(usize) -> f64,
        surprise: impl Fn(usize) -> f64,
    ) {
        book.post_two_with(self.world, self.value, |lane, value| {
            let grown = value * growth(lane);
            [grown - value, grown * surprise(lane)]
        });
    }
}

struct Jump {
    value: Account,
    from: Account,
    factor: Row,
}

impl Stage for Jump {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let factor = cx.rows.get(self.factor);
        cx.book.post_with(self.from, self.value, |lane, _, value| {
            value * (factor[lane] - 1.0)
        });
    }
}

/// Steady loss of value: a share of it every month.
struct Decay {
    value: Account,
    to: Account,
    lost_per_step: f64,
}

impl Stage for Decay {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.book.post_with(self.value, self.to, |_, value, _| {
            value * self.lost_per_step
        });
    }
}

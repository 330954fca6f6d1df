//! Interest on cash.

use super::{Holding, Owner, Policy};
use crate::book::{Account, Cause};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{expm1, ln_1p};
use crate::math::{LANES, greater};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Interest rate on positive cash at the start of the month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Interest {
    /// Fixed rate per month, `(1 + r)^(1/12) − 1`.
    PerStep(f64),
    /// Row with the yearly rate r of each month.
    Moving(Row),
}

impl Policy for Interest {
    fn build(&self, owner: &Owner, _holdings: &[Holding], build: &mut Build) {
        let from = build.world(Cause::Income);
        let cash = owner.cash;
        match *self {
            Self::PerStep(rate_per_step) => {
                build.stage(Phase::Interest, Credit { cash, from, rate_per_step })
            }
            Self::Moving(rate) => build.stage(Phase::Interest, CreditMoving { cash, from, rate }),
        }
    }
}

struct Credit {
    cash: Account,
    from: Account,
    rate_per_step: f64,
}

impl Stage for Credit {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.book.post_with(
            self.from,
            self.cash,
            |_, _, cash| {
                if cash > 0.0 { cash * self.rate_per_step } else { 0.0 }
            },
        );
    }
}

struct CreditMoving {
    cash: Account,
    from: Account,
    rate: Row,
}

impl Stage for CreditMoving {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut credit = *cx.rows.get(self.rate);
        let cash = cx.book.value(self.cash);
        for lane in 0..LANES {
            credit[lane] = expm1(ln_1p(credit[lane]) / STEPS_PER_YEAR) * greater(cash[lane], 0.0);
        }
        cx.book.post(self.from, self.cash, &credit);
    }
}

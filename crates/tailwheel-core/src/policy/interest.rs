//! Interest on cash.

use crate::book::{Account, Cause};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{expm1, ln_1p};
use crate::math::{LANES, greater};
use crate::stage::{Build, Phase, Row};

/// Interest rate on positive cash at the start of the month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Interest {
    /// Fixed rate per month, `(1 + r)^(1/12) − 1`.
    PerStep(f64),
    /// Row with the yearly rate r of each month.
    Moving(Row),
}

impl Interest {
    /// Adds the stage that pays the interest to the account `cash`.
    pub fn build(self, cash: Account, build: &mut Build) {
        let from = build.world(Cause::Income);
        match self {
            Self::PerStep(rate_per_step) => build.step(
                Phase::Interest,
                "Credit",
                #[inline(always)]
                move |cx| {
                    cx.book.post_with(
                        from,
                        cash,
                        |_, _, cash| {
                            if cash > 0.0 { cash * rate_per_step } else { 0.0 }
                        },
                    );
                },
            ),
            Self::Moving(rate) => build.step(
                Phase::Interest,
                "CreditMoving",
                #[inline(always)]
                move |cx| {
                    let mut credit = *cx.rows.get(rate);
                    let before = cx.book.value(cash);
                    for lane in 0..LANES {
                        credit[lane] =
                            expm1(ln_1p(credit[lane]) / STEPS_PER_YEAR) * greater(before[lane], 0.0);
                    }
                    cx.book.post(from, cash, &credit);
                },
            ),
        }
    }
}

//! The owner's planned payments, applied to a benchmark account.
//!
//! In: an account, the payments. Out: a stage. Not here: the return of the account (`plan::benchmark`).
//!
//! ```text
//! B ← max(0, B − Σ paid + Σ contributed)      in money of the month
//! ```
//!
//! A benchmark cannot be ruined: an empty account stays at zero until money comes in.

use super::Flow;
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes, lesser};
use crate::stage::{Build, Phase};

/// All planned payments of a benchmark account, made in one posting per month.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    pub account: Account,
    pub flows: Vec<Flow>,
}

impl Planned {
    /// Adds the stage to the plan, unless there are no payments.
    pub fn build(self, build: &mut Build) {
        if !self.flows.is_empty() {
            let world = build.world(Cause::Spending);
            let planned = self;
            build.step(
                Phase::Spend,
                "Paid",
                #[inline(always)]
                move |cx| {
                    let Planned { account, flows } = &planned;
                    let mut paid = Lanes::ZERO;
                    for flow in flows {
                        if let Some(amounts) = flow.of_month(cx.rows, cx.month.index) {
                            paid += &amounts;
                        }
                    }
                    let left = cx.book.value(*account);
                    for lane in 0..LANES {
                        paid[lane] = lesser(paid[lane], left[lane]);
                    }
                    cx.book.post(*account, world, &paid);
                },
            );
        }
    }
}

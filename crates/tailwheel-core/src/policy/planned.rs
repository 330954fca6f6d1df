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

/// Adds the stage that takes all planned payments `flows` from a benchmark `account` in one posting per
/// month, never more than it holds. Without payments it adds nothing.
pub fn pay_planned(account: Account, flows: Vec<Flow>, build: &mut Build) {
    if flows.is_empty() {
        return;
    }
    let world = build.world(Cause::Spending);
    build.step(
        Phase::Spend,
        "Paid",
        #[inline(always)]
        move |cx| {
            let mut paid = Lanes::ZERO;
            for flow in &flows {
                if let Some(amounts) = flow.of_month(cx.rows, cx.month.index) {
                    paid += &amounts;
                }
            }
            let left = cx.book.value(account);
            for lane in 0..LANES {
                paid[lane] = lesser(paid[lane], left[lane]);
            }
            cx.book.post(account, world, &paid);
        },
    );
}

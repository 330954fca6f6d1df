//! Interest on cash.

use super::{Holding, Owner, Policy};
use crate::book::{Account, Cause};
use crate::stage::{Build, Cx, Phase, Stage};

/// All positive cash at the start of the month earns the cash rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interest {
    /// `(1 + r)^(1/12) − 1`.
    pub rate_per_step: f64,
}

impl Policy for Interest {
    fn build(&self, owner: &Owner, _holdings: &[Holding], build: &mut Build) {
        let from = build.world(Cause::Income);
        build.stage(
            Phase::Interest,
            Credit {
                cash: owner.cash,
                from,
                rate_per_step: self.rate_per_step,
            },
        );
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
        cx.book.post_with(self.from, self.cash, |_, _, cash| {
            if cash > 0.0 {
                cash * self.rate_per_step
            } else {
                0.0
            }
        });
    }
}

//! What a claim loses all the time: shutdowns, ageing, saturation.

use crate::book::{Account, Cause};
use crate::stage::{Build, Cx, Phase, Stage};

/// Leaves the decay of the month: `lost_per_step` of the value goes.
pub(super) fn build(value: Account, lost_per_step: f64, build: &mut Build) {
    let to = build.world(Cause::Decay);
    build.stage(
        Phase::Operate,
        Decay {
            value,
            to,
            lost_per_step,
        },
    );
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

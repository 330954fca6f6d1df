//! Custody with several keys and cold storage, once holdings are valuable enough.
//!
//! ```text
//! guarded in a month if V ≥ above at the end of the month before     V: value of one or of all holdings
//! ```

use crate::book::Account;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Rule that decides when a holding is guarded.
#[derive(Clone, Debug, PartialEq)]
pub struct Custody {
    /// Value from which on the holding is guarded.
    pub above: f64,
    /// Accounts whose values decide on the custody: the holding alone, or all holdings under one custody
    /// rule.
    pub counted: Vec<Account>,
    /// Total value of the accounts in `counted` on day one.
    pub opening: f64,
    /// 1 in months when the holding is guarded, else 0.
    pub guarded: Row,
}

impl Custody {
    /// Adds the stages of the rule to the plan.
    pub fn build(self, build: &mut Build) {
        build.stage(Phase::Open, First(self.clone()));
        build.stage(Phase::Prepare, Next(self));
    }

    #[inline(always)]
    fn set(&self, cx: &mut Cx<'_>, guarded: &Lanes) {
        *cx.rows.get_mut(self.guarded) = *guarded;
    }
}

struct First(Custody);

impl Stage for First {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let is_guarded = self.0.opening >= self.0.above;
        self.0.set(cx, &Lanes::splat(f64::from(u8::from(is_guarded))));
    }
}

struct Next(Custody);

impl Stage for Next {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut worth = Lanes::ZERO;
        for account in &self.0.counted {
            worth += cx.book.value(*account);
        }
        for lane in 0..LANES {
            worth[lane] = if worth[lane] >= self.0.above { 1.0 } else { 0.0 };
        }
        self.0.set(cx, &worth);
    }
}

//! Custody with several keys and cold storage, once holdings are valuable enough.
//!
//! ```text
//! guarded in a month if V ≥ above at the end of the month before     V: value of one or of all holdings
//! ```

use crate::book::Account;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Phase, Row};

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
        let is_guarded = self.opening >= self.above;
        build.fill(&[self.guarded], f64::from(u8::from(is_guarded)));
        build.step(
            Phase::Prepare,
            "Next",
            #[inline(always)]
            move |cx| {
                let mut worth = Lanes::ZERO;
                for account in &self.counted {
                    worth += cx.book.value(*account);
                }
                for lane in 0..LANES {
                    worth[lane] = if worth[lane] >= self.above { 1.0 } else { 0.0 };
                }
                *cx.rows.get_mut(self.guarded) = worth;
            },
        );
    }
}

//! Several keys and cold storage for holdings that are worth it.
//!
//! ```text
//! guarded in a month if V ≥ above at the end of the month before     V: of the holding, or of all of them
//! ```

use crate::book::Account;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// When a holding is guarded.
#[derive(Clone, Debug, PartialEq)]
pub struct Custody {
    /// What is guarded from here on.
    pub above: f64,
    /// Whose values count: of the holding alone, or of all that may be guarded.
    pub counted: Vec<Account>,
    /// What they are worth on day one.
    pub opening: f64,
    /// 1 in months in which it is guarded.
    pub guarded: Row,
}

impl Custody {
    /// Leaves its stages in the plan.
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

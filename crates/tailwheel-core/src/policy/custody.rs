//! Custody with several keys and cold storage, once holdings are valuable enough.
//!
//! ```text
//! guarded in a month if V ≥ above at the end of the month before     V: value of one or of all holdings
//! ```

use crate::book::Account;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Phase, Row};

/// Adds the stages that decide when a holding is guarded: from the value `above` on. The accounts `counted`,
/// worth `opening` on day one, decide on it: the holding alone, or all holdings under one custody rule. The
/// row `guarded` is 1 in months when the holding is guarded, else 0.
pub fn guard(above: f64, counted: Vec<Account>, opening: f64, guarded: Row, build: &mut Build) {
    let is_guarded = opening >= above;
    build.fill(&[guarded], f64::from(u8::from(is_guarded)));
    build.step(
        Phase::Prepare,
        "Next",
        #[inline(always)]
        move |cx| {
            let mut worth = Lanes::ZERO;
            for account in &counted {
                worth += cx.book.value(*account);
            }
            for lane in 0..LANES {
                worth[lane] = if worth[lane] >= above { 1.0 } else { 0.0 };
            }
            *cx.rows.get_mut(guarded) = worth;
        },
    );
}

//! Custody with several keys and cold storage, once holdings are valuable enough.
//!
//! ```text
//! guarded in a month if V ≥ above at the end of the month before     V: value of one or of all holdings
//! ```

use crate::book::Account;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Phase, Row};

/// Adds the stages that write the row `guarded`: 1 in months when custody protects a holding, else 0. It does
/// if the accounts `counted`, worth `opening` on day one, were worth at least `above` at the end of the month
/// before. They hold this holding alone, or all holdings under one custody rule.
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

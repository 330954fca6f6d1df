//! Random variation of a month's visits around their expectation.
//!
//! In: a spread, one standard normal per month. Out: the row of a factor, mean 1. Not here: lasting changes
//! (`content`).

use crate::math::LANES;
use crate::math::elementary::exp;
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Phase, Row, Scope};

/// Adds a random factor of mean 1 on a month's visits, with this `spread` of its logarithm, and returns its row.
/// `deals` is the random factor of brand deals, if any.
pub(super) fn build(spread: Coefficient, deals: Option<Row>, build: &mut Build) -> Row {
    let row = build.row();
    let visitors = build.normals(Purpose::Visits, Scope::Month);
    build.step(
        Phase::Operate,
        "Luck",
        #[inline(always)]
        move |cx| {
            let visitors = cx.draws.row(visitors);
            let spread = spread.of_paths(cx.rows);
            let luck = cx.rows.get_mut(row);
            for lane in 0..LANES {
                let spread = spread[lane];
                luck[lane] = exp(spread.mul_add(visitors[lane], -0.5 * spread * spread));
            }
            if let Some(deals) = deals {
                let [luck, deals] = cx.rows.pair(row, deals);
                *luck *= &*deals;
            }
        },
    );
    row
}

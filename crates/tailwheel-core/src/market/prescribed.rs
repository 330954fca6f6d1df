//! Price falls that a scenario prescribes: a date and the fraction of the price that is lost.

use super::JumpRows;
use crate::math::elementary::ln_1p;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Phase};

/// A prescribed fall of one market, the same on every path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrescribedFall {
    /// Month of the run, counted from 1.
    pub month: u32,
    /// Fraction of the price that is lost in the fall.
    pub loss: f64,
}

/// Adds prescribed `falls` to a market's random `jumps` and returns the rows of both; `None` if there are
/// neither. A prescribed fall is not compensated: it comes on top of the moves that the volatility covers.
pub fn prescribe(falls: &[PrescribedFall], jumps: Option<JumpRows>, build: &mut Build) -> Option<JumpRows> {
    if falls.is_empty() {
        return jumps;
    }
    let rows = jumps.unwrap_or_else(|| JumpRows { factor: build.row(), log: build.row() });
    let falls = falls.to_vec();
    let is_alone = jumps.is_none();
    build.step(
        Phase::Shock,
        "Prescribed",
        #[inline(always)]
        move |cx| {
            let [factor, log] = cx.rows.pair(rows.factor, rows.log);
            if is_alone {
                *factor = Lanes::splat(1.0);
                *log = Lanes::ZERO;
            }
            for fall in falls.iter().filter(|fall| fall.month == cx.month.index) {
                let added = ln_1p(-fall.loss);
                for lane in 0..LANES {
                    factor[lane] *= 1.0 - fall.loss;
                    log[lane] += added;
                }
            }
        },
    );
    Some(rows)
}

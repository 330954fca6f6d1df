//! Price falls that a scenario prescribes: a date and the fraction of the price that is lost.

use super::JumpRows;
use crate::math::elementary::ln_1p;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, Phase, Stage};

/// A prescribed fall of one market, the same on every path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrescribedFall {
    /// Month of the run, counted from 1.
    pub month: u32,
    /// Fraction of the price that is lost.
    pub loss: f64,
}

/// Adds `falls` to the market's own `jumps` and returns the rows that hold both; `None` if there are
/// neither. A prescribed fall is not compensated: it comes on top of the moves that the volatility covers.
pub fn prescribe(falls: &[PrescribedFall], jumps: Option<JumpRows>, build: &mut Build) -> Option<JumpRows> {
    if falls.is_empty() {
        return jumps;
    }
    let rows = jumps.unwrap_or_else(|| JumpRows { factor: build.row(), log: build.row() });
    build.stage(Phase::Shock, Prescribed { falls: falls.to_vec(), rows, is_alone: jumps.is_none() });
    Some(rows)
}

struct Prescribed {
    falls: Vec<PrescribedFall>,
    rows: JumpRows,
    /// True if no other stage writes the rows.
    is_alone: bool,
}

impl Stage for Prescribed {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let [factor, log] = cx.rows.pair(self.rows.factor, self.rows.log);
        if self.is_alone {
            *factor = Lanes::splat(1.0);
            *log = Lanes::ZERO;
        }
        for fall in self.falls.iter().filter(|fall| fall.month == cx.month.index) {
            let added = ln_1p(-fall.loss);
            for lane in 0..LANES {
                factor[lane] *= 1.0 - fall.loss;
                log[lane] += added;
            }
        }
    }
}

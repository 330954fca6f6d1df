//! Falls that a scenario prescribes: on a date, by a stated part of the price.

use super::JumpRows;
use crate::math::elementary::ln_1p;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, Phase, Stage};

/// A fall of one market on every path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrescribedFall {
    /// Month of the horizon, from 1.
    pub month: u32,
    /// Part of the price that is lost.
    pub loss: f64,
}

/// Leaves `falls` on top of the market's own jumps; returns the rows that hold both. A prescribed
/// fall is not compensated: it comes on top of what the volatility covers.
pub fn prescribe(
    falls: &[PrescribedFall],
    jumps: Option<JumpRows>,
    build: &mut Build,
) -> Option<JumpRows> {
    if falls.is_empty() {
        return jumps;
    }
    let rows = jumps.unwrap_or_else(|| JumpRows { factor: build.row(), log: build.row() });
    build
        .stage(Phase::Shock, Prescribed { falls: falls.to_vec(), rows, is_alone: jumps.is_none() });
    Some(rows)
}

struct Prescribed {
    falls: Vec<PrescribedFall>,
    rows: JumpRows,
    /// Whether nobody else writes the rows.
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

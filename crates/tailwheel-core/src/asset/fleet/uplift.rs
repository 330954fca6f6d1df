//! Gain in a healthy unit's income from tests of prices and pages, while it is audited.
//!
//! ```text
//! u  ← min(limit, u·(1 + (e^(x/12) − 1)·min(1, A/(H + D))))      mean of healthy units, weighted by size;
//! 1 at first
//! u  ← 1                                                        in a month with a model collapse
//! u' = (u·stays + back)/(stays + back)                          re-seeded units restart at 1
//! ```

use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// Gain in the income of healthy units from tests of prices and pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Uplift {
    /// Monthly gain of an audited unit, `e^(x/12) − 1` at the yearly rate x.
    pub monthly: f64,
    /// Largest factor on a unit's income that tests can reach.
    pub limit: f64,
}

impl Uplift {
    /// Factor on income after a month with the fraction `part` of units audited; `lift` is the factor before.
    #[inline(always)]
    pub fn raised(&self, lift: f64, part: f64) -> f64 {
        lesser(lift * self.monthly.mul_add(part, 1.0), self.limit)
    }

    /// Returns the gain on the path in `lane`, from the monthly gains and limits of all paths.
    #[inline(always)]
    pub fn on(monthly: &Lanes, limit: &Lanes, lane: usize) -> Self {
        Self { monthly: monthly[lane], limit: limit[lane] }
    }
}

/// Gain in income from tests of prices and pages on every path, and the row of the current factor on income.
#[derive(Clone, Copy)]
pub(super) struct Lift {
    /// Monthly gain of an audited unit.
    monthly: Coefficient,
    /// Largest factor on the income of a unit.
    limit: Coefficient,
    audits: f64,
    pub row: Row,
}

impl Lift {
    pub fn build(monthly: Coefficient, limit: Coefficient, audits: f64, build: &mut Build) -> Self {
        Self { monthly, limit, audits, row: build.row_of(1.0) }
    }

    /// Advances the factor of tests on income by one month. `operating` units ran at its start; of the `healthy` ones
    /// at its end, `stays` were healthy before. Counts or sizes may be given.
    #[inline(always)]
    pub fn follow(&self, operating: &Lanes, fallen: &Lanes, stays: &Lanes, healthy: &Lanes, cx: &mut Cx<'_>) {
        let [monthly, limit] = [self.monthly, self.limit].map(|of| of.of_paths(cx.rows));
        let lift = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            let part = lesser(self.audits / greater(operating[lane], 1.0), 1.0);
            let raised = Uplift::on(&monthly, &limit, lane).raised(lift[lane], part);
            let kept = if fallen[lane] > 0.0 { 1.0 } else { raised };
            let part = if healthy[lane] > 0.0 { stays[lane] / healthy[lane] } else { 0.0 };
            lift[lane] = (kept - 1.0).mul_add(part, 1.0);
        }
    }
}

//! What tests of prices and pages add to a healthy unit, as long as somebody looks at it.
//!
//! ```text
//! u  ← min(limit, u·(1 + (e^(x/12) − 1)·min(1, A/(H + D))))      mean of the healthy units by size, 1 at first
//! u  ← 1                                                        where a model collapsed in the month
//! u' = (u·stays + back)/(stays + back)                          units seeded anew begin at 1
//! ```

use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// A rise of what healthy units earn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Uplift {
    /// In a month in which a unit is looked at, `e^(x/12) − 1`.
    pub monthly: f64,
    /// Most that comes of it.
    pub limit: f64,
}

impl Uplift {
    /// After a month in which `part` of the units were looked at.
    #[inline(always)]
    pub fn raised(&self, lift: f64, part: f64) -> f64 {
        lesser(lift * self.monthly.mul_add(part, 1.0), self.limit)
    }

    /// The rise of one path.
    #[inline(always)]
    pub fn on([monthly, limit]: [&Lanes; 2], lane: usize) -> Self {
        Self { monthly: monthly[lane], limit: limit[lane] }
    }
}

/// The rise of every path.
#[derive(Clone, Copy)]
pub(super) struct Lift {
    /// Of a month, and its limit.
    of: [Coefficient; 2],
    audits: f64,
    pub row: Row,
}

impl Lift {
    pub fn build(of: [Coefficient; 2], audits: f64, build: &mut Build) -> Self {
        Self { of, audits, row: build.row() }
    }

    /// A month in which `operating` units ran at its start, and of the healthy ones those that stay were joined by others; both
    /// as counts or as sizes.
    #[inline(always)]
    pub fn follow(
        &self,
        operating: &Lanes,
        fallen: &Lanes,
        [stays, healthy]: [&Lanes; 2],
        cx: &mut Cx<'_>,
    ) {
        let of = self.of.map(|of| of.of_paths(cx.rows));
        let lift = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            let part = lesser(self.audits / greater(operating[lane], 1.0), 1.0);
            let raised = Uplift::on(of.each_ref(), lane).raised(lift[lane], part);
            let kept = if fallen[lane] > 0.0 { 1.0 } else { raised };
            let part = if healthy[lane] > 0.0 { stays[lane] / healthy[lane] } else { 0.0 };
            lift[lane] = (kept - 1.0).mul_add(part, 1.0);
        }
    }
}

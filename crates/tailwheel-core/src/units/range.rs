//! Claimed range of ROI, as an offer advertises it.
//!
//! In: two [`Roi`]. Out: [`RoiRange`] with low ≤ high. Not here: the law between the ends (`asset`).

use super::Roi;

/// Low and high end of a claimed yearly ROI; equal ends are a single number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoiRange {
    low: Roi,
    high: Roi,
}

impl RoiRange {
    /// Creates a range; `None` if `low` lies above `high`.
    pub fn new(low: Roi, high: Roi) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    pub const fn low(self) -> Roi {
        self.low
    }

    pub const fn high(self) -> Roi {
        self.high
    }

    /// True if the claim is a single number.
    pub fn is_point(self) -> bool {
        self.low == self.high
    }
}

//! A claimed range of ROI: what a brochure prints.
//!
//! In: two [`Roi`]. Out: [`RoiRange`], never upside down. Not here: which law lies between (`asset`).

use super::Roi;

/// Low and high end of a claimed yearly ROI; equal ends are a single number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoiRange {
    low: Roi,
    high: Roi,
}

impl RoiRange {
    /// Nothing if `low` lies above `high`.
    pub fn new(low: Roi, high: Roi) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    pub const fn low(self) -> Roi {
        self.low
    }

    pub const fn high(self) -> Roi {
        self.high
    }

    /// Whether the claim is one number.
    pub fn is_point(self) -> bool {
        self.low == self.high
    }
}

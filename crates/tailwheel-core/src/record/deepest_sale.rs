//! Largest fraction of wealth that agent selling took in one month.

use super::{Followed, Kind};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "deepest_sale",
        unit: "fraction",
        range: (0.0, 1.0),
        doc: "Largest part of wealth that agents' sales had taken at the trough of a month, of wealth before \
              the first sale; 0 if there were none.",
    },
    measures: &[],
    track: Followed::Whole(|kept| {
        let (taken, deepest) = (kept.sales?.taken, Lanes::ZERO);
        Some(DeepestSale { taken, deepest }.boxed())
    }),
};

#[derive(Clone)]
struct DeepestSale {
    taken: Row,
    deepest: Lanes,
}

impl Track for DeepestSale {
    fn open(&mut self) {
        self.deepest = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let (taken, low) = (now.rows.get(self.taken), now.low.map_or(now.wealth, |[wealth, _]| wealth));
        for lane in 0..LANES {
            let part = part_taken(low[lane], taken[lane]);
            self.deepest[lane] = greater(part, self.deepest[lane]);
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.deepest
    }
}

/// Fraction of the wealth before any sale that agents' sales have `taken`; `low` is the wealth left. 0 if
/// `low` is below zero, which taxes owed can cause.
#[inline(always)]
pub fn part_taken(low: f64, taken: f64) -> f64 {
    if taken > 0.0 && low >= 0.0 { taken / (low + taken) } else { 0.0 }
}

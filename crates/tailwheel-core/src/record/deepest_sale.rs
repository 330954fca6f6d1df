//! Largest fraction of wealth that agent selling took in one month.

use super::folded::monthly;
use super::{Followed, Kind};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{Close, Quantity};

/// Largest fraction of wealth, as it was before the first sale, that agent selling has taken at the
/// intramonth low of a month; 0 without sales.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "deepest_sale", unit: "fraction" },
    measures: &[],
    track: Followed::Whole(|kept| {
        let taken = kept.sales?.taken;
        Some(monthly(
            #[inline(always)]
            move |deepest: &mut Lanes, now: &Close<'_>| {
                let (taken, low) = (now.rows.get(taken), now.low.map_or(now.wealth, |[wealth, _]| wealth));
                for lane in 0..LANES {
                    deepest[lane] = greater(part_taken(low[lane], taken[lane]), deepest[lane]);
                }
            },
        ))
    }),
};

/// Fraction of the wealth before any sale that agents' sales have `taken`; `low` is the wealth left. 0 if
/// `low` is below zero, which taxes owed can cause.
#[inline(always)]
pub fn part_taken(low: f64, taken: f64) -> f64 {
    if taken > 0.0 && low >= 0.0 { taken / (low + taken) } else { 0.0 }
}

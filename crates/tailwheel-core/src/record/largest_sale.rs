//! Largest share of the agents' money that sold in one month.

use super::declared::{Better, Declared, Figure, Needs, Statistic, Unit};
use super::folded::folded;
use super::{Followed, Kind, id};
use crate::math::greater;
use crate::stage::Quantity;

/// Largest share of the agents' money that sells in one month: for each cluster, its share of the money times
/// the share of its blocks that sell.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "largest_sale", unit: "fraction" },
    measures: &[Declared {
        needs: Needs::Agents,
        better: Better::Lower,
        range: (0.0, 1.0),
        // a share of exactly 0.9 must not count, whichever way its sum was rounded
        run: &[Figure::only(Statistic::Above(0.9 + 1e-9))],
        doc: "Share of paths with a month in which agents with more than 90 % of the agents' money sell. Interval: \
              Clopper & Pearson (1934).",
        ..Declared::of(
            id::FULL_CASCADE,
            "probability of a full cascade (90 % of the agents sell in one month)",
            Unit::Probability,
        )
    }],
    track: Followed::Whole(|kept| {
        Some(folded(
            kept.sales?.sold,
            #[inline(always)]
            |largest, sold, _| greater(sold, largest),
        ))
    }),
};

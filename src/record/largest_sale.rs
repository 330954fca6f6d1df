//! The largest share of the agents' money that sold in one month.

use super::declared::{Better, Declared, Figure, Statistic, Unit};
use super::{Followed, Kind};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "largest_sale",
        unit: "fraction",
        range: (0.0, 1.0),
        doc: "Largest share of the agents' money that sold in one month: of a cluster, its share of the money \
              times the share of its blocks that fired.",
    },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, 1.0),
        // exactly nine tenths is not more, whichever way a sum of shares was rounded
        run: &[Figure::only(Statistic::Above(0.9 + 1e-9))],
        doc: "Share of paths on which agents with more than 90 % of the agents' money sell in one \
              month; interval of Clopper & Pearson (1934).",
        ..Declared::of(
            "loop.full_cascade.probability",
            "nine of ten agents sell in one month, at some time",
            Unit::Probability,
        )
    }],
    track: Followed::Whole(|kept| {
        let (sold, largest) = (kept.sales?.sold, Lanes::ZERO);
        Some(LargestSale { sold, largest }.boxed())
    }),
};

#[derive(Clone)]
struct LargestSale {
    sold: Row,
    largest: Lanes,
}

impl Track for LargestSale {
    fn open(&mut self) {
        self.largest = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let sold = now.rows.get(self.sold);
        for lane in 0..LANES {
            self.largest[lane] = greater(sold[lane], self.largest[lane]);
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.largest
    }
}

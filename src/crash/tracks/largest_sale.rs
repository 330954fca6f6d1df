//! The largest share of the agents' money that sold in one month.

use crate::crash::Sales;
use crate::math::{LANES, Lanes, greater};
use crate::stage::{Close, Quantity, Row, Track, TrackRequest};

pub const QUANTITY: Quantity = Quantity {
    id: "largest_sale",
    unit: "fraction",
    range: (0.0, 1.0),
    doc: "Largest share of the agents' money that sold in one month: of a cluster, its share of the money \
          times the share of its blocks that fired.",
};

pub(super) fn request(sales: Sales) -> TrackRequest {
    let (sold, largest) = (sales.sold, Lanes::ZERO);
    TrackRequest::new(&QUANTITY, LargestSale { sold, largest })
}

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

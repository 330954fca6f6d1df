//! Months in which agents sold.

use crate::crash::Sales;
use crate::math::{LANES, Lanes};
use crate::stage::{Close, Quantity, Row, Track, TrackRequest};

pub const QUANTITY: Quantity = Quantity {
    id: "selling_months",
    unit: "count",
    range: (0.0, f64::INFINITY),
    doc: "Months in which agents sold.",
};

pub(super) fn request(sales: Sales) -> TrackRequest {
    let (sold, months) = (sales.sold, Lanes::ZERO);
    TrackRequest::new(&QUANTITY, SellingMonths { sold, months })
}

#[derive(Clone)]
struct SellingMonths {
    sold: Row,
    months: Lanes,
}

impl Track for SellingMonths {
    fn open(&mut self) {
        self.months = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let sold = now.rows.get(self.sold);
        for lane in 0..LANES {
            self.months[lane] += if sold[lane] > 0.0 { 1.0 } else { 0.0 };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.months
    }
}

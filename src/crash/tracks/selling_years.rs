//! Whole years in which agents sold.

use crate::crash::Sales;
use crate::math::{LANES, Lanes};
use crate::stage::{Close, Quantity, Row, Track, TrackRequest};

/// Months of a year.
const YEAR: u32 = 12;

pub const QUANTITY: Quantity = Quantity {
    id: "selling_years",
    unit: "count",
    range: (0.0, f64::INFINITY),
    doc: "Whole years with at least one month in which agents sold; absent for a shorter horizon.",
};

pub(super) fn request(sales: Sales, n_months: u32) -> Option<TrackRequest> {
    let track = SellingYears {
        sold: sales.sold,
        this_year: Lanes::ZERO,
        years: Lanes::ZERO,
    };
    (n_months >= YEAR).then(|| TrackRequest::new(&QUANTITY, track))
}

#[derive(Clone)]
struct SellingYears {
    sold: Row,
    /// 1 if somebody sold since the year began.
    this_year: Lanes,
    years: Lanes,
}

impl Track for SellingYears {
    fn open(&mut self) {
        (self.this_year, self.years) = (Lanes::ZERO, Lanes::ZERO);
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let sold = now.rows.get(self.sold);
        for lane in 0..LANES {
            self.this_year[lane] = if sold[lane] > 0.0 {
                1.0
            } else {
                self.this_year[lane]
            };
        }
        if now.month.is_multiple_of(YEAR) {
            for lane in 0..LANES {
                self.years[lane] += self.this_year[lane];
            }
            self.this_year = Lanes::ZERO;
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.years
    }
}

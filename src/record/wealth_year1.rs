//! Net worth after a year.

use super::{Kind, YEAR};
use crate::math::Lanes;
use crate::stage::{Close, Quantity, Track, TrackRequest};

const QUANTITY: Quantity = Quantity {
    id: "wealth_year1",
    unit: "money",
    range: (f64::NEG_INFINITY, f64::INFINITY),
    doc: "Net worth at the end of month 12, in money of its day; absent where that is the horizon or beyond.",
};

pub(super) const KIND: Kind = Kind {
    quantity: QUANTITY,
    requests: |kept| match kept.n_months > YEAR {
        true => vec![TrackRequest::new(&QUANTITY, WealthYear1(Lanes::ZERO))],
        false => Vec::new(),
    },
};

#[derive(Clone)]
struct WealthYear1(Lanes);

impl Track for WealthYear1 {
    fn open(&mut self) {
        self.0 = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month == YEAR {
            self.0 = *now.wealth;
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.0
    }
}

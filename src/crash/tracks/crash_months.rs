//! Months in which sales were a crash of some market.

use crate::crash::{CRASH_FALL, Sales};
use crate::math::{LANES, Lanes};
use crate::stage::{Close, Quantity, Row, Track, TrackRequest};

pub const QUANTITY: Quantity = Quantity {
    id: "crash_months",
    unit: "count",
    range: (0.0, f64::INFINITY),
    doc: "Months in which agents' sales pushed some market down by a crash's fall.",
};

pub(super) fn request(sales: Sales) -> TrackRequest {
    let (fall, months) = (sales.fall, Lanes::ZERO);
    TrackRequest::new(&QUANTITY, CrashMonths { fall, months })
}

#[derive(Clone)]
struct CrashMonths {
    fall: Row,
    months: Lanes,
}

impl Track for CrashMonths {
    fn open(&mut self) {
        self.months = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let fall = now.rows.get(self.fall);
        for lane in 0..LANES {
            self.months[lane] += if fall[lane] >= CRASH_FALL { 1.0 } else { 0.0 };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.months
    }
}

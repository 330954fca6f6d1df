//! Growth of one unit put in at the start.

use super::Kind;
use crate::math::{LANES, Lanes};
use crate::stage::{Close, Quantity, Track, TrackRequest};

const QUANTITY: Quantity = Quantity {
    id: "unit_value",
    unit: "fraction",
    range: (f64::NEG_INFINITY, f64::INFINITY),
    doc: "Value per unit at the horizon: what one unit put in at the start has grown to; absent with \
          nothing put in.",
};

pub(super) const KIND: Kind = Kind {
    quantity: QUANTITY,
    requests: |kept| {
        let money_in = kept.money_in;
        let request = || TrackRequest {
            in_twin: true,
            ..TrackRequest::new(&QUANTITY, UnitValue { money_in })
        };
        (money_in > 0.0).then(request).into_iter().collect()
    },
};

#[derive(Clone)]
struct UnitValue {
    money_in: f64,
}

impl Track for UnitValue {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let mut units = Lanes::ZERO;
        for lane in 0..LANES {
            units[lane] = now.wealth[lane] / self.money_in;
        }
        units
    }
}

//! Net worth at the horizon.

use super::Kind;
use crate::math::Lanes;
use crate::stage::{Close, Quantity, Track, TrackRequest};

const QUANTITY: Quantity = Quantity {
    id: "wealth",
    unit: "money",
    range: (f64::NEG_INFINITY, f64::INFINITY),
    doc: "Net worth at the horizon, in money of its day.",
};

pub(super) const KIND: Kind = Kind {
    quantity: QUANTITY,
    requests: |_| {
        let in_twin = true;
        let request = TrackRequest::new(&QUANTITY, Wealth);
        vec![TrackRequest { in_twin, ..request }]
    },
};

#[derive(Clone)]
struct Wealth;

impl Track for Wealth {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        *now.wealth
    }
}

//! Value of each asset at the horizon.

use super::Kind;
use crate::book::Account;
use crate::math::Lanes;
use crate::stage::{Close, Quantity, Track, TrackRequest};

const QUANTITY: Quantity = Quantity {
    id: "asset",
    unit: "money",
    range: (f64::NEG_INFINITY, f64::INFINITY),
    doc: "Value of the asset at the horizon, in money of its day.",
};

pub(super) const KIND: Kind = Kind {
    quantity: QUANTITY,
    requests: |kept| {
        let request = |(number, account): (u16, &Account)| {
            let request = TrackRequest::new(&QUANTITY, AssetValue(*account));
            let id = request.id.of_asset(number);
            TrackRequest { id, ..request }
        };
        (0..).zip(kept.assets).map(request).collect()
    },
};

#[derive(Clone)]
struct AssetValue(Account);

impl Track for AssetValue {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        *now.book.value(self.0)
    }
}

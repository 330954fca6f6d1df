//! Value of each asset at the horizon, nominal.

use super::declared::{Declared, MIDDLE_AND_ENDS, Unit};
use super::{Followed, Kind};
use crate::book::Account;
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "asset",
        unit: "money",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Value of the asset at the horizon, in money of its day.",
    },
    measures: &[Declared {
        range: (0.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        ..Declared::of("asset.<name>.terminal", "value of the asset at the end, nominal", Unit::Money)
    }],
    track: Followed::EachAsset(|kept, asset| Some(AssetValue(kept.assets[asset]).boxed())),
};

#[derive(Clone)]
struct AssetValue(Account);

impl Track for AssetValue {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        *now.book.value(self.0)
    }
}

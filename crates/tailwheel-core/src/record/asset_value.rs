//! Value of each asset at the horizon, nominal.

use super::declared::{Declared, MIDDLE_AND_ENDS, Unit};
use super::folded::at_end;
use super::{Followed, Kind};
use crate::stage::Quantity;

/// Value of the asset at the horizon, nominal.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "asset", unit: "money" },
    measures: &[Declared {
        range: (0.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        ..Declared::of("asset.<name>.terminal", "value of the asset at the end, nominal", Unit::Money)
    }],
    track: Followed::EachAsset(|kept, asset| {
        let account = kept.assets[asset];
        Some(at_end(
            #[inline(always)]
            move |now| *now.book.value(account),
        ))
    }),
};

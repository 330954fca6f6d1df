//! Value of each asset at the horizon.

use super::data::Absent;
use super::measure::{Better, Family, Scope, measure};
use crate::record::ASSET_VALUE;
use std::borrow::Cow;

/// Nominal, one family for each asset.
pub const TERMINAL: Family = Family {
    scope: Scope::EachAsset,
    source: |data, asset| {
        let number = u16::try_from(asset).map_err(|_| Absent::NotKept)?;
        data.column(ASSET_VALUE.of_asset(number)).map(Cow::Borrowed)
    },
    better: Better::Neither,
    measures: &[
        measure!(
            "asset.<name>.terminal",
            "value of the asset at the end",
            Money,
            mean
        ),
        measure!(
            "asset.<name>.terminal",
            "value of the asset at the end",
            Money,
            "p05" = 0.05
        ),
        measure!(
            "asset.<name>.terminal",
            "value of the asset at the end",
            Money,
            "p50" = 0.50
        ),
        measure!(
            "asset.<name>.terminal",
            "value of the asset at the end",
            Money,
            "p95" = 0.95
        ),
    ],
};

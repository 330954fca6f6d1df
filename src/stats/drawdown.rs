//! Deepest fall of the unit value below its running maximum.

use super::measure::{Better, Family, Scope, measure};
use crate::record::MAX_DRAWDOWN;
use std::borrow::Cow;

/// 1 − U/max U at its largest; 1 after ruin.
pub const DEEPEST: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| data.earned(MAX_DRAWDOWN).map(Cow::Borrowed),
    better: Better::Lower,
    measures: &[
        measure!(
            "drawdown.max",
            "maximum drawdown",
            Fraction,
            mean within 0, 1
        ),
        measure!("drawdown.max", "maximum drawdown", Fraction, "p05" = 0.05),
        measure!("drawdown.max", "maximum drawdown", Fraction, "p50" = 0.50),
        measure!("drawdown.max", "maximum drawdown", Fraction, "p95" = 0.95),
    ],
};

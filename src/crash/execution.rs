//! At what price agents sell into a fall.
//!
//! In: log-losses. Out: an average price. Not here: who sold (`cascade`).

use crate::math::elementary::{exp, expm1};

/// Average price, relative to the start of the month, at which a holding is sold while the price
/// falls by `fall` after an exogenous loss: `e^(−x)·(1 − e^(−y))/y`, and `e^(−x)` for y = 0.
#[inline(always)]
pub fn average_execution(loss: f64, fall: f64) -> f64 {
    if fall == 0.0 {
        return exp(-loss);
    }
    exp(-loss) * -expm1(-fall) / fall
}

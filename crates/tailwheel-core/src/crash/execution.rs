//! Average price at which agents sell while the price falls.
//!
//! In: log-losses. Out: an average price. Not here: the number of sales (`cascade`).

use crate::math::elementary::{exp, expm1};

/// Average price, relative to the start of the month, of a holding sold while the price falls. The
/// log-price falls by `loss` x before the sale and by `fall` y during it: `e^(−x)·(1 − e^(−y))/y`, or
/// `e^(−x)` for y = 0.
#[inline(always)]
pub fn average_execution(loss: f64, fall: f64) -> f64 {
    if fall == 0.0 {
        return exp(-loss);
    }
    exp(-loss) * -expm1(-fall) / fall
}

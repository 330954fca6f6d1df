//! Phrases for titles about a distribution: counted fractions of the paths.
//!
//! In: counts. Out: phrases, each true of the counted paths. Not here: the numbers' meaning (the charts).
//!
//! A quantile alone misleads if many paths end at the same amount. If 40 % of paths end at one amount that is
//! the 5th percentile, fewer than 5 % end below it. "At least 5 % end at or below it" is always true.

use super::{Quantity, of_chart as percent};

/// Relative tolerance: two values that differ by less than this fraction differ only by rounding.
pub const ROUNDING: f64 = 1e-9;

/// Number of paths below which a title counts paths instead of stating a percentage.
const FEW_PATHS: u64 = 40;

/// Formats `hits` of `n` paths with a verb (singular, plural): `12 % of paths end`, or `3 of 10 paths end`.
pub fn hits(hits: u64, n: u64, (ends, end): (&str, &str)) -> String {
    if n < FEW_PATHS {
        let verb = if hits == 1 { ends } else { end };
        format!("{hits} of {n} paths {verb}")
    } else {
        format!("{} of paths {end}", percent(share_of(hits, n)))
    }
}

/// Returns the fraction `hits / n` of the paths with its sampling error.
pub fn share_of(hits: u64, n: u64) -> Quantity {
    let value = hits as f64 / n.max(1) as f64;
    let std_error = (value * (1.0 - value) / n.max(1) as f64).sqrt();
    Quantity { value, std_error }
}

//! What a title may say of a distribution: shares of the paths, counted.
//!
//! In: counts. Out: phrases, each true of the paths that were counted. Not here: what
//! the numbers are (the charts), how a number is written (`figure`).
//!
//! A quantile alone says little of a law with atoms: if two paths in five end at one amount, it is not one in twenty that ends
//! below it. That at least one in twenty ends with it or less is true of every law.

use crate::figure::{Quantity, of_chart as percent};

/// Two figures nearer to each other than this part of them differ by rounding.
pub const ROUNDING: f64 = 1e-9;

/// With fewer paths a title speaks of these paths alone, not of chances.
const FEW_PATHS: u64 = 40;

/// `12 % of paths end`, `3 of 10 paths end`: `hits` of `n` with the verb for one and for many.
pub fn hits(hits: u64, n: u64, (ends, end): (&str, &str)) -> String {
    if n < FEW_PATHS {
        let verb = if hits == 1 { ends } else { end };
        format!("{hits} of {n} paths {verb}")
    } else {
        format!("{} of paths {end}", percent(share_of(hits, n)))
    }
}

/// A share of the paths with its sampling error.
pub fn share_of(hits: u64, n: u64) -> Quantity {
    let value = hits as f64 / n.max(1) as f64;
    let std_error = (value * (1.0 - value) / n.max(1) as f64).sqrt();
    Quantity { value, std_error }
}

//! Check that shares of one whole add up to 1.
//!
//! In: shares. Out: a fault. Not here: the meaning of the shares.

use crate::form::{Diagnostic, Place, fault};
use crate::units::plain;

/// Largest deviation of the sum of shares from 1. Shares that the program wrote may deviate by as much again.
const TOLERANCE: f64 = 1e-9;

/// Returns the fault at `place` if `shares` do not add up to 1. `what` is the plural noun for the shares in
/// the message.
pub fn total_fault(what: &str, shares: &[f64], place: Option<Place>) -> Option<Diagnostic> {
    let total: f64 = shares.iter().sum();
    if (total - 1.0).abs() <= 2.0 * TOLERANCE {
        return None;
    }
    let terms: Vec<String> = shares.iter().map(|share| short(*share)).collect();
    let sum = format!("{} = {}", terms.join(" + "), short(total));
    let label = if total > 1.0 {
        format!("{} too much", short(total - 1.0))
    } else {
        format!("{} missing", short(1.0 - total))
    };
    Some(fault!("shares", "{what} add up to {}, not 1", short(total); place => "{label}").note("", sum))
}

/// Rule that messages about shares quote.
pub const RULE: &str = "shares of one whole add up to 1";

/// Formats with at most nine decimals, the precision at which the total is checked.
pub fn short(number: f64) -> String {
    plain((number * 1e9).round() / 1e9)
}

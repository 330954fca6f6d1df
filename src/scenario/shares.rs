//! Shares of one whole: that they add up to 1, and what to change if they do not.
//!
//! In: shares. Out: a fault. Not here: whose shares they are.

use crate::form::{Diagnostic, Place};
use crate::units::plain;

/// How far a total may be from 1. Shares that the program wrote itself may carry as much again.
const TOLERANCE: f64 = 1e-9;

/// What is to be said at `place` of `shares` whose total is not 1; nothing if it is.
pub fn total_fault(what: &str, shares: &[f64], place: Option<Place>) -> Option<Diagnostic> {
    let total: f64 = shares.iter().sum();
    if (total - 1.0).abs() <= 2.0 * TOLERANCE {
        return None;
    }
    let message = format!("{what} add up to {}, not 1", short(total));
    let terms: Vec<String> = shares.iter().map(|share| short(*share)).collect();
    let sum = format!("{} = {}", terms.join(" + "), short(total));
    let label = if total > 1.0 {
        format!("{} too much", short(total - 1.0))
    } else {
        format!("{} missing", short(1.0 - total))
    };
    let fault = Diagnostic::new("shares", message).at(place, label);
    Some(fault.note("", sum))
}

/// What holds for all shares of one whole.
pub const RULE: &str = "shares of one whole add up to 1";

/// At most nine decimals: as many as the total is judged by.
pub fn short(number: f64) -> String {
    plain((number * 1e9).round() / 1e9)
}

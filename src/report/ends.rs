//! How many futures, and how they end, in words.
//!
//! In: shares, amounts as they are printed. Out: texts. Not here: quantiles (`stats`).

use crate::figure::grouped;

/// Fewer futures than this are counted one by one.
pub(super) const COUNTED: usize = 100;

/// How futures end, by the 5, 50 and 95 % quantiles, rounded as they are printed: at least so many, whatever the law.
pub(super) fn sentence([low, middle, high]: [&str; 3]) -> String {
    if low == high {
        return format!("At least nine in ten futures end with about {middle}.");
    }
    // the lower half may be ruined all alike
    let (end, [half, few]) = match low == middle {
        true => (high, ["less", "more"]),
        false => (low, ["more", "less"]),
    };
    format!("At least half end with {middle} or {half}, at least 1 in 20 with {end} or {few}.")
}

/// `In 23 of 100`, `In none of 5,000 futures`: a share of more than one future, for the begin of a sentence.
pub(super) fn share_of_futures(share: f64, paths: u64) -> String {
    match share {
        0.0 => format!("In none of {} futures", grouped(paths)),
        1.0 => format!("In all {} futures", grouped(paths)),
        _ if paths < COUNTED as u64 => {
            format!("In {:.0} of {paths} futures", share * paths as f64)
        }
        _ => format!("In {} of 100", of_hundred(share)),
    }
}

/// A share that is neither none nor all, by whole hundredths.
fn of_hundred(share: f64) -> String {
    match 100.0 * share {
        p if p <= 0.5 => "fewer than 1".to_owned(),
        p if p >= 99.5 => "more than 99".to_owned(),
        p => format!("{p:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_some_futures_have_is_told_of_none_and_of_all_in_no_hundred() {
        let said = [0.0001, 0.005, 0.0051, 0.234, 0.9949, 0.995, 0.9999].map(of_hundred);
        let (few, most) = ("fewer than 1", "more than 99");
        assert_eq!(said, [few, few, "1", "23", "99", most, most]);
    }
}

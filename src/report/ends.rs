//! How many futures, and how they end, in words.
//!
//! In: shares, amounts as they are printed. Out: texts. Not here: quantiles (`stats`).

use crate::figure::{capital, grouped, per_cent};

/// Fewer futures than this are counted one by one.
pub(super) const COUNTED: usize = 100;

/// A quantile of wealth at the end.
pub(super) struct End {
    /// As it is printed.
    pub amount: String,
    /// The share of the paths that end with exactly this, where more than one does.
    pub atom: Option<f64>,
}

impl End {
    /// The share of the paths that end with exactly this, if they are as many as the quantile promises.
    fn share(&self, least: f64) -> Option<String> {
        match self.atom.filter(|share| *share >= least)? {
            1.0 => Some("all paths".to_owned()),
            share if share > 0.999 => Some("more than 99.9 % of paths".to_owned()),
            share => Some(format!("{} of paths", per_cent(share, 1))),
        }
    }
}

/// How futures end, by the 5, 50 and 95 % quantiles, rounded as they are printed: at least so many, whatever the law, and
/// exactly how many where paths end alike.
pub(super) fn sentence([low, middle, high]: [End; 3]) -> String {
    if low.amount == high.amount {
        return match middle.share(0.9) {
            Some(share) => format!("{} end with {}.", capital(&share), middle.amount),
            None => format!(
                "At least nine in ten futures end with about {}.",
                middle.amount
            ),
        };
    }
    // the lower half may be ruined all alike
    let is_low = low.amount == middle.amount;
    let (end, half, few) = match is_low {
        true => (high, "less", "more"),
        false => (low, "more", "less"),
    };
    let half = match middle.share(0.5).filter(|_| is_low) {
        Some(share) => format!("{} end with {}", capital(&share), middle.amount),
        None => format!("At least half end with {} or {half}", middle.amount),
    };
    match end.share(0.05) {
        Some(share) => format!("{half}, {share} with {}.", end.amount),
        None => format!("{half}, at least 1 in 20 with {} or {few}.", end.amount),
    }
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
    fn paths_that_end_alike_are_counted_and_others_bounded() {
        let end = |amount: &str, atom| End {
            amount: amount.to_owned(),
            atom,
        };
        let plain = |amount| end(amount, None);
        let ruined = |share| end("$0", Some(share));
        let high = || plain("$729k");
        for (ends, expected) in [
            (
                [plain("$12k"), plain("$136k"), high()],
                "At least half end with $136k or more, at least 1 in 20 with $12k or less.",
            ),
            (
                [ruined(0.145), plain("$136k"), high()],
                "At least half end with $136k or more, 14.5 % of paths with $0.",
            ),
            // two paths that end alike are not one in twenty
            (
                [end("$12k", Some(0.001)), plain("$136k"), high()],
                "At least half end with $136k or more, at least 1 in 20 with $12k or less.",
            ),
            (
                [ruined(0.62), ruined(0.62), high()],
                "62.0 % of paths end with $0, at least 1 in 20 with $729k or more.",
            ),
            (
                [ruined(0.6), ruined(0.6), end("$9k", Some(0.4))],
                "60.0 % of paths end with $0, 40.0 % of paths with $9k.",
            ),
            (
                [ruined(0.9996), ruined(0.9996), ruined(0.9996)],
                "More than 99.9 % of paths end with $0.",
            ),
            (
                [1.0; 3].map(|all| end("$57.6k", Some(all))),
                "All paths end with $57.6k.",
            ),
            (
                ["$57.6k"; 3].map(plain),
                "At least nine in ten futures end with about $57.6k.",
            ),
        ] {
            assert_eq!(sentence(ends), expected);
        }
    }

    #[test]
    fn what_some_futures_have_is_told_of_none_and_of_all_in_no_hundred() {
        let said = [0.0001, 0.005, 0.0051, 0.234, 0.9949, 0.995, 0.9999].map(of_hundred);
        let (few, most) = ("fewer than 1", "more than 99");
        assert_eq!(said, [few, few, "1", "23", "99", most, most]);
    }
}

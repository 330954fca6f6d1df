//! What a crash leaves behind: a part that stays and a part that recovers.
//!
//! In: the log-fall of the month. Out: the month's change of the log price at its close. Not here:
//! who sold (`cascade`).

use crate::math::elementary::{exp, expm1};

/// State of one market after the months so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Aftermath {
    /// Log-fall `T` that is still to recover.
    pub transient: f64,
    /// Log-fall `P` that will not.
    pub permanent: f64,
}

/// Settles a month in which the price fell by `fall` (log) at mid-month.
///
/// ```text
/// T' = T·2^(−1/h) + (1 − π)·y·2^(−0.5/h)          P' = P + π·y
/// log-return of the month through the loop = −π·y − (T' − T)
/// ```
///
/// `half_life` h in months; `permanent_share` π. Returns the new state and the log-return.
#[inline(always)]
pub fn settle(
    before: Aftermath,
    fall: f64,
    permanent_share: f64,
    half_life: f64,
) -> (Aftermath, f64) {
    let kept = exp(-std::f64::consts::LN_2 / half_life);
    let kept_half = exp(-0.5 * std::f64::consts::LN_2 / half_life);
    let passing = (1.0 - permanent_share) * fall * kept_half;
    let after = Aftermath {
        transient: before.transient.mul_add(kept, passing),
        permanent: permanent_share.mul_add(fall, before.permanent),
    };
    let log_return = -permanent_share * fall - (after.transient - before.transient);
    (after, log_return)
}

/// Average price, relative to the start of the month, at which a holding is sold while the price
/// falls by `fall` after an exogenous loss: `e^(−x)·(1 − e^(−y))/y`, and `e^(−x)` for y = 0.
#[inline(always)]
pub fn average_execution(loss: f64, fall: f64) -> f64 {
    if fall == 0.0 {
        return exp(-loss);
    }
    exp(-loss) * -expm1(-fall) / fall
}

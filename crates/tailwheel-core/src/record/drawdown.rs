//! Drawdown: the deepest fall of the value per unit below its running maximum, and the time below it.
//!
//! ```text
//! h_t   last month ≤ t that is not below: U ≥ (1 − 1e-9)·max_(s≤t) U_s, at closes of months
//! D     max_t (t − h_(t−1)), t the month that regains the high, or the horizon
//! ```
//!
//! Highs in two consecutive months have no time between them, so that gap counts as 0.

use super::autonomy::chance;
use super::declared::{Better, Declared, MEAN, MIDDLE_AND_ENDS, P05, P50, P95, Unit, View};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, Tracking, id};
use crate::math::{LANES, Lanes, ROUNDING, inlined, raised};
use crate::stage::{AnyTrack, Close};

/// Deepest fall of the value per unit below its running maximum, intramonth lows included. Not kept if
/// nothing is invested.
pub(super) const MAX: QuantityKind = QuantityKind {
    name: "max_drawdown",
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, 1.0),
        seen: View::OfMoneyIn,
        run: MIDDLE_AND_ENDS,
        without_feedback: &[MEAN, P50, P95],
        added: &[MEAN, P50, P95],
        ..Declared::of(id::DRAWDOWN, "maximum drawdown", Unit::Fraction)
    }],
    track: Tracking::Whole(|kept| (kept.money_in > 0.0).then(max_drawdown)),
};

fn max_drawdown() -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(|[peak, drawdown]: &mut [Lanes; 2], now: &Close<'_>| {
            if now.month == 1 {
                *peak = *now.before;
            }
            if let Some([_, low]) = now.low {
                for lane in 0..LANES {
                    // the low comes before the close, which can be a new peak
                    drawdown[lane] = raised(drawdown[lane], 1.0 - low[lane] / peak[lane]);
                }
            }
            for lane in 0..LANES {
                let value = now.value[lane];
                peak[lane] = raised(peak[lane], value);
                drawdown[lane] = raised(drawdown[lane], 1.0 - value / peak[lane]);
            }
        }),
        inlined!(|[_, drawdown], _| *drawdown),
    )
}

/// Most months from a high of the value per unit until it is regained, or until the horizon. Only closes of
/// months count. Not kept if nothing is invested.
pub(super) const LONGEST: QuantityKind = QuantityKind {
    name: "longest_drawdown",
    measures: &[Declared {
        better: Better::Lower,
        seen: View::OfMoneyIn,
        run: &[P05, P50, P95],
        ..Declared::of("drawdown.longest", "longest time below an earlier high", Unit::Months)
    }],
    track: Tracking::Whole(|kept| (kept.money_in > 0.0).then(longest)),
};

pub(super) const UNRECOVERED: QuantityKind = QuantityKind {
    name: "unrecovered",
    measures: &[Declared {
        seen: View::OfMoneyIn,
        ..chance(
            "drawdown.unrecovered.probability",
            "probability of an end below an earlier high",
            Better::Lower,
            "Share of paths whose time-weighted value, nominal, is below an earlier high at the horizon.",
        )
    }],
    track: Tracking::Whole(|kept| (kept.money_in > 0.0).then(unrecovered)),
};

#[inline(always)]
fn is_below(value: f64, peak: f64) -> bool {
    value < peak * (1.0 - ROUNDING)
}

/// Returns a track of the most months below an earlier high. In its state, `peak` is the running maximum,
/// which includes day one; `at_peak` is the last month whose value was not below it.
fn longest() -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(|[peak, at_peak, longest]: &mut [Lanes; 3], now: &Close<'_>| {
            if now.month == 1 {
                *peak = *now.before;
            }
            let month = f64::from(now.month);
            for lane in 0..LANES {
                let value = now.value[lane];
                let is_below = is_below(value, peak[lane]);
                let since = month - at_peak[lane];
                let counts = if is_below || since > 1.0 { since } else { 0.0 };
                longest[lane] = raised(longest[lane], counts);
                at_peak[lane] = if is_below { at_peak[lane] } else { month };
                peak[lane] = raised(peak[lane], value);
            }
        }),
        inlined!(|[_, _, longest], _| *longest),
    )
}

/// Returns a track that is 1 if the final value per unit is below its running maximum since day one, else 0.
fn unrecovered() -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(|[peak]: &mut [Lanes; 1], now: &Close<'_>| {
            if now.month == 1 {
                *peak = *now.before;
            }
            for lane in 0..LANES {
                peak[lane] = raised(peak[lane], now.value[lane]);
            }
        }),
        inlined!(|[peak], now| Lanes::of(|lane| f64::from(u8::from(is_below(now.value[lane], peak[lane]))))),
    )
}

#[cfg(test)]
mod tests;

//! Unpaid spending after ruin: its amount and its number of months.
//!
//! ```text
//! amount = unpaid_m/P_m + Σ_(t>m) s_t/P_t        months = T − m + 1        m: the month of ruin; both 0 without one
//! ```
//!
//! `unpaid` is the amount owed and not paid in the month of ruin, s the owner's spending, P the price level.

use super::declared::{Better, Declared, Needs, RARE_LOSS, Unit};
use super::folded::{counted, monthly};
use super::ruin_month::ruined;
use super::{Border, Entry, Followed, Kept, Kind, cause_number};
use crate::book::Cause;
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Quantity};

/// Unpaid spending of a ruined owner until the horizon: the obligations unpaid in the month of ruin plus all
/// later spending, real; 0 without ruin. Not kept without obligations.
pub(super) const AMOUNT: Kind = Kind {
    quantity: Quantity { id: "shortfall", unit: "money of the start" },
    measures: &[Declared {
        run: RARE_LOSS,
        ..missing("shortfall.amount", "unpaid spending until the horizon, real", Unit::Money)
    }],
    track: Followed::Whole(unpaid_amount),
};

/// Number of months from ruin to the horizon, both included; 0 without ruin. Not kept without obligations.
pub(super) const MONTHS: Kind = Kind {
    quantity: Quantity { id: "shortfall_months", unit: "months" },
    measures: &[Declared {
        run: RARE_LOSS,
        ..missing("shortfall.months", "shortfall months after ruin", Unit::Months)
    }],
    track: Followed::Whole(|kept| {
        Some(counted(
            ruined(kept)?,
            #[inline(always)]
            |ruined| ruined > 0.0,
        ))
    }),
};

const fn missing(id: &'static str, title: &'static str, unit: Unit) -> Declared {
    Declared {
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        needs: Needs::Spending,
        is_of_ruined: true,
        ..Declared::of(id, title, unit)
    }
}

/// Returns a track of the unpaid spending; `None` without obligations.
fn unpaid_amount(kept: &Kept<'_>) -> Option<Box<dyn AnyTrack>> {
    let ruined = ruined(kept)?;
    let Border { prices, later, .. } = kept.border.clone()?;
    let number = cause_number(Cause::Unpaid.id());
    // the balance of the account is minus the unpaid amount
    let unpaid = kept.causes.iter().find_map(|(of, entry)| match entry {
        Entry::Posted(accounts) if *of == number => accounts.first().copied(),
        _ => None,
    })?;
    Some(monthly(
        #[inline(always)]
        move |found: &mut Lanes, now: &Close<'_>| {
            let month = now.month as usize;
            let level = now.rows.get(prices);
            let later = match &later {
                Some(later) => later.lanes(now.rows, now.month, 0.0, |all| all[month]),
                None => Lanes::ZERO,
            };
            let ruined = now.rows.get(ruined);
            let balance = now.book.value(unpaid);
            for lane in 0..LANES {
                // `found` is above zero once set, because ruin needs an unpaid amount
                let is_first = ruined[lane] > 0.0 && found[lane] == 0.0;
                let missing = later[lane] - balance[lane] / level[lane];
                found[lane] = if is_first { missing } else { found[lane] };
            }
        },
    ))
}

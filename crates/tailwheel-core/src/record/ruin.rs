//! Ruin: its month, and the unpaid spending after it.
//!
//! ```text
//! unpaid = unpaid_m/P_m + Σ_(t>m) s_t/P_t        months = T − m + 1        m: the month of ruin; both 0 without one
//! ```
//!
//! `unpaid_m` is the amount owed and not paid in the month of ruin, s the owner's spending, P the price level.

use super::autonomy::chance;
use super::declared::{Better, Declared, Needs, RARE_LOSS, Unit};
use super::fold_tracks::{counted, folded, monthly};
use super::{CauseSource, QuantityKind, TrackInputs, Tracking, cause_number, id};
use crate::book::Cause;
use crate::math::{LANES, Lanes, inlined};
use crate::stage::{AnyTrack, Close, Row};

pub(super) const MONTH: QuantityKind = QuantityKind {
    name: "ruin_month",
    measures: &[chance(
        id::RUIN,
        "probability of ruin",
        Better::Lower,
        "Share of paths on which an obligation cannot be paid before the horizon although everything is sold. It is \
         0 by definition without obligations.",
    )
    .needing(Needs::Nothing)],
    track: Tracking::Whole(|kept| {
        Some(folded(
            ruined(kept)?,
            inlined!(|first, ruined, month| {
                if ruined > 0.0 && first == 0.0 { month } else { first }
            }),
        ))
    }),
};

/// Row that is 1 from the month of ruin on; `None` if the owner has no obligations.
pub(super) fn ruined(kept: &TrackInputs<'_>) -> Option<Row> {
    let border = kept.border.as_ref();
    Some(border.filter(|border| border.has_obligations)?.ruined)
}

/// Unpaid spending of a ruined owner until the horizon: the obligations unpaid in the month of ruin plus all
/// later spending, real; 0 without ruin. Not kept without obligations.
pub(super) const UNPAID: QuantityKind = QuantityKind {
    name: "shortfall",
    measures: &[Declared {
        run: RARE_LOSS,
        ..missing("shortfall.amount", "unpaid spending until the horizon, real", Unit::Money)
    }],
    track: Tracking::Whole(unpaid_amount),
};

/// Number of months from ruin to the horizon, both included; 0 without ruin. Not kept without obligations.
pub(super) const SHORTFALL_MONTHS: QuantityKind = QuantityKind {
    name: "shortfall_months",
    measures: &[Declared {
        run: RARE_LOSS,
        ..missing("shortfall.months", "shortfall months after ruin", Unit::Months)
    }],
    track: Tracking::Whole(|kept| Some(counted(ruined(kept)?, inlined!(|ruined| ruined > 0.0)))),
};

const fn missing(id: &'static str, title: &'static str, unit: Unit) -> Declared {
    Declared {
        better: Better::Lower,
        needs: Needs::Spending,
        is_of_ruined: true,
        ..Declared::of(id, title, unit)
    }
}

/// Returns a track of the unpaid spending; `None` without obligations.
fn unpaid_amount(kept: &TrackInputs<'_>) -> Option<Box<dyn AnyTrack>> {
    let ruined = ruined(kept)?;
    let (later, prices) = (kept.border.clone()?.later, kept.prices.level);
    let number = cause_number(Cause::Unpaid.id());
    // the balance of the account is minus the unpaid amount
    let unpaid = kept.causes.iter().find_map(|(of, entry)| match entry {
        CauseSource::Posted(accounts) if *of == number => accounts.first().copied(),
        _ => None,
    })?;
    Some(monthly(inlined!(move |found: &mut Lanes, now: &Close<'_>| {
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
    })))
}

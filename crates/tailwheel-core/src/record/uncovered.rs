//! Number of months in which income does not cover the owner's spending.

use super::autonomy::is_covered;
use super::declared::{Better, Declared, MIDDLE_AND_ENDS, Needs, Unit};
use super::folded::monthly;
use super::{Followed, Kind};
use crate::math::{LANES, Lanes};
use crate::stage::{Close, Quantity};

/// Number of months in which net income is below spending, including those after ruin. Not kept without
/// spending.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "uncovered_months", unit: "months" },
    measures: &[Declared {
        needs: Needs::Spending,
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        ..Declared::of(
            "spending.uncovered.months",
            "months in which income does not cover the spending",
            Unit::Months,
        )
    }],
    track: Followed::Whole(|kept| {
        let (income, border) = (kept.income, kept.border.clone()?);
        let spending = border.spending?;
        Some(monthly(
            #[inline(always)]
            move |n_months: &mut Lanes, now: &Close<'_>| {
                let (income, ruined) = (now.rows.get(income), now.rows.get(border.ruined));
                let month = now.month as usize - 1;
                let spent = spending.lanes(now.rows, now.month, 0.0, |all| all[month]);
                let level = now.rows.get(border.prices);
                for lane in 0..LANES {
                    let is_covered = is_covered(income[lane], spent[lane] * level[lane], ruined[lane]);
                    n_months[lane] += if is_covered { 0.0 } else { 1.0 };
                }
            },
        ))
    }),
};

//! Financial independence: does net income cover the owner's spending at some time, by a date, at the end,
//! and is it lost again? In how many months does it not cover the spending?
//!
//! ```text
//! covered   net income of the month ≥ spending of the month, up to rounding, before ruin
//! begins    with the first month of the first `hold` consecutive covered months
//! is lost   after the beginning, once `hold` consecutive months are not covered
//! ```

use super::declared::{Better, Declared, Figure, MIDDLE_AND_ENDS, Needs, Statistic, Unit};
use super::fold_tracks::{monthly, monthly_then};
use super::{QuantityKind, TrackInputs, Tracking};
use crate::math::{LANES, Lanes, ROUNDING, inlined, raised};
use crate::stage::{AnyTrack, Close};

pub(super) const BEGINS: QuantityKind = QuantityKind {
    name: "autonomy_begins",
    measures: &[chance(
        "autonomy.ever.probability",
        "probability that income covers the spending at some time",
        Better::Higher,
        "Share of paths on which net income covers the spending for `hold` months in a row at some time.",
    )
    .needing(Needs::Spending)],
    track: Tracking::Whole(|kept| autonomy(kept, Covered::Begin)),
};

pub(super) const BY_GOAL: QuantityKind = QuantityKind {
    name: "autonomy_by_goal",
    measures: &[chance(
        "autonomy.by_goal.probability",
        "probability that income covers the spending by the month of the goal",
        Better::Higher,
        "Share of paths on which the first `hold` covered months in a row begin by the month of the goal.",
    )
    .needing(Needs::SpendingAndDate)],
    track: Tracking::Whole(|kept| {
        let by = kept.border.as_ref()?.autonomy_by?;
        autonomy(kept, Covered::By(by))
    }),
};

pub(super) const AT_END: QuantityKind = QuantityKind {
    name: "autonomy_at_end",
    measures: &[chance(
        "autonomy.end.probability",
        "probability that income covers the spending at the end",
        Better::Higher,
        "Share of paths on which net income covers the spending in each of the last `hold` months.",
    )
    .needing(Needs::Spending)],
    track: Tracking::Whole(|kept| autonomy(kept, Covered::AtEnd)),
};

pub(super) const LOST: QuantityKind = QuantityKind {
    name: "autonomy_lost",
    measures: &[chance(
        "autonomy.lost.probability",
        "probability that income covers the spending and then no longer",
        Better::Lower,
        "Share of all paths on which income covered the spending for `hold` months, and later failed to for as many \
         in a row.",
    )
    .needing(Needs::Spending)],
    track: Tracking::Whole(|kept| autonomy(kept, Covered::Lost)),
};

/// True if `income` covers the month's spending `spent` up to rounding and the owner is not ruined (`ruined`
/// is 0).
#[inline(always)]
fn is_covered(income: f64, spent: f64, ruined: f64) -> bool {
    income >= spent * (1.0 - ROUNDING) && ruined == 0.0
}

/// Returns `months` + 1 if this month counts, else 0: the number of consecutive months that count.
#[inline(always)]
fn longer(months: f64, counts: bool) -> f64 {
    if counts { months + 1.0 } else { 0.0 }
}

/// Share of paths on which the recorded value is above zero.
const HAPPENED: &[Figure] = &[Figure::only(Statistic::Above(0.0))];

/// Declares a probability measure: the share of paths on which its quantity is above zero.
pub(super) const fn chance(
    id: &'static str,
    title: &'static str,
    better: Better,
    doc: &'static str,
) -> Declared {
    Declared { better, range: (0.0, 1.0), run: HAPPENED, doc, ..Declared::of(id, title, Unit::Probability) }
}

/// Question about the months in which income covers the spending, which a track answers.
#[derive(Clone, Copy)]
enum Covered {
    Begin,
    By(u32),
    AtEnd,
    Lost,
}

/// Returns a track that answers `asked`; `None` without spending, or if the horizon is too short for it. In
/// its state, `covered` and `uncovered` are the numbers of consecutive such months up to now.
fn autonomy(kept: &TrackInputs<'_>, asked: Covered) -> Option<Box<dyn AnyTrack>> {
    let border = kept.border.as_ref()?;
    let (spending, ruined, prices) = (border.spending.clone()?, border.ruined, kept.prices.level);
    let (income, hold) = (kept.income, f64::from(border.hold));
    let track = monthly_then(
        inlined!(move |[covered, uncovered, begun, lost]: &mut [Lanes; 4], now: &Close<'_>| {
            let (income, ruined) = (now.rows.get(income), now.rows.get(ruined));
            let month = now.month as usize - 1;
            let spent = spending.lanes(now.rows, now.month, 0.0, |all| all[month]);
            let level = now.rows.get(prices);
            let first = f64::from(now.month) + 1.0 - hold;
            let is_covered = |lane: usize| is_covered(income[lane], spent[lane] * level[lane], ruined[lane]);
            for lane in 0..LANES {
                covered[lane] = longer(covered[lane], is_covered(lane));
            }
            if matches!(asked, Covered::AtEnd) {
                return;
            }
            for lane in 0..LANES {
                let begins = begun[lane] == 0.0 && covered[lane] >= hold;
                begun[lane] = raised(begun[lane], if begins { first } else { 0.0 });
            }
            if !matches!(asked, Covered::Lost) {
                return;
            }
            for lane in 0..LANES {
                uncovered[lane] = longer(uncovered[lane], covered[lane] == 0.0);
                let ends = begun[lane] > 0.0 && uncovered[lane] >= hold;
                lost[lane] = raised(lost[lane], f64::from(ends));
            }
        }),
        inlined!(move |[covered, _, begun, lost], _| {
            let mut value = Lanes::ZERO;
            for lane in 0..LANES {
                value[lane] = match asked {
                    Covered::Begin => begun[lane],
                    Covered::By(month) => f64::from(begun[lane] > 0.0 && begun[lane] <= f64::from(month)),
                    Covered::AtEnd => f64::from(covered[lane] >= hold),
                    Covered::Lost => lost[lane],
                };
            }
            value
        }),
    );
    (border.hold <= kept.n_months).then_some(track)
}

/// Number of months in which net income is below spending, including those after ruin. Not kept without
/// spending.
pub(super) const UNCOVERED: QuantityKind = QuantityKind {
    name: "uncovered_months",
    measures: &[Declared {
        needs: Needs::Spending,
        better: Better::Lower,
        run: MIDDLE_AND_ENDS,
        ..Declared::of(
            "spending.uncovered.months",
            "months in which income does not cover the spending",
            Unit::Months,
        )
    }],
    track: Tracking::Whole(|kept| {
        let (income, prices, border) = (kept.income, kept.prices.level, kept.border.clone()?);
        let spending = border.spending?;
        Some(monthly(inlined!(move |n_months: &mut Lanes, now: &Close<'_>| {
            let (income, ruined) = (now.rows.get(income), now.rows.get(border.ruined));
            let month = now.month as usize - 1;
            let spent = spending.lanes(now.rows, now.month, 0.0, |all| all[month]);
            let level = now.rows.get(prices);
            for lane in 0..LANES {
                let is_covered = is_covered(income[lane], spent[lane] * level[lane], ruined[lane]);
                n_months[lane] += if is_covered { 0.0 } else { 1.0 };
            }
        })))
    }),
};

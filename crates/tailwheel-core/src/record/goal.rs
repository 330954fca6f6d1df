//! Goals for wealth and income: is the amount reached by a month, and when is it reached first?
//!
//! ```text
//! wealth    net worth at the close of the month
//! income    mean net income per month of the twelve months up to it, each in start-date prices
//! reached   amount·(1 − 1e-9) or more, in start-date prices
//! ```
//!
//! For a horizon below twelve months the income is the mean over all of it, and is compared at its end only.

use super::autonomy::chance;
use super::declared::{Better, Needs};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, TrackInputs, Tracking, YEAR};
use crate::math::{LANES, Lanes, ROUNDING, inlined};
use crate::stage::{AnyTrack, Close};

/// An amount to reach by a given month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoalTarget {
    /// Amount in start-date prices.
    pub amount: f64,
    /// Month of the goal; the first simulated month is 1.
    pub by: u32,
}

/// Goals of the scenario for wealth and income.
#[derive(Clone, Debug)]
pub struct Targets {
    /// Goal for net worth; `None` if the scenario has none.
    pub wealth: Option<GoalTarget>,
    /// Goal for net income per month; `None` if the scenario has none.
    pub income: Option<GoalTarget>,
}

pub(super) const WEALTH: QuantityKind = QuantityKind {
    name: "goal_wealth",
    measures: &[chance(
        "goal.wealth.probability",
        "probability that wealth meets the goal in its month",
        Better::Higher,
        "Share of paths whose real wealth at the end of the month of the goal is at least its amount.",
    )
    .needing(Needs::GoalOfWealth)],
    track: Tracking::Whole(|kept| reached::<1>(kept, GoalQuestion::ByDate, kept.targets.wealth)),
};

pub(super) const WEALTH_FIRST: QuantityKind = QuantityKind {
    name: "goal_wealth_first",
    measures: &[chance(
        "goal.wealth.ever.probability",
        "probability that wealth meets the goal at some time",
        Better::Higher,
        "Share of paths whose real wealth is at least the amount of the goal at the end of some month.",
    )
    .needing(Needs::GoalOfWealth)],
    track: Tracking::Whole(|kept| reached::<1>(kept, GoalQuestion::First, kept.targets.wealth)),
};

pub(super) const INCOME: QuantityKind = QuantityKind {
    name: "goal_income",
    measures: &[chance(
        "goal.income.probability",
        "probability that net income meets the goal in its month",
        Better::Higher,
        "Share of paths whose mean real net income a month, over the 12 months up to the month of the goal, is at \
         least its amount.",
    )
    .needing(Needs::GoalOfIncome)],
    track: Tracking::Whole(|kept| reached::<WITH_YEAR>(kept, GoalQuestion::ByDate, kept.targets.income)),
};

pub(super) const INCOME_FIRST: QuantityKind = QuantityKind {
    name: "goal_income_first",
    measures: &[chance(
        "goal.income.ever.probability",
        "probability that net income meets the goal at some time",
        Better::Higher,
        "Share of paths whose mean real net income a month, over some 12 months in a row, is at least the amount of \
         the goal.",
    )
    .needing(Needs::GoalOfIncome)],
    track: Tracking::Whole(|kept| reached::<WITH_YEAR>(kept, GoalQuestion::First, kept.targets.income)),
};

#[derive(Clone, Copy)]
enum GoalQuestion {
    ByDate,
    First,
}

/// Size of the state of a track for an income goal: the answer, and the incomes of the last twelve months.
const WITH_YEAR: usize = 1 + YEAR as usize;

/// Returns a track of 1 or of the first month, as `asked`, if the goal is met, else 0; `None` without a
/// `target`. The goal is for wealth if `N` is 1. Else the state also holds incomes in start-date prices; that
/// of month m is at m mod 12.
fn reached<const N: usize>(
    kept: &TrackInputs<'_>,
    asked: GoalQuestion,
    target: Option<GoalTarget>,
) -> Option<Box<dyn AnyTrack>> {
    let (target, income, prices) = (target?, kept.income, kept.prices.level);
    let n_of_mean = if N == 1 { 1 } else { kept.n_months.min(YEAR) };
    let least = target.amount * (1.0 - ROUNDING);
    Some(monthly_then(
        inlined!(move |state: &mut [Lanes; N], now: &Close<'_>| {
            let (found, year) = state.split_first_mut().expect("the answer is there");
            let level = now.rows.get(prices);
            if N > 1 {
                let income = now.rows.get(income);
                year[(now.month % YEAR) as usize].each(|lane, _| income[lane] / level[lane]);
            }
            let (is_asked, mark) = match asked {
                GoalQuestion::ByDate => (now.month == target.by, 1.0),
                GoalQuestion::First => (now.month >= n_of_mean, f64::from(now.month)),
            };
            if !is_asked {
                return;
            }
            let mut worth = Lanes::ZERO;
            if N == 1 {
                worth.each(|lane, _| now.wealth[lane] / level[lane]);
            }
            let n = f64::from(n_of_mean);
            for month in year.iter() {
                worth.each(|lane, own| own + month[lane] / n);
            }
            for lane in 0..LANES {
                let is_first = found[lane] == 0.0 && worth[lane] >= least;
                found[lane] = if is_first { mark } else { found[lane] };
            }
        }),
        inlined!(|state, _| state[0]),
    ))
}

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
use super::{Followed, Kept, Kind, YEAR};
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Row, Track};

/// An amount to reach by a given month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Amount in start-date prices.
    pub amount: f64,
    /// Month of the goal; the first simulated month is 1.
    pub by: u32,
}

/// Goals of the scenario for wealth and income.
#[derive(Clone, Debug)]
pub struct Targets {
    /// Goal for net worth.
    pub wealth: Option<Target>,
    /// Goal for net income per month.
    pub income: Option<Target>,
}

pub(super) const WEALTH: Kind = Kind {
    name: "goal_wealth",
    measures: &[chance(
        "goal.wealth.probability",
        "probability that wealth meets the goal in its month",
        Better::Higher,
        "Share of paths whose real wealth at the end of the month of the goal is at least its amount.",
    )
    .needing(Needs::GoalOfWealth)],
    track: Followed::Whole(|kept| Reached::of(kept, Asked::ByDate, kept.targets.wealth, Held::Wealth)),
};

pub(super) const WEALTH_FIRST: Kind = Kind {
    name: "goal_wealth_first",
    measures: &[chance(
        "goal.wealth.ever.probability",
        "probability that wealth meets the goal at some time",
        Better::Higher,
        "Share of paths whose real wealth is at least the amount of the goal at the end of some month.",
    )
    .needing(Needs::GoalOfWealth)],
    track: Followed::Whole(|kept| Reached::of(kept, Asked::First, kept.targets.wealth, Held::Wealth)),
};

pub(super) const INCOME: Kind = Kind {
    name: "goal_income",
    measures: &[chance(
        "goal.income.probability",
        "probability that net income meets the goal in its month",
        Better::Higher,
        "Share of paths whose mean real net income a month, over the 12 months up to the month of the goal, is at \
         least its amount.",
    )
    .needing(Needs::GoalOfIncome)],
    track: Followed::Whole(|kept| Reached::of(kept, Asked::ByDate, kept.targets.income, Held::income(kept))),
};

pub(super) const INCOME_FIRST: Kind = Kind {
    name: "goal_income_first",
    measures: &[chance(
        "goal.income.ever.probability",
        "probability that net income meets the goal at some time",
        Better::Higher,
        "Share of paths whose mean real net income a month, over some 12 months in a row, is at least the amount of \
         the goal.",
    )
    .needing(Needs::GoalOfIncome)],
    track: Followed::Whole(|kept| Reached::of(kept, Asked::First, kept.targets.income, Held::income(kept))),
};

/// Relative tolerance for rounding when a value is compared with the goal's amount.
const ROUNDING: f64 = 1e-9;

#[derive(Clone, Copy, PartialEq)]
enum Asked {
    ByDate,
    First,
}

/// Quantity that the goal is about: net worth or yearly income. It is compared with the goal's amount.
#[derive(Clone)]
enum Held {
    Wealth,
    /// Incomes of the last twelve months in start-date prices; month m is stored at m mod 12.
    Income {
        row: Row,
        year: Box<[Lanes]>,
    },
}

impl Held {
    fn income(kept: &Kept<'_>) -> Self {
        Self::Income { row: kept.income, year: vec![Lanes::ZERO; YEAR as usize].into() }
    }
}

#[derive(Clone)]
struct Reached {
    asked: Asked,
    held: Held,
    target: Target,
    /// Row of the price level.
    prices: Row,
    /// Number of months that the mean income is taken over.
    n_of_mean: u32,
    /// Answer so far: 1 or the first month once the goal is met, else 0.
    found: Lanes,
}

impl Reached {
    fn of(kept: &Kept<'_>, asked: Asked, target: Option<Target>, held: Held) -> Option<Box<dyn AnyTrack>> {
        let n_of_mean = match held {
            Held::Wealth => 1,
            Held::Income { .. } => kept.n_months.min(YEAR),
        };
        let (target, prices, found) = (target?, kept.prices.level, Lanes::ZERO);
        Some(Self { asked, held, target, prices, n_of_mean, found }.boxed())
    }

    /// Stores the month's income in its slot of the year.
    #[inline(always)]
    fn note(&mut self, now: &Close<'_>) {
        let Held::Income { row, year } = &mut self.held else {
            return;
        };
        let level = now.rows.get(self.prices);
        let income = now.rows.get(*row);
        let place = &mut year[(now.month % YEAR) as usize];
        place.each(|lane, _| income[lane] / level[lane]);
    }

    /// Returns the value to compare after this month, in start-date prices.
    #[inline(always)]
    fn worth(&self, now: &Close<'_>) -> Lanes {
        let mut worth = Lanes::ZERO;
        match &self.held {
            Held::Wealth => {
                let level = now.rows.get(self.prices);
                worth.each(|lane, _| now.wealth[lane] / level[lane]);
            }
            Held::Income { year, .. } => {
                let n = f64::from(self.n_of_mean);
                for month in year.iter() {
                    worth.each(|lane, own| own + month[lane] / n);
                }
            }
        }
        worth
    }
}

impl Track for Reached {
    fn open(&mut self) {
        self.found = Lanes::ZERO;
        if let Held::Income { year, .. } = &mut self.held {
            year.fill(Lanes::ZERO);
        }
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        self.note(now);
        let month = now.month;
        let (is_asked, mark) = match self.asked {
            Asked::ByDate => (month == self.target.by, 1.0),
            Asked::First => (month >= self.n_of_mean, f64::from(month)),
        };
        if !is_asked {
            return;
        }
        let worth = self.worth(now);
        let least = self.target.amount * (1.0 - ROUNDING);
        for lane in 0..LANES {
            let is_first = self.found[lane] == 0.0 && worth[lane] >= least;
            self.found[lane] = if is_first { mark } else { self.found[lane] };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.found
    }
}

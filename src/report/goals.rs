//! Whether an amount that is a goal is there by its month, in sentences.
//!
//! In: an outcome, measures. Out: texts. Not here: the chances (`stats`), autonomy (`living`).

use super::ends::share_of_futures;
use super::living::{Happened, dated};
use super::measure::Measure;
use crate::engine::Outcome;
use crate::figure::{money, spoken_month};
use crate::record::{GOAL_INCOME_FIRST, GOAL_WEALTH_FIRST};
use crate::scenario::Scenario;
use std::collections::BTreeMap;

/// A sentence for each amount that `[goal]` says.
pub(super) fn sentences(
    scenario: &Scenario,
    outcome: &Outcome,
    measures: &BTreeMap<String, Measure>,
) -> Vec<String> {
    let date = |month: u32| spoken_month(&scenario.start.plus(month - 1).to_string());
    let goal = &scenario.goal;
    let income = match outcome.n_months {
        0..12 => "mean net income is",
        _ => "net income of twelve months is",
    };
    let goals = [
        ("wealth", goal.wealth, GOAL_WEALTH_FIRST, "wealth is", ""),
        ("income", goal.income, GOAL_INCOME_FIRST, income, " a month"),
    ];
    let said = goals
        .into_iter()
        .filter_map(|(id, target, first, what, per)| {
            let share = |of: &str| Some(measures.get(&format!("goal.{id}.{of}"))?.value);
            let target = target?;
            let first = Happened::of(outcome.values(first)?);
            let amount = format!("{}{per} or more", money(&scenario.currency, target.amount));
            let told = Told {
                n: outcome.n_paths as u64,
                is: format!("{what} {amount}"),
                by: date(target.by),
                is_end: target.by == outcome.n_months,
                share: share("probability")?,
                ever: share("ever.probability")?,
                first: dated(&first, date),
            };
            Some(told.sentence())
        });
    said.collect()
}

struct Told {
    n: u64,
    /// `wealth is $500k or more`
    is: String,
    by: String,
    is_end: bool,
    share: f64,
    ever: f64,
    /// `, in half of those by Apr 2031`
    first: String,
}

impl Told {
    fn sentence(&self) -> String {
        let Self { is, by, first, .. } = self;
        let futures = |share: f64| share_of_futures(share, self.n);
        let lower = |share: f64| futures(share).replacen("In", "in", 1);
        if self.ever <= 0.0 {
            return format!("{} {is} at any time.", futures(0.0));
        }
        let [share, ever] = [futures(self.share), lower(self.ever)];
        // whoever says a month asks for no other
        let first = if self.is_end { first } else { "" };
        format!("{share} {is} in {by}, {ever} at some time{first}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_told_in_its_month_and_at_some_time() {
        let first = ", in half of those by Apr 2031";
        for (n, share, ever, first, expected) in [
            (
                1000,
                0.62,
                0.7,
                first,
                "In 62 of 100 wealth is $500k or more in Jan 2032, in 70 of 100 at some time, in half of those by \
                 Apr 2031.",
            ),
            (
                1000,
                0.0,
                0.002,
                "",
                "In none of 1,000 futures wealth is $500k or more in Jan 2032, in fewer than 1 of 100 at some time.",
            ),
            (
                1000,
                0.0,
                0.0,
                "",
                "In none of 1,000 futures wealth is $500k or more at any time.",
            ),
        ] {
            let mut told = Told {
                n,
                is_end: true,
                is: "wealth is $500k or more".to_owned(),
                by: "Jan 2032".to_owned(),
                share,
                ever,
                first: first.to_owned(),
            };
            assert_eq!(told.sentence(), expected);
            told.is_end = false;
            assert_eq!(told.sentence(), expected.replace(first, ""));
        }
    }
}

//! Whether the owner can live on it, in sentences: when the money runs out, when income covers spending.
//!
//! In: an outcome, measures. Out: [`Living`]. Not here: the chances (`stats`).

use super::ends::share_of_futures;
use super::measure::Measure;
use super::sustained;
use crate::engine::Outcome;
use crate::figure::{counted, spoken_month};
use crate::math::values::Values;
use crate::record::RUIN_MONTH;
use crate::scenario::Scenario;
use std::collections::BTreeMap;

/// Fewer ruined futures than this have no middle worth a date.
const LEAST_OF_DATE: usize = 20;

/// What becomes of somebody who has to pay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Living {
    n: usize,
    n_ruined: usize,
    /// Whether nothing could change that.
    is_certain: bool,
    /// Whether there is a return, that ruin could count as.
    has_return: bool,
    /// When that was: `, in half of those by Apr 2035`.
    until: String,
    /// What the wealth at the end sustains.
    sustained: Option<String>,
    /// By which share of it, as an assumption.
    pub(super) basis: Option<String>,
    /// Shares of the futures.
    autonomy: Option<Autonomy>,
}

/// Shares of the futures in which income covers spending.
#[derive(Clone, Debug, PartialEq)]
struct Autonomy {
    at_end: f64,
    ever: f64,
    lost: f64,
    /// Months in a row of which each is told.
    hold: u32,
    /// And the month by which it should begin.
    by_goal: Option<(f64, String)>,
}

/// On how many paths something happened for the first time in each month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Happened {
    /// By the number of the month, 1 the first; at 0 the paths on which it never happened.
    pub by_month: Vec<usize>,
}

impl Happened {
    /// Of the month of every path, 0 for never.
    pub(super) fn of(months: &Values) -> Self {
        let count = |by_month: &mut Vec<usize>, _: usize, piece: &[f64]| {
            for month in piece {
                let month = *month as usize;
                if month >= by_month.len() {
                    by_month.resize(month + 1, 0);
                }
                by_month[month] += 1;
            }
        };
        let merge = |mut a: Vec<usize>, b: Vec<usize>| {
            a.resize(a.len().max(b.len()), 0);
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
            a
        };
        let by_month = months.reduce(Vec::new, count, merge);
        Self { by_month }
    }

    /// All paths.
    pub(super) fn n(&self) -> usize {
        self.by_month.iter().sum()
    }

    /// Paths on which it happened.
    pub(super) fn n_happened(&self) -> usize {
        self.by_month.iter().skip(1).sum()
    }

    /// The month by which it has on `count` of them.
    fn month_of(&self, count: usize) -> Option<u32> {
        let mut until = 0;
        let mut months = (0..).zip(&self.by_month).skip(1);
        let found = months.find(|(_, n)| {
            until += **n;
            until >= count
        });
        found.map(|(month, _)| month)
    }
}

/// `, in half of those by Apr 2035`, of the futures in which it has, if they are enough to say so; the only month of
/// all of them.
pub(super) fn dated(happened: &Happened, date: impl Fn(u32) -> String) -> String {
    let n = happened.n_happened();
    let Some(month) = middle(happened).map(date) else {
        return String::new();
    };
    match n {
        _ if happened.month_of(1) == happened.month_of(n) => format!(", in {month}"),
        few if few < LEAST_OF_DATE => String::new(),
        _ => format!(", in half of those by {month}"),
    }
}

/// By when half of it has.
fn middle(happened: &Happened) -> Option<u32> {
    let n = happened.n_happened();
    (n > 0).then(|| happened.month_of(n.div_ceil(2)))?
}

impl Living {
    /// Nothing if nothing has to be paid.
    pub(super) fn of(
        scenario: &Scenario,
        outcome: &Outcome,
        measures: &BTreeMap<String, Measure>,
    ) -> Option<Self> {
        let ruined = Happened::of(outcome.values(RUIN_MONTH)?);
        let date = |month: u32| spoken_month(&scenario.start.plus(month - 1).to_string());
        let share = |id: &str| Some(measures.get(&format!("autonomy.{id}.probability"))?.value);
        let autonomy = || {
            Some(Autonomy {
                at_end: share("end")?,
                ever: share("ever")?,
                lost: share("lost")?,
                hold: scenario.goal.hold,
                by_goal: share("by_goal").zip(scenario.goal.by.map(date)),
            })
        };
        let ruin = measures.get("ruin.probability");
        Some(Self {
            n: ruined.n(),
            n_ruined: ruined.n_happened(),
            is_certain: ruin.is_some_and(Measure::is_certain),
            has_return: measures.contains_key("cagr.real.p50"),
            until: dated(&ruined, date),
            sustained: sustained::told(scenario, measures),
            basis: sustained::basis(scenario),
            autonomy: autonomy(),
        })
    }

    pub(super) fn sentences(&self) -> Vec<String> {
        let autonomy = self.autonomy.as_ref();
        let autonomy = autonomy.map(|autonomy| autonomy.sentence(self.n as u64));
        let sustained = self.sustained.clone();
        let ruin = std::iter::once(self.ruin());
        ruin.chain(sustained).chain(autonomy).collect()
    }

    /// `In 60 of 100 the money runs out, in half of those by Apr 2035; their time-weighted return is −100 %.`
    fn ruin(&self) -> String {
        let (n, ruined) = (self.n, self.n_ruined);
        let said = match ruined {
            0 if self.is_certain => "The money is certain not to run out".to_owned(),
            _ => {
                let futures = share_of_futures(ruined as f64 / n as f64, n as u64);
                format!("{futures} the money runs out")
            }
        };
        // where the middle future has it
        let counts = match (self.has_return && ruined * 2 >= n, ruined == n) {
            (false, _) => "",
            (true, true) => "; the time-weighted return is then −100 %",
            (true, false) => "; their time-weighted return is −100 %",
        };
        format!("{said}{}{counts}.", self.until)
    }
}

impl Autonomy {
    fn sentence(&self, n: u64) -> String {
        let futures = |share: f64| share_of_futures(share, n);
        let lower = |share: f64| futures(share).replacen("In", "in", 1);
        // of so few nothing more is worth telling
        if self.ever * 100.0 <= 0.5 {
            let ever = futures(self.ever);
            return format!("{ever} income ever covers spending for long.");
        }
        let mut said = format!("{} income covers spending at the end", futures(self.at_end));
        let hold = counted(self.hold as usize, "month");
        said += &match self.hold {
            1 => format!("; {} it ever does", lower(self.ever)),
            _ => format!("; {} for {hold} in a row", lower(self.ever)),
        };
        if let Some((share, month)) = &self.by_goal {
            said += &format!(", {} begun by {month}", lower(*share));
        }
        if self.lost > 0.0 {
            said += &format!(", {} then not for {hold}", lower(self.lost));
        }
        said + "."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn living(n: usize, n_ruined: usize, autonomy: Option<Autonomy>) -> Living {
        // half of them in the earlier one of two months
        let month = |k: usize| f64::from(7 + u32::from(2 * k > n_ruined + 1));
        let months: Vec<f64> = (1..=n_ruined).map(month).collect();
        let until = dated(&Happened::of(&months.into()), |month| {
            format!("{} 2035", ["Apr", "May"][month as usize - 7])
        });
        Living {
            n,
            n_ruined,
            is_certain: false,
            has_return: true,
            until,
            sustained: None,
            basis: None,
            autonomy,
        }
    }

    #[test]
    fn ruin_of_one_none_few_many_and_all_is_told_as_it_is() {
        for (n, n_ruined, expected) in [
            (500, 0, "In none of 500 futures the money runs out."),
            (50, 2, "In 2 of 50 futures the money runs out."),
            (
                5000,
                1,
                "In fewer than 1 of 100 the money runs out, in Apr 2035.",
            ),
            (
                1000,
                130,
                "In 13 of 100 the money runs out, in half of those by Apr 2035.",
            ),
            (
                1000,
                600,
                "In 60 of 100 the money runs out, in half of those by Apr 2035; their time-weighted return is −100 %.",
            ),
            (
                1000,
                1000,
                "In all 1,000 futures the money runs out, in half of those by Apr 2035; the time-weighted return is then \
                 −100 %.",
            ),
        ] {
            assert_eq!(living(n, n_ruined, None).sentences(), [expected]);
        }
        let certain = |n_ruined| Living {
            is_certain: true,
            ..living(50, n_ruined, None)
        };
        // that all are ruined makes nothing certain
        assert!(certain(50).ruin().starts_with("In all 50 futures"));
        let of_nothing = Living {
            has_return: false,
            ..living(2, 2, None)
        };
        assert_eq!(of_nothing.ruin(), "In all 2 futures the money runs out.");
        assert_eq!(certain(0).ruin(), "The money is certain not to run out.");
    }

    #[test]
    fn autonomy_is_told_at_the_end_first_then_ever_by_the_goal_and_lost() {
        let of = |at_end, ever, lost, by_goal: Option<f64>| Autonomy {
            at_end,
            ever,
            lost,
            hold: 12,
            by_goal: by_goal.map(|share| (share, "Jan 2030".to_owned())),
        };
        for (n, autonomy, expected) in [
            (
                1000,
                of(0.45, 0.69, 0.23, Some(0.6)),
                "In 45 of 100 income covers spending at the end; in 69 of 100 for 12 months in a row, in 60 of 100 \
                 begun by Jan 2030, in 23 of 100 then not for 12 months.",
            ),
            (
                1000,
                of(1.0, 1.0, 0.0, None),
                "In all 1,000 futures income covers spending at the end; in all 1,000 futures for 12 months \
                 in a row.",
            ),
            (
                1000,
                of(0.001, 0.002, 0.001, Some(0.001)),
                "In fewer than 1 of 100 income ever covers spending for long.",
            ),
            (
                1000,
                of(0.0, 0.0, 0.0, Some(0.0)),
                "In none of 1,000 futures income ever covers spending for long.",
            ),
        ] {
            assert_eq!(living(n, 0, Some(autonomy)).sentences()[1], expected);
        }
    }
}

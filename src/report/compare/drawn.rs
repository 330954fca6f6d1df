//! The pictures of a comparison.
//!
//! In: a comparison. Out: data of charts. Not here: how they are drawn (`report::pictures`).

use super::super::measure::Measure;
use super::super::pictures::comparison::{self, ComparedRow, Comparison as Chart};
use super::super::pictures::crossover::{self, Crossover, IncomeLine};
use super::super::pictures::{Picture, Setting, drawn_with, of_levels};
use super::crossover::CrossoverPart;
use super::document::{CasePart, ChangePart, Comparison, DifferencePart, SidePart};
use crate::chart::{Stamp, Theme};
use crate::figure::{Quantity, spoken_month};
use crate::stats::Verdict;
use std::sync::atomic::AtomicBool;

/// Figures that are drawn.
const WEALTH: &str = "wealth.terminal.real";
const RETURN: &str = "cagr.real.p50";

impl Comparison {
    /// Wealth at the end of every scenario, if all have it; nothing once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let first = self.cases.first()?;
        let base = row(&self.base, first, 0)?;
        let of_case = |case: &CasePart| row(&case.side, case, 1);
        let others: Option<Vec<ComparedRow>> = self.cases.iter().map(of_case).collect();
        let chart = Chart {
            setting: self.setting(),
            base,
            others: others?,
        };
        drawn_with(&comparison::KIND, &chart.spec(), &self.stamp(), theme, stop)
    }

    fn setting(&self) -> Setting {
        let start = self.start.parse().expect("the start of a scenario");
        Setting::of(&self.currency, start, self.months, self.paths)
    }

    /// Of its pictures.
    fn stamp(&self) -> Stamp {
        let base = &self.base;
        Stamp::new(&base.title, self.seeds, self.paths, &base.model_digest)
    }
}

/// The difference of a figure that many paths have exactly, such as nothing left, with the sum of both errors: its bound
/// whatever the two have in common. None if one of them is not known.
fn bound(part: &DifferencePart) -> Option<Quantity> {
    let [base, new] = part.runs.each_ref().map(Measure::quantity);
    let half = base.half_width() + new.half_width();
    let is_known = part.runs.iter().any(|run| run.is_atom()) && half.is_finite();
    is_known.then(|| Quantity::within(new.value - base.value, half))
}

/// Of the base, run 0, or of the case.
fn row(side: &SidePart, case: &CasePart, run: usize) -> Option<ComparedRow> {
    let part = |level: &str| case.measures.get(&format!("{WEALTH}.{level}"));
    let middle = part("p50")?;
    let changed = |part: &DifferencePart| {
        let found = match part.change.std_error {
            Some(_) => part.change.quantity(part.runs[0].n as u64),
            None => bound(part),
        };
        found.filter(|_| run > 0)
    };
    let rate = case.measures.get(RETURN);
    // the mean moves if any path does
    let is_equal = part("mean").is_some_and(|mean| mean.verdict == Verdict::Same);
    Some(ComparedRow {
        name: side.name.clone(),
        put_in: side.money_in,
        wealth: of_levels(|level| Some(part(level)?.runs[run].quantity()))?,
        difference: changed(middle),
        rate: rate
            .map(|rate| rate.runs[run].quantity())
            .filter(|rate| rate.std_error.is_finite()),
        rate_difference: rate.and_then(changed),
        is_equal: run > 0 && is_equal,
    })
}

impl ChangePart {
    /// The change with what is to be shown of its error, by the interval if it has a width; of one path it is what it is,
    /// and nothing has no error where no path differs and none is known. None if a run has no such figure.
    fn quantity(&self, paths: u64) -> Option<Quantity> {
        let value = self.difference?;
        let is_wide = |[low, high]: &[f64; 2]| high > low && (high - low).is_finite();
        Some(match (self.std_error, self.interval.filter(is_wide)) {
            _ if paths == 1 => Quantity::exact(value),
            (None, _) if self.is_same => Quantity::exact(value),
            (None, _) => Quantity::within(value, f64::INFINITY),
            (Some(_), Some(interval)) => Quantity::between(value, interval),
            (Some(std_error), None) => Quantity { value, std_error },
        })
    }
}

impl CrossoverPart {
    /// `On average fly passes by-hand in what assets pay a month, between Jul 2028 and Jan 2029`
    fn finding(&self, base: &str, new: &str) -> String {
        let (one, other) = if self.new_passes {
            (new, base)
        } else {
            (base, new)
        };
        let [after, by] = [&self.after, &self.by].map(|date| spoken_month(date));
        format!(
            "On average {one} passes {other} in {}, between {after} and {by}",
            self.called()
        )
    }

    fn called(&self) -> String {
        let what = match (self.is_net, self.less_hours) {
            (true, _) => "net income a month",
            (false, false) => "what assets pay a month",
            (false, true) => "what assets pay a month less the price of hours",
        };
        let elsewhere = if self.with_flows {
            ", with what comes from elsewhere"
        } else {
            ""
        };
        format!("{what}{elsewhere}")
    }
}

impl Comparison {
    /// What comes in over time with all scenarios, if one crosses the base; nothing once `stop` is set.
    pub fn crossover_picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let line = |side: &SidePart, meets| IncomeLine {
            name: side.name.clone(),
            means: side.incomes.means.iter().map(|one| one.mean).collect(),
            meets,
        };
        let crossing = self.cases.iter().find(|case| case.crossover.is_some())?;
        let told = crossing.crossover.as_ref()?;
        let base = &self.base.incomes.means;
        let is_alike = |case: &&CasePart| {
            let incomes = &case.side.incomes;
            incomes.means.len() == base.len() && incomes.is_net == self.base.incomes.is_net
        };
        let mut others: Vec<&CasePart> = self.cases.iter().filter(is_alike).collect();
        others.sort_by_key(|case| case.crossover.is_none());
        let mut lines = vec![line(&self.base, None)];
        lines.extend(others.into_iter().map(|case| {
            let crossover = case.crossover.as_ref();
            let meets = crossover.and_then(|one| one.meeting(base, &case.side.incomes.means));
            line(&case.side, meets)
        }));
        let chart = Crossover {
            setting: self.setting(),
            years: base.iter().map(|one| f64::from(one.month) / 12.0).collect(),
            lines,
            told: told.finding(&self.base.name, &crossing.side.name),
            what: told.called(),
        };
        drawn_with(&crossover::KIND, &chart.spec(), &self.stamp(), theme, stop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Better, Estimate, Note, Unit};

    #[test]
    fn a_case_that_ends_with_nothing_is_less_though_its_median_has_no_error() {
        let run = |value: f64, half: Option<f64>| {
            let estimate = match half {
                Some(half) => {
                    Estimate::with_interval(value, half, (value - half, value + half), 900)
                }
                None => Estimate::bare(value, 900, Some(Note::Atom { probability: 0.8 })),
            };
            Measure::new(Unit::Money, &estimate)
        };
        let part = |new: Measure| DifferencePart {
            unit: Unit::Money,
            base: Some(44_000.0),
            base_std_error: Some(2_000.0),
            new: Some(new.value),
            new_std_error: None,
            runs: [run(44_000.0, Some(4_000.0)), new],
            better: Better::Higher,
            can_differ: true,
            change: ChangePart {
                difference: Some(-44_000.0),
                std_error: None,
                interval: None,
                is_same: false,
                error: None,
            },
            p_value: None,
            verdict: Verdict::NotJudged,
            sharpness: None,
            not_judged: None,
        };
        let found = bound(&part(run(0.0, None))).expect("nothing is left for sure");
        assert_eq!(found.value, -44_000.0);
        assert!((found.half_width() - 4_000.0).abs() < 1e-6);
        // what has no error for another reason stays unknown
        assert_eq!(bound(&part(run(9.0, Some(1.0)))), None);
    }
}

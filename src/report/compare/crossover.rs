//! When one scenario's assets come to pay more than the other's.
//!
//! In: mean incomes of two runs at the same dates, last year's income path by path. Out: [`CrossoverPart`]. Not here: its
//! picture (`report::pictures`).

use super::super::pictures::{CROSSOVER, Crossover, IncomeLine, Picture, drawn_with};
use super::build::Side;
use super::document::{CasePart, Comparison, SidePart};
use crate::chart::Theme;
use crate::figure::{Quantity, chance, clearly_above, spoken_month, year_of};
use crate::record::INCOME_TERMINAL;
use crate::stats::MeanIncome;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::atomic::AtomicBool;

/// The dates between which the mean of what all assets pay in a month passes that of the other scenario, for good.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrossoverPart {
    /// Whether the new scenario passes the base, or the base the new one.
    pub new_passes: bool,
    /// The last date at which the one that passes pays surely less, and the first at which it pays surely more.
    pub after: String,
    pub by: String,
    /// Share of the paths on which the one that passes has the higher net income over the last year.
    pub paths_above_at_end: f64,
    /// Those dates as simulated months.
    #[serde(skip)]
    pub months: [u32; 2],
}

impl CrossoverPart {
    /// Nothing where the means do not cross once, beyond their errors.
    pub(super) fn of(base: &Side<'_>, new: &Side<'_>) -> Option<Self> {
        let [ours, others] = [base, new].map(|side| side.data.mean_incomes());
        let (months, new_passes) = crossing(ours, others)?;
        let [base_ends, new_ends] = [base, new].map(|side| {
            let column = side.data.column(INCOME_TERMINAL).ok()?;
            column.by_path()
        });
        let pairs: Vec<(f64, f64)> = base_ends?.into_iter().zip(new_ends?).collect();
        let above = pairs.iter().filter(|(base, new)| match new_passes {
            true => new > base,
            false => base > new,
        });
        let date = |month: u32| base.scenario.start.plus(month - 1).to_string();
        Some(Self {
            new_passes,
            after: date(months[0]),
            by: date(months[1]),
            paths_above_at_end: above.count() as f64 / pairs.len().max(1) as f64,
            months,
        })
    }

    /// `On average fly passes by-hand in what assets pay a month, between Jul 2028 and Jan 2029; …`
    pub(super) fn sentence(&self, base: &str, new: &str, n_paths: u64) -> String {
        let (one, other) = match self.new_passes {
            true => (new, base),
            false => (base, new),
        };
        let share = self.paths_above_at_end;
        let quantity = Quantity {
            value: share,
            std_error: (share * (1.0 - share) / n_paths as f64).sqrt(),
        };
        let [after, by] = [&self.after, &self.by].map(|date| spoken_month(date));
        format!(
            "On average {one} passes {other} in what assets pay a month, between {after} and {by}; in the last year its net \
             income is the higher one on {} of paths.",
            chance(quantity, n_paths, false).value()
        )
    }

    /// The date at which the lines of both means meet, in years.
    pub fn meeting(&self, base: &[MeanIncome], new: &[MeanIncome]) -> Option<(f64, f64)> {
        let between = |pair: &(&MeanIncome, &MeanIncome)| {
            (self.months[0]..=self.months[1]).contains(&pair.0.month)
        };
        let pairs: Vec<(&MeanIncome, &MeanIncome)> = base.iter().zip(new).filter(between).collect();
        pairs.windows(2).find_map(|pair| {
            let [first, last] = [pair[0], pair[1]].map(|(base, new)| new.mean - base.mean);
            let is_met = (first <= 0.0) != (last <= 0.0);
            let part = first / (first - last);
            let at = |from: f64, to: f64| part.mul_add(to - from, from);
            let years = [pair[0].0.month, pair[1].0.month].map(|month| f64::from(month) / 12.0);
            is_met.then(|| (at(years[0], years[1]), at(pair[0].0.mean, pair[1].0.mean)))
        })
    }
}

impl Comparison {
    /// What is said of every case that crosses the base.
    pub(super) fn crossovers(&self) -> Vec<String> {
        let told = self.cases.iter().filter_map(|case| {
            let crossover = case.crossover.as_ref()?;
            Some(crossover.sentence(&self.base.name, &case.side.name, self.paths))
        });
        told.collect()
    }

    /// What the assets of all scenarios pay over time, if one crosses the base; nothing once `stop` is set.
    pub fn crossover_picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let line = |side: &SidePart, meets| IncomeLine {
            name: side.name.clone(),
            means: side.incomes.iter().map(|income| income.mean).collect(),
            meets,
        };
        let crossing = self.cases.iter().find(|case| case.crossover.is_some())?;
        let told = crossing.crossover.as_ref()?;
        let told = told.sentence(&self.base.name, &crossing.side.name, self.paths);
        let base = &self.base.incomes;
        let is_alike = |case: &&CasePart| case.side.incomes.len() == base.len();
        let mut others: Vec<&CasePart> = self.cases.iter().filter(is_alike).collect();
        others.sort_by_key(|case| case.crossover.is_none());
        let others = others.into_iter().map(|case| {
            let crossover = case.crossover.as_ref();
            let meets = crossover.and_then(|one| one.meeting(base, &case.side.incomes));
            line(&case.side, meets)
        });
        let chart = Crossover {
            currency: self.currency.clone(),
            basis: format!("in {} money", year_of(&self.start)),
            years: base.iter().map(|one| f64::from(one.month) / 12.0).collect(),
            base: line(&self.base, None),
            others: others.collect(),
            told: told.split(';').next().unwrap_or_default().to_owned(),
        };
        drawn_with(&CROSSOVER, &chart, &self.stamp(), theme, stop)
    }
}

/// The dates around the only change of which mean is surely the larger one, and whether it is then that of `new`.
fn crossing(base: &[MeanIncome], new: &[MeanIncome]) -> Option<([u32; 2], bool)> {
    let is_alike = base
        .iter()
        .map(|one| one.month)
        .eq(new.iter().map(|one| one.month));
    if !is_alike {
        return None;
    }
    let quantity = |one: &MeanIncome| Quantity {
        value: one.mean,
        std_error: one.std_error,
    };
    let above =
        |a: &MeanIncome, b: &MeanIncome| clearly_above(quantity(a), quantity(b), base.len());
    let sides = base.iter().zip(new).filter_map(|(base, new)| {
        let is_new = above(new, base);
        (is_new || above(base, new)).then_some((base.month, is_new))
    });
    let sides: Vec<(u32, bool)> = sides.collect();
    let mut changes = sides.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    let only = changes.next()?;
    changes
        .next()
        .is_none()
        .then(|| ([only[0].0, only[1].0], only[1].1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incomes(means: &[f64], std_error: f64) -> Vec<MeanIncome> {
        let dated = (1..).zip(means);
        let income = |(date, mean): (u32, &f64)| MeanIncome {
            month: 6 * date,
            mean: *mean,
            std_error,
        };
        dated.map(income).collect()
    }

    #[test]
    fn a_crossing_is_one_that_the_errors_let_be_seen_and_that_stays() {
        let line = incomes(&[100.0; 6], 0.5);
        for (means, error, expected) in [
            (
                [70.0, 80.0, 90.0, 110.0, 120.0, 130.0],
                0.5,
                Some(([18, 24], true)),
            ),
            // near the line nobody knows
            (
                [70.0, 80.0, 99.0, 101.0, 120.0, 130.0],
                0.5,
                Some(([12, 30], true)),
            ),
            (
                [130.0, 120.0, 110.0, 90.0, 80.0, 70.0],
                0.5,
                Some(([18, 24], false)),
            ),
            ([70.0, 80.0, 90.0, 110.0, 120.0, 130.0], 50.0, None),
            ([70.0, 130.0, 70.0, 130.0, 130.0, 130.0], 0.5, None),
            ([110.0, 120.0, 110.0, 120.0, 110.0, 130.0], 0.5, None),
        ] {
            assert_eq!(
                crossing(&line, &incomes(&means, error)),
                expected,
                "{means:?}"
            );
        }
        assert_eq!(crossing(&line[..5], &line), None);
    }

    #[test]
    fn the_sentence_names_who_passes_and_the_picture_where() {
        let mut part = CrossoverPart {
            new_passes: true,
            after: "2028-06".to_owned(),
            by: "2028-12".to_owned(),
            paths_above_at_end: 0.612,
            months: [18, 24],
        };
        let said = part.sentence("by-hand", "wheel", 20_000);
        assert!(said.starts_with("On average wheel passes by-hand in what assets pay a month, between Jun 2028 and Dec 2028;"), "{said}");
        assert!(said.ends_with("on 61.2 % of paths."), "{said}");
        part.new_passes = false;
        assert!(
            part.sentence("by-hand", "wheel", 20_000)
                .starts_with("On average by-hand passes wheel")
        );
        let line = incomes(&[100.0; 6], 0.0);
        let rising = incomes(&[70.0, 80.0, 90.0, 110.0, 120.0, 130.0], 0.0);
        let (years, mean) = part.meeting(&line, &rising).expect("they meet");
        assert!((years - 1.75).abs() < 1e-12 && (mean - 100.0).abs() < 1e-12);
    }
}

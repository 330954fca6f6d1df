//! What is said below the figures, on screen and in Markdown.
//!
//! In: a comparison. Out: sentences. Not here: where they stand (`pages`).

use super::build::ANOTHER_STAKE;
use super::document::{CasePart, Comparison, Pairing};
use crate::figure::{counted, grouped, money};
use crate::math::digits::{exponent, rounded};
use crate::stats::Verdict;
use crate::study::alike;

/// Below this factor shared paths are not worth a sentence.
const WORTH_SAYING: f64 = 1.5;

/// Beyond it the number does not matter.
const VERY_SHARP: f64 = 1_000.0;

/// Measures by which the worth of shared paths is told, the first that has one.
const TOLD_BY: [(&str, &str); 3] = [
    ("wealth.terminal.real.p50", "wealth"),
    ("wealth.terminal.real.mean", "wealth"),
    ("income.terminal.real.p50", "income"),
];

/// Ends what is said of cases whose money is not the base's.
const NOT_OF_ONE_STAKE: &str = ": amounts are not of the same stake, so they are not judged.";

/// More cases than this are counted, not named.
const MANY_CASES: usize = 3;

impl Comparison {
    /// What a reader must know of the cases; what holds for several is said once.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut said = self.stakes();
        said.extend(self.not_judged());
        let remarks = self.cases.iter().flat_map(|case| {
            let remarks = case.remarks.iter();
            // stakes are told of all cases together
            let remarks = remarks.filter(|remark| !remark.ends_with(NOT_OF_ONE_STAKE));
            remarks.map(|remark| (case.side.name.as_str(), remark.clone()))
        });
        let prefixed = |(name, remark): (&'_ str, String)| {
            let rest = remark.strip_prefix(&format!("{name}: "));
            rest.map(|rest| (name.to_owned(), rest.to_owned()))
                .unwrap_or((String::new(), remark.clone()))
        };
        let remarks: Vec<(String, String)> = remarks.map(prefixed).collect();
        for (rest, names) in grouped_by_text(&remarks) {
            let named: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
            said.push(match named.is_empty() {
                true => rest.to_owned(),
                false => format!("{}: {rest}", self.spoken_names(&named)),
            });
        }
        said
    }

    /// What is said of those who do not put in what the base does.
    pub(super) fn stake(&self, names: &str, amount: &str) -> String {
        let base = money(&self.currency, self.base.money_in);
        let name = &self.base.name;
        format!("{name} puts in {base} and {names} {amount}{NOT_OF_ONE_STAKE}")
    }

    /// Cases whose money is not the base's.
    fn stakes(&self) -> Vec<String> {
        let is_other = |case: &&CasePart| !self.base.is_of_one_stake(&case.side);
        let amount = |value: f64| money(&self.currency, value);
        let others = self.cases.iter().filter(is_other);
        let others: Vec<(&str, String)> = others
            .map(|case| (case.side.name.as_str(), amount(case.side.money_in)))
            .collect();
        let groups = grouped_by_text(&others);
        if groups.len() > MANY_CASES {
            return vec![format!(
                "{} of {} cases do not put in the same as {}{NOT_OF_ONE_STAKE}",
                others.len(),
                self.cases.len(),
                self.base.name
            )];
        }
        let sentence = |(new, names): (&str, Vec<&str>)| {
            let each = if names.len() > 1 { " each" } else { "" };
            self.stake(&self.spoken_names(&names), &format!("{new}{each}"))
        };
        groups.into_iter().map(sentence).collect()
    }

    /// Measures that have no verdict and why; other stakes are told by themselves.
    fn not_judged(&self) -> Vec<String> {
        let mut said = Vec::new();
        for headline in &self.headline {
            let notes = self.cases.iter().filter_map(|case| {
                let verdict = case.headline.get(&headline.measure)?;
                let note = case.measures.get(&headline.measure)?.note.clone()?;
                let is_told = *verdict == Verdict::NotJudged && note != ANOTHER_STAKE;
                is_told.then_some((case.side.name.as_str(), note))
            });
            let notes: Vec<(&str, String)> = notes.collect();
            for (note, names) in grouped_by_text(&notes) {
                let of_cases = match self.cases.len() {
                    1 => String::new(),
                    _ => format!(" of {}", self.spoken_names(&names)),
                };
                said.push(format!("Not judged: {}{of_cases}: {note}.", headline.label));
            }
        }
        said
    }

    /// `a, b and c`; how many of all if they are many.
    fn spoken_names(&self, names: &[&str]) -> String {
        let n = self.cases.len();
        match names {
            names if names.len() > MANY_CASES && names.len() == n => format!("all {n} cases"),
            names if names.len() > MANY_CASES => format!("{} of {n} cases", names.len()),
            [before @ .., last] if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            names => names.concat(),
        }
    }

    /// How sharp the paths of the base made it, where it did so least.
    pub(super) fn sharpness(&self) -> Option<String> {
        let of_case = |case: &CasePart| {
            let mut told = TOLD_BY.iter();
            told.find_map(|(id, name)| Some((case.measures.get(*id)?.sharpness?, *name)))
        };
        let found = self.cases.iter().filter_map(of_case);
        let (least, name) = found.min_by(|a, b| a.0.total_cmp(&b.0))?;
        let times = match rounded(least, -exponent(least)) {
            _ if least < WORTH_SAYING => return None,
            times if times >= VERY_SHARP => "more than 1,000".to_owned(),
            times if self.cases.len() > 1 => format!("at least about {}", grouped(times as u64)),
            times => format!("about {}", grouped(times as u64)),
        };
        Some(format!(
            "Without shared paths it would take {times} times the paths to see {name} differ as sharply."
        ))
    }

    /// What the verdicts and ± mean.
    pub(super) fn caveat(&self) -> String {
        let n = self.n_in_headline;
        let what = match (n, self.cases.len()) {
            (1, _) => "1 difference".to_owned(),
            (n, 1) => format!("{n} measures"),
            (n, cases) => format!("{n} differences ({cases} cases)"),
        };
        let error = match self.pairing {
            Pairing::SharedPaths => format!(
                "± is 95 % from sampling {}, of the difference alone.",
                counted(self.paths as usize, "path")
            ),
            Pairing::Reports => "± is 95 %, as if the runs had nothing in common.".to_owned(),
        };
        format!("{error} Verdicts allow for {what} at once (Holm, 5 %).")
    }
}

/// Different texts in the order of their first, each with its names.
fn grouped_by_text<N: AsRef<str>>(said: &[(N, String)]) -> Vec<(&str, Vec<&str>)> {
    let groups = alike(said, |a, b| a.1 == b.1).into_iter();
    let with_names = groups.map(|group| {
        let names = group.iter().map(|(name, _)| name.as_ref());
        (group[0].1.as_str(), names.collect())
    });
    with_names.collect()
}

//! A batch on one screen: how many of what, then what is wrong, alike things together.
//!
//! In: a [`BatchReport`], the width of the terminal. Out: plain text. Not here: digits and words of
//! figures (`wording`), how long it took and where files are (`cli`).

mod changes;
mod gates;
mod problems;
mod rows;

use super::wording::{counted, headline};
use super::{AgainstPart, BatchReport, CasePart, Standing};
use crate::report::grouped;
use crate::report::layout::Page;
use std::collections::BTreeMap;

/// Words of the line that counts, worst last; only those that happened are said.
const STANDINGS: [(Standing, &str); 9] = [
    (Standing::Pass, "pass"),
    (Standing::Fail, "FAIL"),
    (Standing::Inconclusive, "inconclusive"),
    (Standing::Changed, "changed"),
    (Standing::Loosened, "loosened"),
    (Standing::OtherVersion, "other version"),
    (Standing::Invalid, "invalid"),
    (Standing::Failed, "not simulated"),
    (Standing::NotRun, "not run"),
];

impl BatchReport {
    /// The screen that `batch` prints on a terminal of `width` columns; 60 to 80 are used.
    pub fn to_text(&self, width: usize) -> String {
        self.text(width, false)
    }

    /// The same while the baseline is written anew: nothing is left to be done about it.
    pub fn to_text_of_update(&self, width: usize) -> String {
        self.text(width, true)
    }

    fn text(&self, width: usize, is_update: bool) -> String {
        let mut page = Page::new(width);
        page.flush(&self.head());
        page.gap();
        self.write_counts(&mut page);
        self.write_gates(&mut page);
        self.write_changes(&mut page, is_update);
        self.write_problems(&mut page, is_update);
        page.into_text()
    }

    /// `value version 3, as in the baseline`
    pub fn version(&self) -> String {
        let own = format!("value version {}", self.value_version);
        let against = || self.cases.iter().filter_map(|case| case.against.as_ref());
        let is_other = |part: &AgainstPart| part.is_of_other_version();
        let is_there = |part: &AgainstPart| *part != AgainstPart::New;
        match (against().any(is_other), against().any(is_there)) {
            (true, _) => format!("{own}, not that of the baseline"),
            (false, true) => format!("{own}, as in the baseline"),
            (false, false) => own,
        }
    }

    /// `224 scenarios (24 files, 1 matrix of 200) · 448 gates · baseline ci/baseline.jsonl`
    fn head(&self) -> String {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for case in self.cases.iter().filter(|case| !case.choices.is_empty()) {
            *sizes.entry(&case.file).or_default() += 1;
        }
        let (scenarios, files) = self.n_of();
        let mut inner = vec![files];
        let total: usize = sizes.values().sum();
        inner.extend(match (sizes.len(), self.is_whole()) {
            (0, _) => None,
            (1, true) => Some(format!("1 matrix of {}", grouped(total as u64))),
            (1, false) => Some(format!("{} of a matrix", grouped(total as u64))),
            (n, true) => Some(format!("{n} matrices of {} in all", grouped(total as u64))),
            (n, false) => Some(format!("{} of {n} matrices", counted(total, "case"))),
        });
        let mut parts = vec![
            format!("{scenarios} ({})", inner.join(", ")),
            self.n_gates(),
        ];
        parts.extend(
            self.shard
                .map(|[number, of]| format!("shard {number} of {of}")),
        );
        let baseline = self.baseline.as_ref();
        parts.push(baseline.map_or_else(
            || "no baseline".to_owned(),
            |name| format!("baseline {name}"),
        ));
        parts.join(" · ")
    }

    fn write_counts(&self, page: &mut Page) {
        let n = |wanted: Standing| {
            let standings = self.cases.iter().map(|case| self.standing(case));
            standings.filter(|standing| *standing == wanted).count()
        };
        // a scenario stands once, where it is worst; what changed is counted whole, as everywhere
        let n_changed = self.tally().changed;
        let n_before = n_changed - n(Standing::Changed);
        let said = STANDINGS.map(|(standing, word)| match standing {
            Standing::Changed if n_before > 0 => {
                let before = grouped(n_before as u64);
                let changed = format!("{word} {}", grouped(n_changed as u64));
                (
                    n_changed,
                    format!("{changed} ({before} of them counted before)"),
                )
            }
            standing => {
                let n = n(standing);
                (n, format!("{word} {}", grouped(n as u64)))
            }
        });
        let others = [(self.missing.len(), "missing"), (self.n_new(), "new")];
        let others = others.map(|(n, word)| (n, format!("{word} {}", grouped(n as u64))));
        let said = said.into_iter().chain(others);
        let said = said.filter(|(n, text)| *n > 0 || text.starts_with("pass"));
        let said: Vec<String> = said.map(|(_, text)| text).collect();
        let line = format!("  {}", said.join("   "));
        match line.chars().count() <= page.width() {
            true => page.line(&line),
            false => page.wrapped(&said.join(", ")),
        }
        if self.conclusion() == super::Conclusion::Yes {
            page.wrapped(&format!("{}.", capital(&headline(self))));
        }
        page.gap();
    }

    fn n_new(&self) -> usize {
        let is_new = |case: &&CasePart| case.against == Some(AgainstPart::New);
        self.cases.iter().filter(is_new).count()
    }
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests;

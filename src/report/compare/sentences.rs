//! What is said below the figures, on screen and in Markdown.
//!
//! In: a comparison. Out: sentences. Not here: where they stand (`pages`).

use super::build::{ANOTHER_STAKE, OTHER_PAYMENTS};
use super::document::Comparison;
use crate::figure::{counted, listed};
use crate::stats::Verdict;
use crate::study::alike_by;

/// More cases than this are counted, not named.
const MANY_CASES: usize = 3;

impl Comparison {
    /// What a reader must know of the cases; what holds for several is said once.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut said = self.not_judged();
        let remarks = self.cases.iter().flat_map(|case| {
            let remarks = case.remarks.iter();
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

    /// Measures that have no verdict and why; other stakes are told by themselves.
    fn not_judged(&self) -> Vec<String> {
        let mut said = Vec::new();
        // of one path nothing is, which the caveat says
        for headline in self.headline.iter().filter(|_| self.paths > 1) {
            let notes = self.cases.iter().filter_map(|case| {
                let verdict = case.headline.get(&headline.measure)?;
                let note = case.measures.get(&headline.measure)?.note.clone()?;
                let is_said_once = [ANOTHER_STAKE, OTHER_PAYMENTS].contains(&note.as_str());
                let is_told = *verdict == Verdict::NotJudged && !is_said_once;
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
            names => listed(names),
        }
    }

    /// What the verdicts and ± mean.
    pub(super) fn caveat(&self) -> String {
        if self.paths == 1 {
            let unknown = "how others differ from it is not known, so nothing is judged";
            return format!("One path was simulated: {unknown}; --paths simulates more.");
        }
        let n = self.n_in_headline;
        let what = match (n, self.cases.len()) {
            (1, _) => "1 difference".to_owned(),
            (n, 1) => format!("{n} measures"),
            (n, cases) => format!("{n} differences ({cases} cases)"),
        };
        format!(
            "± is 95 % from sampling {}, of the difference alone. Verdicts allow for {what} at once (Holm, 5 %).",
            counted(self.paths as usize, "path")
        )
    }
}

/// Different texts in the order of their first, each with its names.
fn grouped_by_text<N: AsRef<str>>(said: &[(N, String)]) -> Vec<(&str, Vec<&str>)> {
    let groups = alike_by(said, |(_, text)| text).into_iter();
    let with_names = groups.map(|group| {
        let names = group.iter().map(|(name, _)| name.as_ref());
        (group[0].1.as_str(), names.collect())
    });
    with_names.collect()
}

//! What is said below the figures, on screen and in Markdown.
//!
//! In: a comparison. Out: sentences. Not here: where they stand (`text`, `markdown`).

use super::super::figure::{grouped, money};
use super::document::{CasePart, Comparison, Pairing, VerdictPart};

/// Below this factor shared paths are not worth a sentence.
const WORTH_SAYING: f64 = 1.2;

/// Beyond it the number does not matter.
const VERY_SHARP: f64 = 1_000.0;

/// Measures by which the worth of shared paths is told, the first that has one.
const TOLD_BY: [(&str, &str); 3] = [
    ("wealth.terminal.real.p50", "wealth"),
    ("wealth.terminal.real.mean", "wealth"),
    ("income.terminal.p50", "income"),
];

/// With more cases than this, what is said of each is said of all at once.
const MANY_CASES: usize = 3;

impl Comparison {
    /// What a reader must know of the cases.
    pub(super) fn remarks(&self) -> Vec<String> {
        let of_case = |case: &CasePart| {
            let said = self.stakes(case).into_iter().chain(self.not_judged(case));
            said.chain(case.remarks.iter().cloned()).collect::<Vec<_>>()
        };
        if self.cases.len() <= MANY_CASES {
            return self.cases.iter().flat_map(of_case).collect();
        }
        let n = self.cases.len();
        let mut said = Vec::new();
        let n_stakes = self
            .cases
            .iter()
            .filter_map(|case| self.stakes(case))
            .count();
        if n_stakes > 0 {
            said.push(format!(
                "{n_stakes} of {n} cases do not put in the same as {}: amounts are not of the same \
                 stake.",
                self.base.name
            ));
        }
        for headline in &self.headline {
            let is_unjudged = |case: &&CasePart| {
                case.headline.get(&headline.measure) == Some(&VerdictPart::NotJudged)
            };
            let n_unjudged = self.cases.iter().filter(is_unjudged).count();
            if n_unjudged > 0 {
                said.push(format!(
                    "Not judged in {n_unjudged} of {n} cases: {} (compare.json says why).",
                    headline.label
                ));
            }
        }
        let mut of_cases: Vec<&String> = self.cases.iter().flat_map(|case| &case.remarks).collect();
        of_cases.dedup();
        said.extend(of_cases.into_iter().cloned());
        said
    }

    /// Cases whose money is not the base's.
    pub(super) fn stakes(&self, case: &CasePart) -> Option<String> {
        let amount = |value: f64| money(&self.currency, value);
        let (base, new) = (self.base.money_in, case.side.money_in);
        ((base - new).abs() > 1e-9 * base.abs().max(new.abs())).then(|| {
            format!(
                "{} puts in {} and {} {}: amounts are not of the same stake.",
                self.base.name,
                amount(base),
                case.side.name,
                amount(new)
            )
        })
    }

    /// Measures that have no verdict and why.
    pub(super) fn not_judged(&self, case: &CasePart) -> Vec<String> {
        let parts = self.headline.iter().filter_map(|headline| {
            let verdict = case.headline.get(&headline.measure)?;
            let part = case.measures.get(&headline.measure)?;
            let note = part.note.as_ref()?;
            let of_case = match self.cases.len() {
                1 => String::new(),
                _ => format!(" of {}", case.side.name),
            };
            (*verdict == VerdictPart::NotJudged)
                .then(|| format!("Not judged: {}{of_case}: {note}.", headline.label))
        });
        parts.collect()
    }

    /// How sharp the paths of the base made it.
    pub(super) fn sharpness(&self) -> Option<String> {
        let of_case = |case: &CasePart| {
            let mut told = TOLD_BY.iter();
            told.find_map(|(id, name)| Some((case.measures.get(*id)?.sharpness?, *name)))
        };
        let mut found: Vec<(f64, &str)> = self.cases.iter().filter_map(of_case).collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let ((least, name), (most, _)) = (*found.first()?, *found.last()?);
        if most < WORTH_SAYING {
            return Some(
                "Shared paths did not make this comparison sharper than others would.".to_owned(),
            );
        }
        let range = match (spoken(least), spoken(most)) {
            (least, most) if least == most => least,
            (least, most) => format!("{least} to {most}"),
        };
        Some(format!(
            "Shared paths made the comparison of {name} as sharp as {range} times the paths."
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
            Pairing::SharedPaths => {
                format!("± is 95 % from sampling {} paths.", grouped(self.paths))
            }
            Pairing::Reports => "± is 95 %, as if the runs had nothing in common.".to_owned(),
        };
        format!("{error} Verdicts allow for {what} at once (Holm, 5 %).")
    }
}

/// `4.8`, `63`, `more than 1,000`
fn spoken(times: f64) -> String {
    match times {
        times if times >= VERY_SHARP => "more than 1,000".to_owned(),
        times if times >= 10.0 => format!("{times:.0}"),
        times => format!("{times:.1}"),
    }
}

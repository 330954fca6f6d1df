//! A whole batch in a line: how it ends, how much it is.
//!
//! In: a [`BatchReport`]. Out: short plain texts. Not here: one scenario (`moved`).

use super::super::{BatchReport, CasePart, Conclusion, How, State, Tally};
use crate::figure::counted;
use crate::figure::grouped;
use std::collections::BTreeSet;

/// `4 gates fail, 2 cannot be decided; 3 scenarios changed`, or that all is well.
pub(in crate::report::batch) fn headline(report: &BatchReport) -> String {
    let tally = report.tally();
    let parts = [
        (tally.invalid, "scenario", ["is invalid", "are invalid"]),
        (tally.broken, "scenario", ["could not be simulated"; 2]),
        (tally.failed, "gate", ["fails", "fail"]),
        (tally.absent, "gate", ["has no figure", "have no figure"]),
        (tally.inconclusive, "gate", ["cannot be decided"; 2]),
        (
            tally.loosened,
            "scenario",
            ["has a loosened gate", "have a loosened gate"],
        ),
        (tally.changed, "scenario", ["changed"; 2]),
        (tally.not_run, "scenario", ["was not run", "were not run"]),
        (
            report.missing.len(),
            "scenario",
            ["of the baseline is missing", "of the baseline are missing"],
        ),
        (
            tally.stale,
            "line",
            [
                "of the baseline is out of date",
                "of the baseline are out of date",
            ],
        ),
        (
            report.missing_shards.len(),
            "shard",
            ["is missing", "are missing"],
        ),
    ];
    let mut said = String::new();
    let mut before = "";
    for (n, thing, verbs) in parts.into_iter().filter(|(n, _, _)| *n > 0) {
        // a noun holds until another one comes
        let (gap, subject) = match before {
            "" => ("", counted(n, thing)),
            before if before == thing => (", ", grouped(n as u64)),
            _ => ("; ", counted(n, thing)),
        };
        said.push_str(&format!("{gap}{subject} {}", verbs[usize::from(n != 1)]));
        before = thing;
    }
    if !said.is_empty() {
        return said;
    }
    if report.conclusion() != Conclusion::Yes {
        return format!(
            "{} held against another value version",
            counted(tally.other_version, "scenario")
        );
    }
    let gates = match tally.gates {
        0 => "no scenario has a gate".to_owned(),
        1 => "the one gate passes".to_owned(),
        n => format!("all {} gates pass", grouped(n as u64)),
    };
    match against_baseline(report, &tally) {
        Some(against) => format!("{gates}, {against}"),
        None => gates,
    }
}

/// What a baseline says where nothing failed: `nothing changed`, or what did without counting.
fn against_baseline(report: &BatchReport, tally: &Tally) -> Option<String> {
    report.baseline.as_ref()?;
    let is_edited = |case: &&CasePart| !case.edits().is_empty();
    let n_edited = report.cases.iter().filter(is_edited).count();
    let is_held = |case: &&CasePart| !matches!(case.how(), None | Some(How::New));
    let n_held = report.cases.iter().filter(is_held).count();
    let n_gates = report.gate_edits(true).len() + report.gate_edits(false).len();
    let held = match (
        n_held,
        n_edited + tally.new + tally.moved + tally.other_version,
    ) {
        (_, 0) if n_gates == 0 => return Some("nothing changed".to_owned()),
        (_, 0) => Some("no figure changed".to_owned()),
        (0, _) => None,
        _ if tally.other_version > 0 => None,
        _ => Some("no figure changed beyond its error and tolerance".to_owned()),
    };
    let others = [
        (n_gates, "gate", ["was edited", "were edited"]),
        (n_edited, "scenario", ["was edited", "were edited"]),
        (
            tally.new,
            "scenario",
            ["is not in the baseline", "are not in the baseline"],
        ),
        (
            tally.moved,
            "scenario",
            ["has another id", "have another id"],
        ),
        (
            tally.other_version,
            "scenario",
            [
                "was held against another value version",
                "were held against another value version",
            ],
        ),
    ];
    let others = others.into_iter().filter(|(n, _, _)| *n > 0);
    let others = others
        .map(|(n, thing, verbs)| format!("{} {}", counted(n, thing), verbs[usize::from(n != 1)]));
    Some(
        held.into_iter()
            .chain(others)
            .collect::<Vec<_>>()
            .join("; "),
    )
}

/// `Passes`, `Fails`, `Not answered`
pub(in crate::report::batch) fn ending(report: &BatchReport) -> &'static str {
    match report.conclusion() {
        Conclusion::Yes => "Passes",
        Conclusion::No => "Fails",
        Conclusion::Unanswered => "Not answered",
    }
}

impl BatchReport {
    /// Whether neither a filter nor a shard left a scenario out.
    pub(in crate::report::batch) fn is_whole(&self) -> bool {
        self.n_scenarios <= self.cases.len()
    }

    /// `224 scenarios` and `24 files`, or `3 of 224 scenarios` and `1 of 24 files`.
    pub(in crate::report::batch) fn n_of(&self) -> (String, String) {
        if self.is_whole() {
            let cases = counted(self.cases.len(), "scenario");
            return (cases, counted(self.n_files, "file"));
        }
        let files: BTreeSet<&String> = self.cases.iter().map(|case| &case.file).collect();
        let of = |n: usize, all: usize, thing: &str| match n == all {
            true => counted(all, thing),
            false => format!("{} of {}", grouped(n as u64), counted(all, thing)),
        };
        (
            of(self.cases.len(), self.n_scenarios, "scenario"),
            of(files.len(), self.n_files, "file"),
        )
    }

    /// `448 gates`; of a scenario that did not run nobody knows them.
    pub(in crate::report::batch) fn n_gates(&self) -> String {
        let gates = counted(self.tally().gates, "gate");
        let is_answered = |case: &CasePart| matches!(case.state, State::Simulated { .. });
        match self.cases.iter().all(is_answered) {
            true => gates,
            false => format!("{gates} of those that ran"),
        }
    }
}

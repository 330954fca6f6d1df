//! `summary.md`: what a batch found, short enough for a pull request.
//!
//! In: a [`BatchReport`]. Out: GitHub-flavoured Markdown; the verdict in the first line, tables of at
//! most twenty rows. Not here: escaping (`markdown`), all of it (`page`).

mod rows;

use super::markdown::{MOST_ROWS, Table, code, figure, plain};
use super::wording::{
    counted, currency, ending, extent, headline, level, level_of, moved, remark, remedy,
};
use super::{AgainstPart, BatchReport, CasePart, EditPart, GatePart, GateVerdict, State};
use crate::report::grouped;
use rows::{fault_row, gate_row, note};
use std::collections::BTreeMap;

impl BatchReport {
    /// The text of `summary.md`.
    pub fn to_summary(&self) -> String {
        let mut text = format!(
            "**{}**: {}.\n\n{}\n",
            ending(self),
            plain(&headline(self)),
            plain(&extent(self))
        );
        let inconclusive = match self.inconclusive_passes {
            true => "Gates that cannot be decided (let through)",
            false => "Gates that cannot be decided",
        };
        text.push_str(&self.faults());
        text.push_str(&self.gates("Gates that fail", GateVerdict::Fail));
        text.push_str(&self.gates(
            "Gates on a figure that the run has not",
            GateVerdict::Absent,
        ));
        text.push_str(&self.gates(inconclusive, GateVerdict::Inconclusive));
        text.push_str(&self.loosened());
        text.push_str(&self.changes());
        text.push_str(&self.moved_by_version());
        text.push_str(&self.edited());
        text.push_str(&self.remarks());
        text.push_str(&self.not_run());
        text.push_str(&ids(
            "New: the baseline does not have them",
            &self.new_ids(),
        ));
        text.push_str(&ids("In the baseline and not in this batch", &self.missing));
        let passing = self.gates("", GateVerdict::Pass);
        if !passing.is_empty() {
            text.push_str(&format!(
                "\n<details><summary>Gates that pass</summary>\n{passing}\n</details>\n"
            ));
        }
        text
    }

    fn gates<'a>(&'a self, heading: &str, verdict: GateVerdict) -> String {
        let of_case = |case: &'a CasePart| case.gates.iter().map(move |gate| (case, gate));
        let gates: Vec<(&CasePart, &GatePart)> = self
            .cases
            .iter()
            .flat_map(of_case)
            .filter(|(_, gate)| gate.verdict == verdict)
            .collect();
        let first = gates.first().map_or(0.0, |(_, gate)| level_of(gate));
        let is_mixed = gates.iter().any(|(_, gate)| level_of(gate) != first);
        let interval = match is_mixed {
            true => ">interval".to_owned(),
            false => format!(">{} interval", level(first)),
        };
        let has_notes = gates.iter().any(|(_, gate)| note(gate).is_some());
        let headings = ["scenario", "gate", "expected", ">estimate", &interval];
        let notes = if has_notes { &["note"][..] } else { &[] };
        let mut table = Table::new(&[&headings, notes, &["where"]].concat());
        for (case, gate) in &gates {
            table.row(gate_row(case, gate, is_mixed, has_notes));
        }
        let mut below = more(&table, gates.iter().map(|(case, _)| *case));
        if let Some(remedy) = gates.iter().find_map(|(_, gate)| remedy(gate)) {
            let first = if gates.len() == 1 { "" } else { "The first: " };
            below.push_str(&format!("\n{first}{}.\n", plain(&remedy)));
        }
        section(heading, table, &below)
    }

    fn faults(&self) -> String {
        let mut table = Table::new(&["where", "what is wrong", "write"]);
        for (fault, case, n) in self.distinct_faults() {
            table.row(fault_row(fault, case, n));
        }
        for (case, why) in self.broken() {
            table.row(vec![code(&case.id), plain(why), String::new()]);
        }
        let below = more(&table, std::iter::empty());
        section("Not answered", table, &below)
    }

    fn changes(&self) -> String {
        let cases = self.cases.iter();
        let changed: Vec<&CasePart> = cases
            .filter(|case| super::tally::is_changed(case))
            .collect();
        let none = ["*every one*", "not compared"];
        figures("Changed against the baseline", &changed, none) + &edits("", &changed)
    }

    fn loosened(&self) -> String {
        let mut table = Table::new(&["gate", "baseline", "now", "where", "in"]);
        let edits = [true, false].map(|is_loosened| self.gate_edits(is_loosened));
        for (edit, cases) in edits.iter().flatten() {
            let (from, to) = edit.sides(currency(cases[0]));
            let now = match &edit.to {
                Some(_) => code(&to),
                None => "*gone*".to_owned(),
            };
            let others = match cases.len() {
                1 => String::new(),
                n => format!(" and {} more", grouped(n as u64 - 1)),
            };
            table.row(vec![
                format!("{} ({})", code(&edit.id), edit.word()),
                code(&from),
                now,
                edit.place
                    .as_ref()
                    .map_or_else(String::new, |place| code(&place.shown())),
                format!("{}{others}", code(&cases[0].id)),
            ]);
        }
        let below = more(&table, std::iter::empty());
        section(
            "Gates that ask something else than in the baseline",
            table,
            &below,
        )
    }

    /// Figures that moved under another value version; where that fails, scenarios of which none did too.
    fn moved_by_version(&self) -> String {
        let is_shown = |case: &&CasePart| match self.is_version_strict {
            true => super::tally::is_of_other_version(case),
            false => case.has_moved_by_version(),
        };
        let cases: Vec<&CasePart> = self.cases.iter().filter(is_shown).collect();
        let heading = match self.is_version_strict {
            true => "Held against another value version",
            false => "Moved under another value version (let through)",
        };
        figures(heading, &cases, ["*none*", "none moved"])
    }

    /// Keys of scenarios whose figures did not change.
    fn edited(&self) -> String {
        let cases = self.cases.iter();
        let edited: Vec<&CasePart> = cases
            .filter(|case| case.changes().is_empty() && !super::tally::is_changed(case))
            .collect();
        edits("Edited, and no figure changed", &edited)
    }

    /// What is said of comparisons besides their figures.
    fn remarks(&self) -> String {
        let mut remarks: BTreeMap<String, usize> = BTreeMap::new();
        for remark in self.cases.iter().filter_map(remark) {
            *remarks.entry(remark).or_default() += 1;
        }
        let line = |(remark, n): (&String, &usize)| {
            format!("\n{}: {}.\n", counted(*n, "scenario"), plain(remark))
        };
        remarks.iter().map(line).collect()
    }

    fn not_run(&self) -> String {
        let mut whys: BTreeMap<&str, usize> = BTreeMap::new();
        for case in &self.cases {
            if let State::NotRun { why, .. } = &case.state {
                *whys.entry(why).or_default() += 1;
            }
        }
        let line = |(why, n): (&&str, &usize)| {
            format!("\n{} not run: {}.\n", counted(*n, "scenario"), plain(why))
        };
        whys.iter().map(line).collect()
    }

    fn new_ids(&self) -> Vec<String> {
        let new = self
            .cases
            .iter()
            .filter(|case| case.against == Some(AgainstPart::New));
        new.map(|case| case.id.clone()).collect()
    }
}

/// Figures of `cases` that are not those of the baseline; of a case without one `none` is said.
fn figures(heading: &str, cases: &[&CasePart], none: [&str; 2]) -> String {
    let mut table = Table::new(&["scenario", "figure", ">baseline", ">now", ">difference"]);
    let mut of_rows = Vec::new();
    for case in cases {
        if case.changes().is_empty() {
            of_rows.push(*case);
            let dash = || "–".to_owned();
            table.row(vec![
                code(&case.id),
                none[0].to_owned(),
                dash(),
                dash(),
                none[1].to_owned(),
            ]);
        }
        for change in case.changes() {
            let moved = moved(change, currency(case));
            table.row(vec![
                code(&case.id),
                code(&change.measure),
                figure(&moved.base),
                figure(&moved.new),
                figure(&moved.difference),
            ]);
            of_rows.push(*case);
        }
    }
    let below = more(&table, of_rows.into_iter()) + "\n± is half the 95 % interval.\n";
    section(heading, table, &below)
}

/// Edited keys of cases; the same edit in many of them is one row.
fn edits(heading: &str, changed: &[&CasePart]) -> String {
    let mut groups: Vec<(&EditPart, Vec<&CasePart>)> = Vec::new();
    for case in changed {
        for edit in case.edits() {
            match groups.iter_mut().find(|(known, _)| *known == edit) {
                Some((_, cases)) if cases.iter().any(|known| known.id == case.id) => {}
                Some((_, cases)) => cases.push(case),
                None => groups.push((edit, vec![case])),
            }
        }
    }
    let mut table = Table::new(&["edited key", "baseline", "now", "where", "in"]);
    for (edit, cases) in groups {
        let cell = |text: &Option<String>, none: &str| match text {
            Some(text) => code(text),
            None => none.to_owned(),
        };
        let others = match cases.len() {
            1 => String::new(),
            n => format!(" and {} more", grouped(n as u64 - 1)),
        };
        table.row(vec![
            code(&edit.key),
            cell(&edit.from, "*none*"),
            cell(&edit.to, "*gone*"),
            edit.place
                .as_ref()
                .map_or_else(String::new, |place| code(&place.shown())),
            format!("{}{others}", code(&cases[0].id)),
        ]);
    }
    let below = more(&table, std::iter::empty());
    section(heading, table, &below)
}

/// `12 more, all with residence=germany`: what the cases that are not shown have in common.
fn more<'a>(table: &Table, cases: impl Iterator<Item = &'a CasePart>) -> String {
    if table.n_more() == 0 {
        return String::new();
    }
    let rest: Vec<&CasePart> = cases.skip(MOST_ROWS).collect();
    let common: Vec<String> = match rest.split_first() {
        None => Vec::new(),
        Some((first, others)) => {
            let choices = first.choices.iter();
            choices
                .filter(|choice| others.iter().all(|case| case.choices.contains(choice)))
                .map(|(axis, value)| code(&format!("{axis}={value}")))
                .collect()
        }
    };
    let common = match common.as_slice() {
        [] => String::new(),
        common => format!(", all with {}", common.join(", ")),
    };
    format!("\n{} more{common}\n", grouped(table.n_more() as u64))
}

fn section(heading: &str, table: Table, below: &str) -> String {
    if table.is_empty() {
        return String::new();
    }
    let heading = match heading {
        "" => String::new(),
        heading => format!("\n### {heading}\n"),
    };
    format!("{heading}\n{}{below}", table.into_text())
}

/// Ids in one line.
fn ids(heading: &str, ids: &[String]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = ids.iter().take(MOST_ROWS).map(|id| code(id)).collect();
    let more = match ids.len().saturating_sub(MOST_ROWS) {
        0 => String::new(),
        n => format!(" and {} more", grouped(n as u64)),
    };
    format!("\n{heading}: {}{more}\n", shown.join(", "))
}

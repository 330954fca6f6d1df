//! Files that could not be read, and the table of all scenarios.
//!
//! In: a [`BatchReport`]. Out: sections of the page. Not here: gates, changes.

use super::super::tally::is_changed;
use super::super::uri::reference;
use super::super::wording::counted;
use super::super::{AgainstPart, BatchReport, CasePart, FaultPart, GateVerdict, State};
use super::{id, message, place};
use crate::report::grouped;
use maud::{Markup, html};

/// Files with more scenarios are folded.
const OPEN: usize = 30;

/// What is wrong with files; nothing if all could be read and simulated.
pub(super) fn faults(report: &BatchReport) -> Markup {
    let (seen, broken) = (report.distinct_faults(), report.broken());
    html! {
        @if !seen.is_empty() || !broken.is_empty() {
            section {
                h2 { "Not answered" }
                @for (fault, case, n) in &seen { (one_fault(fault, case, *n)) }
                @for (case, why) in &broken {
                    div.fault { h3 { (id(&case.id)) } p { (message(why)) } }
                }
            }
        }
    }
}

fn one_fault(fault: &FaultPart, case: &CasePart, n: usize) -> Markup {
    html! {
        div.fault {
            @match &fault.place {
                Some(_) => (place(fault.place.as_ref())),
                None => code.place { (id(&case.file)) },
            }
            @if n > 1 { span.mute { " in " (counted(n, "scenario")) } }
            h3 { (message(&fault.message)) }
            @if !fault.label.is_empty() { p { (message(&fault.label)) } }
            @if !fault.notes.is_empty() {
                dl { @for note in &fault.notes {
                    dt { (note.name) }
                    dd { @if note.name == "write" { code { (note.text) } } @else { (message(&note.text)) } }
                }}
            }
        }
    }
}

/// All scenarios, by file; chosen by what came of them.
pub(super) fn scenarios(report: &BatchReport) -> Markup {
    let mut files: Vec<(&str, Vec<&CasePart>)> = Vec::new();
    for case in &report.cases {
        match files.iter_mut().find(|(file, _)| *file == case.file) {
            Some((_, cases)) => cases.push(case),
            None => files.push((&case.file, vec![case])),
        }
    }
    // files without variants share a table
    let single: Vec<&CasePart> = files
        .iter()
        .filter(|(_, cases)| cases.len() == 1)
        .map(|(_, cases)| cases[0])
        .collect();
    files.retain(|(_, cases)| cases.len() > 1);
    html! {
        @if !report.cases.is_empty() {
            section {
                h2 { "Scenarios" }
                (chips(report))
                @if !single.is_empty() { div.file { (table(report, &single)) } }
                @for (file, cases) in &files { (of_file(report, file, cases)) }
            }
        }
    }
}

fn chips(report: &BatchReport) -> Markup {
    let marks = report.marks();
    html! {
        @if marks.len() > 1 {
            fieldset.chips aria-label="which scenarios are shown" {
                input type="radio" name="only" id="only-any" checked;
                label for="only-any" { "all " (grouped(report.cases.len() as u64)) }
                @for (class, word, n) in marks {
                    input type="radio" name="only" id={ "only-" (class) };
                    label for={ "only-" (class) } { span class={ "dot " (class) } {} (grouped(n as u64)) " " (word) }
                }
            }
        }
    }
}

fn of_file(report: &BatchReport, file: &str, cases: &[&CasePart]) -> Markup {
    html! {
        details.file open[cases.len() <= OPEN] {
            summary {
                b { (id(file)) } " "
                @if let Some(title) = cases.iter().find_map(|case| title(case)) { (title) " · " }
                (counted(cases.len(), "scenario"))
            }
            (table(report, cases))
        }
    }
}

fn title(case: &CasePart) -> Option<&str> {
    match &case.state {
        State::Simulated { title, .. } => Some(title),
        _ => None,
    }
}

fn table(report: &BatchReport, cases: &[&CasePart]) -> Markup {
    let is_alone = cases.iter().all(|case| case.choices.is_empty());
    html! {
        table {
            thead { tr {
                th { "scenario" } th { "came to" } th.figure { "gates passed" }
                th class="wide" { "baseline" } th class="figure wide" { "paths" }
            }}
            tbody.all { @for case in cases { (row(report.named(case), case, title(case).filter(|_| is_alone))) } }
        }
    }
}

fn row((class, word): (&str, &str), case: &CasePart, title: Option<&str>) -> Markup {
    let n_passed = case
        .gates
        .iter()
        .filter(|gate| gate.verdict == GateVerdict::Pass)
        .count();
    html! {
        tr class=(class) {
            td {
                @match &case.state {
                    State::Simulated { report, .. } => a href=(reference(report)) { (id(&case.id)) },
                    _ => (id(&case.id)),
                }
                @if let Some(title) = title { " " span.note { (title) } }
                @if let State::NotRun { why, .. } = &case.state { div.note { (message(why)) } }
            }
            td { span class={ "word " (class) } { (word) } }
            td.figure { @if !case.gates.is_empty() { (n_passed) " of " (case.gates.len()) } }
            td class="wide" { (against(case)) }
            td class="figure wide" {
                @if let State::Simulated { paths, .. } = &case.state { (grouped(*paths)) }
            }
        }
    }
}

fn against(case: &CasePart) -> &'static str {
    match &case.against {
        None => "",
        Some(AgainstPart::New) => "new",
        Some(AgainstPart::Equal) => "equal",
        Some(AgainstPart::Apart { .. }) => "not compared",
        Some(_) if is_changed(case) => "changed",
        Some(AgainstPart::Paired { .. } | AgainstPart::Drifted { .. }) => "within the error",
        Some(AgainstPart::Unpaired {
            is_other_version: true,
            ..
        }) => "other version",
        Some(AgainstPart::Unpaired { .. }) => "unpaired",
    }
}

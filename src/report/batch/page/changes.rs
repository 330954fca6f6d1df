//! What moved against the baseline, and which keys were edited.
//!
//! In: a [`BatchReport`]. Out: a section of the page. Not here: how changes are found.

use super::super::tally::is_changed;
use super::super::wording::{counted, currency, moved, remark};
use super::super::{AgainstPart, BatchReport, CasePart, EditPart};
use super::{id, place};
use maud::{Markup, html};

/// Cases beyond this are folded away.
const SHOWN: usize = 12;

/// The section of the baseline; nothing without one.
pub(super) fn changes(report: &BatchReport) -> Markup {
    let Some(baseline) = &report.baseline else {
        return html! {};
    };
    let cases = report.cases.iter();
    let (changed, others): (Vec<_>, Vec<_>) = cases.partition(|case| is_changed(case));
    let edited: Vec<_> = others
        .into_iter()
        .filter(|case| !case.edits().is_empty() || remark(case).is_some())
        .collect();
    let n_moved = report
        .cases
        .iter()
        .filter(|case| case.has_moved_by_version());
    let n_moved = n_moved.count();
    let (shown, folded) = changed.split_at(changed.len().min(SHOWN));
    html! {
        section {
            h2 { "Against the baseline" }
            p.lead { code { (baseline) } " · a change is beyond the error of a difference, at least 4 standard errors, and beyond the tolerance of the figure; a figure that is gone or new; or another figure of the same model, paths and seed; what is in another currency or over other months is not compared" }
            (gate_edits(report))
            @if changed.is_empty() {
                p {
                    @match n_moved {
                        0 => "No figure changed.",
                        n => {
                            "No figure changed within one value version; "
                            (counted(n, "scenario")) " moved under another."
                        }
                    }
                }
            }
            @for case in shown { (one(case)) }
            @if !folded.is_empty() {
                details {
                    summary { (counted(folded.len(), "more scenario")) " changed" }
                    @for case in folded { (one(case)) }
                }
            }
            @if !edited.is_empty() {
                details {
                    summary { (counted(edited.len(), "scenario")) " edited or compared unpaired, without a change that counts" }
                    @for case in &edited { (one(case)) }
                }
            }
            (list("New: the baseline does not have them", &new(report)))
            (list("In the baseline and not in this batch", &report.missing))
        }
    }
}

/// Gates that ask something else than in the baseline.
fn gate_edits(report: &BatchReport) -> Markup {
    let edits = [true, false].map(|is_loosened| report.gate_edits(is_loosened));
    html! {
        @for (edit, cases) in edits.iter().flatten() {
            div.case {
                header {
                    h3 { (id(&cases[0].id)) }
                    @if cases.len() > 1 { span.mute { "and " (counted(cases.len() - 1, "more scenario")) } }
                }
                div.edits { p {
                    code { (edit.line(currency(cases[0]))) }
                    (place(edit.place.as_ref()))
                } }
            }
        }
    }
}

fn one(case: &CasePart) -> Markup {
    let currency = currency(case);
    html! {
        div.case {
            header { h3 { (id(&case.id)) } @if let Some(remark) = remark(case) { span.mute { (remark) } } }
            (edits(case.edits()))
            @if !case.changes().is_empty() {
                table.moved {
                    thead { tr {
                        th { "figure" } th.figure { "baseline" } th.figure { "now" } th.figure { "difference" }
                    }}
                    tbody { @for change in case.changes() {
                        @let moved = moved(change, currency);
                        tr {
                            td { code { (id(&change.measure)) } }
                            td.figure { (moved.base) } td.figure { (moved.new) }
                            td.figure { span class="word changed" { (moved.difference) } }
                        }
                    }}
                }
            }
        }
    }
}

fn edits(edits: &[EditPart]) -> Markup {
    html! {
        @if !edits.is_empty() {
            div.edits {
                @for edit in edits {
                    p {
                        code { (id(&edit.key)) } code { (edit.what()) }
                        (place(edit.place.as_ref()))
                    }
                }
            }
        }
    }
}

fn new(report: &BatchReport) -> Vec<String> {
    let new = report
        .cases
        .iter()
        .filter(|case| case.against == Some(AgainstPart::New));
    new.map(|case| case.id.clone()).collect()
}

fn list(heading: &str, ids: &[String]) -> Markup {
    html! {
        @if !ids.is_empty() {
            details {
                summary { (heading) ": " (ids.len()) }
                @for one in ids { p { (id(one)) } }
            }
        }
    }
}

//! Every gate with the intervals of all cases that have it, on one axis.
//!
//! In: a [`BatchReport`]. Out: a section of the page. Not here: the drawing (`bars`).

use super::super::wording::{counted, currency, estimate, level, limits, remedy};
use super::super::{BatchReport, CasePart, GatePart, GateVerdict};
use super::bars::{Axis, class};
use super::{id, place};
use crate::report::grouped;
use maud::{Markup, html};

/// Passing cases beyond this are folded away.
const SHOWN_PASSING: usize = 6;

/// Cases with the same gate of the same file.
type Group<'a> = Vec<(&'a CasePart, &'a GatePart)>;

/// The section of all gates; nothing without gates.
pub(super) fn gates(report: &BatchReport) -> Markup {
    let mut groups = groups(report);
    // those that do not pass come first, in the order of the files
    groups.sort_by_key(|group| {
        group
            .iter()
            .all(|(_, gate)| gate.verdict == GateVerdict::Pass)
    });
    html! {
        @if !groups.is_empty() {
            section {
                h2 { "Gates" }
                @for group in &groups { (one(group)) }
            }
        }
    }
}

fn groups(report: &BatchReport) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    for case in &report.cases {
        for gate in &case.gates {
            let is_same = |group: &&mut Group| {
                let (first, known) = group[0];
                let limits = |gate: &GatePart| (gate.above, gate.below, gate.confidence);
                first.file == case.file
                    && (&known.id, &known.measure) == (&gate.id, &gate.measure)
                    && limits(known) == limits(gate)
            };
            match groups.iter_mut().find(is_same) {
                Some(group) => group.push((case, gate)),
                None => groups.push(vec![(case, gate)]),
            }
        }
    }
    groups
}

fn one(group: &Group) -> Markup {
    let (case, gate) = group[0];
    let axis = Axis::new(group);
    let (passing, others): (Vec<_>, Vec<_>) = group
        .iter()
        .copied()
        .partition(|(_, gate)| gate.verdict == GateVerdict::Pass);
    let is_folded = passing.len() > SHOWN_PASSING;
    let shown: Vec<_> = match is_folded {
        true => others.clone(),
        false => others.iter().chain(&passing).copied().collect(),
    };
    let sides = limits(gate, currency(case));
    html! {
        div.gate {
            header {
                h3 { (gate.id) }
                span { code { (gate.measure) " " (sides) } }
                span.mute { (count(group, others.len())) }
                (place(gate.place.as_ref()))
            }
            @if !shown.is_empty() { (forest(&shown, axis.as_ref())) }
            @if is_folded {
                details {
                    summary { (grouped(passing.len() as u64)) " pass" }
                    (forest(&passing, axis.as_ref()))
                }
            }
        }
    }
}

fn count(group: &Group, n_others: usize) -> String {
    match (n_others, group.len()) {
        (0, 1) => "passes".to_owned(),
        (0, n) => format!("all {} pass", grouped(n as u64)),
        (_, 1) => match group[0].1.verdict {
            GateVerdict::Inconclusive => "cannot be decided".to_owned(),
            _ => "does not pass".to_owned(),
        },
        (others, n) => format!(
            "{} of {} do not pass",
            grouped(others as u64),
            counted(n, "scenario")
        ),
    }
}

fn forest(rows: &[(&CasePart, &GatePart)], axis: Option<&Axis>) -> Markup {
    let Some((case, first)) = rows.first() else {
        return html! {};
    };
    let unit = first
        .answer
        .as_ref()
        .map_or("", |answer| answer.unit.as_str());
    html! {
        table.forest {
            thead { tr {
                th.who { "scenario" }
                th.bar { @if let Some(axis) = axis { (axis.labels(unit, currency(case))) } }
                th.figure { "estimate" }
                th class="figure range" { (level(first.confidence)) " interval" }
            }}
            tbody { @for (case, gate) in rows { (row(case, gate, axis)) } }
        }
    }
}

fn row(case: &CasePart, gate: &GatePart, axis: Option<&Axis>) -> Markup {
    let said = estimate(gate, currency(case));
    let (value, interval) = match said {
        Some((value, interval)) => (value, interval.unwrap_or_else(|| "not known".to_owned())),
        None => ("–".to_owned(), "no such figure".to_owned()),
    };
    let notes = [remedy(gate), gate.note.clone()];
    html! {
        tr {
            td.who {
                (id(&case.id))
                @for note in notes.iter().flatten() { div.note { (note) } }
            }
            td.bar { @if let Some(axis) = axis { (axis.bar(gate)) } }
            td.figure { span class={ "word " (class(gate.verdict)) } { (value) } }
            td class="figure range" { (interval) }
        }
    }
}

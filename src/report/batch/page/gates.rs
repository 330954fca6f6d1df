//! Every gate with the intervals of all cases that have it, on one axis.
//!
//! In: a [`BatchReport`]. Out: a section of the page. Not here: the drawing (`bars`).

use super::super::wording::{counted, currency, estimate, later_look, level, level_of, limits};
use super::super::{BatchReport, CasePart, GatePart, GateVerdict};
use super::bars::{Axis, class};
use super::{id, place};
use crate::report::grouped;
use maud::{Markup, html};

/// Passing cases beyond this are folded away.
const SHOWN_PASSING: usize = 6;

/// More axes than this are told by the id.
const MOST_AXES: usize = 4;

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
            @if let Some(remedy) = most_paths(group) { p.note { "Undecided: " (remedy) } }
            @if !shown.is_empty() { (forest(&shown, axis.as_ref())) }
            @if is_folded {
                details {
                    summary { @if others.is_empty() { "their intervals" } @else { (grouped(passing.len() as u64)) " pass" } }
                    (forest(&passing, axis.as_ref()))
                }
            }
        }
    }
}

/// What decides every gate of the group, if that can be told.
fn most_paths(group: &Group) -> Option<String> {
    let paths = group
        .iter()
        .filter_map(|(_, gate)| gate.paths_to_decide)
        .max()?;
    Some(format!(
        "{} paths probably decide; run.paths, or --decide {paths}",
        grouped(paths)
    ))
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
    let axes = axes(rows);
    let unit = first
        .answer
        .as_ref()
        .map_or("", |answer| answer.unit.as_str());
    let is_mixed = rows
        .iter()
        .any(|(_, gate)| level_of(gate) != level_of(first));
    let common = in_common(case, &axes);
    html! {
        @if !common.is_empty() { p.note { "all with " (id(&common.join(", "))) } }
        table.forest {
            thead { tr {
                th.who { (cells(axes.iter().map(|axis| axis.as_str()))) @if axes.is_empty() { "scenario" } }
                th.bar { @if let Some(axis) = axis { (axis.labels(unit, currency(case))) } }
                th.figure { "estimate" }
                th class="figure range" { @if is_mixed { "interval" } @else { (level(level_of(first))) " interval" } }
            }}
            tbody { @for (case, gate) in rows { (row(case, gate, axis, &axes)) } }
        }
    }
}

/// Axes in which the rows differ, if every row says where it stands on each; then their values are
/// all that is worth a column.
fn axes(rows: &[(&CasePart, &GatePart)]) -> Vec<String> {
    let Some(((first, _), others)) = rows.split_first() else {
        return Vec::new();
    };
    let names = |case: &CasePart| -> Vec<String> {
        case.choices.iter().map(|(axis, _)| axis.clone()).collect()
    };
    if others.is_empty() || others.iter().any(|(case, _)| names(case) != names(first)) {
        return Vec::new();
    }
    let is_same = |axis: &String| {
        others
            .iter()
            .all(|(case, _)| chosen(case, axis) == chosen(first, axis))
    };
    let axes: Vec<String> = names(first)
        .into_iter()
        .filter(|axis| !is_same(axis))
        .collect();
    match axes.len() {
        0..=MOST_AXES => axes,
        _ => Vec::new(),
    }
}

/// What the rows, which differ in `axes`, all choose; nothing where each is told by its id.
fn in_common(first: &CasePart, axes: &[String]) -> Vec<String> {
    let choices = first.choices.iter().filter(|_| !axes.is_empty());
    choices
        .filter(|(axis, _)| !axes.contains(axis))
        .map(|(axis, value)| format!("{axis}={value}"))
        .collect()
}

fn chosen<'a>(case: &'a CasePart, axis: &str) -> Option<&'a str> {
    let choice = case.choices.iter().find(|(known, _)| known == axis);
    choice.map(|(_, value)| value.as_str())
}

/// Texts side by side, in columns that all rows share.
fn cells<'a>(texts: impl Iterator<Item = &'a str>) -> Markup {
    let texts: Vec<&str> = texts.collect();
    html! {
        @if !texts.is_empty() {
            div.cells style={ "grid-template-columns:repeat(" (texts.len()) ",1fr)" } {
                @for text in texts { span { (id(text)) } }
            }
        }
    }
}

fn row(case: &CasePart, gate: &GatePart, axis: Option<&Axis>, axes: &[String]) -> Markup {
    let said = estimate(gate, currency(case));
    let (value, interval) = match said {
        Some((value, interval)) => (value, interval.unwrap_or_else(|| "not known".to_owned())),
        None => ("–".to_owned(), "no such figure".to_owned()),
    };
    html! {
        tr {
            td.who title=(case.id) {
                @if axes.is_empty() { (id(&case.id)) }
                @else { (cells(axes.iter().filter_map(|axis| chosen(case, axis)))) }
                @if let Some(look) = later_look(gate) { div.note { (look) } }
                @if let Some(note) = &gate.note { div.note { (note) } }
            }
            td.bar { @if let Some(axis) = axis { (axis.bar(gate)) } }
            td.figure { span class={ "word " (class(gate.verdict)) } { (value) } }
            td class="figure range" { (interval) }
        }
    }
}

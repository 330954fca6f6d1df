//! Gates that do not pass, those of the same expectation together.
//!
//! In: the gates of a batch. Out: the blocks FAIL and INCONCLUSIVE. Not here: verdicts (`gate`).

use super::super::wording::{
    counted, currency, estimate, later_look, level, level_of, limits, remedy,
};
use super::super::{BatchReport, CasePart, GatePart, GateVerdict};
use super::rows::{heading, more, rows, shown, title};
use crate::report::layout::Page;

/// Expectations of which the scenarios are listed.
const GROUPS: usize = 12;

/// A gate and the scenario it is one of.
type Failing<'r> = (&'r CasePart, &'r GatePart);

impl BatchReport {
    pub(super) fn write_gates(&self, page: &mut Page) {
        let of = |wanted: fn(GateVerdict) -> bool| -> Vec<Failing<'_>> {
            let gates = self.cases.iter();
            let gates = gates.flat_map(|case| case.gates.iter().map(move |gate| (case, gate)));
            gates.filter(|(_, gate)| wanted(gate.verdict)).collect()
        };
        let failing = of(|verdict| matches!(verdict, GateVerdict::Fail | GateVerdict::Absent));
        let groups = by_expectation(&failing);
        for group in groups.iter().take(GROUPS) {
            write_group(page, "FAIL  ", group);
            page.gap();
        }
        if groups.len() > GROUPS {
            let n: usize = groups[GROUPS..].iter().map(Vec::len).sum();
            page.wrapped(&format!(
                "{} of {} fail as well.",
                counted(n, "gate"),
                counted(groups.len() - GROUPS, "other expectation")
            ));
            page.gap();
        }
        let undecided = of(|verdict| verdict == GateVerdict::Inconclusive);
        if undecided.is_empty() {
            return;
        }
        let meaning = match self.inconclusive_passes {
            true => "let through, as was asked",
            false => "counts as a failure; --inconclusive pass lets it through",
        };
        title(page, "INCONCLUSIVE", meaning);
        for group in by_expectation(&undecided).iter().take(GROUPS) {
            write_group(page, "  ", group);
        }
        page.gap();
    }
}

/// Gates with one id, measure, limits and confidence, in the order of the first of each.
fn by_expectation<'r>(gates: &[Failing<'r>]) -> Vec<Vec<Failing<'r>>> {
    let mut groups: Vec<Vec<Failing<'r>>> = Vec::new();
    for one in gates {
        let key = |(_, gate): &Failing<'_>| {
            let bits = |limit: Option<f64>| limit.map(f64::to_bits);
            let limits = (
                bits(gate.above),
                bits(gate.below),
                gate.confidence.to_bits(),
            );
            (gate.id.clone(), gate.measure.clone(), limits)
        };
        match groups.iter_mut().find(|group| key(&group[0]) == key(one)) {
            Some(group) => group.push(*one),
            None => groups.push(vec![*one]),
        }
    }
    groups
}

fn write_group(page: &mut Page, indent: &str, group: &[Failing<'_>]) {
    let (case, gate) = group[0];
    let asked = limits(gate, currency(case));
    let title = format!("{indent}{}: {} {asked}", gate.id, gate.measure);
    let level_of_first = level_of(gate);
    let columns = match group
        .iter()
        .all(|(_, gate)| level_of(gate) == level_of_first)
    {
        true => format!("estimate [{} interval]", level(level_of_first)),
        false => "estimate [interval]".to_owned(),
    };
    heading(
        page,
        &title,
        if gate.answer.is_some() { &columns } else { "" },
    );
    let n_shown = shown(group.len());
    let figures: Vec<(&str, String)> = group[..n_shown]
        .iter()
        .map(|(case, gate)| (case.id.as_str(), figure(case, gate)))
        .collect();
    // each with what is to be said of it below
    let said: Vec<Option<String>> = group[..n_shown]
        .iter()
        .map(|(_, gate)| said(gate))
        .collect();
    match said.iter().all(Option::is_none) {
        true => rows(page, &figures),
        false => {
            for (row, said) in figures.iter().zip(said) {
                rows(page, std::slice::from_ref(row));
                if let Some(said) = said {
                    page.indented_by(6, &said);
                }
            }
        }
    }
    let rest: Vec<&CasePart> = group[n_shown..].iter().map(|(case, _)| *case).collect();
    if let Some(more) = more(&rest) {
        page.hanging(&more);
    }
}

/// `0.171 [0.161, 0.181]`
fn figure(case: &CasePart, gate: &GatePart) -> String {
    match estimate(gate, currency(case)) {
        None => "no such figure".to_owned(),
        Some((value, Some(interval))) if gate.is_uncertain() => format!("{value} {interval}"),
        Some((value, _)) => value,
    }
}

/// At which look it was judged, its note, and what decides it.
fn said(gate: &GatePart) -> Option<String> {
    let parts = [later_look(gate), gate.note.clone(), remedy(gate)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

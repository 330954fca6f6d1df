//! Gates, those of the same expectation together.
//!
//! In: the gates of a batch. Out: the topics FAIL, INCONCLUSIVE and, folded, what passes. Not here:
//! verdicts (`gate`).

use super::super::gate_edits::currency;
use super::super::{BatchReport, CasePart, GatePart, GateVerdict};
use super::{Room, at, more};
use crate::figure::counted;
use crate::page::{Block, Cell, Document, Table, Text};
use crate::report::gate::text::{figure, later_look, level_of, remedy};
use crate::study::alike_by;
use crate::units::per_cent;

/// A gate and the scenario it is one of.
type Asked<'r> = (&'r CasePart, &'r GatePart);

impl BatchReport {
    pub(super) fn write_gates(&self, page: &mut Document, room: Room) {
        self.write_verdicts(page, room, ("FAIL", ""), |verdict| {
            matches!(verdict, GateVerdict::Fail | GateVerdict::Absent)
        });
        let meaning = match self.inconclusive_passes {
            true => "let through, as was asked",
            false => "counts as a failure; `--inconclusive pass` lets it through",
        };
        self.write_verdicts(page, room, ("INCONCLUSIVE", meaning), |verdict| {
            verdict == GateVerdict::Inconclusive
        });
    }

    /// What passes, for whoever opens it.
    pub(super) fn write_passing(&self, page: &mut Document, room: Room) {
        let mut inner = Document::default();
        let groups = self.by_expectation(|verdict| verdict == GateVerdict::Pass);
        if write_groups(&mut inner, room, &groups) {
            page.push(Block::Fold("Gates that pass".into(), inner.blocks));
        }
    }

    fn write_verdicts(
        &self,
        page: &mut Document,
        room: Room,
        (word, meaning): (&str, &str),
        is_wanted: fn(GateVerdict) -> bool,
    ) {
        let mut inner = Document::default();
        if write_groups(&mut inner, room, &self.by_expectation(is_wanted)) {
            page.heading(word, Text::message(meaning));
            page.blocks.extend(inner.blocks);
            page.gap();
        }
    }

    /// Gates with one id, measure, limits and confidence, in the order of the first of each.
    fn by_expectation(&self, is_wanted: fn(GateVerdict) -> bool) -> Vec<Vec<Asked<'_>>> {
        let gates = self.cases.iter();
        let gates = gates.flat_map(|case| case.gates.iter().map(move |gate| (case, gate)));
        let key = |(_, gate): &Asked<'_>| {
            let bits = |limit: Option<f64>| limit.map(f64::to_bits);
            let confidence = gate.confidence.to_bits();
            let limits = (bits(gate.above), bits(gate.below), confidence);
            (gate.id.clone(), gate.measure.clone(), limits)
        };
        let wanted = gates.filter(|(_, gate)| is_wanted(gate.verdict));
        alike_by(wanted, key)
    }
}

/// Groups, those that have no room counted; whether there are any.
fn write_groups(page: &mut Document, room: Room, groups: &[Vec<Asked<'_>>]) -> bool {
    for group in groups.iter().take(room.groups) {
        write_group(page, room, group);
    }
    if let Some(rest) = groups.get(room.groups..).filter(|rest| !rest.is_empty()) {
        let n = rest.iter().map(Vec::len).sum();
        let (gates, others) = (counted(n, "gate"), counted(rest.len(), "other expectation"));
        page.sentence(format!("{gates} of {others} as well."));
    }
    !groups.is_empty()
}

/// What is expected, and the figure of every scenario of which it is.
fn write_group(page: &mut Document, room: Room, group: &[Asked<'_>]) {
    let (case, gate) = group[0];
    let id = Text::code(gate.id.as_str());
    let title = id.and(": ").and(Text::code(gate.asked(currency(case))));
    let has_one_place = group.iter().all(|(_, other)| other.place == gate.place);
    page.sentence(at(title, gate.place.as_ref().filter(|_| has_one_place)));
    let level_of_first = level_of(gate);
    let has_one_level = group
        .iter()
        .all(|(_, gate)| level_of(gate) == level_of_first);
    let interval = match has_one_level {
        true => format!(">{} interval", per_cent(level_of_first)),
        false => ">interval".to_owned(),
    };
    let mut table = Table::new(&["scenario", ">estimate", &interval, "?where"]);
    let n_shown = room.shown(group.len());
    for (case, gate) in &group[..n_shown] {
        let (value, interval) = estimate(case, gate);
        let place = gate.place.as_ref().filter(|_| !has_one_place);
        let place = place.map_or_else(|| "".into(), |place| Cell::code(place.shown()));
        let cells = vec![Cell::code(&case.id), value.into(), interval.into(), place];
        table.row_with(cells, said(gate).into_iter().collect());
    }
    page.table(table.without_empty());
    let rest: Vec<&CasePart> = group[n_shown..].iter().map(|(case, _)| *case).collect();
    if let Some(more) = more(&rest) {
        page.sentence(more);
    }
}

/// `17.1 %` and `[16.1 %, 18.1 %]`
fn estimate(case: &CasePart, gate: &GatePart) -> (String, String) {
    match figure(gate, currency(case)) {
        None => ("no such figure".to_owned(), String::new()),
        Some((value, Some([low, high]))) if gate.is_uncertain() => {
            (value, format!("[{low}, {high}]"))
        }
        Some((value, Some(_))) => (value, String::new()),
        Some((value, None)) => (value, "not known".to_owned()),
    }
}

/// At which look it was judged, its note, and what decides it.
fn said(gate: &GatePart) -> Option<Text> {
    let parts = [later_look(gate), gate.note.clone(), remedy(gate)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| Text::message(&parts.join("; ")))
}

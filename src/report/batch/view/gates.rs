//! Gates, those of the same expectation together.
//!
//! In: the gates of a batch. Out: [`GateGroup`]s. Not here: verdicts (`gate`), words (`templates`).

use super::super::gate_edits::currency;
use super::super::{BatchReport, CasePart, GatePart, GateVerdict, PlacePart};
use super::{Few, Room, in_common};
use crate::report::gate::GateView;
use crate::study::alike_by;
use serde::Serialize;

/// One expectation and the scenarios of which it is.
#[derive(Debug, Serialize)]
pub struct GateGroup<'r> {
    /// The gate of the first scenario.
    pub gate: GateView<'r>,
    /// Where the gate stands, if all have one place.
    pub place: Option<&'r PlacePart>,
    /// The level of the intervals, if all have one.
    pub level: Option<f64>,
    pub rows: Few<GateRow<'r>>,
    /// What the scenarios choose alike that have no row.
    pub common: Vec<String>,
}

/// The gate of one scenario.
#[derive(Debug, Serialize)]
pub struct GateRow<'r> {
    pub id: &'r str,
    pub gate: GateView<'r>,
    /// Where it stands, if that differs among the scenarios.
    pub place: Option<&'r PlacePart>,
}

type Asked<'r> = (&'r CasePart, &'r GatePart);

impl BatchReport {
    /// Gates of a verdict with one id, measure, limits and confidence, in the order of the first of each.
    pub(super) fn gate_groups(
        &self,
        room: Room,
        is_wanted: fn(GateVerdict) -> bool,
    ) -> Few<GateGroup<'_>> {
        let gates = self.cases.iter();
        let gates = gates.flat_map(|case| case.gates.iter().map(move |gate| (case, gate)));
        let wanted = gates.filter(|(_, gate)| is_wanted(gate.verdict));
        let groups = alike_by(wanted, |(_, gate)| {
            let limits = [gate.above, gate.below].map(|limit| limit.map(f64::to_bits));
            (
                gate.id.clone(),
                gate.measure.clone(),
                limits,
                gate.confidence.to_bits(),
            )
        });
        Few::of(groups.iter().map(|group| grouped(room, group)), room.groups)
    }
}

fn grouped<'r>(room: Room, group: &[Asked<'r>]) -> GateGroup<'r> {
    let (case, gate) = group[0];
    let level = |gate: &GatePart| {
        gate.answer
            .as_ref()
            .map_or(gate.confidence, |answer| answer.level)
    };
    let has_one_place = group.iter().all(|(_, other)| other.place == gate.place);
    let has_one_level = group.iter().all(|(_, other)| level(other) == level(gate));
    // never all but one
    let n_shown = if group.len() <= room.rows {
        group.len()
    } else {
        room.rows - 1
    };
    let rest: Vec<&CasePart> = group[n_shown..].iter().map(|(case, _)| *case).collect();
    let rows = group.iter().map(|(case, gate)| GateRow {
        id: &case.id,
        gate: GateView::new(gate, currency(case)),
        place: gate.place.as_ref().filter(|_| !has_one_place),
    });
    GateGroup {
        gate: GateView::new(gate, currency(case)),
        place: gate.place.as_ref().filter(|_| has_one_place),
        level: has_one_level.then(|| level(gate)),
        rows: Few::of(rows, n_shown),
        common: in_common(&rest),
    }
}

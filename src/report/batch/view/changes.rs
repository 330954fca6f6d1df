//! Figures that are not those of the baseline, scenarios with the same edits together.
//!
//! In: what was compared. Out: [`ChangeGroup`]s. Not here: comparing (`baseline`), words (`templates`).

use super::super::facts::ChangeView;
use super::super::gate_edits::size;
use super::super::{AgainstPart, BatchReport, CasePart, ChangePart, EditPart, How, PlacePart};
use super::{Few, Room, in_common};
use crate::study::alike;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Scenarios that one edited place reaches.
#[derive(Debug, Serialize)]
pub struct ChangeGroup<'r> {
    /// The scenario whose file holds the edit, else the one that moved most.
    pub id: &'r str,
    /// Figures of this scenario that moved most, in errors.
    pub changes: Few<ChangeView<'r>>,
    pub why: Option<&'r str>,
    /// Edits of all of them, each once.
    pub edits: Few<&'r EditPart>,
    /// True if the figures moved path by path and no key was edited.
    pub has_no_edit: bool,
    /// The other scenarios that the edit reaches.
    pub others: Few<&'r str>,
    pub common: Vec<String>,
    /// True if all of them have the same edits.
    pub is_same: bool,
}

impl BatchReport {
    /// Scenarios that were held against the baseline with one ending.
    pub(super) fn change_groups(
        &self,
        room: Room,
        has: fn(&CasePart, &AgainstPart) -> bool,
    ) -> Few<ChangeGroup<'_>> {
        let is_wanted =
            |case: &&CasePart| case.against.as_ref().is_some_and(|found| has(case, found));
        let groups = by_place(self.cases.iter().filter(is_wanted).collect());
        Few::of(groups.iter().map(|group| grouped(room, group)), room.groups)
    }
}

/// Cases that one edited place reaches, the case whose file holds it first, else the one that moved most; cases without
/// a place are alike by their edits. Groups with the file that holds their edit come first.
fn by_place<'c>(cases: Vec<&'c CasePart>) -> Vec<Vec<&'c CasePart>> {
    let places = |case: &'c CasePart| case.edits().iter().filter_map(|edit| edit.place.as_ref());
    let mut reached: BTreeMap<&PlacePart, usize> = BTreeMap::new();
    for place in cases.iter().flat_map(|case| places(case)) {
        *reached.entry(place).or_default() += 1;
    }
    // of several edits that which most cases have
    let shared = |case: &'c CasePart| {
        let mut all: Vec<&PlacePart> = places(case).collect();
        all.sort_by_key(|place| Reverse(reached[place]));
        all.first().copied()
    };
    let why = |case: &'c CasePart| case.against.as_ref().and_then(|found| found.why.as_ref());
    let mut groups = alike(cases, |a, b| {
        let is_reached = match (shared(a), shared(b)) {
            (None, None) => a.edits() == b.edits(),
            (a, b) => a == b,
        };
        is_reached
            && a.how() == b.how()
            && why(a) == why(b)
            && a.changes().is_empty() == b.changes().is_empty()
    });
    let holds = |case: &'c CasePart| shared(case).is_some_and(|place| place.file == case.file);
    for group in &mut groups {
        group.sort_by(|a, b| {
            let by_file = holds(b).cmp(&holds(a));
            by_file.then_with(|| b.largest_change().total_cmp(&a.largest_change()))
        });
    }
    groups.sort_by_key(|group| !holds(group[0]));
    groups
}

fn grouped<'r>(room: Room, group: &[&'r CasePart]) -> ChangeGroup<'r> {
    let case = group[0];
    let mut edits: Vec<&EditPart> = Vec::new();
    for edit in group.iter().flat_map(|case| case.edits()) {
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    ChangeGroup {
        id: &case.id,
        changes: largest(room, case),
        why: case.against.as_ref().and_then(|found| found.why.as_deref()),
        has_no_edit: edits.is_empty() && case.how() == Some(How::Paired),
        edits: Few::of(edits, room.groups),
        others: Few::of(group[1..].iter().map(|case| &*case.id), room.names),
        common: in_common(&group[1..]),
        is_same: group.iter().all(|other| other.edits() == case.edits()),
    }
}

/// The figures that moved most, in errors.
fn largest<'r>(room: Room, case: &'r CasePart) -> Few<ChangeView<'r>> {
    let mut changes: Vec<&ChangePart> = case.changes().iter().collect();
    changes.sort_by(|a, b| {
        let by_size = size(b).total_cmp(&size(a));
        by_size.then_with(|| a.measure.cmp(&b.measure))
    });
    let views = changes
        .into_iter()
        .map(|change| ChangeView::new(case, change));
    Few::of(views, room.groups)
}

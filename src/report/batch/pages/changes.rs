//! Figures that are not those of the baseline, scenarios with the same edits together.
//!
//! In: what was compared. Out: the topics CHANGED, EDITED, OTHER VERSION and UNPAIRED. Not here: comparing
//! (`baseline`).

use super::super::gate_edits::size;
use super::super::{AgainstPart, BatchReport, CasePart, ChangePart, EditPart, How, PlacePart};
use super::{Room, in_common, moved_cells, open};
use crate::figure::counted;
use crate::page::{Block, Cell, Document, Table, Text};
use crate::study::alike;
use std::cmp::Reverse;
use std::collections::BTreeMap;

impl BatchReport {
    pub(super) fn write_changes(&self, page: &mut Document, room: Room, is_update: bool) {
        let changed = open("against the baseline", is_update);
        let mut topic = |word, meaning: &str, has: fn(&AgainstPart) -> bool| {
            self.write_topic(page, room, (word, meaning), has);
        };
        topic("CHANGED", &changed, AgainstPart::is_changed);
        let edited = "and no figure moved by more than its error and its tolerance";
        topic("EDITED", edited, |found| {
            found.how == How::Paired && !found.is_changed() && !found.edits.is_empty()
        });
        let version = match self.is_version_strict {
            true => "its figures may be others; that fails, as was asked",
            false => "its figures may be others; let through without `--strict-version`",
        };
        topic("OTHER VERSION", version, |found| {
            found.how == How::OtherVersion
        });
        let unpaired = "compared by their errors alone, and not found to be changed";
        topic("UNPAIRED", unpaired, |found| {
            found.how == How::Unpaired && !found.is_changed()
        });
    }

    /// Scenarios that were held against the baseline with one ending.
    fn write_topic(
        &self,
        page: &mut Document,
        room: Room,
        (word, meaning): (&str, &str),
        has: fn(&AgainstPart) -> bool,
    ) {
        let cases = self.cases.iter();
        let cases = cases.filter(|case| case.against.as_ref().is_some_and(has));
        let groups = by_place(cases.collect());
        if groups.is_empty() {
            return;
        }
        page.heading(word, Text::message(meaning));
        for group in groups.iter().take(room.groups) {
            write_group(page, room, group);
        }
        if let Some(rest) = groups.get(room.groups..).filter(|rest| !rest.is_empty()) {
            let ids = rest.iter().flatten().map(|case| case.id.as_str());
            page.sentence(Text::from("after other edits: ").and(room.listed(ids)));
        }
        page.gap();
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
    // what inherits an edit comes after the file that holds it
    groups.sort_by_key(|group| !holds(group[0]));
    groups
}

/// The figures of the first of a group, why and by which edits they moved, and who else has these.
fn write_group(page: &mut Document, room: Room, group: &[&CasePart]) {
    let case = group[0];
    let why = case.against.as_ref().and_then(|found| found.why.as_ref());
    let has_figures = write_figures(page, room, case);
    match (has_figures, why) {
        (true, Some(why)) => page.sentence(Text::message(why)),
        (true, None) => {}
        (false, Some(why)) => {
            let id = Text::code(case.id.as_str());
            page.sentence(id.and(": ").and(Text::message(why)));
        }
        (false, None) => page.sentence(Text::code(case.id.as_str())),
    }
    write_edits(page, room, group);
    if room.is_whole {
        for case in &group[1..] {
            write_figures(page, room, case);
        }
    }
}

/// What was edited in a group, each edit once, and who else than the first has these edits.
fn write_edits(page: &mut Document, room: Room, group: &[&CasePart]) {
    let case = group[0];
    let mut edits: Vec<&EditPart> = Vec::new();
    for edit in group.iter().flat_map(|case| case.edits()) {
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    let of_edit = |edit: &&EditPart| {
        let what = match edits.len() {
            1 => "the one edit: ",
            _ => "edit: ",
        };
        Text::from(what).and(edit.text())
    };
    let mut items: Vec<Text> = edits.iter().take(room.figures).map(of_edit).collect();
    if edits.is_empty() && case.how() == Some(How::Paired) {
        items.push("no key was edited".into());
    }
    if edits.len() > room.figures {
        items.push(counted(edits.len() - room.figures, "more edit").into());
    }
    let is_of_base = |edit: &EditPart| {
        let place = edit.place.as_ref();
        place.is_some_and(|place| place.file != case.file)
    };
    if group.len() > 1 {
        let is_same = group.iter().all(|other| other.edits() == case.edits());
        let same = match edits.as_slice() {
            [] => "",
            [edit] if is_of_base(edit) => ", same edit in their base",
            [_] => ", same edit",
            _ if is_same => ", same edits",
            _ => ", the edit that they share and others",
        };
        items.push(others(&group[1..], room).and(same));
    }
    if !items.is_empty() {
        page.push(Block::List(items));
    }
}

/// `also a, b and 3 more, all with residence=germany`
fn others(cases: &[&CasePart], room: Room) -> Text {
    let ids = room.listed(cases.iter().map(|case| case.id.as_str()));
    let text = Text::from("also ").and(ids);
    match in_common(cases).as_slice() {
        [] => text,
        _ if cases.len() == 1 => text,
        common => text.and(format!(", all with {}", common.join(", "))),
    }
}

/// The figures that moved most, in errors; whether there are any.
fn write_figures(page: &mut Document, room: Room, case: &CasePart) -> bool {
    let Some(against) = &case.against else {
        return false;
    };
    let mut changes: Vec<&ChangePart> = against.changes.iter().collect();
    changes.sort_by(|a, b| {
        let by_size = size(b).total_cmp(&size(a));
        by_size.then_with(|| a.measure.cmp(&b.measure))
    });
    if changes.is_empty() {
        return false;
    }
    let difference = match against.how {
        How::Paired => ">paired difference",
        _ => ">difference",
    };
    page.sentence(Text::code(case.id.as_str()));
    let mut table = Table::new(&["figure", ">baseline", ">now", difference, ""]);
    for change in changes.iter().take(room.figures) {
        let mut row = vec![Cell::code(change.measure.as_str())];
        row.extend(moved_cells(case, change));
        table.row(row);
    }
    page.table(table);
    if changes.len() > room.figures {
        page.sentence(counted(changes.len() - room.figures, "more figure"));
    }
    true
}

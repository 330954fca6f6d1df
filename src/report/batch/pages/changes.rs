//! Figures that are not those of the baseline, scenarios with the same edits together.
//!
//! In: what was compared. Out: the topics CHANGED, LOOSENED, GATES EDITED, EDITED, OTHER VERSION and
//! UNPAIRED. Not here: comparing (`baseline`).

use super::super::tally::{is_changed, is_of_other_version};
use super::super::wording::{currency, moved, remark, size};
use super::super::{AgainstPart, BatchReport, CasePart, ChangePart, EditPart};
use super::{Room, more};
use crate::figure::counted;
use crate::page::{Block, Cell, Document, Table, Text, Tone};

/// What is left to be done about a change.
const UPDATE: &str = "If that is right: `--update-baseline`.";

impl BatchReport {
    pub(super) fn write_changes(&self, page: &mut Document, room: Room, is_update: bool) {
        self.write_changed(page, room, is_update);
        self.write_gate_edits(page, room, is_update);
        self.write_edited(page, room);
        self.write_other_version(page, room);
        self.write_unpaired(page, room);
    }

    fn write_changed(&self, page: &mut Document, room: Room, is_update: bool) {
        let of = |wanted: fn(&AgainstPart) -> bool| -> Vec<&CasePart> {
            let changed = self.cases.iter().filter(|case| is_changed(case));
            changed
                .filter(|case| case.against.as_ref().is_some_and(wanted))
                .collect()
        };
        let moved = of(|part| {
            !matches!(
                part,
                AgainstPart::Drifted { .. } | AgainstPart::Apart { .. }
            )
        });
        let is_known = |change: &ChangePart| change.std_error.is_some();
        let beyond = match moved.iter().all(|case| case.changes().iter().all(is_known)) {
            true => "against the baseline: beyond its error and its tolerance",
            false => "against the baseline",
        };
        for (meaning, cases) in [
            (beyond, moved),
            (
                "so that no figure compares with the baseline",
                of(|part| matches!(part, AgainstPart::Apart { .. })),
            ),
            (
                "against the baseline of the same model",
                of(|part| matches!(part, AgainstPart::Drifted { .. })),
            ),
        ] {
            if cases.is_empty() {
                continue;
            }
            page.heading("CHANGED", meaning);
            write_groups(page, room, &cases);
            if !is_update {
                page.sentence(Text::message(UPDATE));
            }
            page.gap();
        }
    }

    /// Gates that do not ask what they asked.
    fn write_gate_edits(&self, page: &mut Document, room: Room, is_update: bool) {
        for (word, meaning, is_loosened) in [
            ("LOOSENED", "gates that ask less than in the baseline", true),
            (
                "GATES EDITED",
                "and asking no less than in the baseline",
                false,
            ),
        ] {
            let groups = self.gate_edits(is_loosened);
            if groups.is_empty() {
                continue;
            }
            page.heading(word, meaning);
            let mut items = Vec::new();
            for (edit, cases) in groups.iter().take(room.groups) {
                let mut item = Text::code(&*cases[0].id).and(": ");
                item = item.and(edit.line(currency(cases[0])));
                if let Some(place) = &edit.place {
                    item = item.and(" at ").and(Text::code(place.shown()));
                }
                if let Some(others) = more(&cases[1..]) {
                    item = item.and(format!("; {others}"));
                }
                items.push(item);
            }
            page.push(Block::List(items));
            if groups.len() > room.groups {
                page.sentence(counted(groups.len() - room.groups, "more gate"));
            }
            if is_loosened && !is_update {
                page.sentence(Text::message(UPDATE));
            }
            page.gap();
        }
    }

    /// Scenarios that are not what they were and whose figures are.
    fn write_edited(&self, page: &mut Document, room: Room) {
        let is_edited = |case: &&CasePart| {
            let is_paired = matches!(case.against, Some(AgainstPart::Paired { .. }));
            is_paired && case.changes().is_empty() && !case.edits().is_empty()
        };
        let edited: Vec<&CasePart> = self.cases.iter().filter(is_edited).collect();
        if edited.is_empty() {
            return;
        }
        let meaning = "and no figure moved by more than its error and its tolerance";
        page.heading("EDITED", meaning);
        write_groups(page, room, &edited);
        page.gap();
    }

    fn write_other_version(&self, page: &mut Document, room: Room) {
        let cases = || self.cases.iter().filter(|case| is_of_other_version(case));
        let Some(AgainstPart::Unpaired { why, .. }) =
            cases().next().and_then(|case| case.against.as_ref())
        else {
            return;
        };
        let meaning = match self.is_version_strict {
            true => "that fails with `--strict-version`",
            false => "that does not fail without `--strict-version`",
        };
        page.heading("OTHER VERSION", Text::message(&format!("{why}; {meaning}")));
        let (moved, still): (Vec<&CasePart>, Vec<&CasePart>) =
            cases().partition(|case| !case.changes().is_empty());
        for case in &moved[..room.shown(moved.len())] {
            write_figures(page, room, case);
        }
        if let Some(more) = more(&moved[room.shown(moved.len())..]) {
            page.sentence(format!("{more} moved too"));
        }
        if !still.is_empty() {
            let none = "no figure moved by more than its error and its tolerance";
            let ids = room.listed(still.iter().map(|case| case.id.as_str()));
            page.sentence(ids.and(format!(": {none}.")));
        }
        page.gap();
    }

    /// Scenarios whose figures did not change as far as independent runs can tell.
    fn write_unpaired(&self, page: &mut Document, room: Room) {
        let is_unpaired = |case: &&CasePart| {
            matches!(case.against, Some(AgainstPart::Unpaired { .. }))
                && !is_of_other_version(case)
                && case.changes().is_empty()
        };
        let cases: Vec<&CasePart> = self.cases.iter().filter(is_unpaired).collect();
        let Some(AgainstPart::Unpaired { why, .. }) =
            cases.first().and_then(|case| case.against.as_ref())
        else {
            return;
        };
        let meaning = "compared by their errors alone, and not found to be changed";
        page.heading("UNPAIRED", meaning);
        let ids = room.listed(cases.iter().map(|case| case.id.as_str()));
        page.sentence(ids.and(format!(": {why}")));
        page.gap();
    }
}

/// Cases by their edits, the figures of the first of each.
fn write_groups(page: &mut Document, room: Room, cases: &[&CasePart]) {
    let groups = by_edits(cases);
    for group in groups.iter().take(room.groups) {
        write_figures(page, room, group[0]);
        if let Some(remark) = remark(group[0]) {
            page.sentence(remark);
        }
        write_edits(page, room, group);
        if room.is_whole {
            for case in &group[1..] {
                write_figures(page, room, case);
            }
        }
    }
    if let Some(rest) = groups.get(room.groups..).filter(|rest| !rest.is_empty()) {
        let ids = rest.iter().flatten().map(|case| case.id.as_str());
        page.sentence(Text::from("after other edits: ").and(room.listed(ids)));
    }
}

/// Cases with the same edits and the same reason, in the order of the first of each.
fn by_edits<'r>(cases: &[&'r CasePart]) -> Vec<Vec<&'r CasePart>> {
    let mut groups: Vec<Vec<&'r CasePart>> = Vec::new();
    for case in cases {
        let is_alike = |group: &&mut Vec<&CasePart>| {
            group[0].edits() == case.edits() && remark(group[0]) == remark(case)
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(case),
            None => groups.push(vec![case]),
        }
    }
    groups
}

/// What was edited in the first of a group, and who else has these edits.
fn write_edits(page: &mut Document, room: Room, group: &[&CasePart]) {
    let case = group[0];
    let edits = case.edits();
    let of_edit = |edit: &EditPart| {
        let what = if edits.len() == 1 {
            "the one edit: "
        } else {
            "edit: "
        };
        let key = Text::code(edit.key.as_str());
        let text = Text::from(what).and(key).and(format!(" {}", edit.what()));
        match &edit.place {
            Some(place) => text.and(" at ").and(Text::code(place.shown())),
            None => text,
        }
    };
    let mut items: Vec<Text> = edits.iter().take(room.figures).map(of_edit).collect();
    if edits.is_empty() && matches!(case.against, Some(AgainstPart::Paired { .. })) {
        items.push("no key was edited".into());
    }
    if edits.len() > room.figures {
        items.push(counted(edits.len() - room.figures, "more edit").into());
    }
    let is_of_base = |edit: &EditPart| {
        let place = edit.place.as_ref();
        place.is_some_and(|place| place.file != case.file)
    };
    if let Some(others) = more(&group[1..]) {
        let same = match edits {
            [] => "",
            [edit] if is_of_base(edit) => ", same edit in their base",
            [_] => ", same edit",
            _ => ", same edits",
        };
        items.push(format!("{others}{same}").into());
    }
    if !items.is_empty() {
        page.push(Block::List(items));
    }
}

/// The figures that moved most, in errors.
fn write_figures(page: &mut Document, room: Room, case: &CasePart) {
    let mut changes: Vec<&ChangePart> = case.changes().iter().collect();
    changes.sort_by(|a, b| {
        size(b)
            .total_cmp(&size(a))
            .then_with(|| a.measure.cmp(&b.measure))
    });
    page.sentence(Text::code(case.id.as_str()));
    let mut table = Table::new(&["figure", ">baseline", ">now", ">difference", ""]);
    for change in changes.iter().take(room.figures) {
        let moved = moved(change, currency(case));
        let is_paired = matches!(case.against, Some(AgainstPart::Paired { .. }));
        let how = match change.difference.is_some() && is_paired {
            true => Cell::Word("paired".to_owned(), Tone::Quiet),
            false => "".into(),
        };
        table.row(vec![
            Cell::code(change.measure.as_str()),
            moved.base.into(),
            moved.new.into(),
            moved.difference.into(),
            how,
        ]);
    }
    page.table(table);
    if changes.len() > room.figures {
        page.sentence(counted(changes.len() - room.figures, "more figure"));
    }
}

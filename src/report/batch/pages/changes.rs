//! Figures that are not those of the baseline, scenarios with the same edits together.
//!
//! In: what was compared. Out: the topics CHANGED, LOOSENED, GATES EDITED, EDITED, OTHER VERSION and
//! UNPAIRED. Not here: comparing (`baseline`).

use super::super::gate_edits::{currency, size};
use super::super::{AgainstPart, BatchReport, CasePart, ChangePart, EditPart, How};
use super::{Room, at, more, moved_cells};
use crate::figure::counted;
use crate::page::{Block, Cell, Document, Table, Text, Tone};
use crate::study::alike;

/// What is left to be done about a change.
const UPDATE: &str = "If that is right: `--update-baseline`.";

/// Scenarios that were held against the baseline with one ending.
struct Topic {
    word: &'static str,
    meaning: &'static str,
    has: fn(&AgainstPart) -> bool,
    /// Whether the baseline may have to be written anew.
    is_open: bool,
}

impl BatchReport {
    pub(super) fn write_changes(&self, page: &mut Document, room: Room, is_update: bool) {
        let is_other = |against: &AgainstPart| !matches!(against.how, How::Same | How::Apart);
        let moved = self.cases.iter().filter(|case| case.is_changed());
        let moved = moved.filter(|case| case.against.as_ref().is_some_and(is_other));
        let mut figures = moved.flat_map(CasePart::changes);
        let beyond = match figures.all(|change| change.std_error.is_some()) {
            true => "against the baseline: beyond its error and its tolerance",
            false => "against the baseline",
        };
        let changed = [
            Topic {
                word: "CHANGED",
                meaning: beyond,
                has: |found| found.is_changed() && !matches!(found.how, How::Same | How::Apart),
                is_open: true,
            },
            Topic {
                word: "CHANGED",
                meaning: "so that no figure compares with the baseline",
                has: |found| found.how == How::Apart,
                is_open: true,
            },
            Topic {
                word: "CHANGED",
                meaning: "against the baseline of the same model",
                has: |found| found.how == How::Same && found.is_changed(),
                is_open: true,
            },
        ];
        let others = [
            Topic {
                word: "EDITED",
                meaning: "and no figure moved by more than its error and its tolerance",
                has: |found| {
                    found.how == How::Paired && !found.is_changed() && !found.edits.is_empty()
                },
                is_open: false,
            },
            Topic {
                word: "OTHER VERSION",
                meaning: match self.is_version_strict {
                    true => "its figures may be others; that fails, as was asked",
                    false => "its figures may be others; let through without `--strict-version`",
                },
                has: |found| found.how == How::OtherVersion,
                is_open: false,
            },
            Topic {
                word: "UNPAIRED",
                meaning: "compared by their errors alone, and not found to be changed",
                has: |found| found.how == How::Unpaired && !found.is_changed(),
                is_open: false,
            },
        ];
        for topic in &changed {
            self.write_topic(page, room, topic, is_update);
        }
        self.write_gate_edits(page, room, is_update);
        for topic in &others {
            self.write_topic(page, room, topic, is_update);
        }
    }

    fn write_topic(&self, page: &mut Document, room: Room, topic: &Topic, is_update: bool) {
        let cases = self.cases.iter();
        let cases = cases.filter(|case| case.against.as_ref().is_some_and(topic.has));
        let groups = alike(cases, |a, b| {
            let why = |case: &CasePart| case.against.as_ref().and_then(|found| found.why.clone());
            a.edits() == b.edits()
                && why(a) == why(b)
                && a.changes().is_empty() == b.changes().is_empty()
        });
        if groups.is_empty() {
            return;
        }
        page.heading(topic.word, Text::message(topic.meaning));
        for group in groups.iter().take(room.groups) {
            write_group(page, room, group);
        }
        if let Some(rest) = groups.get(room.groups..).filter(|rest| !rest.is_empty()) {
            let ids = rest.iter().flatten().map(|case| case.id.as_str());
            page.sentence(Text::from("after other edits: ").and(room.listed(ids)));
        }
        if topic.is_open && !is_update {
            page.sentence(Text::message(UPDATE));
        }
        page.gap();
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
            let shown = groups.iter().take(room.groups);
            let items = shown.map(|(edit, cases)| {
                let item = Text::code(&*cases[0].id).and(": ");
                let item = at(item.and(edit.line(currency(cases[0]))), edit.place.as_ref());
                match more(&cases[1..]) {
                    Some(others) => item.and(format!("; {others}")),
                    None => item,
                }
            });
            page.push(Block::List(items.collect()));
            if groups.len() > room.groups {
                page.sentence(counted(groups.len() - room.groups, "more gate"));
            }
            if is_loosened && !is_update {
                page.sentence(Text::message(UPDATE));
            }
            page.gap();
        }
    }
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

/// What was edited in the first of a group, and who else has these edits.
fn write_edits(page: &mut Document, room: Room, group: &[&CasePart]) {
    let case = group[0];
    let edits = case.edits();
    let of_edit = |edit: &EditPart| {
        let what = match edits {
            [_] => "the one edit: ",
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

/// The figures that moved most, in errors; whether there are any.
fn write_figures(page: &mut Document, room: Room, case: &CasePart) -> bool {
    let Some(against) = &case.against else {
        return false;
    };
    let sorted = |changes: &[ChangePart]| {
        let mut changes = changes.to_vec();
        changes.sort_by(|a, b| {
            let by_size = size(b).total_cmp(&size(a));
            by_size.then_with(|| a.measure.cmp(&b.measure))
        });
        changes
    };
    let beyond = sorted(&against.changes).into_iter();
    let beyond = beyond.map(|change| (change, true));
    let within = sorted(&against.within).into_iter();
    let within = within.map(|change| (change, false));
    let figures: Vec<(ChangePart, bool)> = beyond.chain(within).collect();
    if figures.is_empty() {
        return false;
    }
    let difference = match against.how {
        How::Paired => ">paired difference",
        _ => ">difference",
    };
    page.sentence(Text::code(case.id.as_str()));
    let mut table = Table::new(&["figure", ">baseline", ">now", difference, ""]);
    for (change, is_beyond) in figures.iter().take(room.figures) {
        let [base, now, difference, verdict] = moved_cells(change, currency(case));
        let verdict = match is_beyond {
            true => verdict,
            false => Cell::Word("within its tolerance".to_owned(), Tone::Quiet),
        };
        let measure = Cell::code(change.measure.as_str());
        table.row(vec![measure, base, now, difference, verdict]);
    }
    page.table(table);
    if figures.len() > room.figures {
        page.sentence(counted(figures.len() - room.figures, "more figure"));
    }
    true
}

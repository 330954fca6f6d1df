//! Figures that are not those of the baseline, scenarios with the same edits together.
//!
//! In: what was compared. Out: the blocks CHANGED, EDITED, OTHER VERSION. Not here: comparing
//! (`baseline`).

use super::super::tally::{is_changed, is_of_other_version};
use super::super::wording::{counted, currency, moved, remark, size};
use super::super::{AgainstPart, BatchReport, CasePart, ChangePart, EditPart};
use super::rows::{listed, more, rows, title, write_id};
use crate::report::layout::Page;

/// Figures and edits that are shown of one scenario.
const SHOWN: usize = 3;

/// Sets of edits of which a scenario is shown.
const GROUPS: usize = 12;

/// Ids in a row.
const NAMED: usize = 4;

impl BatchReport {
    pub(super) fn write_changes(&self, page: &mut Page, is_update: bool) {
        let changed: Vec<&CasePart> = self.cases.iter().filter(|case| is_changed(case)).collect();
        let (drifted, changed): (Vec<&CasePart>, Vec<&CasePart>) = changed
            .into_iter()
            .partition(|case| matches!(case.against, Some(AgainstPart::Drifted { .. })));
        let (apart, moved): (Vec<&CasePart>, Vec<&CasePart>) = changed
            .into_iter()
            .partition(|case| matches!(case.against, Some(AgainstPart::Apart { .. })));
        let is_known = |change: &ChangePart| change.std_error.is_some();
        let beyond = match moved.iter().all(|case| case.changes().iter().all(is_known)) {
            true => "against the baseline: beyond its error and its tolerance",
            false => "against the baseline",
        };
        for (meaning, cases) in [
            (beyond, moved),
            ("so that no figure compares with the baseline", apart),
            ("against the baseline of the same model", drifted),
        ] {
            if cases.is_empty() {
                continue;
            }
            write_changed(page, meaning, &cases);
            if !is_update {
                page.wrapped("If that is right: --update-baseline.");
            }
            page.gap();
        }
        self.write_gate_edits(page, is_update);
        self.write_edited(page);
        self.write_other_version(page);
        self.write_unpaired(page);
    }

    /// Scenarios that are not what they were and whose figures are.
    fn write_edited(&self, page: &mut Page) {
        let is_edited = |case: &&CasePart| {
            let is_paired = matches!(case.against, Some(AgainstPart::Paired { .. }));
            is_paired && case.changes().is_empty() && !case.edits().is_empty()
        };
        let edited: Vec<&CasePart> = self.cases.iter().filter(is_edited).collect();
        if edited.is_empty() {
            return;
        }
        let meaning = "and no figure moved by more than its error and its tolerance";
        title(page, "EDITED", meaning);
        let groups = by_edits(&edited);
        for group in groups.iter().take(GROUPS) {
            write_id(page, &group[0].id);
            write_edits(page, group);
        }
        if groups.len() > GROUPS {
            let rest = groups[GROUPS..].iter().flatten();
            let rest = listed(rest.map(|case| case.id.as_str()), NAMED);
            page.hanging(&format!("with other edits: {rest}"));
        }
        page.gap();
    }

    /// Gates that do not ask what they asked.
    fn write_gate_edits(&self, page: &mut Page, is_update: bool) {
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
            title(page, word, meaning);
            for (edit, cases) in groups.iter().take(GROUPS) {
                write_id(page, &cases[0].id);
                page.indented_by(6, &edit.line(currency(cases[0])));
                if let Some(place) = &edit.place {
                    page.indented_by(8, &place.shown());
                }
                if let Some(others) = more(&cases[1..]) {
                    page.hanging(&others);
                }
            }
            if groups.len() > GROUPS {
                page.line(&format!("  {} more gates", groups.len() - GROUPS));
            }
            if is_loosened && !is_update {
                page.wrapped("If that is right: --update-baseline.");
            }
            page.gap();
        }
    }

    /// Scenarios whose figures did not change as far as independent runs can tell.
    fn write_unpaired(&self, page: &mut Page) {
        let is_unpaired = |case: &&CasePart| {
            unpaired(case).is_some() && !is_of_other_version(case) && case.changes().is_empty()
        };
        let cases: Vec<&CasePart> = self.cases.iter().filter(is_unpaired).collect();
        let Some(why) = cases.first().and_then(|case| unpaired(case)) else {
            return;
        };
        let which = match cases.len() {
            1 => cases[0].id.clone(),
            n => format!("{} and {} more", cases[0].id, n - 1),
        };
        title(
            page,
            "UNPAIRED",
            "compared by their errors alone, and not found to be changed",
        );
        page.hanging(&format!("{which}: {why}"));
        page.gap();
    }

    fn write_other_version(&self, page: &mut Page) {
        let cases = || self.cases.iter().filter(|case| is_of_other_version(case));
        let Some(AgainstPart::Unpaired { why, .. }) =
            cases().next().and_then(|case| case.against.as_ref())
        else {
            return;
        };
        let meaning = match self.is_version_strict {
            true => "that fails with --strict-version",
            false => "that does not fail without --strict-version",
        };
        title(page, "OTHER VERSION", &format!("{why}; {meaning}"));
        let moved: Vec<&CasePart> = cases().filter(|case| !case.changes().is_empty()).collect();
        match moved.first() {
            None => page.wrapped("No figure moved by more than its error and its tolerance."),
            Some(first) => {
                write_figures(page, first);
                if let Some(more) = more(&moved[1..]) {
                    page.hanging(&format!("{more} moved too"));
                }
            }
        }
        page.gap();
    }
}

fn write_changed(page: &mut Page, meaning: &str, cases: &[&CasePart]) {
    title(page, "CHANGED", meaning);
    let groups = by_edits(cases);
    for group in groups.iter().take(GROUPS) {
        write_group(page, group);
    }
    if groups.len() > GROUPS {
        let rest = groups[GROUPS..].iter().flatten();
        let rest = listed(rest.map(|case| case.id.as_str()), NAMED);
        page.hanging(&format!("after other edits: {rest}"));
    }
}

/// Why it could not be paired; none if it was.
fn unpaired(case: &CasePart) -> Option<&str> {
    match &case.against {
        Some(AgainstPart::Unpaired { why, .. }) => Some(why),
        _ => None,
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

fn write_group(page: &mut Page, group: &[&CasePart]) {
    let case = group[0];
    write_figures(page, case);
    if let Some(remark) = remark(case) {
        page.indented_by(6, &remark);
    }
    write_edits(page, group);
}

/// What was edited in the first of a group, and who else has these edits.
fn write_edits(page: &mut Page, group: &[&CasePart]) {
    let case = group[0];
    let edits = case.edits();
    match edits {
        [] if matches!(case.against, Some(AgainstPart::Paired { .. })) => {
            page.indented_by(6, "no key was edited")
        }
        [] => {}
        [edit] => write_edit(page, "the one edit: ", edit),
        _ => edits
            .iter()
            .take(SHOWN)
            .for_each(|edit| write_edit(page, "edit: ", edit)),
    }
    if edits.len() > SHOWN {
        page.indented_by(6, &format!("{} more edits", edits.len() - SHOWN));
    }
    let Some(others) = more(&group[1..]) else {
        return;
    };
    let is_of_base = |edit: &EditPart| {
        let place = edit.place.as_ref();
        place.is_some_and(|place| place.file != case.file)
    };
    page.hanging(&match edits {
        [] => others,
        [edit] if is_of_base(edit) => format!("{others}, same edit in their base"),
        [_] => format!("{others}, same edit"),
        _ => format!("{others}, same edits"),
    });
}

/// The figures that moved most, in errors.
fn write_figures(page: &mut Page, case: &CasePart) {
    let mut changes: Vec<&ChangePart> = case.changes().iter().collect();
    changes.sort_by(|a, b| {
        size(b)
            .total_cmp(&size(a))
            .then_with(|| a.measure.cmp(&b.measure))
    });
    write_id(page, &case.id);
    let how = match case.against {
        Some(AgainstPart::Paired { .. }) => " paired",
        _ => "",
    };
    let shown: Vec<(String, String)> = changes
        .iter()
        .take(SHOWN)
        .map(|change| {
            let moved = moved(change, currency(case));
            let how = if change.difference.is_some() { how } else { "" };
            let text = format!(
                "{} -> {}   {}{how}",
                moved.base, moved.new, moved.difference
            );
            (format!("  {}", change.measure), text)
        })
        .collect();
    let shown: Vec<(&str, String)> = shown
        .iter()
        .map(|(measure, text)| (measure.as_str(), text.clone()))
        .collect();
    rows(page, &shown);
    if changes.len() > SHOWN {
        page.line(&format!(
            "    {}",
            counted(changes.len() - SHOWN, "more figure")
        ));
    }
}

/// The edit, and its place at the right end if both fit a line.
fn write_edit(page: &mut Page, what: &str, edit: &EditPart) {
    let text = format!("      {what}{} {}", edit.key, edit.what());
    let place = edit
        .place
        .as_ref()
        .map_or_else(String::new, |place| place.shown());
    let taken = text.chars().count() + place.chars().count();
    let space = page.width().saturating_sub(taken);
    match space >= 2 {
        true => page.line(&format!("{text}{:space$}{place}", "")),
        false => {
            page.indented_by(6, &text);
            if !place.is_empty() {
                page.indented_by(8, &place);
            }
        }
    }
}

//! Ids beside figures, and what many scenarios have in common.
//!
//! In: cases and texts. Out: lines of a [`Page`]. Not here: what is said of them.

use super::super::CasePart;
use crate::report::layout::Page;

/// Alike rows that are shown; one more than that is shown as well.
const SHOWN: usize = 2;

/// How many of `n` alike rows are shown: never all but one.
pub(super) fn shown(n: usize) -> usize {
    if n <= SHOWN + 1 { n } else { SHOWN }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// A title at the left and what its columns mean at the right, if there is room for it.
pub(super) fn heading(page: &mut Page, title: &str, columns: &str) {
    let space = page.width().saturating_sub(length(title) + length(columns));
    match space >= 2 && !columns.is_empty() {
        true => page.line(&format!("{title}{:space$}{columns}", "")),
        false => page.flush(title),
    }
}

/// A word in capitals and what it means, on one line if they fit.
pub(super) fn title(page: &mut Page, word: &str, meaning: &str) {
    let line = format!("{word}  {meaning}");
    match length(&line) <= page.width() {
        true => page.line(&line),
        false => page.flush(&line),
    }
}

/// Ids in a column, each with its text; below each other where they do not fit.
pub(super) fn rows(page: &mut Page, rows: &[(&str, String)]) {
    let widest = |part: fn(&(&str, String)) -> usize| rows.iter().map(part).max().unwrap_or(0);
    let (ids, texts) = (widest(|row| length(row.0)), widest(|row| length(&row.1)));
    let is_wide = 2 + ids + 2 + texts > page.width();
    for (id, text) in rows {
        if is_wide {
            write_id(page, id);
            page.line(&format!("      {text}"));
        } else {
            let space = ids - length(id) + 2;
            page.line(&format!("  {id}{:space$}{text}", ""));
        }
    }
}

/// An id, broken behind commas where it is longer than the page.
pub(super) fn write_id(page: &mut Page, id: &str) {
    let mut line = "  ".to_owned();
    for part in id.split_inclusive(',') {
        if length(&line) + length(part) > page.width() && line.trim() != "" {
            page.line(&line);
            line = "    ".to_owned();
        }
        line.push_str(part);
    }
    page.line(&line);
}

/// Ids in a row, the rest as a number.
pub(super) fn listed<'i>(ids: impl IntoIterator<Item = &'i str>, most: usize) -> String {
    let ids: Vec<&str> = ids.into_iter().collect();
    let shown = ids
        .iter()
        .take(most)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match ids.len().saturating_sub(most) {
        0 => shown,
        n => format!("{shown} and {n} more"),
    }
}

/// `2 more, all with residence=germany, lockstep=0.75`; nothing if there are none.
pub(super) fn more(cases: &[&CasePart]) -> Option<String> {
    let n = cases.len();
    let with = match in_common(cases).as_slice() {
        [] => most_have(cases),
        _ if n == 1 => Some(format!(", {}", cases[0].id)),
        common => Some(format!(", all with {}", common.join(", "))),
    };
    (n > 0).then(|| format!("{n} more{}", with.unwrap_or_default()))
}

type Choice<'c> = &'c (String, String);

/// What all of them choose.
fn in_common(cases: &[&CasePart]) -> Vec<String> {
    let Some((first, rest)) = cases.split_first() else {
        return Vec::new();
    };
    let is_common = |choice: &Choice<'_>| rest.iter().all(|case| case.choices.contains(choice));
    first.choices.iter().filter(is_common).map(named).collect()
}

/// The choice that most of them make, if more than half do.
fn most_have(cases: &[&CasePart]) -> Option<String> {
    let n = |choice: Choice<'_>| {
        let has = |case: &&&CasePart| case.choices.contains(choice);
        cases.iter().filter(has).count()
    };
    let choices = cases.iter().flat_map(|case| &case.choices);
    let (count, choice) = choices
        .map(|choice| (n(choice), choice))
        .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    (2 * count > cases.len()).then(|| format!(", {count} of them with {}", named(choice)))
}

fn named((axis, value): Choice<'_>) -> String {
    format!("{axis}={value}")
}

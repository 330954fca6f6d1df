//! A batch as a document: how many of what, then what is wrong, alike things together.
//!
//! In: a [`BatchReport`]. Out: the screen, `summary.md`, `index.html`, which say the same and differ in
//! how many rows they show. Not here: digits and words of figures (`wording`), files (`cli`).

mod changes;
mod gates;
mod problems;
mod scenarios;

use super::wording::{ending, headline};
use super::{BatchReport, CasePart, ChangePart, How, Standing};
use crate::figure::{counted, grouped};
use crate::page::{Document, Text, Tone};
use crate::stats::{Better, look_up};
use std::collections::BTreeMap;

/// How much of a document is shown.
#[derive(Clone, Copy, Debug)]
struct Room {
    /// Alike rows of a table.
    rows: usize,
    /// Figures and edits of one scenario.
    figures: usize,
    /// Groups of alike things.
    groups: usize,
    /// Ids in a row.
    named: usize,
    /// Whether every scenario is listed.
    is_whole: bool,
}

const SCREEN: Room = Room {
    rows: 3,
    figures: 3,
    groups: 12,
    named: 6,
    is_whole: false,
};
const SUMMARY: Room = Room {
    rows: 20,
    figures: 20,
    groups: 12,
    named: 20,
    is_whole: false,
};
const PAGE: Room = Room {
    rows: usize::MAX,
    figures: usize::MAX,
    groups: usize::MAX,
    named: usize::MAX,
    is_whole: true,
};

/// What a standing is to a reader.
fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Pass => Tone::Good,
        Standing::Inconclusive => Tone::Open,
        Standing::NotRun => Tone::Quiet,
        Standing::Fail | Standing::Failed | Standing::Invalid => Tone::Bad,
        Standing::Stale | Standing::OtherVersion | Standing::Changed | Standing::Loosened => {
            Tone::Changed
        }
    }
}

/// Whether a figure moved to the better or to the worse; none if neither can be said of it.
fn verdict(change: &ChangePart) -> Option<(&'static str, Tone)> {
    let measure = look_up(&change.measure)?;
    let difference = change.difference.filter(|difference| *difference != 0.0)?;
    match (measure.better, difference > 0.0) {
        (Better::Neither, _) => None,
        (Better::Higher, true) | (Better::Lower, false) => Some(("better", Tone::Good)),
        _ => Some(("worse", Tone::Bad)),
    }
}

impl BatchReport {
    /// The screen that `batch` prints on a terminal of `width` columns; 60 to 80 are used.
    pub fn to_text(&self, width: usize) -> String {
        self.screen(false).to_text(width)
    }

    /// The screen; while the baseline is written anew nothing is left to be done about it.
    pub fn screen(&self, is_update: bool) -> Document {
        self.document(SCREEN, is_update)
    }

    /// The text of `summary.md`.
    pub fn to_summary(&self) -> String {
        self.document(SUMMARY, false).to_markdown()
    }

    /// The text of `index.html`.
    pub fn to_page(&self) -> String {
        self.document(PAGE, false).to_html()
    }

    fn document(&self, room: Room, is_update: bool) -> Document {
        let title = Text::strong(ending(self)).and(format!(": {}.", headline(self)));
        let mut page = Document::new(title);
        page.fine(self.head());
        page.gap();
        page.sentence(self.counts());
        page.gap();
        if room.named > SCREEN.named {
            self.write_scenarios(&mut page, room);
        }
        self.write_gates(&mut page, room);
        self.write_changes(&mut page, room, is_update);
        self.write_problems(&mut page, room, is_update);
        if room.named > SCREEN.named {
            self.write_passing(&mut page, room);
        }
        page
    }

    /// `value version 3, as in the baseline`
    pub fn version(&self) -> String {
        let own = format!("value version {}", self.value_version);
        let has = |wanted: fn(How) -> bool| {
            let mut cases = self.cases.iter();
            cases.any(|case| case.how().is_some_and(wanted))
        };
        match () {
            () if has(|how| how == How::OtherVersion) => {
                format!("{own}, not that of the baseline")
            }
            () if has(|how| how != How::New) => format!("{own}, as in the baseline"),
            () => own,
        }
    }

    /// `224 scenarios (24 files, 1 matrix of 200) · 448 gates · baseline ci/baseline.jsonl`
    fn head(&self) -> String {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for case in self.cases.iter().filter(|case| !case.choices.is_empty()) {
            *sizes.entry(&case.file).or_default() += 1;
        }
        let (scenarios, files) = self.n_of();
        let mut inner = vec![files];
        let total: usize = sizes.values().sum();
        inner.extend(match (sizes.len(), self.is_whole()) {
            (0, _) => None,
            (1, true) => Some(format!("1 matrix of {}", grouped(total as u64))),
            (1, false) => Some(format!("{} of a matrix", grouped(total as u64))),
            (n, true) => Some(format!("{n} matrices of {} in all", grouped(total as u64))),
            (n, false) => Some(format!("{} of {n} matrices", counted(total, "case"))),
        });
        let mut parts = vec![
            format!("{scenarios} ({})", inner.join(", ")),
            self.n_gates(),
        ];
        parts.extend(
            self.shard
                .map(|[number, of]| format!("shard {number} of {of}")),
        );
        if !self.missing_shards.is_empty() {
            let shards = self.missing_shards.iter().map(u32::to_string);
            let shards: Vec<String> = shards.collect();
            parts.push(format!("without shard {}", shards.join(", ")));
        }
        let baseline = self.baseline.as_ref();
        parts.push(baseline.map_or_else(
            || "no baseline".to_owned(),
            |name| format!("baseline {name}"),
        ));
        parts.push(self.version());
        parts.join(" · ")
    }

    /// `pass 214, FAIL 4, changed 3`
    fn counts(&self) -> String {
        let n = |wanted: Standing| {
            let standings = self.cases.iter().map(|case| self.standing(case));
            standings.filter(|standing| *standing == wanted).count()
        };
        // a scenario stands once, where it is worst; what changed is counted whole, as everywhere
        let n_changed = self.tally().changed;
        let n_before = n_changed - n(Standing::Changed);
        let said = Standing::ALL.map(|standing| {
            let (n, word) = (n(standing), standing.word());
            match standing {
                Standing::Changed if n_before > 0 => {
                    let before = grouped(n_before as u64);
                    let changed = format!("{word} {}", grouped(n_changed as u64));
                    let said = format!("{changed} ({before} of them counted before)");
                    (n_changed, said)
                }
                _ => (n, format!("{word} {}", grouped(n as u64))),
            }
        });
        let tally = self.tally();
        let others = [
            (self.missing.len(), "missing"),
            (tally.moved, "moved"),
            (tally.new, "new"),
        ];
        let others = others.map(|(n, word)| (n, format!("{word} {}", grouped(n as u64))));
        let said = said.into_iter().chain(others);
        let said = said.filter(|(n, text)| *n > 0 || text.starts_with("pass"));
        let said: Vec<String> = said.map(|(_, text)| text).collect();
        said.join(", ")
    }
}

impl Room {
    /// How many of `n` alike rows are shown: never all but one.
    fn shown(self, n: usize) -> usize {
        match n <= self.rows {
            true => n,
            false => self.rows - 1,
        }
    }

    /// Ids in a row, the rest as a number.
    fn listed<'i>(self, ids: impl IntoIterator<Item = &'i str>) -> Text {
        let ids: Vec<&str> = ids.into_iter().collect();
        let mut text = Text::default();
        for (at, id) in ids.iter().take(self.named).enumerate() {
            let gap = if at == 0 { "" } else { ", " };
            text = text.and(gap).and(Text::code(*id));
        }
        match ids.len().saturating_sub(self.named) {
            0 => text,
            n => text.and(format!(" and {n} more")),
        }
    }
}

/// `2 more, all with residence=germany, lockstep=0.75`; nothing if there are none.
fn more(cases: &[&CasePart]) -> Option<String> {
    let n = cases.len();
    let with = match in_common(cases).as_slice() {
        [] => most_have(cases),
        _ if n == 1 => Some(format!(", {}", cases[0].id)),
        common => Some(format!(", all with {}", common.join(", "))),
    };
    (n > 0).then(|| format!("{} more{}", grouped(n as u64), with.unwrap_or_default()))
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

#[cfg(test)]
mod tests;

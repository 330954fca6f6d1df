//! A batch as a document: how many of what, then what is wrong, alike things together.
//!
//! In: a [`BatchReport`]. Out: the screen, `summary.md`, `index.html`, which say the same and differ in
//! how many rows they show. Not here: digits and words of figures (`wording`), files (`cli`).

mod changes;
mod gates;
mod scenarios;

use super::gate_edits::{currency, moved};
use super::{BatchReport, CasePart, ChangePart, Conclusion, How, PlacePart, Standing};
use crate::figure::{counted, grouped};
use crate::page::{Cell, Document, Text, Tone};
use crate::report::legend::{self, HALF};
use crate::stats::{Better, look_up};

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

/// Before, now, the difference, and whether that is better or worse, if either can be said.
fn moved_cells(case: &CasePart, change: &ChangePart) -> [Cell; 4] {
    let moved = moved(change, currency(case));
    let better = look_up(&change.measure).map_or(Better::Neither, |measure| measure.better);
    let difference = change.difference.unwrap_or(0.0);
    let verdict = match (better, difference > 0.0) {
        _ if !case.is_judged(change) => Cell::Word("not judged".to_owned(), Tone::Quiet),
        (Better::Neither, _) => "".into(),
        _ if difference == 0.0 => "".into(),
        (Better::Higher, true) | (Better::Lower, false) => {
            Cell::Word("better".to_owned(), Tone::Good)
        }
        _ => Cell::Word("worse".to_owned(), Tone::Bad),
    };
    [
        moved.base.into(),
        moved.new.into(),
        moved.difference.into(),
        verdict,
    ]
}

impl BatchReport {
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
        let ending = match self.conclusion() {
            Conclusion::Yes => "Passes",
            Conclusion::No => "Fails",
            Conclusion::Unanswered => "Not answered",
        };
        let mut page = Document::new(Text::strong(ending).and(format!(": {}.", self.counts())));
        page.fine(self.head());
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
        self.write_unjudged(&mut page);
        legend::explain(&mut page, &[HALF]);
        page
    }

    /// Why losses are not judged, if some are not.
    fn write_unjudged(&self, page: &mut Document) {
        let mut cases = self.cases.iter();
        let is_unjudged = |case: &CasePart| case.changes().iter().any(|one| !case.is_judged(one));
        if cases.any(is_unjudged) {
            page.fine(
                "Losses are not judged where spending or flows were edited: money paid out counts as returned.",
            );
        }
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

    /// `224 scenarios of 24 files · 448 gates · baseline ci/baseline.jsonl · value version 3`
    fn head(&self) -> String {
        let (n, all) = (self.cases.len(), self.n_scenarios);
        let scenarios = match n < all {
            true => format!("{} of {}", grouped(n as u64), counted(all, "scenario")),
            false => counted(n, "scenario"),
        };
        let n_gates = self.cases.iter().map(|case| case.gates.len()).sum();
        let mut parts = vec![
            format!("{scenarios} of {}", counted(self.n_files, "file")),
            counted(n_gates, "gate"),
        ];
        if let Some([number, of]) = self.shard {
            parts.push(format!("shard {number} of {of}"));
        }
        parts.push(match &self.baseline {
            None => "no baseline".to_owned(),
            Some(name) => format!("baseline {name}"),
        });
        parts.push(self.version());
        parts.join(" · ")
    }

    /// `4 FAIL, 3 changed, 214 pass`: each scenario once, where it is worst, then what else is to be known.
    fn counts(&self) -> String {
        let standings: Vec<Standing> = self.cases.iter().map(|case| self.standing(case)).collect();
        let said = Standing::ALL.map(|wanted| {
            let found = standings.iter().filter(|standing| **standing == wanted);
            (found.count(), wanted.word())
        });
        let n = |is_so: fn(&&CasePart) -> bool| self.cases.iter().filter(is_so).count();
        let others = [
            (self.missing.len(), "missing"),
            (n(|case| case.how() == Some(How::New)), "new"),
        ];
        let said = said.into_iter().chain(others);
        let said = said.filter(|(n, word)| *n > 0 || *word == Standing::Pass.word());
        let said = said.map(|(n, word)| format!("{} {word}", grouped(n as u64)));
        let mut said: Vec<String> = said.collect();
        if !self.missing_shards.is_empty() {
            let shards: Vec<String> = self.missing_shards.iter().map(u32::to_string).collect();
            said.push(format!("without shard {}", shards.join(", ")));
        }
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

/// What is to be done about something that is only not as in the baseline.
fn open(meaning: &str, is_update: bool) -> String {
    match is_update {
        true => meaning.to_owned(),
        false => format!("{meaning}; if right: `--update-baseline` or `--accept`"),
    }
}

/// With ` at flash-crash.toml:31:12` behind it, if it stands somewhere.
fn at(text: Text, place: Option<&PlacePart>) -> Text {
    match place {
        Some(place) => text.and(" at ").and(Text::code(place.shown())),
        None => text,
    }
}

/// `2 more, all with residence=germany, lockstep=0.75`; nothing if there are none.
fn more(cases: &[&CasePart]) -> Option<String> {
    let n = cases.len();
    let with = match in_common(cases).as_slice() {
        [] => String::new(),
        _ if n == 1 => format!(", {}", cases[0].id),
        common => format!(", all with {}", common.join(", ")),
    };
    (n > 0).then(|| format!("{} more{with}", grouped(n as u64)))
}

/// What all of them choose.
fn in_common(cases: &[&CasePart]) -> Vec<String> {
    let Some((first, rest)) = cases.split_first() else {
        return Vec::new();
    };
    let is_common =
        |choice: &&(String, String)| rest.iter().all(|case| case.choices.contains(choice));
    let common = first.choices.iter().filter(is_common);
    common
        .map(|(axis, value)| format!("{axis}={value}"))
        .collect()
}

#[cfg(test)]
mod tests;

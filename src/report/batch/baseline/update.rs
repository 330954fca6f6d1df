//! What a new baseline has that the old one had not.
//!
//! In: two baselines. Out: [`Updated`], and its words. Not here: whether anything is wrong with it
//! (`against`): who updates a baseline says that it is right.

use super::super::wording::{counted, moved, size};
use super::super::{ChangePart, GateEdit, gate_edits};
use super::{Baseline, Entry};
use crate::page::{Block, Document, Text};
use crate::stats::look_up;
use std::collections::BTreeMap;

/// Scenarios whose figures are listed; and figures of each.
const SHOWN: (usize, usize) = (20, 3);

/// Ids are listed up to this many.
const NAMED: usize = 10;

/// What moved between two baselines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Updated {
    /// Ids that are only in the new one.
    pub new: Vec<String>,
    /// Ids that are only in the old one.
    pub gone: Vec<String>,
    /// Figures of both that are not the same to the last bit, largest first; by id.
    pub moved: BTreeMap<String, Vec<ChangePart>>,
    /// Gates of both that ask something else or are gone; by id.
    pub edited: BTreeMap<String, Vec<GateEdit>>,
    /// Gates of scenarios of both whose ids the old one has not.
    pub n_new_gates: usize,
    /// Scenarios with the very same figures and gates.
    pub n_equal: usize,
    /// Scenarios whose lines were kept because there was no answer.
    pub n_kept: usize,
    /// Of the currencies of `moved` and `edited`, by id.
    currencies: BTreeMap<String, String>,
}

impl Baseline {
    /// The baseline with `entries` in place of those with their ids, and of the others those that it
    /// `keeps`.
    pub fn updated(
        &self,
        commons: BTreeMap<String, serde_json::Value>,
        entries: BTreeMap<String, Entry>,
        keeps: impl Fn(&str, &Entry) -> bool,
    ) -> Self {
        let mut updated = self.clone();
        updated.entries.retain(|id, entry| keeps(id, entry));
        updated.entries.extend(entries);
        updated.commons.extend(commons);
        let files: Vec<&String> = updated.entries.values().map(|entry| &entry.file).collect();
        updated.commons.retain(|file, _| files.contains(&file));
        updated
    }

    /// What `new` has that this one has not; of what was not `simulated` the line was kept.
    pub fn moved_to(&self, new: &Self, simulated: impl Fn(&str) -> bool) -> Updated {
        let mut updated = Updated {
            gone: only_in(self, new),
            new: only_in(new, self),
            ..Updated::default()
        };
        for (id, now) in &new.entries {
            let Some(before) = self.entries.get(id) else {
                continue;
            };
            if !simulated(id) {
                updated.n_kept += 1;
                continue;
            }
            updated.compare(id, before, now);
        }
        updated
    }
}

fn only_in(one: &Baseline, other: &Baseline) -> Vec<String> {
    let ids = one.entries.keys();
    ids.filter(|id| !other.entries.contains_key(*id))
        .cloned()
        .collect()
}

fn changes(before: &Entry, now: &Entry) -> Vec<ChangePart> {
    let figures = now.figures.iter().filter_map(|(id, new)| {
        let base = before.figures.get(id)?;
        let errors = base.std_error.zip(new.std_error);
        let std_error = errors.map(|(a, b)| (a * a + b * b).sqrt());
        (base.value.to_bits() != new.value.to_bits()).then(|| ChangePart {
            measure: id.clone(),
            unit: look_up(id)
                .map_or("", |measure| measure.unit.word())
                .to_owned(),
            base: Some(base.value),
            new: Some(new.value),
            difference: Some(new.value - base.value),
            std_error,
        })
    });
    let mut found: Vec<ChangePart> = figures.collect();
    found.sort_by(|a, b| {
        size(b)
            .total_cmp(&size(a))
            .then_with(|| a.measure.cmp(&b.measure))
    });
    found
}

impl Updated {
    fn compare(&mut self, id: &str, before: &Entry, now: &Entry) {
        let changes = changes(before, now);
        if changes.is_empty() && before.gates == now.gates {
            self.n_equal += 1;
            return;
        }
        let is_new = |id: &&String| !before.gates.contains_key(*id);
        self.n_new_gates += now.gates.keys().filter(is_new).count();
        let edits = gate_edits(&before.gates, &now.gates, &[]);
        if !edits.is_empty() {
            self.edited.insert(id.to_owned(), edits);
        }
        if !changes.is_empty() {
            self.moved.insert(id.to_owned(), changes);
        }
        self.currencies.insert(id.to_owned(), now.currency.clone());
    }

    /// Whether both baselines have the same figures and gates of the same scenarios.
    pub fn is_empty(&self) -> bool {
        let is_same = self.new.is_empty() && self.gone.is_empty() && self.moved.is_empty();
        is_same && self.edited.is_empty() && self.n_new_gates == 0
    }

    /// What `--update-baseline` prints; `name` is that of the baseline.
    pub fn to_text(&self, name: &str, width: usize) -> String {
        let mut page = Document::new(format!("baseline {name}: {}", self.summary()));
        let mut items: Vec<String> = Vec::new();
        let ids = |ids: &[String]| {
            let rest = match ids.len().saturating_sub(NAMED) {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            format!("{}{rest}", ids[..ids.len().min(NAMED)].join(", "))
        };
        for (word, list) in [("new", &self.new), ("gone", &self.gone)] {
            if !list.is_empty() {
                items.push(format!("{word}: {}", ids(list)));
            }
        }
        for (id, changes) in self.moved.iter().take(SHOWN.0) {
            let currency = self.currencies.get(id).map_or("", String::as_str);
            let told = changes.iter().take(SHOWN.1).map(|change| {
                // mostly the same random numbers, so the errors of both would mislead
                let alone = ChangePart {
                    std_error: Some(0.0),
                    ..change.clone()
                };
                let moved = moved(&alone, currency);
                format!(
                    "{id}: {} {} -> {}, {}",
                    change.measure, moved.base, moved.new, moved.difference
                )
            });
            items.extend(told);
            if changes.len() > SHOWN.1 {
                let more = counted(changes.len() - SHOWN.1, "more figure");
                items.push(format!("{id}: {more}"));
            }
        }
        if self.moved.len() > SHOWN.0 {
            let n = self.moved.len() - SHOWN.0;
            items.push(format!("{} moved", counted(n, "more scenario")));
        }
        // from now on nothing else tells that gates asked something else
        for (id, edits) in &self.edited {
            let currency = self.currencies.get(id).map_or("", String::as_str);
            let told = edits.iter();
            items.extend(told.map(|edit| format!("{id}: {}", edit.line(currency))));
        }
        page.push(Block::List(items.into_iter().map(Text::from).collect()));
        page.to_text(width)
    }

    fn summary(&self) -> String {
        let parts = [
            (self.new.len(), "new"),
            (self.gone.len(), "gone"),
            (self.moved.len(), "moved"),
            (self.n_equal, "as before"),
        ];
        let said = parts.iter().filter(|(n, _)| *n > 0);
        let mut said: Vec<String> = said.map(|(n, what)| format!("{n} {what}")).collect();
        let gates: usize = self.edited.values().map(Vec::len).sum();
        for (n, what) in [(gates, "edited"), (self.n_new_gates, "new")] {
            if n > 0 {
                said.push(format!("{} {what}", counted(n, "gate")));
            }
        }
        if self.n_kept > 0 {
            said.push(format!("kept without looking: {}", self.n_kept));
        }
        match said.is_empty() {
            true => "nothing in it".to_owned(),
            false => said.join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Asked;
    use super::super::Kept;
    use super::*;
    use crate::random::Seeds;
    use serde_json::json;

    fn entry(value: f64) -> Entry {
        let kept = Kept {
            value,
            std_error: Some(0.002),
        };
        Entry {
            file: "a.toml".to_owned(),
            model_digest: String::new(),
            value_version: 1,
            paths: 100,
            seeds: Seeds::one(1),
            currency: "USD".to_owned(),
            gates: BTreeMap::new(),
            figures: BTreeMap::from([("loss.probability".to_owned(), kept)]),
            keys: json!({}),
        }
    }

    fn baseline(entries: &[(&str, f64)]) -> Baseline {
        let entries = entries
            .iter()
            .map(|(id, value)| ((*id).to_owned(), entry(*value)));
        Baseline {
            commons: BTreeMap::new(),
            entries: entries.collect(),
        }
    }

    #[test]
    fn an_update_says_what_is_new_gone_and_moved_by_how_much() {
        let old = baseline(&[("a", 0.081), ("b", 0.5), ("c", 0.1)]);
        let new = baseline(&[("a", 0.094), ("b", 0.5), ("d", 0.1)]);
        let text = old
            .moved_to(&new, |_| true)
            .to_text("ci/baseline.jsonl", 80);
        assert_eq!(
            text,
            "baseline ci/baseline.jsonl: 1 new, 1 gone, 1 moved, 1 as before\n  new: d\n  gone: c\n  \
             a: loss.probability 0.0810 -> 0.0940, +0.0130\n"
        );
        assert!(new.moved_to(&new, |_| true).is_empty());
        // what was not simulated was not seen to be as before
        let text = new.moved_to(&new, |id| id == "a").to_text("b", 80);
        assert_eq!(text, "baseline b: 1 as before, kept without looking: 2\n");
    }

    #[test]
    fn a_line_whose_gates_ask_something_else_is_not_as_before() {
        let with = |gates: &[(&str, f64)]| {
            let mut made = baseline(&[("a", 0.5), ("b", 0.5)]);
            let asked = |below: f64| Asked {
                measure: "loss.probability".to_owned(),
                above: None,
                below: Some(below),
                confidence: 0.99,
                tolerance: 0.01,
            };
            let gates = gates
                .iter()
                .map(|(id, below)| ((*id).to_owned(), asked(*below)));
            made.entries.get_mut("a").expect("a").gates = gates.collect();
            made
        };
        let text = |now: &Baseline| {
            let updated = with(&[("g", 0.9)]).moved_to(now, |_| true);
            assert!(!updated.is_empty());
            updated.to_text("b", 80)
        };
        assert_eq!(
            text(&with(&[("g", 0.95)])),
            "baseline b: 1 as before, 1 gate edited\n  a: gate g is loosened: loss.probability < 0.9 \
             → loss.probability < 0.95\n"
        );
        assert_eq!(
            text(&with(&[])),
            "baseline b: 1 as before, 1 gate edited\n  a: gate g is gone: it asked \
             loss.probability < 0.9\n"
        );
        assert_eq!(
            text(&with(&[("g", 0.9), ("h", 0.8)])),
            "baseline b: 1 as before, 1 gate new\n"
        );
    }

    #[test]
    fn what_was_not_asked_for_stays_and_what_is_gone_goes() {
        let old = baseline(&[("a", 0.1), ("b", 0.2), ("c", 0.3)]);
        let now = baseline(&[("a", 0.9)]);
        let updated = old.updated(BTreeMap::new(), now.entries, |id, _| id == "b");
        assert_eq!(updated, baseline(&[("a", 0.9), ("b", 0.2)]));
    }
}

//! What each edit does: edits of a document one after the other, as scenarios that can be run.
//!
//! In: two documents. Out: [`Step`]s, each on top of those before; then what they change. Not here:
//! running them (`cli`).

use super::super::batch::EditPart;
use super::document::{ChangePart, StepPart, WhyPart};
use crate::scenario::{Document, Edit, Scenario};
use crate::stats::Difference;

/// More edits than this are taken together by table.
const MOST_STEPS: usize = 12;

/// Edits applied at once.
pub struct Step {
    pub edits: Vec<Edit>,
    /// The table of several edits.
    pub table: Option<String>,
    /// What is run after it; none after the last one: that is the new scenario itself.
    pub scenario: Option<Scenario>,
}

/// What has to be done to make `new` of `base`, in the order of the keys of `new`; seed and paths are
/// not among it. A step whose scenario is none (a key that needs another), or that `is_usable`
/// refuses, is joined with the next. `name` is what a scenario without title is called.
pub fn steps(
    base: &Document,
    new: &Document,
    name: &str,
    is_usable: impl Fn(&Scenario) -> bool,
) -> Vec<Step> {
    let edits = base.edits_to(new).into_iter();
    let edits: Vec<Edit> = edits.filter(|edit| !edit.key.starts_with("run.")).collect();
    let groups = grouped(edits);
    let n_groups = groups.len();
    let (mut steps, mut waiting, mut document) = (Vec::new(), Vec::new(), base.clone());
    for (index, group) in groups.into_iter().enumerate() {
        for edit in &group {
            document = document.with(edit);
        }
        waiting.extend(group);
        let is_last = index + 1 == n_groups;
        let scenario = match is_last {
            true => None,
            false => document.read(name).ok().filter(&is_usable),
        };
        if is_last || scenario.is_some() {
            let edits = std::mem::take(&mut waiting);
            steps.push(Step {
                table: common_table(&edits),
                edits,
                scenario,
            });
        }
    }
    steps
}

/// One by one if they are few, else by table, else by section.
fn grouped(edits: Vec<Edit>) -> Vec<Vec<Edit>> {
    let by = |of: fn(&str) -> String| {
        let mut groups: Vec<(String, Vec<Edit>)> = Vec::new();
        for edit in &edits {
            let table = of(&edit.key);
            match groups.iter_mut().find(|(known, _)| *known == table) {
                Some((_, group)) => group.push(edit.clone()),
                None => groups.push((table, vec![edit.clone()])),
            }
        }
        groups
            .into_iter()
            .map(|(_, group)| group)
            .collect::<Vec<_>>()
    };
    if edits.len() <= MOST_STEPS {
        return edits.into_iter().map(|edit| vec![edit]).collect();
    }
    let by_table = by(table_of);
    match by_table.len() <= MOST_STEPS {
        true => by_table,
        false => by(section_of),
    }
}

/// `asset.defi` of `asset.defi.value`, `crash` of `crash.lockstep`.
fn table_of(key: &str) -> String {
    let mut steps = key.split('.');
    let section = steps.next().unwrap_or_default();
    let name = steps.next().filter(|_| is_named(section));
    name.map_or_else(|| section.to_owned(), |name| format!("{section}.{name}"))
}

fn section_of(key: &str) -> String {
    key.split('.').next().unwrap_or_default().to_owned()
}

/// Whether a section is one of several of its kind, each with a name.
fn is_named(section: &str) -> bool {
    ["asset", "market", "cluster", "shock"].contains(&section)
}

/// The table or section that several edits have in common; a list of keys if they have none.
fn common_table(edits: &[Edit]) -> Option<String> {
    let (first, rest) = edits.split_first()?;
    if rest.is_empty() {
        return None;
    }
    let shared = |of: fn(&str) -> String| {
        let table = of(&first.key);
        rest.iter()
            .all(|edit| of(&edit.key) == table)
            .then_some(table)
    };
    let keys = || {
        let keys: Vec<&str> = edits.iter().map(|edit| edit.key.as_str()).collect();
        keys.join(", ")
    };
    Some(
        shared(table_of)
            .or_else(|| shared(section_of))
            .unwrap_or_else(keys),
    )
}

impl Step {
    /// How a run after it differs from the one before.
    pub fn part(&self, edits: Vec<EditPart>, change: Option<&Difference>) -> StepPart {
        StepPart {
            edits,
            table: self.table.clone(),
            change: ChangePart::of(change),
        }
    }
}

impl ChangePart {
    fn of(found: Option<&Difference>) -> Self {
        let difference = found.map(|found| &found.difference);
        let interval = difference.and_then(|difference| difference.interval);
        Self {
            difference: difference.map(|difference| difference.value),
            std_error: difference.and_then(|difference| difference.std_error),
            interval: interval.map(|(low, high)| [low, high]),
        }
    }
}

impl WhyPart {
    /// What `steps` do to the measure of `total`, which is how the whole case differs.
    pub fn new(label: &str, steps: Vec<StepPart>, total: &Difference) -> Self {
        Self {
            measure: total.id.clone(),
            label: label.to_owned(),
            unit: total.measure.unit.word(),
            steps,
            total: ChangePart::of(Some(total)),
        }
    }
}

//! What has to be done to make one scenario of another, step by step.
//!
//! In: two documents. Out: [`EditStep`]s, each on top of those before, as scenarios that can be run. Not here:
//! running them (`pairs`).

use crate::scenario::{Document, Edit, Scenario};

/// More edits than this are taken together by table.
const MOST_STEPS: usize = 12;

/// Edits applied at once.
pub struct EditStep {
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
) -> Vec<EditStep> {
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
            steps.push(EditStep {
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
    let by = |of: fn(&Edit) -> String| {
        let mut groups: Vec<Vec<Edit>> = Vec::new();
        for edit in &edits {
            match groups.iter_mut().find(|group| of(&group[0]) == of(edit)) {
                Some(group) => group.push(edit.clone()),
                None => groups.push(vec![edit.clone()]),
            }
        }
        groups
    };
    let one_by_one = by(|edit| edit.key.clone());
    let by_table = by(|edit| table_of(&edit.key));
    let mut few = [one_by_one, by_table].into_iter();
    let few = few.find(|groups| groups.len() <= MOST_STEPS);
    few.unwrap_or_else(|| by(|edit| section_of(&edit.key)))
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

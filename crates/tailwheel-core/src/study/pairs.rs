//! Paired runs: a base scenario, and others on its random numbers.
//!
//! In: a base, others, the documents of both. Out: their data; [`EditStep`]s, each on top of those before. Not
//! here: differences and verdicts (`stats`), which scenarios are compared (`sides`).

use super::{Fault, Job, Lab, Later, Task, paired};
use crate::scenario::{Document, Edit, Scenario, is_list};
use crate::stats::Data;
use std::collections::BTreeMap;

/// Bytes per path and column that comparing needs besides an outcome. Columns of the base, the new run and an
/// intermediate step are held in path order, sorted, and converted.
const BYTES_PER_VALUE: u64 = 3 * (8 + 8 + 8);

impl<'a> Job<'a> {
    /// Describes a base run with memory for its comparison, and another `bytes` whatever its number of paths.
    pub fn of_base(scenario: &'a Scenario, bytes: u64) -> Self {
        Job { later: Later { bytes_per_value: BYTES_PER_VALUE, bytes }, ..Job::of(scenario) }
    }
}

impl Lab {
    /// Simulates `scenario`, to be compared with others, as a task called `label`.
    ///
    /// Errors as [`Lab::alone`] does.
    pub fn base(&self, label: &str, scenario: &Scenario) -> Result<Data, Fault> {
        let run = self.alone(label, &Job::of_base(scenario, 0))?;
        Ok(self.pool.install(|| run.data_by_path()))
    }

    /// Simulates `other` paired with `base`, as a task called `label`. Returns it as simulated, and its data.
    ///
    /// Errors as [`paired`] does.
    pub fn paired(&self, label: &str, other: &Scenario, base: &Scenario) -> Result<(Scenario, Data), Fault> {
        let task = Task::new(label, base.paths, "paths");
        self.work(task, |control| {
            let run = paired(other, base, control)?;
            let data = run.data_by_path();
            Ok((run.scenario.into_owned(), data))
        })
    }
}

/// Maximum number of steps from one scenario to another; if there are more, edits are grouped by table.
const MOST_STEPS: usize = 12;

/// Edits of a scenario file that are applied together as one step.
pub struct EditStep {
    pub edits: Vec<Edit>,
    /// Table or section that the edits share, else a list of their keys; `None` for a single edit.
    pub table: Option<String>,
    /// Scenario after the step; `None` after the last step, which ends at the new scenario itself.
    pub scenario: Option<Scenario>,
}

/// Returns the edits that turn `base` into `new`, in the order of the keys of `new`; `run.*` keys (seed,
/// paths) are left out. A step without a valid scenario, or one that `is_usable` refuses, is joined with the
/// next. `name` serves scenarios without a title.
pub fn steps(
    base: &Document,
    new: &Document,
    name: &str,
    is_usable: impl Fn(&Scenario) -> bool,
) -> Vec<EditStep> {
    let edits: Vec<Edit> =
        base.edits_to(new).into_iter().filter(|edit| !edit.key.starts_with("run.")).collect();
    let (mut steps, mut waiting, mut document) = (Vec::new(), Vec::new(), base.clone());
    let mut groups = grouped(edits).into_iter().peekable();
    while let Some(group) = groups.next() {
        document = group.iter().fold(document, |document, edit| document.with(edit));
        waiting.extend(group);
        let is_last = groups.peek().is_none();
        let scenario = if is_last { None } else { document.read(name).ok().filter(&is_usable) };
        if is_last || scenario.is_some() {
            let edits = std::mem::take(&mut waiting);
            steps.push(EditStep { table: common_table(&edits), edits, scenario });
        }
    }
    steps
}

/// Groups items for which `is_alike` is true, in the order of the first of each group, in quadratic time.
pub fn alike<T>(items: impl IntoIterator<Item = T>, is_alike: impl Fn(&T, &T) -> bool) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    for item in items {
        match groups.iter_mut().find(|group| is_alike(&group[0], &item)) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

/// Groups items with equal keys, in the order of the first of each group, in O(n log n) time.
pub fn alike_by<T, K: Ord>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut places = BTreeMap::new();
    for item in items {
        let place = *places.entry(key(&item)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

/// Groups edits by key; if there are more than [`MOST_STEPS`] groups, by table, and then by section.
fn grouped(edits: Vec<Edit>) -> Vec<Vec<Edit>> {
    let by = |of: fn(&str) -> String| alike_by(edits.clone(), |edit| of(&edit.key));
    let few = [by(str::to_owned), by(table_of)].into_iter().find(|groups| groups.len() <= MOST_STEPS);
    few.unwrap_or_else(|| by(section_of))
}

/// Returns the table of a key: `asset.defi` for `asset.defi.value`, `crash` for `crash.lockstep`.
fn table_of(key: &str) -> String {
    let n_steps = if is_list(&section_of(key)) { 2 } else { 1 };
    key.split('.').take(n_steps).collect::<Vec<_>>().join(".")
}

fn section_of(key: &str) -> String {
    key.split('.').take(1).collect()
}

/// Returns the table or section that the edits share, else a list of their keys; `None` for a single edit.
fn common_table(edits: &[Edit]) -> Option<String> {
    let (first, rest) = edits.split_first()?;
    if rest.is_empty() {
        return None;
    }
    let shared = |of: fn(&str) -> String| {
        let table = of(&first.key);
        rest.iter().all(|edit| of(&edit.key) == table).then_some(table)
    };
    let keys = || edits.iter().map(|edit| edit.key.as_str()).collect::<Vec<_>>().join(", ");
    Some(shared(table_of).or_else(|| shared(section_of)).unwrap_or_else(keys))
}

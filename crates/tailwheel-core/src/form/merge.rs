//! Merging of two documents, as `extends` does.
//!
//! In: two trees. Out: one; tables merge key by key, arrays of tables by `name` or `id`, anything else is
//! replaced. Not here: finding the files (`scenario`).

use super::text::shortened;
use super::{Data, Faults, KeyValue, Table, Value, fault};

/// Merges `upper` over `lower`. Every value keeps its place in the text that it came from.
pub fn merge(lower: Table, upper: Table) -> Table {
    let mut merged = lower;
    for entry in upper.entries {
        match merged.get_mut(&entry.key) {
            Some(below) => lay_over(below, entry),
            None => merged.entries.push(entry),
        }
    }
    merged
}

fn lay_over(below: &mut KeyValue, above: KeyValue) {
    let lower = std::mem::replace(&mut below.value.data, Data::Boolean(false));
    let data = match (lower, above.value.data) {
        (Data::Table(lower), Data::Table(upper)) => Data::Table(merge(lower, upper)),
        (Data::List(lower), Data::List(upper)) if are_tables(&lower) && are_tables(&upper) => {
            Data::List(merge_lists(lower, upper))
        }
        (_, upper) => upper,
    };
    below.place = above.place;
    below.value = Value { data, ..above.value };
}

/// True if the items are tables that merge by name. A list of residences or spending phases, which follow
/// each other in time, is replaced as a whole.
fn are_tables(items: &[Value]) -> bool {
    let is_thing = |item: &Value| {
        let table = item.as_table();
        let is_phase = |table: &Table| table.get("from").is_some() && table.label().is_none();
        table.is_some_and(|table| table.get("in").is_none() && !is_phase(table))
    };
    !items.is_empty() && items.iter().all(is_thing)
}

/// Merges lists of named tables. A name repeated in `upper` merges once, then is appended for the reader to
/// report.
fn merge_lists(mut lower: Vec<Value>, upper: Vec<Value>) -> Vec<Value> {
    let n_lower = lower.len();
    let mut met: Vec<String> = Vec::new();
    for item in upper {
        let label =
            item.as_table().and_then(Table::label).map(str::to_owned).filter(|label| !met.contains(label));
        met.extend(label.clone());
        let twin = label.and_then(|label| find_labelled(&mut lower[..n_lower], &label));
        match (twin, item.data) {
            (Some(twin), Data::Table(above)) => {
                if let Data::Table(below) = &mut twin.data {
                    *below = merge(std::mem::take(below), above);
                    twin.place = item.place;
                }
            }
            (_, data) => lower.push(Value { data, ..item }),
        }
    }
    lower
}

/// Returns the table among `items` with this label (its name or id); `None` if there is none.
pub(super) fn find_labelled<'t>(items: &'t mut [Value], label: &str) -> Option<&'t mut Value> {
    items.iter_mut().find(|item| item.as_table().and_then(Table::label) == Some(label))
}

/// Removes the keys that the texts `drops` name from `document`; pushes a fault for a key that does not exist.
pub fn drop_entries(document: &mut Table, drops: &[Value], faults: &mut Faults) {
    for (path, value) in drops.iter().filter_map(|value| Some((value.as_text()?, value))) {
        let steps: Vec<&str> = path.split('.').collect();
        if let Err(siblings) = drop_one(document, &steps) {
            let fault = fault!("drop", "there is no `{}` to drop", shortened(path));
            let siblings = siblings.iter().map(String::as_str);
            faults.push(fault.unknown(path, value.place, "\"", siblings, "does not exist"));
        }
    }
}

/// Removes the entry that the dotted key with these `steps` names.
///
/// # Errors
///
/// The full paths of existing siblings if `steps` leads to no entry.
fn drop_one(table: &mut Table, steps: &[&str]) -> Result<(), Vec<String>> {
    let Some((first, rest)) = steps.split_first() else { return Err(Vec::new()) };
    if rest.is_empty() && table.remove(first).is_some() {
        return Ok(());
    }
    let beside = table.entries.iter().map(|entry| entry.key.clone()).collect();
    match table.get_mut(first).map(|entry| &mut entry.value.data) {
        Some(Data::Table(inner)) => drop_one(inner, rest).map_err(|found| below(first, found)),
        Some(Data::List(items)) => drop_from_list(items, rest).map_err(|found| below(first, found)),
        _ => Err(beside),
    }
}

fn below(step: &str, found: Vec<String>) -> Vec<String> {
    found.iter().map(|path| format!("{step}.{path}")).collect()
}

fn drop_from_list(items: &mut Vec<Value>, steps: &[&str]) -> Result<(), Vec<String>> {
    let Some((label, rest)) = steps.split_first() else { return Err(Vec::new()) };
    let labels = || -> Vec<String> {
        items.iter().filter_map(|item| Some(item.as_table()?.label()?.to_owned())).collect()
    };
    let bears = |item: &Value| item.as_table().and_then(Table::label) == Some(*label);
    let Some(index) = items.iter().position(bears) else { return Err(labels()) };
    if rest.is_empty() {
        items.remove(index);
        return Ok(());
    }
    match &mut items[index].data {
        Data::Table(table) => drop_one(table, rest).map_err(|found| below(label, found)),
        _ => Err(Vec::new()),
    }
}

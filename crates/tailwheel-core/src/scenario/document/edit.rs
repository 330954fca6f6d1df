//! Differences between two documents, key by key.
//!
//! In: two trees. Out: [`Edit`]s in the order of the new one. Not here: applying them (`change`), the meaning
//! of keys.

use super::lists::{Item, Step, by_names, items, named, pair};
use crate::form::{Data, Place, Table, Value, key, written};

/// A key whose value differs between two documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Full path: `crash.lockstep`, `asset.defi.value`, `correlation.saas.royalties`. For a new or removed
    /// asset: `asset.defi`.
    pub key: String,
    /// Old value as TOML, long lists and tables shortened; `None` if the key is new.
    pub from: Option<String>,
    /// New value as TOML, long lists and tables shortened; `None` if the key is removed.
    pub to: Option<String>,
    /// Position in the file of the key in the new document, or of the table that it was removed from.
    pub place: Option<Place>,
    path: Vec<Step>,
    value: Option<Value>,
}

impl Edit {
    pub(super) fn path(&self) -> &[Step] {
        &self.path
    }

    /// New value of the key; `None` if it is removed.
    pub(super) fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }
}

/// Returns the edits that turn `base` into `new`; titles are ignored.
pub fn edits(base: &Table, new: &Table) -> Vec<Edit> {
    let mut found = Differences::default();
    for name in keys(base, new).filter(|name| *name != "title") {
        found.of_entry(&[], name, base, new, None);
    }
    found.in_order()
}

#[derive(Default)]
struct Differences {
    list: Vec<Edit>,
}

/// New value of a key and its position in the new file; `None` if the key is removed.
type NewValue<'a> = Option<(&'a Value, Option<Place>)>;

impl Differences {
    /// Returns the edits sorted by their position in the new file; removed keys come last.
    fn in_order(mut self) -> Vec<Edit> {
        let place = |edit: &Edit| edit.value.as_ref().map(|_| (edit.place.is_none(), edit.place));
        self.list.sort_by_key(|edit| (edit.value.is_none(), place(edit)));
        self.list
    }

    fn push(&mut self, path: Vec<Step>, old: Option<&Value>, now: Option<&Value>, place: Option<Place>) {
        self.list.push(Edit {
            key: spelled(&path),
            from: old.map(shown),
            to: now.map(shown),
            place,
            path,
            value: now.cloned(),
        });
    }

    /// Records how the value of the key at `path` changes from `old` to `now`. `table` is the position of its table.
    fn of_key(&mut self, path: Vec<Step>, old: Option<&Value>, now: NewValue<'_>, table: Option<Place>) {
        let value = now.map(|(value, _)| value);
        if let (Some(old), Some(value)) = (old, value)
            && old.says(value)
        {
            return;
        }
        let place = now.map_or(table, |(value, place)| place.or(value.place));
        let of = if is_pairs(&path) { pair } else { named };
        if let (Some(olds), Some(news)) = (items(old, of), items(value, of))
            && (is_pairs(&path) || !olds.is_empty() || !news.is_empty())
        {
            return self.of_items(&path, &olds, &news, place);
        }
        match (old.and_then(Value::as_table), value.and_then(Value::as_table)) {
            (Some(old), Some(new)) if is_section(&path) => self.of_table(&path, old, new, place),
            (Some(old), Some(new)) => match only_difference(old, new) {
                Some(name) => self.of_entry(&path, name, old, new, place),
                None => self.push(path, Some(&Value::table(old.clone())), value, place),
            },
            _ => self.push(path, old, value, place),
        }
    }

    fn of_table(&mut self, path: &[Step], old: &Table, new: &Table, table: Option<Place>) {
        for name in keys(old, new) {
            self.of_entry(path, name, old, new, table);
        }
    }

    fn of_entry(&mut self, path: &[Step], name: &str, old: &Table, new: &Table, table: Option<Place>) {
        let path = longer(path, Step::Key(name.to_owned()));
        let now = new.get(name).map(|entry| (&entry.value, entry.place));
        self.of_key(path, old.get(name).map(|entry| &entry.value), now, table);
    }

    fn of_items(&mut self, path: &[Step], olds: &[Item<'_>], news: &[Item<'_>], list: Option<Place>) {
        let (old_by_names, new_by_names) = (by_names(olds), by_names(news));
        for now in news {
            let path = longer(path, now.step.clone());
            let old = old_by_names.get(&now.step.names()).map(|old| old.value);
            match (old.and_then(Value::as_table), now.value.as_table()) {
                (Some(old), Some(new)) => self.of_table(&path, old, new, now.place),
                _ if old.is_some_and(|old| old.says(now.value)) => {}
                _ => self.push(path, old, Some(now.value), now.place),
            }
        }
        for old in olds {
            if !new_by_names.contains_key(&old.step.names()) {
                self.push(longer(path, old.step.clone()), Some(old.value), None, list);
            }
        }
    }
}

fn longer(path: &[Step], step: Step) -> Vec<Step> {
    let mut path = path.to_vec();
    path.push(step);
    path
}

/// Text of a key path, such as `asset.defi.value`, or `correlation.saas.defi` for a correlation.
fn spelled(path: &[Step]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for step in path {
        match step {
            Step::Key(name) | Step::Named(name) => parts.push(key(name)),
            Step::Pair(first, second) => {
                parts.pop();
                parts.extend([key(first), key(second)]);
            }
        }
    }
    parts.join(".")
}

/// The keys of both tables: those of the new table in its order, then those that only the old table has.
fn keys<'a>(old: &'a Table, new: &'a Table) -> impl Iterator<Item = &'a str> {
    let gone = old.entries.iter().filter(|entry| new.get(&entry.key).is_none());
    new.entries.iter().chain(gone).map(|entry| entry.key.as_str())
}

/// True if `path` is that of a top-level table, whose keys are compared one by one.
fn is_section(path: &[Step]) -> bool {
    matches!(path, [Step::Key(_)])
}

fn is_pairs(path: &[Step]) -> bool {
    matches!(path, [Step::Key(section), Step::Key(list)]
        if ["correlation", "crisis"].contains(&section.as_str()) && list == "pairs")
}

/// Returns the only key whose values differ between two inline tables, if both have it; `None` if several differ.
fn only_difference<'a>(old: &'a Table, new: &'a Table) -> Option<&'a str> {
    let both = |name: &str| old.get(name).zip(new.get(name));
    let mut differing =
        keys(old, new).filter(|name| both(name).is_none_or(|(old, now)| !old.value.says(&now.value)));
    differing.next().filter(|name| differing.next().is_none() && both(name).is_some())
}

/// Longest text that is shown whole, in characters.
const MAX_SHOWN: usize = 72;

/// Formats a value as TOML; a long list or table is cut after its first parts.
fn shown(value: &Value) -> String {
    let whole = written(value);
    if whole.chars().count() <= MAX_SHOWN {
        return whole;
    }
    match &value.data {
        Data::List(items) => within("[", items.iter().map(shown), "]"),
        Data::Table(table) => within("{ ", parts(table), " }"),
        _ => {
            let start: String = whole.chars().take(MAX_SHOWN - 1).collect();
            format!("{start}…")
        }
    }
}

fn parts(table: &Table) -> impl Iterator<Item = String> {
    table.entries.iter().map(|entry| format!("{} = {}", key(&entry.key), shown(&entry.value)))
}

/// Joins `parts` between `open` and `close`, at least one and as many as [`MAX_SHOWN`] characters hold.
fn within(open: &str, parts: impl Iterator<Item = String>, close: &str) -> String {
    let mut text = open.to_owned();
    for (index, part) in parts.enumerate() {
        let length = text.chars().count() + part.chars().count();
        if index > 0 {
            if length + 4 + close.len() > MAX_SHOWN {
                text.push_str(", …");
                break;
            }
            text.push_str(", ");
        }
        text.push_str(&part);
    }
    text + close
}

//! Values as a list of edits shows them: TOML, shortened between the parts of long ones.
//!
//! In: [`Value`]. Out: text of one line. Not here: text to be read again (`form`).

use crate::form::{Data, Table, Value, key, written};

/// Longest text that is shown whole, in characters.
const MAX_SHOWN: usize = 72;

/// Formats a value as TOML; a long list or table is cut after its first parts.
pub fn shown(value: &Value) -> String {
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

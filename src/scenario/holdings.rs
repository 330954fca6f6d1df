//! All `[[asset]]` tables of a file.
//!
//! In: the document. Out: [`Read`] assets in the order of the file. Not here: one asset (`holding`).

use super::holding::{Read, read_asset};
use super::names::{Spelled, refuse_twins};
use super::tables::{not_an_array, without_assets};
use super::{FilledIn, MAX_ASSETS};
use crate::form::{Diagnostic, Faults, Place, Table, Value};
use crate::random::name_key;

/// Reads every asset; `top` is where one would be expected if there is none. That it is there under a misspelled
/// name was said.
pub fn read_assets(
    document: &Table,
    is_misspelled: bool,
    top: Option<Place>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Vec<Read> {
    let items = match document.get("asset") {
        None if is_misspelled => return Vec::new(),
        None => {
            faults.push(without_assets(top));
            return Vec::new();
        }
        Some(entry) => match entry.value.as_list() {
            Some([]) => {
                faults.push(without_assets(entry.value.place));
                return Vec::new();
            }
            Some(items) => items,
            None => {
                faults.push(not_an_array(entry));
                return Vec::new();
            }
        },
    };
    if items.len() > MAX_ASSETS {
        let message = format!("{} assets are too many", items.len());
        faults.push(
            Diagnostic::new("range", message)
                .at(items[MAX_ASSETS].place, "one too many")
                .rule(format!("a scenario has at most {MAX_ASSETS} assets")),
        );
    }
    let read: Vec<Read> = items
        .iter()
        .take(MAX_ASSETS)
        .filter_map(|item| asset((item, items), faults, filled_in))
        .collect();
    let spelled = |asset: &Read| Spelled {
        text: asset.name.clone(),
        place: asset.place,
    };
    let named: Vec<Spelled> = read.iter().map(spelled).collect();
    refuse_twins("asset", &named, name_key, faults);
    read
}

fn asset(
    (item, beside): (&Value, &[Value]),
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Option<Read> {
    let Some(table) = item.as_table() else {
        faults.push(Diagnostic::of_sort("an asset is a table", item).write("[[asset]]"));
        return None;
    };
    Some(read_asset((table, beside), item.place, faults, filled_in))
}

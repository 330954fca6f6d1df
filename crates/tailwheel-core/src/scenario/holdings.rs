//! All `[[asset]]` tables of a file.
//!
//! In: the document. Out: [`Read`] assets in the order of the file, with their exchange rates. Not here: reading
//! one asset (`holding`), one exchange rate (`fx`).

use super::defaults::is_fixed;
use super::derived::Around;
use super::fx::{read_fx, without_rate};
use super::holding::{Read, read_asset};
use super::known::Known;
use super::names::{Spelled, refuse_twins};
use super::tables::{array_of_tables, without_assets};
use super::{FilledIn, MAX_ASSETS};
use crate::form::{Faults, Place, Table, Value, fault};
use crate::random::name_key;

/// Cost of copying an asset from another case, in reading steps, in addition to its keys.
const STEPS_OF_KNOWN: u64 = 6;

/// Reads every asset, unless `known` has it from another case. `top` is the place to report if there is none.
/// If `is_misspelled`, the misspelled key has already been reported.
pub fn read_assets(
    (document, known): (&Table, &mut Known),
    is_misspelled: bool,
    top: Option<Place>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Vec<Read> {
    let value = document.get("asset").map(|entry| &entry.value);
    let tables = array_of_tables(document, ("asset", "assets"), MAX_ASSETS, faults);
    let beside = value.map_or(Some(&[][..]), Value::as_list);
    if beside.is_some_and(<[Value]>::is_empty) && !is_misspelled {
        faults.push(without_assets(value.map_or(top, |value| value.place)));
    }
    let is_fixed = is_fixed(document);
    let around = Around { beside: beside.unwrap_or_default(), is_fixed };
    let read: Vec<Read> = tables
        .into_iter()
        .map(|(table, place)| {
            faults.count_steps(STEPS_OF_KNOWN);
            known.asset((table, is_fixed), place, filled_in).unwrap_or_else(|| {
                let before = (faults.len(), filled_in.len());
                let read = read_asset((table, around), place, faults, filled_in);
                if faults.len() == before.0 {
                    known.keep_asset((table, is_fixed), place, &read, &filled_in[before.1..]);
                }
                read
            })
        })
        .collect();
    let spelled = |asset: &Read| Spelled { text: asset.name.clone(), place: asset.place };
    let named: Vec<Spelled> = read.iter().map(spelled).collect();
    refuse_twins("asset", &named, name_key, faults);
    read
}

/// Assigns the exchange rates of `document` to the assets with a foreign currency. `home` is the currency of the
/// file. `is_whole` is true if all `[[fx]]` tables could be found.
pub fn assign_exchanges(
    document: &Table,
    (home, is_whole): (&str, bool),
    assets: &mut [Read],
    faults: &mut Faults,
) {
    if home.is_empty() {
        return;
    }
    let before = faults.len();
    let rates = read_fx(document, home, faults);
    // A rate that could not be read may be the missing one.
    let is_whole = is_whole && faults.len() == before;
    for asset in assets {
        let Some((currency, place)) = asset.currency.take().filter(|(named, _)| named != home) else {
            continue;
        };
        let rate = rates.iter().find(|rate| rate.currency() == currency);
        if asset.entry.launch.is_some() {
            fault!(faults, "currency", "an asset with a `launch` must have the currency of the file";
                place => "the exchange rate on its launch date is unknown"; write: "currency = \"{home}\"");
        } else if let Some(rate) = rate {
            asset.entry.exchange = Some(rate.clone());
        } else if is_whole {
            faults.push(without_rate(&currency, home, place));
        }
    }
}

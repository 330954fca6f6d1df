//! All `[[asset]]` tables of a file.
//!
//! In: the document. Out: [`ReadAsset`] assets in the order of the file, with their exchange rates. Not here: reading
//! one asset (`holding`), one exchange rate (`fx`).

use super::defaults::is_fixed;
use super::derived::KeyInputs;
use super::fx::{read_fx, without_rate};
use super::holding::{ReadAsset, read_asset};
use super::names::{Spelled, refuse_twins};
use super::shared_parts::Cache;
use super::tables::array_of_tables;
use super::{FilledIn, MAX_ASSETS};
use crate::form::{At, Faults, Place, Table, Value, fault};

/// Cost of copying an asset from an earlier scenario of the file, in [`Faults::count_steps`]; its keys cost extra.
const STEPS_OF_KNOWN: u64 = 6;

/// Inputs of reading an asset whose income depends on no other asset: equal inputs give equal assets.
#[derive(PartialEq)]
pub struct AssetInputs {
    table: Table,
    /// True if the asset was read without the catalog's ranges.
    is_fixed: bool,
    place: Option<Place>,
}

/// Reads every asset, or copies it from `known` if an earlier scenario of the file has read it. A file without assets
/// is a fault at `top`, unless `is_misspelled`: then the misspelled key has already been reported.
pub fn read_assets(
    document: &Table,
    known: &mut Cache<AssetInputs, ReadAsset>,
    is_misspelled: bool,
    top: Option<Place>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Vec<ReadAsset> {
    let value = document.get("asset").map(|entry| &entry.value);
    let tables = array_of_tables(document, "asset", "assets", MAX_ASSETS, faults);
    let beside = value.map_or(Some(&[][..]), Value::as_list);
    if beside.is_some_and(<[Value]>::is_empty) && !is_misspelled {
        fault!(faults, "missing", "there is no asset to simulate";
            value.map_or(top, |value| value.place) => "an `[[asset]]` is needed";
            such_as: "[[asset]]\nname = \"saas\"\nclass = \"micro-saas-fleet\"\nvalue = 80_000");
    }
    let is_fixed = is_fixed(document);
    let inputs = KeyInputs { beside: beside.unwrap_or_default(), is_fixed, is_trial: false };
    let read: Vec<ReadAsset> = tables
        .into_iter()
        .map(|(table, place)| {
            faults.count_steps(STEPS_OF_KNOWN);
            let fits =
                |from: &AssetInputs| from.place == place && from.is_fixed == is_fixed && from.table == *table;
            known.get(table.text("name").unwrap_or_default(), fits, filled_in).unwrap_or_else(|| {
                let (n_faults, n_filled) = (faults.len(), filled_in.len());
                let read = read_asset(table, inputs, place, faults, filled_in);
                if faults.len() == n_faults && !read.needs_visits {
                    let source = || AssetInputs { table: table.clone(), is_fixed, place };
                    known.keep(&read.name, source, &read, &filled_in[n_filled..]);
                }
                read
            })
        })
        .collect();
    let spelled = |asset: &ReadAsset| Spelled { text: asset.name.clone(), place: asset.place };
    refuse_twins("asset", read.iter().map(spelled), faults);
    read
}

/// Assigns the exchange rates of `document` to the assets with a foreign currency. `home` is the currency of the
/// file. `is_whole` is true if all `[[fx]]` tables could be found.
pub fn assign_exchanges(
    document: &Table,
    home: &str,
    is_whole: bool,
    assets: &mut [ReadAsset],
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
        let Some(At { value: currency, place }) = asset.entry.keys.currency.clone() else { continue };
        let currency = currency.as_str().to_owned();
        if currency == home {
            continue;
        }
        let rate = rates.iter().find(|rate| rate.currency() == currency);
        if asset.entry.keys.launch.is_some() {
            fault!(faults, "currency", "an asset with a `launch` must have the currency of the file";
                place => "the exchange rate on its launch date is unknown"; write: "currency = \"{home}\"");
        } else if let Some(rate) = rate {
            asset.entry.exchange = Some(rate.clone());
        } else if is_whole {
            faults.push(without_rate(&currency, home, place));
        }
    }
}

//! Parts that the cases of a file share and read only once: assets, markets, and correlations with their
//! catalog values.
//!
//! In: tables of a case and the entries read from them. Out: [`Known`], [`FilledList`]. Not here: reading
//! assets and correlations (`holding`, `correlation`).

use super::holding::Read;
use super::{Correlation, FilledIn, MarketEntry};
use crate::form::{Place, Table, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Number of correlations that are kept, because the values of an axis recur in its next round.
const MOST_CORRELATIONS: usize = 16;

/// Cache of entries that earlier cases have read, found by their source tables.
#[derive(Default)]
pub struct Known {
    /// False for a scenario without other cases, for which nothing is kept.
    keeps: bool,
    assets: BTreeMap<String, KnownAsset>,
    markets: BTreeMap<String, KnownMarket>,
    correlations: Vec<KnownCorrelation>,
}

/// An asset that was read without a fault.
struct KnownAsset {
    table: Table,
    /// True if the asset was read without the catalog's ranges.
    is_fixed: bool,
    place: Option<Place>,
    read: Read,
    filled_in: Vec<FilledIn>,
}

/// Source of a market without a table: id of its class, number of markets with that class, and true if the
/// market has one asset, whose volatility it then takes.
type From<'a> = (Option<&'a str>, usize, bool);

/// A market without a `[[market]]` table, as it was read.
struct KnownMarket {
    class: Option<String>,
    n_of_class: usize,
    is_alone: bool,
    entry: MarketEntry,
    filled_in: Vec<FilledIn>,
}

/// Names and classes of all markets, which the catalog's correlations depend on.
type Markets = Vec<(String, Option<&'static str>)>;

/// Correlations that were read without a fault.
struct KnownCorrelation {
    markets: Markets,
    table: Table,
    correlation: Correlation,
    filled_in: Arc<[FilledIn]>,
}

impl Known {
    /// Returns an empty cache for the cases of one file.
    pub fn of_cases() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// Returns the asset if an equal table was read at this place; adds its defaults to `filled_in`.
    pub fn asset(
        &self,
        (table, is_fixed): (&Table, bool),
        place: Option<Place>,
        filled_in: &mut Vec<FilledIn>,
    ) -> Option<Read> {
        let name = table.text("name")?;
        let known = self.assets.get(name)?;
        let is_same = known.place == place && known.is_fixed == is_fixed;
        (is_same && known.table == *table).then(|| {
            filled_in.extend_from_slice(&known.filled_in);
            known.read.clone()
        })
    }

    /// Keeps an asset unless its name is already kept or its income depends on other assets.
    pub fn keep_asset(
        &mut self,
        (table, is_fixed): (&Table, bool),
        place: Option<Place>,
        read: &Read,
        filled_in: &[FilledIn],
    ) {
        if !self.keeps || read.needs_visits || read.name.is_empty() || self.assets.contains_key(&read.name) {
            return;
        }
        let known = KnownAsset {
            table: table.clone(),
            is_fixed,
            place,
            read: read.clone(),
            filled_in: filled_in.to_vec(),
        };
        self.assets.insert(read.name.clone(), known);
    }

    /// Returns the market called `name` if an equal one without a table was read. Its assets and the
    /// volatility of a single asset must be set.
    pub fn market(&self, name: &str, from: From<'_>, filled_in: &mut Vec<FilledIn>) -> Option<MarketEntry> {
        let known = self.markets.get(name)?;
        (from == (known.class.as_deref(), known.n_of_class, known.is_alone)).then(|| {
            filled_in.extend_from_slice(&known.filled_in);
            known.entry.clone()
        })
    }

    /// Keeps a market without a table, unless its name is already kept.
    pub fn keep_market(
        &mut self,
        (class, n_of_class, is_alone): From<'_>,
        entry: &MarketEntry,
        filled_in: &[FilledIn],
    ) {
        if !self.keeps || self.markets.contains_key(&entry.name) {
            return;
        }
        let known = KnownMarket {
            class: class.map(str::to_owned),
            n_of_class,
            is_alone,
            entry: entry.clone(),
            filled_in: filled_in.to_vec(),
        };
        self.markets.insert(entry.name.clone(), known);
    }

    /// Returns the correlations that `table` gives for `markets`, if they have been read.
    pub fn correlation(&self, markets: &Markets, table: &Table) -> Option<(Correlation, Arc<[FilledIn]>)> {
        let mut known = self.correlations.iter();
        let known = known.find(|known| known.table == *table && known.markets == *markets)?;
        Some((known.correlation.clone(), Arc::clone(&known.filled_in)))
    }

    pub fn keep_correlation(
        &mut self,
        markets: Markets,
        table: &Table,
        (correlation, filled_in): (&Correlation, &Arc<[FilledIn]>),
    ) {
        if !self.keeps {
            return;
        }
        if self.correlations.len() == MOST_CORRELATIONS {
            self.correlations.remove(1); // index 0 is the file as written
        }
        self.correlations.push(KnownCorrelation {
            markets,
            table: table.clone(),
            correlation: correlation.clone(),
            filled_in: Arc::clone(filled_in),
        });
    }
}

/// Catalog values in the order of their paths. Values of correlations, which grow with the square of the
/// number of assets, are one list that cases share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilledList([Arc<[FilledIn]>; 3]);

impl FilledList {
    /// Returns a list of `filled_in` and the values of `correlations`, which must be sorted.
    pub fn new(mut filled_in: Vec<FilledIn>, correlations: Arc<[FilledIn]>) -> Self {
        filled_in.sort_by(|a, b| a.path.cmp(&b.path));
        let first = filled_in.partition_point(|filled| filled.path.as_str() < "correlation.");
        let after = filled_in.split_off(first);
        Self([filled_in.into(), correlations, after.into()])
    }

    pub fn iter(&self) -> impl Iterator<Item = &FilledIn> {
        self.0.iter().flat_map(|part| part.iter())
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(|part| part.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the three inner lists, so that cases can share them.
    pub fn parts_mut(&mut self) -> &mut [Arc<[FilledIn]>; 3] {
        &mut self.0
    }
}

/// Number of values, tables and keys of a document.
pub fn size_of(table: &Table) -> u64 {
    table.entries.iter().map(|entry| 1 + size_of_value(&entry.value)).sum()
}

fn size_of_value(value: &Value) -> u64 {
    let items = value.as_list().unwrap_or_default();
    1 + items.iter().map(size_of_value).sum::<u64>() + value.as_table().map_or(0, size_of)
}

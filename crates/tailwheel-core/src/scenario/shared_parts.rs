//! Parts that the cases of a file share and read only once: assets, markets, and correlations with their
//! catalog values.
//!
//! In: tables of a case and the entries read from them. Out: [`SharedParts`], [`FilledList`]. Not here: reading
//! assets and correlations (`holding`, `correlation`).

use super::holding::ReadAsset;
use super::holdings::AssetInputs;
use super::market::{MarketEntry, Unwritten};
use super::membership::Members;
use super::{Correlation, FilledIn};
use crate::form::{Table, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Largest number of correlation matrices to keep: the values of an axis recur soon, so more would not help.
const MOST_CORRELATIONS: usize = 16;

/// Assets, markets and correlations that earlier scenarios (cases) of a file have read, so that later ones need not.
pub struct SharedParts {
    /// False for the only scenario of a file, which has no later one to keep values for.
    keeps: bool,
    pub assets: Cache<AssetInputs, ReadAsset>,
    /// Markets that have no `[[market]]` table in the file.
    pub markets: Cache<Unwritten, MarketEntry>,
    correlations: Vec<KnownCorrelation>,
}

/// Values by name that earlier scenarios (cases) of a file have read, each with the source `S` it was read from.
pub struct Cache<S, T> {
    /// False for the only scenario of a file, which has no later one to keep values for.
    keeps: bool,
    kept: BTreeMap<String, CachedValue<S, T>>,
}

struct CachedValue<S, T> {
    source: S,
    value: T,
    /// Catalog values that were used to read the value.
    filled_in: Vec<FilledIn>,
}

impl<S, T: Clone> Cache<S, T> {
    pub const fn new(keeps: bool) -> Self {
        Self { keeps, kept: BTreeMap::new() }
    }

    /// Returns the kept value of `name`, or `None` unless `fits` accepts its source; adds its defaults to
    /// `filled_in`.
    pub fn get(&self, name: &str, fits: impl Fn(&S) -> bool, filled_in: &mut Vec<FilledIn>) -> Option<T> {
        let kept = self.kept.get(name).filter(|kept| fits(&kept.source))?;
        filled_in.extend_from_slice(&kept.filled_in);
        Some(kept.value.clone())
    }

    /// Keeps a value with the catalog values used for it, unless its name is empty or already kept.
    pub fn keep(&mut self, name: &str, source: impl FnOnce() -> S, value: &T, filled_in: &[FilledIn]) {
        if self.keeps && !name.is_empty() && !self.kept.contains_key(name) {
            let kept = CachedValue { source: source(), value: value.clone(), filled_in: filled_in.to_vec() };
            self.kept.insert(name.to_owned(), kept);
        }
    }
}

/// Correlations with the catalog values used for them, sorted by key path.
pub type Correlated = (Correlation, Arc<[FilledIn]>);

/// Names of all markets with the ids of their classes, on which the catalog's correlations depend.
type Markets = Vec<(String, &'static str)>;

/// Correlations that a scenario has read without a fault, with the markets and the table that they follow from.
struct KnownCorrelation {
    markets: Markets,
    table: Table,
    correlated: Correlated,
}

impl SharedParts {
    /// Returns an empty cache. `keeps` is true for a file with several scenarios; else nothing is kept.
    pub const fn new(keeps: bool) -> Self {
        Self { keeps, assets: Cache::new(keeps), markets: Cache::new(keeps), correlations: Vec::new() }
    }

    /// Returns the correlations of `table` for the markets `members`: those of an earlier scenario of the file with
    /// equal markets and table, else those that `read` returns; `None` if it finds a fault.
    pub fn correlated(
        &mut self,
        members: &Members<'_>,
        table: &Table,
        read: impl FnOnce() -> Option<Correlated>,
    ) -> Option<Correlated> {
        let markets: Markets =
            members.list.iter().map(|one| (one.name.as_str().to_owned(), one.class_id())).collect();
        let is_it = |known: &&KnownCorrelation| known.table == *table && known.markets == markets;
        if let Some(known) = self.correlations.iter().find(is_it).filter(|_| members.is_complete) {
            return Some(known.correlated.clone());
        }
        let correlated = read()?;
        if self.keeps && members.is_complete {
            if self.correlations.len() == MOST_CORRELATIONS {
                self.correlations.remove(1); // index 0 is the file as written
            }
            let (table, correlated) = (table.clone(), correlated.clone());
            self.correlations.push(KnownCorrelation { markets, table, correlated });
        }
        Some(correlated)
    }
}

/// Catalog values used by a scenario, sorted by key path, in three lists: before, of and after the correlations.
/// Correlations grow with the square of the number of assets, so scenarios of a file share equal lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilledList([Arc<[FilledIn]>; 3]);

impl FilledList {
    /// Returns all values of `filled_in` and of `correlations`, which must be sorted by key path.
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

    /// Returns the lists of catalog values before, of and after the correlations, so that a scenario of a study can
    /// share equal ones with earlier scenarios.
    pub fn parts_mut(&mut self) -> &mut [Arc<[FilledIn]>; 3] {
        &mut self.0
    }
}

/// Number of values, tables and keys in a document, a measure of its size.
pub fn size_of(table: &Table) -> u64 {
    table.entries.iter().map(|entry| 1 + size_of_value(&entry.value)).sum()
}

fn size_of_value(value: &Value) -> u64 {
    let items = value.as_list().unwrap_or_default();
    1 + items.iter().map(size_of_value).sum::<u64>() + value.as_table().map_or(0, size_of)
}

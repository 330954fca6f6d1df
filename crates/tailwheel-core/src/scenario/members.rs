//! Markets and assets in canonical order after all are read, and as other tables refer to them.
//!
//! In: markets and assets in the order of the file. Out: [`Members`], entries with indices of each other.
//! Not here: which asset is in which market (`membership`).

use super::holding::ReadAsset;
use super::{AssetEntry, MarketEntry};

/// Sorts the assets by name and updates the indices by which markets and assets refer to each other.
pub fn in_order(
    assets: Vec<ReadAsset>,
    mut markets: Vec<MarketEntry>,
) -> (Vec<AssetEntry>, Vec<MarketEntry>) {
    let mut order: Vec<usize> = (0..assets.len()).collect();
    order.sort_by(|&a, &b| assets[a].name.as_bytes().cmp(assets[b].name.as_bytes()));
    let mut rank = vec![0; order.len()];
    for (position, &index) in order.iter().enumerate() {
        rank[index] = position;
    }
    let mut entries: Vec<AssetEntry> = assets.into_iter().map(|read| read.entry).collect();
    for (index, market) in markets.iter_mut().enumerate() {
        for asset in &mut market.assets {
            entries[*asset].market.index = index;
            *asset = rank[*asset];
        }
        market.assets.sort_unstable();
    }
    entries.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    (entries, markets)
}

/// All markets, in the order of the rows of a correlation matrix, with the assets.
pub struct Members<'a> {
    /// Markets, sorted by name.
    pub list: &'a [MarketEntry],
    /// Assets in the order of the file.
    assets: &'a [ReadAsset],
    /// True if the name of every asset could be read.
    pub is_complete: bool,
}

impl<'a> Members<'a> {
    pub fn new(list: &'a [MarketEntry], assets: &'a [ReadAsset]) -> Self {
        Self { list, assets, is_complete: assets.iter().all(|asset| !asset.name.is_empty()) }
    }

    /// Names of the markets.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.list.iter().map(|market| market.name.as_str())
    }

    /// Noun for the rows in messages: "asset" if every asset has the market of its own name, else "market".
    pub fn noun(&self) -> &'static str {
        let is_own = |market: &MarketEntry| match market.assets[..] {
            [only] => self.assets[only].name == market.name.as_str(),
            _ => false,
        };
        if self.list.iter().all(is_own) { "asset" } else { "market" }
    }

    /// Returns the name of the market that holds the asset called `name`; `None` if no market does.
    pub fn elsewhere(&self, name: &str) -> Option<&'a str> {
        let is_it = |index: &usize| self.assets[*index].name == name;
        let market = self.list.iter().find(|market| market.assets.iter().any(is_it))?;
        Some(market.name.as_str())
    }
}

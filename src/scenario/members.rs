//! Markets and assets once all are read: as other tables refer to them, and in canonical order.
//!
//! In: markets and assets in the order of the file. Out: [`Members`], entries that find each other.
//! Not here: who is in which market (`membership`).

use super::entries::Member;
use super::holding::Read;
use super::market::ReadMarket;
use super::{AssetEntry, MarketEntry};

/// Assets in the order of their names, and where each market finds them and they their market.
pub fn in_order(
    assets: Vec<Read>,
    markets: Vec<ReadMarket>,
) -> (Vec<AssetEntry>, Vec<MarketEntry>) {
    let mut order: Vec<usize> = (0..assets.len()).collect();
    order.sort_by(|&a, &b| assets[a].name.as_bytes().cmp(assets[b].name.as_bytes()));
    let mut rank = vec![0; order.len()];
    for (position, &index) in order.iter().enumerate() {
        rank[index] = position;
    }
    let mut entries: Vec<AssetEntry> = assets.into_iter().map(|read| read.entry).collect();
    let mut markets: Vec<MarketEntry> = markets.into_iter().map(|read| read.entry).collect();
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

/// The markets as other tables refer to them.
pub struct Members<'a> {
    /// Sorted by name, each once.
    pub list: Vec<Member<'a>>,
    /// Whether every asset has a name that could be read.
    pub is_complete: bool,
}

impl<'a> Members<'a> {
    pub fn new(markets: &'a [ReadMarket], assets: &'a [Read]) -> Self {
        let list = markets.iter().map(|market| Member {
            name: &market.entry.name,
            class: market.class,
            place: market.place,
            assets: market.entry.assets.iter().map(|&index| assets[index].name.as_str()).collect(),
        });
        Self {
            list: list.collect(),
            is_complete: assets.iter().all(|asset| !asset.name.is_empty()),
        }
    }
}

//! Markets and assets in canonical order after all are read, and as other tables refer to them.
//!
//! In: markets and assets in the order of the file. Out: [`Members`], entries with indices of each other.
//! Not here: which asset is in which market (`membership`).

use super::holding::Read;
use super::{AssetEntry, MarketEntry};
use crate::catalog::Class;
use crate::form::Place;

/// Sorts the assets by name and sets the indices by which markets and assets refer to each other.
pub fn in_order(assets: Vec<Read>, mut markets: Vec<MarketEntry>) -> (Vec<AssetEntry>, Vec<MarketEntry>) {
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

/// Markets as the correlation tables refer to them.
pub struct Members<'a> {
    /// Markets, sorted by name.
    pub list: Vec<Member<'a>>,
    /// True if the name of every asset could be read.
    pub is_complete: bool,
}

impl<'a> Members<'a> {
    pub fn new(markets: &'a [MarketEntry], assets: &'a [Read]) -> Self {
        let list = markets.iter().map(|market| Member {
            name: market.name.as_str(),
            class: market.class(),
            place: market.name.place,
            assets: market.assets.iter().map(|&index| assets[index].name.as_str()).collect(),
        });
        Self { list: list.collect(), is_complete: assets.iter().all(|asset| !asset.name.is_empty()) }
    }
}

/// A row of the correlation matrix: a market with its class and assets.
pub struct Member<'a> {
    pub name: &'a str,
    pub class: Option<&'static Class>,
    pub place: Option<Place>,
    /// Names of the assets in the market.
    pub assets: Vec<&'a str>,
}

impl Member<'_> {
    /// True if the market holds one asset, which has the name of the market.
    pub fn is_own(&self) -> bool {
        self.assets == [self.name]
    }
}

/// Noun for the rows in messages: "asset" if every asset has the market of its own name, else "market".
pub fn noun(members: &[Member<'_>]) -> &'static str {
    if members.iter().all(Member::is_own) { "asset" } else { "market" }
}

/// Returns the name of the market that holds the asset called `name`.
pub fn elsewhere<'a>(members: &[Member<'a>], name: &str) -> Option<&'a str> {
    let holds = |member: &&Member<'_>| member.assets.contains(&name);
    members.iter().find(holds).map(|member| member.name)
}

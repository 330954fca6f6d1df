//! Membership of assets in markets, their canonical order, and the agents that manage holdings.
//!
//! In: the keys of the assets, markets. Out: [`MarketGroup`]s, [`Members`], the correlations and agents of assets.
//! Not here: the markets themselves (`market`).

use super::holding::ReadAsset;
use super::{AssetEntry, Crash, FilledIn, MarketEntry};
use crate::catalog::Class;
use crate::form::{At, Diagnostic, Faults, fault, shortened};
use crate::units::CorrelationCoefficient;
use std::collections::BTreeSet;

/// Assets of one market.
pub struct MarketGroup<'a> {
    pub name: &'a str,
    /// Indices of the market's assets, in the order of the assets' names.
    pub assets: Vec<usize>,
}

/// Groups `assets` by market, sorted by the names of the markets.
pub fn groups(assets: &[ReadAsset]) -> Vec<MarketGroup<'_>> {
    let mut order: Vec<usize> = (0..assets.len()).collect();
    order.retain(|&index| !assets[index].market().is_empty());
    order.sort_by_key(|&index| (assets[index].market(), assets[index].name.as_str()));
    let mut groups: Vec<MarketGroup<'_>> = Vec::new();
    for index in order {
        let name = assets[index].market();
        match groups.last_mut() {
            Some(group) if group.name == name => group.assets.push(index),
            _ => groups.push(MarketGroup { name, assets: vec![index] }),
        }
    }
    groups
}

impl MarketGroup<'_> {
    /// Returns the asset of a market that has only one; `None` if it has several.
    pub fn alone<'r>(&self, assets: &'r [ReadAsset]) -> Option<&'r ReadAsset> {
        match self.assets[..] {
            [only] => Some(&assets[only]),
            _ => None,
        }
    }

    /// True if the market's only asset has the name of the market.
    pub fn is_own(&self, assets: &[ReadAsset]) -> bool {
        self.alone(assets).is_some_and(|asset| asset.name == self.name)
    }

    /// Returns the class of all assets, or `None` if a class could not be read.
    ///
    /// # Errors
    ///
    /// Indices of the first two assets with different classes.
    pub fn class(&self, assets: &[ReadAsset]) -> Result<Option<&'static Class>, [usize; 2]> {
        let first = self.assets[0];
        for &other in &self.assets {
            match (assets[first].class, assets[other].class) {
                // Two assets of one name have already been reported.
                _ if first != other && assets[first].name == assets[other].name => return Ok(None),
                (Some(one), Some(another)) if one.id != another.id => return Err([first, other]),
                (Some(_), Some(_)) => {}
                _ => return Ok(None),
            }
        }
        Ok(assets[first].class)
    }
}

/// Sets the correlation with its market to 1 for each asset in `own`, alone in the market of its name, unless the
/// file states it. Removes its default from `filled_in`.
pub fn settle_correlations(own: &[usize], assets: &mut [ReadAsset], filled_in: &mut Vec<FilledIn>) {
    let mut unsaid = BTreeSet::new();
    for &index in own {
        let asset = &mut assets[index];
        let correlation = &mut asset.entry.keys.market_correlation;
        if correlation.place.is_none() {
            correlation.value = CorrelationCoefficient::new(1.0).expect("it is the largest correlation");
            unsaid.insert(format!("asset.{}.market_correlation", asset.name));
        }
    }
    filled_in.retain(|filled| !unsaid.contains(&filled.path));
}

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

/// Sets the cluster of each asset that an agent manages. `has_crash` is true if the file has `[crash]`, which
/// could not be read if `crash` is `None`.
pub fn settle_agents(assets: &mut [ReadAsset], has_crash: bool, crash: Option<&Crash>, faults: &mut Faults) {
    for asset in assets {
        let Some(cluster) = &asset.entry.keys.managed_by else { continue };
        if !has_crash {
            faults.push(without_crash(asset, cluster));
            continue;
        }
        if !*asset.entry.keys.movable {
            faults.push(immovable(asset, cluster));
        }
        if asset.entry.kind.facts().is_levered {
            faults.push(levered(asset, cluster));
        }
        let Some(crash) = crash else { continue };
        let names = || crash.clusters.iter().map(|cluster| cluster.name.as_str());
        asset.entry.market.managed_by = names().position(|name| name == **cluster);
        if asset.entry.market.managed_by.is_none() {
            faults.push(unknown_cluster(cluster, names()));
        }
    }
}

fn without_crash(asset: &ReadAsset, cluster: &At<String>) -> Diagnostic {
    let name = shortened(&asset.name);
    fault!("crash", "`{name}` is managed by agents, but the file has no [crash]";
        cluster.place => "a cluster of [crash]";
        such_as: "[crash]\nmodels = {{ frontier-a = 0.6, open-b = 0.4 }}";
        drop: "asset.{name}.managed_by";
        more: "tailwheel explain asset.managed_by")
}

fn immovable(asset: &ReadAsset, cluster: &At<String>) -> Diagnostic {
    let message =
        format!("no agent can sell parts of `{}`, because it is not movable", shortened(&asset.name));
    fault!("crash", "{message}"; cluster.place => "this cluster would sell parts of it";
        asset.entry.keys.movable.place => "this key forbids it"; write: "movable = true";
        rule: "an asset that an agent manages must be movable. The default of `movable` comes from the class";
        more: "tailwheel explain asset.managed_by")
}

fn levered(asset: &ReadAsset, cluster: &At<String>) -> Diagnostic {
    let name = shortened(&asset.name);
    fault!("crash", "`{name}` has a rule that cannot distinguish agent selling from price falls";
        cluster.place => "this cluster would sell too";
        rule: "an asset with `leverage`, `liquidity`, `volatility_target` or `marking = \"appraisal\"` cannot have `managed_by`";
        help: "leave `managed_by` or the rule out"; more: "tailwheel explain asset.managed_by")
}

fn unknown_cluster<'a>(cluster: &At<String>, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    fault!("unknown-cluster", "no cluster of agents is named `{}`", shortened(cluster))
        .unknown(cluster, cluster.place, "\"", known, "no such cluster")
        .rule("clusters are the models of [crash] and `dispersed`, or its [[crash.cluster]]")
        .note("more", "tailwheel explain asset.managed_by")
}

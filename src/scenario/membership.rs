//! Who is in which market, and which agent minds a holding.
//!
//! In: what the assets say. Out: [`Membership`] of each asset, [`Group`]s. Not here: the markets
//! themselves (`market`).

use super::holding::Read;
use super::names::Spelled;
use super::{Crash, FilledIn};
use crate::catalog::Class;
use crate::form::{Diagnostic, Faults, Place, shortened};
use std::collections::BTreeSet;

/// The part of an asset in its market.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// Index of [`Scenario::markets`](super::Scenario::markets).
    pub index: usize,
    /// Correlation ρ of the asset's shocks with those of its market.
    pub correlation: f64,
    /// How strongly its price follows the forced sales of its market.
    pub beta: f64,
    /// How strongly its income follows what those sales have left to recover.
    pub income_beta: f64,
    /// Index of the cluster of [`Scenario::crash`](super::Scenario::crash) that the owner's agent
    /// belongs to.
    pub managed_by: Option<usize>,
}

/// What an asset says of its market, with the places that faults point to.
#[derive(Clone)]
pub struct Says {
    /// The market's name; the asset's own if it says none.
    pub market: Spelled,
    /// Whether it says how its shocks correlate with the market's.
    pub correlation: bool,
    pub managed_by: Option<Spelled>,
    /// Id of the return process, and where its keys stand.
    pub process: Spelled,
    pub movable: Option<Place>,
}

/// The assets of one market.
pub struct Group<'a> {
    pub name: &'a str,
    /// Positions of its assets in the order of their names.
    pub assets: Vec<usize>,
}

/// The markets that `assets` are in, in the order of their names.
pub fn groups(assets: &[Read]) -> Vec<Group<'_>> {
    let mut order: Vec<usize> = (0..assets.len()).collect();
    order.retain(|&index| !assets[index].says.market.text.is_empty());
    let names = |index: usize| {
        let asset = &assets[index];
        (asset.says.market.text.as_bytes(), asset.name.as_bytes())
    };
    order.sort_by(|&a, &b| names(a).cmp(&names(b)));
    let mut groups: Vec<Group<'_>> = Vec::new();
    for index in order {
        let name = assets[index].says.market.text.as_str();
        match groups.last_mut() {
            Some(group) if group.name == name => group.assets.push(index),
            _ => groups.push(Group { name, assets: vec![index] }),
        }
    }
    groups
}

impl Group<'_> {
    /// The one asset of the market, if there is no other.
    pub fn alone<'r>(&self, assets: &'r [Read]) -> Option<&'r Read> {
        match self.assets[..] {
            [only] => Some(&assets[only]),
            _ => None,
        }
    }

    /// Whether it is the market of one asset that bears its name: nobody has named it.
    pub fn is_own(&self, assets: &[Read]) -> bool {
        self.alone(assets).is_some_and(|asset| asset.name == self.name)
    }

    /// The class of all its assets; the first two that differ if there is no such class. Nothing if
    /// a class could not be read.
    pub fn class(&self, assets: &[Read]) -> Result<Option<&'static Class>, [usize; 2]> {
        let first = self.assets[0];
        for &other in &self.assets {
            match (assets[first].class, assets[other].class) {
                // that two assets have one name was said
                _ if first != other && assets[first].name == assets[other].name => return Ok(None),
                (Some(one), Some(another)) if one.id != another.id => return Err([first, other]),
                (Some(_), Some(_)) => {}
                _ => return Ok(None),
            }
        }
        Ok(assets[first].class)
    }
}

/// The assets at `own` are each alone in the market of their own name: they are that market, unless
/// they say otherwise. Takes back the default that was noted for them.
pub fn settle_correlations(own: &[usize], assets: &mut [Read], filled_in: &mut Vec<FilledIn>) {
    for &index in own {
        let asset = &mut assets[index];
        if !asset.says.correlation {
            asset.entry.market.correlation = 1.0;
        }
    }
    let unsaid = own.iter().map(|&index| &assets[index]);
    let unsaid = unsaid.filter(|asset| !asset.says.correlation);
    let unsaid: BTreeSet<&str> = unsaid.map(|asset| asset.name.as_str()).collect();
    filled_in.retain(|filled| {
        let of_asset = filled.path.strip_suffix(".market_correlation");
        let name = of_asset.and_then(|path| path.strip_prefix("asset."));
        !name.is_some_and(|name| unsaid.contains(name))
    });
}

/// Finds the clusters that agents of the owner belong to; `has_crash` says whether the file has a
/// `[crash]`, which could not be read if there is none here.
pub fn settle_agents(
    assets: &mut [Read],
    has_crash: bool,
    crash: Option<&Crash>,
    faults: &mut Faults,
) {
    for asset in assets {
        let Some(cluster) = &asset.says.managed_by else {
            continue;
        };
        if !has_crash {
            faults.push(without_crash(asset, cluster));
            continue;
        }
        if !asset.entry.movable {
            faults.push(immovable(asset, cluster));
        }
        if asset.entry.kind.is_levered() {
            faults.push(levered(asset, cluster));
        }
        let Some(crash) = crash else { continue };
        let names = || crash.clusters.iter().map(|cluster| cluster.name.as_str());
        asset.entry.market.managed_by = names().position(|name| name == cluster.text);
        if asset.entry.market.managed_by.is_none() {
            faults.push(unknown_cluster(cluster, names()));
        }
    }
}

fn without_crash(asset: &Read, cluster: &Spelled) -> Diagnostic {
    let name = shortened(&asset.name);
    let message = format!("`{name}` is managed by agents, but the file has no [crash]");
    Diagnostic::new("crash", message)
        .at(cluster.place, "a cluster of [crash]")
        .note("such as", "[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }")
        .note("or", format!("in a file that extends another: drop = [\"asset.{name}.managed_by\"]"))
        .note("more", "tailwheel explain asset.managed_by")
}

fn immovable(asset: &Read, cluster: &Spelled) -> Diagnostic {
    let message = format!(
        "no agent can sell parts of `{}`, because it is not movable",
        shortened(&asset.name)
    );
    Diagnostic::new("crash", message)
        .at(cluster.place, "this cluster would sell parts of it")
        .and(asset.says.movable, "this key forbids it")
        .write("movable = true")
        .rule("an asset that an agent manages must be movable. The default of `movable` comes from the class")
        .note("more", "tailwheel explain asset.managed_by")
}

fn levered(asset: &Read, cluster: &Spelled) -> Diagnostic {
    let name = shortened(&asset.name);
    let message =
        format!("`{name}` has a rule that cannot distinguish agent selling from price falls");
    Diagnostic::new("crash", message)
        .at(cluster.place, "this cluster would sell too")
        .rule("an asset with `leverage`, `liquidity`, `volatility_target` or `marking = \"appraisal\"` cannot have `managed_by`")
        .note("help", "leave `managed_by` or the rule out")
        .note("more", "tailwheel explain asset.managed_by")
}

fn unknown_cluster<'a>(
    cluster: &Spelled,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = format!("no cluster of agents is named `{}`", shortened(&cluster.text));
    let fault = Diagnostic::new("unknown-cluster", message);
    let name = (cluster.text.as_str(), cluster.place);
    fault
        .unknown(name, "\"", known, "no such cluster")
        .rule("clusters are the models of [crash] and `dispersed`, or its [[crash.cluster]]")
        .note("more", "tailwheel explain asset.managed_by")
}

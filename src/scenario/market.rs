//! `[[market]]`: the market of an asset as the flash-crash loop sees it.
//!
//! In: the tables of the file, the defaults of the assets' classes. Out: [`MarketEntry`] for each
//! asset, which is alone in a market of its own name. Not here: shocks of prices (`correlation`).

use super::FilledIn;
use super::defaults::Defaults;
use super::holding::Read;
use super::names::{Name, Named, refuse_twins};
use super::recovery::{Recovery, RecoveryTimes};
use super::tables::array_of_tables;
use crate::form::{
    Data, Diagnostic, Faults, Group, Parameter, Place, Preset, Reader, Table, Value, nearest,
    one_of, shortened,
};
use crate::parameters;
use crate::random::name_key;
use crate::units::{Fraction, MarketSize, PriceFall, plain};

/// A market in which agents sell.
#[derive(Clone, Debug, PartialEq)]
pub struct MarketEntry {
    /// Size of its float; only ratios between markets matter.
    pub size: f64,
    /// Part of the float that agents hold.
    pub agent_share: f64,
    /// Part that the price loses if a tenth of the float is sold at once.
    pub impact_10pct: f64,
    /// Part of such a fall that never comes back.
    pub permanent: f64,
    /// How the rest comes back, the fastest first; weights add up to 1.
    pub recovery: Vec<Recovery>,
    /// How strongly the asset follows the forced sales of its market.
    pub beta: f64,
}

impl MarketEntry {
    /// Before its table is read.
    pub fn unread(beta: f64) -> Self {
        Self {
            size: 1.0,
            agent_share: 0.0,
            impact_10pct: 0.0,
            permanent: 0.0,
            recovery: Vec::new(),
            beta,
        }
    }

    /// The table that says the same, but for the asset's own key `market_beta`.
    pub fn written(&self, name: &str) -> Table {
        let mut table = Table::default();
        table.push("name", Value::text(name));
        table.push("size", Value::float(self.size));
        table.push("agent_share", Value::float(self.agent_share));
        table.push("impact_10pct", Value::float(self.impact_10pct));
        table.push("permanent", Value::float(self.permanent));
        if let Some(recovery) = RecoveryTimes(self.recovery.clone()).write() {
            table.push("recovery_half_life", recovery);
        }
        table
    }
}

parameters! {
    /// The market of an asset.
    pub struct MarketKeys {
        /// The asset whose market this is: every asset has one of its own.
        name: Name = Preset::Required,
        /// Size of the market's float. Only ratios between markets matter: they decide what the
        /// agents' money is spread over. Assets of one class divide the default of the class.
        size: MarketSize = Preset::Class,
        /// Part of the float that agents hold; 0 keeps the loop out of this market.
        agent_share: Fraction = Preset::Class => "0.35",
        /// Part that the price loses if a tenth of the float is sold at once.
        impact_10pct: PriceFall = Preset::Class => "0.10",
        /// Part of a fall by forced sales that never comes back.
        permanent: Fraction = Preset::Class => "0.2",
        /// Time after which half of the rest is back: one for all crashes, or several of which each
        /// crash has one, with their weights.
        recovery_half_life: RecoveryTimes = Preset::Class,
    }
}

/// Gives every asset a `[[market]]` that says nothing but its name, so that assignments find it.
pub fn name_markets(document: &mut Table) {
    let names: Vec<String> = items(document, "asset")
        .iter()
        .filter_map(|asset| Some(asset.as_table()?.label()?.to_owned()))
        .collect();
    if document.get("market").is_none() {
        document.push("market", Value::list(Vec::new()));
    }
    let Some(entry) = document.get_mut("market") else {
        return;
    };
    let Data::List(markets) = &mut entry.value.data else {
        return; // that it is no array is said when it is read
    };
    for name in names {
        let bears = |market: &Value| market.as_table().and_then(Table::label) == Some(&name);
        if !markets.iter().any(bears) {
            let mut table = Table::default();
            table.push("name", Value::text(name));
            markets.push(Value::table(table));
        }
    }
}

fn items<'a>(document: &'a Table, key: &str) -> &'a [Value] {
    let entry = document.get(key);
    entry
        .and_then(|entry| entry.value.as_list())
        .unwrap_or_default()
}

/// One entry for each of `assets`, in their order.
pub fn read_markets(
    document: &Table,
    assets: &[Read],
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Vec<MarketEntry> {
    let tables = array_of_tables(document, "market", faults);
    let label =
        |table: &Table| -> Option<String> { Some(table.get("name")?.value.as_text()?.to_owned()) };
    let mut named = Vec::new();
    for (table, place) in &tables {
        let name = label(table).unwrap_or_default();
        let at = table.get("name").and_then(|entry| entry.value.place);
        let asset = assets.iter().find(|asset| asset.name == name);
        if asset.is_none() && !name.is_empty() {
            unknown_market(&name, at.or(*place), assets, faults);
        }
        let market = Market {
            table,
            place: *place,
            asset,
            n_of_class: asset.map_or(1, |asset| siblings(asset, assets)),
        };
        let entry = market.read(&name, faults, filled_in);
        named.push((name, at.or(*place), entry));
    }
    let twins: Vec<Named<'_>> = named
        .iter()
        .filter(|(name, _, _)| !name.is_empty())
        .map(|(name, place, _)| Named {
            name,
            place: *place,
        })
        .collect();
    refuse_twins("market", &twins, name_key, faults);
    let of_asset = |asset: &Read| {
        let written = named.iter().find(|(name, _, _)| *name == asset.name);
        if let Some((_, _, entry)) = written {
            return entry.clone();
        }
        let mut table = Table::default();
        table.push("name", Value::text(asset.entry.name.as_str()));
        let market = Market {
            table: &table,
            place: None,
            asset: Some(asset),
            n_of_class: siblings(asset, assets),
        };
        // What cannot be filled in was said of the asset's name or class.
        market.read(&asset.name, &mut Faults::default(), filled_in)
    };
    assets.iter().map(of_asset).collect()
}

/// Assets of the class of `asset`, itself among them.
fn siblings(asset: &Read, assets: &[Read]) -> usize {
    let class = |asset: &Read| asset.class.map(|class| &class.id);
    let of_class = assets.iter().filter(|other| class(other) == class(asset));
    of_class.count()
}

/// A table to be read as the market of an asset.
struct Market<'a> {
    table: &'a Table,
    place: Option<Place>,
    asset: Option<&'a Read>,
    n_of_class: usize,
}

impl Market<'_> {
    fn read(&self, name: &str, faults: &mut Faults, filled_in: &mut Vec<FilledIn>) -> MarketEntry {
        let noun = match name {
            "" => "this market".to_owned(),
            name => format!("market `{}`", shortened(name)),
        };
        let class = self.asset.and_then(|asset| asset.class);
        let entries = class.map_or(&[][..], |class| &class.defaults);
        let defaults = Defaults::new(entries, "market");
        let mut reader = Reader::new(self.table, self.place, "market", faults)
            .named(format!("market.{name}"), noun)
            .over(&defaults.list);
        if class.is_none() {
            reader.assume_defaults();
        }
        let keys = MarketKeys::take(&mut reader);
        let is_size_written = reader.says("size");
        let mut size = keys.size.get();
        let mut used = reader.finish();
        if !is_size_written && self.n_of_class > 1 {
            size /= self.n_of_class as f64;
            let path = format!("market.{name}.size");
            for filled in used.iter_mut().filter(|filled| filled.path == path) {
                filled.value = plain(size);
            }
        }
        filled_in.extend(defaults.filled_in(used));
        MarketEntry {
            size,
            agent_share: keys.agent_share.get(),
            impact_10pct: keys.impact_10pct.get(),
            permanent: keys.permanent.get(),
            recovery: keys.recovery_half_life.0,
            beta: self.asset.map_or(1.0, |asset| asset.entry.market.beta),
        }
    }
}

fn unknown_market(name: &str, place: Option<Place>, assets: &[Read], faults: &mut Faults) {
    if assets.iter().any(|asset| asset.name.is_empty()) {
        return; // it may be the market of an asset whose name could not be read
    }
    let message = format!(
        "no asset is named `{}`, so there is no such market",
        shortened(name)
    );
    let known = assets.iter().map(|asset| asset.name.as_str());
    faults.push(not_among(known, name, place, message));
}

/// A market that is named and does not exist, with the nearest one that does.
pub(super) fn not_among<'a>(
    known: impl Iterator<Item = &'a str> + Clone,
    name: &str,
    place: Option<Place>,
    message: String,
) -> Diagnostic {
    let fault = Diagnostic::new("unknown-market", message);
    match nearest(name, known.clone()) {
        Some(near) => fault
            .at(place, format!("did you mean \"{near}\"?"))
            .replace(place, format!("\"{near}\"")),
        None => fault.at(place, "no such asset"),
    }
    .note("known", one_of(known))
    .rule("every asset is alone in a market of its own name")
}

//! `[[market]]`: markets in which asset prices move and agents sell.
//!
//! In: the tables of the file, the assets, the defaults of classes. Out: [`MarketEntry`] for each market. Not
//! here: which asset is in which market (`membership`), correlations (`correlation`).

mod faults;
mod table;

pub(super) use faults::not_among;

use self::faults::{mixed_classes, too_calm, unknown_market};
use self::table::{MarketTable, refuse_twin_markets};
use super::FilledIn;
use super::defaults::Defaults;
use super::holding::ReadAsset;
use super::membership::{MarketGroup, groups, settle_correlations};
use super::model::ClassId;
use super::names::Name;
use super::recovery::RecoveryTimes;
use super::shared_parts::Cache;
use super::tables::array_of_tables;
use crate::catalog::Class;
use crate::form::{At, Faults, Group as _, Preset, Reader, Table, Value};
use crate::parameters;
use crate::units::{Fraction, MarketSize, PriceFall, Volatility, plain};
use std::collections::BTreeMap;

parameters! {
    /// A market of one asset, or of all assets that name it. The agents of `[crash]` sell in it. Its class
    /// supplies the defaults.
    pub struct MarketEntry {
        /// The market: the name of an asset that is alone in its own, or what the key `market` of
        /// assets says.
        name: At<Name> = Preset::Required,
        /// The class whose defaults hold for what is not written here and for correlations with
        /// other markets. That of its assets if absent; needed if they are of several.
        class: Option<ClassId> = Preset::Absent,
        /// Total standard deviation of a year's log-return of the market, as agents see it. Of an
        /// asset alone in its market: that of the asset; of several: that of the class. The assets
        /// keep their own.
        volatility: Option<Volatility> = Preset::Class => "0.65",
        /// Size of the market's float. Only ratios between markets matter: they decide what the
        /// agents' money is spread over. Markets of one class divide the default of the class.
        size: MarketSize = Preset::Class,
        /// Share of the float that agents hold. With 0 no agent sells in this market.
        agent_share: Fraction = Preset::Class => "0.35",
        /// Part that the price loses if a tenth of the float is sold at once.
        impact_of_10_percent: PriceFall = Preset::Class => "0.10",
        /// Part of a fall by forced sales that never comes back.
        permanent: Fraction = Preset::Class => "0.2",
        /// Time after which half of the rest is back: one for all crashes, or several of which each
        /// crash has one, with their weights.
        recovery_half_life: RecoveryTimes = Preset::Class,
    } and {
        /// Ascending indices of the market's [`Scenario::assets`](super::Scenario::assets); while reading, in the
        /// order of the file.
        assets: Vec<usize>,
    }
}

impl MarketEntry {
    /// Class whose defaults the market takes: as written, else that of its assets; `None` if it could not be
    /// read.
    pub fn class(&self) -> Option<&'static Class> {
        self.class?.0
    }

    /// Id of the market's class; empty if the class could not be read.
    pub fn class_id(&self) -> &'static str {
        self.class().map_or("", |class| &class.id)
    }

    /// Total standard deviation of a year's log-return that agents assume for this market: the written one,
    /// else that of the only asset in the market with its jumps, else that of the class.
    pub fn volatility(&self) -> Volatility {
        self.volatility.unwrap_or_default()
    }
}

/// All that a market without a `[[market]]` table depends on, except for the volatility of an only asset.
#[derive(PartialEq)]
pub struct Unwritten {
    class: Option<&'static str>,
    /// Number of markets of the same class, which divide the class's default size.
    n_of_class: usize,
    is_alone: bool,
}

/// Reads every market that `assets` are in, sorted by name. Sets the market correlation of assets that are
/// alone in their market.
pub fn read_markets(
    document: &Table,
    known: &mut Cache<Unwritten, MarketEntry>,
    assets: &mut [ReadAsset],
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Vec<MarketEntry> {
    let tables = array_of_tables(document, "market", "markets", usize::MAX, faults);
    let written: Vec<MarketTable<'_>> =
        tables.iter().map(|(table, place)| MarketTable::new(table, *place)).collect();
    let groups = groups(assets);
    refuse_twin_markets(&written, &groups, assets, faults);
    let classes: Vec<Option<&'static Class>> =
        groups.iter().map(|group| class_of(group, &written, assets, faults)).collect();
    let mut n_of_classes: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for class in &classes {
        *n_of_classes.entry(id_of(*class)).or_default() += 1;
    }
    let mut markets = Vec::with_capacity(groups.len());
    for (group, class) in groups.iter().zip(&classes) {
        let n_of_class = n_of_classes[&id_of(*class)];
        let market = Market { group: Some(group), assets, class: *class, n_of_class };
        let mut tables = written.iter().filter(|table| table.name.text == group.name);
        markets.push(match tables.next() {
            Some(table) => market.read(table, faults, filled_in),
            None => market.unwritten(group, known, faults, filled_in),
        });
        for twin in tables {
            market.read(twin, faults, &mut Vec::new());
        }
    }
    for table in &written {
        if !groups.iter().any(|group| group.name == table.name.text) {
            unknown_market(&table.name, &groups, assets, faults);
            let nobody = Market { group: None, assets, class: table.class(), n_of_class: 1 };
            nobody.read(table, faults, &mut Vec::new());
        }
    }
    let own: Vec<usize> =
        groups.iter().filter(|group| group.is_own(assets)).flat_map(|group| group.assets.clone()).collect();
    settle_correlations(&own, assets, filled_in);
    markets
}

fn id_of(class: Option<&'static Class>) -> Option<&'static str> {
    class.map(|class| class.id.as_str())
}

/// Returns the class in the market's table, else the class of its assets; pushes a fault if their classes
/// differ.
fn class_of(
    group: &MarketGroup<'_>,
    written: &[MarketTable<'_>],
    assets: &[ReadAsset],
    faults: &mut Faults,
) -> Option<&'static Class> {
    let table = written.iter().find(|table| table.name.text == group.name);
    if let Some(table) = table.filter(|table| table.table.get("class").is_some()) {
        return table.class();
    }
    let mixed = |[first, other]: [usize; 2]| mixed_classes(group.name, &assets[first], &assets[other]);
    faults.accept(group.class(assets).map_err(mixed))?
}

struct Market<'a> {
    group: Option<&'a MarketGroup<'a>>,
    assets: &'a [ReadAsset],
    class: Option<&'static Class>,
    n_of_class: usize,
}

/// Cost of copying a market from an earlier variant of the file, in steps of [`Faults::count_steps`].
const STEPS_OF_KNOWN: u64 = 2;

impl Market<'_> {
    /// Returns the market of `group`, which has no `[[market]]` table: read, or copied from an earlier variant of
    /// the file and given the assets of `group`.
    fn unwritten(
        &self,
        group: &MarketGroup<'_>,
        known: &mut Cache<Unwritten, MarketEntry>,
        faults: &mut Faults,
        filled_in: &mut Vec<FilledIn>,
    ) -> MarketEntry {
        let alone = group.alone(self.assets);
        let (class, n_of_class) = (id_of(self.class), self.n_of_class);
        let source = Unwritten { class, n_of_class, is_alone: alone.is_some() };
        let found = known.get(group.name, |from| *from == source, filled_in);
        let mut market = if let Some(known) = found {
            faults.count_steps(STEPS_OF_KNOWN);
            let volatility = alone.map(|asset| asset.entry.keys.volatility).or(known.volatility);
            MarketEntry { assets: group.assets.clone(), volatility, ..known }
        } else {
            let mut table = Table::default();
            table.push("name", Value::text(group.name));
            // Missing values have been reported as faults of the asset's name or class.
            let (mut unsaid, n_filled) = (Faults::default(), filled_in.len());
            let read = self.read(&MarketTable::new(&table, None), &mut unsaid, filled_in);
            faults.count_steps(unsaid.n_steps());
            if unsaid.is_empty() {
                known.keep(group.name, || source, &read, &filled_in[n_filled..]);
            }
            read
        };
        market.name.place = self.assets[group.assets[0]].market_place();
        market
    }

    fn read(
        &self,
        written: &MarketTable<'_>,
        faults: &mut Faults,
        filled_in: &mut Vec<FilledIn>,
    ) -> MarketEntry {
        let entries = self.class.map_or(&[][..], |class| &class.defaults);
        let defaults = Defaults::new(entries, "market");
        let mut reader = Reader::new(written.table, written.place, "market", faults)
            .one_of("market", "name")
            .over(defaults.list());
        if self.class.is_none() {
            reader.assume_defaults();
        }
        let mut market = MarketEntry::take(&mut reader);
        // A name that cannot be one has been reported, and still refers to its assets.
        market.name = At { value: Name::as_written(&written.name.text), place: written.name.place };
        market.class = Some(ClassId(self.class));
        market.volatility = self.volatility(&market, &mut reader);
        market.assets = self.group.map_or_else(Vec::new, |group| group.assets.clone());
        let is_size_written = reader.says("size");
        let mut used = reader.finish();
        if !is_size_written && self.n_of_class > 1 {
            let size = market.size.get() / self.n_of_class as f64;
            market.size = MarketSize::new(size).expect("a part of a size is a size");
            let path = format!("market.{}.size", written.name.text);
            for filled in used.iter_mut().filter(|filled| filled.path == path) {
                filled.value = plain(size);
            }
        }
        filled_in.extend(defaults.filled_in(used));
        market
    }

    /// Returns the market's volatility: as written, else that of its only asset, else that of the class.
    fn volatility(&self, market: &MarketEntry, reader: &mut Reader<'_>) -> Option<Volatility> {
        if let Some(asset) = self.group.and_then(|group| group.alone(self.assets)) {
            if !reader.says("volatility") {
                reader.forget("volatility");
                return Some(asset.entry.keys.volatility);
            }
            check_process(market, asset, reader);
        }
        market.volatility
    }
}

/// Refuses a market volatility below that of the return process of its only asset: the process is a part of
/// it.
fn check_process(market: &MarketEntry, asset: &ReadAsset, reader: &mut Reader<'_>) {
    let own = asset.entry.process.own_variance();
    let total = market.volatility.map(Volatility::get).filter(|_| own > 0.0);
    if total.is_some_and(|total| total * total - own <= 0.0) {
        let fault = too_calm(asset, own.sqrt(), reader.place_of("volatility"));
        reader.push(fault);
    }
}

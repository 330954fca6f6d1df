//! `[[shock]]`: a price fall in a month that the scenario prescribes.
//!
//! In: the tables of the file, the markets, the simulated months. Out: [`PrescribedShock`] in canonical
//! order. Not here: random shocks (`market`).

use super::calendar::Calendar;
use super::market;
use super::membership::Members;
use super::model::ClassId;
use super::tables::array_of_tables;
use crate::form::{Diagnostic, Faults, Group, Place, Preset, Reader, Table, fault, one_of, shortened};
use crate::parameters;
use crate::units::{PriceFall, YearMonth, per_cent};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};

/// Cost of reading a shock without its markets, in steps of [`Faults::count_steps`].
const STEPS_OF_SHOCK: u64 = 2;

/// A price fall that happens on every path.
#[derive(Clone, Debug, PartialEq)]
pub struct PrescribedShock {
    /// Number of the simulated month, counted from 1.
    pub month: u32,
    /// Indices of [`Scenario::markets`](super::Scenario::markets), ascending, each once.
    pub markets: Vec<usize>,
    /// Fraction that the prices of all assets in these markets lose.
    pub loss: f64,
}

parameters! {
    /// A price fall in one month, on every path.
    pub struct ShockKeys {
        /// Month of the price fall.
        at: YearMonth = Preset::Required => "\"2028-07\"",
        /// The class whose markets fall; or `market`.
        class: Option<ClassId> = Preset::Absent,
        /// The market that falls: of an asset alone in it, the asset's name; or `class`.
        market: Option<String> = Preset::Absent => "\"defi\"",
        /// Part that the price of every asset in the market loses, before agents sell.
        loss: PriceFall = Preset::Required,
    }
}

/// Reads every `[[shock]]` and returns the valid ones; none without a `calendar`, because months cannot be checked.
pub fn read_shocks(
    document: &Table,
    members: &Members<'_>,
    calendar: Option<Calendar>,
    faults: &mut Faults,
) -> Vec<PrescribedShock> {
    let mut falls: Vec<PrescribedShock> = Vec::new();
    let mut places: BTreeMap<(u32, u64, Vec<usize>), Option<Place>> = BTreeMap::new();
    for (table, place) in array_of_tables(document, "shock", "shocks", usize::MAX, faults) {
        let mut reader = Reader::new(table, place, "shock", faults).one_of("shock", "");
        let keys = ShockKeys::take(&mut reader);
        let month = month(&keys, calendar, &mut reader);
        let markets = markets(&keys, members, &mut reader);
        let is_sound = reader.sound(&["loss"]);
        reader.finish();
        let Some(month) = month.filter(|_| is_sound) else { continue };
        let loss = keys.loss.get();
        faults.count_steps(STEPS_OF_SHOCK + markets.len() as u64);
        match places.entry((month, loss.to_bits(), markets)) {
            Occupied(first) => faults.push(same_again(loss, place, *first.get())),
            Vacant(free) => {
                let fall = |market: &usize| PrescribedShock { month, markets: vec![*market], loss };
                falls.extend(free.key().2.iter().map(fall));
                free.insert(place);
            }
        }
    }
    together(falls)
}

/// Returns the fault for a repeated shock, which is more likely a mistake than two falls.
fn same_again(loss: f64, place: Option<Place>, first: Option<Place>) -> Diagnostic {
    let left = (1.0 - loss) * (1.0 - loss);
    let both = per_cent(1.0 - left);
    fault!("duplicate", "this shock is there twice"; place => "second time"; first => "first here";
        or: "write one [[shock]] with loss = \"{both}\" if you mean both";
        rule: "falls of one month multiply, and the same fall is written once")
}

fn month(keys: &ShockKeys, calendar: Option<Calendar>, reader: &mut Reader<'_>) -> Option<u32> {
    let calendar = calendar?;
    if !reader.sound(&["at"]) {
        return None;
    }
    let month = calendar.month(keys.at);
    if month.is_none() {
        let fault = calendar.outside(keys.at, reader.place_of("at"));
        reader.push(fault.note("more", "tailwheel explain shock.at"));
    }
    month
}

/// Indices of the markets that fall: all of the class, or the named one; empty after a fault.
fn markets(keys: &ShockKeys, members: &Members<'_>, reader: &mut Reader<'_>) -> Vec<usize> {
    if !reader.sound(&["class", "market"]) {
        return Vec::new();
    }
    let list = members.list;
    let (found, fault) = match (&keys.class, &keys.market) {
        (Some(class), None) => {
            let id = class.id();
            let of_class = |index: &usize| list[*index].class().map(|class| class.id.as_str());
            let found: Vec<usize> = (0..list.len()).filter(|index| of_class(index) == id).collect();
            let fault = unused_class(id.unwrap_or_default(), members, reader.place_of("class"));
            (found, fault)
        }
        (None, Some(name)) => {
            let found = members.names().position(|known| known == name);
            let fault = unknown(name, members, reader.place_of("market"));
            (found.into_iter().collect(), fault)
        }
        (both, _) => {
            reader.push(one_way(both.is_some(), reader));
            return Vec::new();
        }
    };
    if found.is_empty() && members.is_complete {
        reader.push(fault);
    }
    found
}

fn one_way(is_both: bool, reader: &Reader<'_>) -> Diagnostic {
    if is_both {
        return fault!("shock", "`class` and `market` both set the target of the shock";
            reader.place_of("market") => "first target"; reader.place_of("class") => "second target";
            help: "write one [[shock]] for each");
    }
    fault!("missing", "this shock has no target"; reader.place_of("") => "`class` or `market` is needed here";
        such_as: "class = \"defi-yield-aggregator\"   or   market = \"defi\"")
}

fn unused_class(id: &str, members: &Members<'_>, place: Option<Place>) -> Diagnostic {
    let mut classes: Vec<&str> =
        members.list.iter().filter_map(|market| market.class().map(|class| class.id.as_str())).collect();
    classes.sort_unstable();
    classes.dedup();
    let noun = members.noun();
    fault!("unknown-market", "no {noun} is of class \"{id}\""; place => "no market would fall";
        known: "{}", one_of(classes))
}

fn unknown(name: &str, members: &Members<'_>, place: Option<Place>) -> Diagnostic {
    let message = format!("no market is named `{}`", shortened(name));
    market::not_among(members.names(), name, place, members.elsewhere(name), message)
}

/// Merges falls of equal month and size into one shock of several markets, so that shocks by class and by
/// market have one form. A market that falls twice is in two shocks.
fn together(mut falls: Vec<PrescribedShock>) -> Vec<PrescribedShock> {
    falls.sort_by(|a, b| {
        a.month.cmp(&b.month).then(a.loss.total_cmp(&b.loss)).then(a.markets.cmp(&b.markets))
    });
    let mut shocks: Vec<PrescribedShock> = Vec::new();
    for fall in falls {
        let takes = |shock: &&mut PrescribedShock| {
            (shock.month, shock.loss) == (fall.month, fall.loss) && !shock.markets.contains(&fall.markets[0])
        };
        match shocks.iter_mut().find(takes) {
            Some(shock) => shock.markets.extend(fall.markets),
            None => shocks.push(fall),
        }
    }
    shocks
}

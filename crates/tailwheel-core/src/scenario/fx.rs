//! `[[fx]]`: exchange rates that move.
//!
//! In: the tables of the file, the currencies that assets name. Out: the [`Exchange`] of every asset with a
//! foreign currency. Not here: the process of a rate (`market`).

use super::holding::Read;
use super::tables::array_of_tables;
use crate::catalog::{Entry, Written, exchange};
use crate::form::{
    Currency, Diagnostic, Faults, Field, Group, Parameter, Place, Preset, Reader, Section, Shape, Table,
    Unit, Value, fault, illustrated, read_text,
};
use crate::parameters;
use crate::units::Volatility;

/// Foreign currency of an asset's price.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    pub currency: String,
    /// Volatility of its exchange rate against the currency of the file, per year.
    pub volatility: Volatility,
}

/// The list of tables `[[fx]]`.
pub fn section() -> Section {
    Section::array(
        "fx",
        "An exchange rate. Without it every asset has the currency of the file.",
        FxKeys::FIELDS,
    )
}

parameters! {
    /// Keys of one `[[fx]]` table of a scenario file.
    pub struct FxKeys {
        /// The two currencies, one of them that of the file.
        pair: Pair = Preset::Required,
        /// Standard deviation of a year's log-change of the rate; it has no trend and goes its own way,
        /// whatever markets do. The catalog knows some pairs.
        volatility: Volatility = Preset::Required => "\"8 %/year\"",
    }
}

/// A pair of currencies, such as `EUR/USD`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Pair([String; 2]);

impl Pair {
    /// Returns the currency that is not `home`; `None` unless exactly one of the two is `home`.
    fn beside(&self, home: &str) -> Option<&str> {
        match &self.0 {
            [one, other] if one == home && other != home => Some(other),
            [one, other] if other == home && one != home => Some(one),
            _ => None,
        }
    }
}

impl Parameter for Pair {
    const UNIT: Unit = Unit {
        name: "pair of currencies",
        examples: &["\"EUR/USD\""],
        shape: Shape::Text("^[A-Z]{3,5}/[A-Z]{3,5}$"),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let text = read_text(value, field, faults)?;
        if let Some((one, other)) = text.split_once('/')
            && Currency::is_symbol(one)
            && Currency::is_symbol(other)
        {
            return Some(Self([one.to_owned(), other.to_owned()]));
        }
        let fault = fault!("currency", "this is not a pair of currencies";
            value.place => "write two currency codes with a slash");
        faults.push(illustrated(fault, field));
        None
    }
}

/// Reads every `[[fx]]` and assigns the rates to the assets. `home` is the currency of the file. `is_whole`
/// is true if all `[[fx]]` tables could be found.
pub fn read_fx(document: &Table, (home, is_whole): (&str, bool), assets: &mut [Read], faults: &mut Faults) {
    if home.is_empty() {
        return;
    }
    let before = faults.len();
    let rates = rates(document, home, faults);
    // A rate that could not be read may be the missing one.
    let is_whole = is_whole && faults.len() == before;
    for asset in assets {
        let Some((currency, place)) = asset.currency.take().filter(|(named, _)| named != home) else {
            continue;
        };
        let rate = rates.iter().find(|(rate, _)| rate.currency == currency);
        if asset.entry.launch.is_some() {
            fault!(faults, "currency", "an asset with a `launch` must have the currency of the file";
                place => "the exchange rate on its launch date is unknown"; write: "currency = \"{home}\"");
        } else if let Some((rate, _)) = rate {
            asset.entry.exchange = Some(rate.clone());
        } else if is_whole {
            faults.push(without_rate(&currency, home, place));
        }
    }
}

/// Returns the exchange rates that could be read, each with the place of its pair.
fn rates(document: &Table, home: &str, faults: &mut Faults) -> Vec<(Exchange, Option<Place>)> {
    let mut rates: Vec<(Exchange, Option<Place>)> = Vec::new();
    for (table, place) in array_of_tables(document, ("fx", "exchange rates"), usize::MAX, faults) {
        let mut reader = Reader::one_of(table, place, ("fx", "exchange rate", "pair"), faults);
        let keys = FxKeys::take(&mut reader);
        let at = reader.place_of("pair");
        match keys.pair.beside(home) {
            _ if !reader.sound(&["pair"]) => {}
            Some(other) => match rates.iter().find(|(known, _)| known.currency == other) {
                Some((_, first)) => fault!(reader, "duplicate", "this exchange rate is there twice";
                    at => "second time"; *first => "first here"; help: "leave one of the two out";
                    rule: "each pair has one [[fx]], in either direction"),
                None => {
                    rates.push((Exchange { currency: other.to_owned(), volatility: keys.volatility }, at))
                }
            },
            None => fault!(reader, "currency", "this pair does not contain the currency of the file";
                at => "exactly one of the two must be {home}"),
        }
        reader.finish();
    }
    rates
}

/// Volatility of this exchange rate in the catalog, to be proposed; that of the last pair if it is unknown.
fn known_of(currency: &str, home: &str) -> &'static Written {
    let pairs = [format!("{currency}/{home}"), format!("{home}/{currency}")];
    let is_known = |entry: &&Entry| pairs.contains(&entry.key);
    let entry = exchange().iter().find(is_known).or(exchange().last());
    &entry.expect("a test reads the catalog").value
}

fn without_rate(currency: &str, home: &str, place: Option<Place>) -> Diagnostic {
    fault!("currency", "the exchange rate {currency}/{home} has no [[fx]]";
        place => "not the currency of the file";
        write: "[[fx]]\npair = \"{currency}/{home}\"\nvolatility = {}", known_of(currency, home))
}

/// Returns `[[fx]]` in canonical form; `None` if all assets are priced in the currency of the file.
pub fn written<'a>(home: &str, exchanges: impl Iterator<Item = &'a Exchange>) -> Option<Value> {
    let mut all: Vec<&Exchange> = exchanges.collect();
    all.sort_by(|a, b| a.currency.cmp(&b.currency));
    all.dedup();
    let tables = all.iter().map(|exchange| {
        let mut table = Table::default();
        let pair = format!("{}/{home}", exchange.currency);
        table.push("pair", Value::text(pair));
        if let Some(volatility) = exchange.volatility.write() {
            table.push("volatility", volatility);
        }
        Value::table(table)
    });
    let tables: Vec<Value> = tables.collect();
    (!tables.is_empty()).then(|| Value::list(tables))
}

//! `[[fx]]`: exchange rates that move.
//!
//! In: the tables of the file. Out: an [`Exchange`] for each foreign currency. Not here: the currencies of the
//! assets (`holdings`), the process of a rate (`market`).

use super::tables::array_of_tables;
use crate::catalog::{CatalogValue, Entry, exchange};
use crate::form::{
    At, Currency, Diagnostic, Faults, Field, Group, Parameter, Place, Preset, Reader, Shape, Table, Unit,
    Value, fault, illustrated, read_text,
};
use crate::parameters;
use crate::units::Volatility;

parameters! {
    /// An exchange rate. Without it every asset has the currency of the file.
    pub struct Exchange {
        /// The two currencies, one of them that of the file.
        pair: At<CurrencyPair> = Preset::Required,
        /// Standard deviation of a year's log-change of the rate; it has no trend and goes its own way,
        /// whatever markets do. The catalog knows some pairs.
        volatility: Volatility = Preset::Required => "\"8 %/year\"",
    }
}

impl Exchange {
    /// Symbol of the foreign currency.
    pub fn currency(&self) -> &str {
        &self.pair.0[0]
    }
}

/// A pair of currencies, such as `EUR/USD`. Once it has been read, the foreign currency comes first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CurrencyPair([String; 2]);

impl CurrencyPair {
    /// Swaps the currencies if needed, so that `home` is last; false unless exactly one of them is `home`.
    fn turn_to(&mut self, home: &str) -> bool {
        if self.0[0] == home {
            self.0.reverse();
        }
        self.0[0] != home && self.0[1] == home
    }
}

impl Parameter for CurrencyPair {
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
        faults.refuse(illustrated(fault, field))
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(self.0.join("/")))
    }
}

/// Returns the exchange rates that could be read. `home` is the currency of the file.
pub fn read_fx(document: &Table, home: &str, faults: &mut Faults) -> Vec<Exchange> {
    let mut rates: Vec<Exchange> = Vec::new();
    for (table, place) in array_of_tables(document, "fx", "exchange rates", usize::MAX, faults) {
        let mut reader = Reader::new(table, place, "fx", faults).one_of("exchange rate", "pair");
        let mut rate = Exchange::take(&mut reader);
        let is_foreign = rate.pair.turn_to(home);
        match rates.iter().find(|first| first.pair == rate.pair) {
            _ if !reader.sound(&["pair"]) => {}
            _ if !is_foreign => {
                fault!(reader, "currency", "this pair does not contain the currency of the file";
                rate.pair.place => "exactly one of the two must be {home}")
            }
            Some(first) => fault!(reader, "duplicate", "this exchange rate is there twice";
                rate.pair.place => "second time"; first.pair.place => "first here";
                help: "leave one of the two out"; rule: "each pair has one [[fx]], in either direction"),
            None => rates.push(rate),
        }
        reader.finish();
    }
    rates
}

/// Volatility of this exchange rate in the catalog, else of the last one there, as the example in a message.
fn known_of(currency: &str, home: &str) -> &'static CatalogValue {
    let pairs = [format!("{currency}/{home}"), format!("{home}/{currency}")];
    let is_known = |entry: &&Entry| pairs.contains(&entry.key);
    let entry = exchange().iter().find(is_known).or(exchange().last());
    &entry.expect("a test reads the catalog").value
}

/// Returns the fault that the `currency` at `place` has no exchange rate to `home`, the currency of the file.
pub fn without_rate(currency: &str, home: &str, place: Option<Place>) -> Diagnostic {
    fault!("currency", "the exchange rate {currency}/{home} has no [[fx]]";
        place => "not the currency of the file";
        such_as: "[[fx]]\npair = \"{currency}/{home}\"\nvolatility = {}", known_of(currency, home))
}

/// Returns the `[[fx]]` tables in canonical form; none if all assets are priced in the currency of the file.
pub fn written<'a>(exchanges: impl Iterator<Item = &'a Exchange>) -> impl Iterator<Item = Table> {
    let mut all: Vec<&Exchange> = exchanges.collect();
    all.sort_by(|a, b| a.currency().cmp(b.currency()));
    all.dedup();
    all.into_iter().map(Group::written)
}

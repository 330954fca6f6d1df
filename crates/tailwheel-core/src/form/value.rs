//! Tree of the values of a document with their places, independent of the parser.
//!
//! In: parsed TOML (`toml`), defaults of the catalog. Out: [`Value`], [`Table`]. Not here: meaning.

use super::Place;
use super::quantity::{QuantityRange, UnitNumber};

/// A value of a document with its source position, which is `None` if the user did not write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub data: Data,
    pub place: Option<Place>,
    /// True for a float that looks like thousands in German notation: 50.000, 1.750.
    pub is_grouped: bool,
}

/// Data of a value of a document, by its kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// A date without quotes, in the text of the file; scenario dates are texts instead.
    Moment(String),
    List(Vec<Value>),
    Table(Table),
}

/// A text with its source position in the file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Spelled {
    pub text: String,
    pub place: Option<Place>,
}

impl Spelled {
    /// Returns the text of `value`; `None` if it is no text.
    pub fn of(value: &Value) -> Option<Self> {
        let (text, place) = (value.as_text()?.to_owned(), value.place);
        Some(Self { text, place })
    }
}

/// A table of a document; its entries are in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub entries: Vec<KeyValue>,
}

/// One key of a table with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyValue {
    pub key: String,
    /// Source position of the key in its file; `None` if the user did not write it.
    pub place: Option<Place>,
    pub value: Value,
}

impl Value {
    /// Returns a value without a source position.
    pub const fn bare(data: Data) -> Self {
        Self { data, place: None, is_grouped: false }
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::bare(Data::Text(text.into()))
    }

    pub const fn float(number: f64) -> Self {
        Self::bare(Data::Float(number))
    }

    pub const fn integer(number: i64) -> Self {
        Self::bare(Data::Integer(number))
    }

    pub const fn list(items: Vec<Value>) -> Self {
        Self::bare(Data::List(items))
    }

    pub const fn table(table: Table) -> Self {
        Self::bare(Data::Table(table))
    }

    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number, whole or not; `None` for anything else.
    pub fn as_number(&self) -> Option<f64> {
        match self.data {
            Data::Integer(number) => Some(number as f64),
            Data::Float(number) => Some(number),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_table(&self) -> Option<&Table> {
        match &self.data {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }

    /// True if `other` is an equal value, whatever its source position: `0.70` equals `0.7`, and 1 equals 1.0.
    pub fn says(&self, other: &Self) -> bool {
        match (&self.data, &other.data) {
            (Data::Integer(_), Data::Float(_)) | (Data::Float(_), Data::Integer(_)) => {
                self.as_number() == other.as_number()
            }
            (Data::List(own), Data::List(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(a, b)| a.says(b))
            }
            (Data::Table(own), Data::Table(others)) => {
                own.entries.len() == others.entries.len()
                    && own.entries.iter().all(|entry| {
                        let twin = others.get(&entry.key);
                        twin.is_some_and(|twin| entry.value.says(&twin.value))
                    })
            }
            (own, others) => own == others,
        }
    }

    /// True if `other` has the same meaning under one key: `0.1` is `"10 %"`, `"1 year"` is `"12 months"`.
    pub fn means(&self, other: &Self) -> bool {
        match (&self.data, &other.data) {
            (Data::List(own), Data::List(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(a, b)| a.means(b))
            }
            (Data::Table(own), Data::Table(others)) => own.means(others),
            _ => {
                let same = self.quantity().zip(other.quantity());
                self.says(other) || same.is_some_and(|(own, other)| own == other)
            }
        }
    }

    /// Returns the first and last number of a list, the ends of a range, or a single number twice, with their
    /// unit. Percent become fractions: `0.15` and `0.37` for `"15-37 %"`, 18 and `month` for `"18 months"`.
    /// `None` without a number.
    pub fn ends(&self) -> Option<([f64; 2], String)> {
        if let Some([first, rest @ ..]) = self.as_list() {
            let (low, unit) = first.quantity()?;
            let (high, _) = rest.last().unwrap_or(first).quantity()?;
            return Some(([low, high], unit));
        }
        if let Some(range) = self.as_text().and_then(QuantityRange::parse) {
            // The unit behind the second number applies to both.
            let mut low = range.low;
            low.unit.clone_from(&range.high.unit);
            let [(low, _), (high, unit)] = [low, range.high].map(in_unit_of_numbers);
            return Some(([low, high], unit));
        }
        let (number, unit) = self.quantity()?;
        Some(([number; 2], unit))
    }

    /// Returns number and unit of a number or text, in the unit of numbers written without one; `None` for
    /// others.
    fn quantity(&self) -> Option<(f64, String)> {
        if let Some(number) = self.as_number() {
            return Some((number, String::new()));
        }
        Some(in_unit_of_numbers(UnitNumber::parse(self.as_text()?)?))
    }

    /// Kind of the value in messages: "a text", "a list".
    pub fn sort(&self) -> &'static str {
        match &self.data {
            Data::Text(_) => "a text",
            Data::Integer(_) => "a whole number",
            Data::Float(_) => "a number",
            Data::Boolean(_) => "true or false",
            Data::Moment(_) => "a date without quotes",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
        }
    }
}

/// Converts to the unit that numbers without one have: percent (a year) to fractions, and years to months.
fn in_unit_of_numbers(quantity: UnitNumber) -> (f64, String) {
    match quantity.unit.strip_prefix('%') {
        Some("" | "/year") => (quantity.hundredths(), String::new()),
        Some(_) => (quantity.hundredths(), quantity.unit),
        None if quantity.unit == "year" => (quantity.number() * 12.0, "month".to_owned()),
        None => (quantity.number(), quantity.unit),
    }
}

impl Table {
    /// True if `other` has the same keys with the same meaning, in any order.
    pub fn means(&self, other: &Self) -> bool {
        let twin =
            |entry: &KeyValue| other.get(&entry.key).is_some_and(|twin| entry.value.means(&twin.value));
        self.entries.len() == other.entries.len() && self.entries.iter().all(twin)
    }

    pub fn get(&self, key: &str) -> Option<&KeyValue> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Text under `key`; `None` if the key is absent or holds anything else.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.value.as_text()
    }

    pub fn list(&self, key: &str) -> Option<&[Value]> {
        self.get(key)?.value.as_list()
    }

    pub fn table(&self, key: &str) -> Option<&Table> {
        self.get(key)?.value.as_table()
    }

    /// True if the table has `key = false`.
    pub fn is_off(&self, key: &str) -> bool {
        self.get(key).is_some_and(|entry| matches!(entry.value.data, Data::Boolean(false)))
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut KeyValue> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }

    /// Removes the entry of `key` and returns it; `None` if there is none.
    pub fn remove(&mut self, key: &str) -> Option<KeyValue> {
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index))
    }

    /// Appends a key without a source position.
    pub fn push(&mut self, key: impl Into<String>, value: Value) {
        self.entries.push(KeyValue { key: key.into(), place: None, value });
    }

    /// Name of this table among others: the first text under `name`, `id`, `in` or `pair`; `None` without
    /// one.
    pub fn label(&self) -> Option<&str> {
        ["name", "id", "in", "pair"].iter().find_map(|key| self.text(key))
    }
}

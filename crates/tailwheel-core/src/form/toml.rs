//! Parser from TOML text to [`Table`]; the only file that uses the parsing crate.
//!
//! In: a text of a [`SourceMap`]. Out: its tree; syntax faults, several at once. Not here: meaning.

use ::toml::Spanned;
use ::toml::de::{DeArray, DeTable, DeValue, Error};
use ::toml_parser::Source;
use ::toml_parser::lexer::TokenKind;

use super::quantity::EXACT;
use super::{Data, Diagnostic, Faults, KeyValue, Place, SourceMap, Table, TextId, Value, fault, syntax};
use crate::units::grouped;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Longest text in bytes; a file of 500 assets with a full correlation matrix at 17 digits has 5 MB.
const MAX_BYTES: usize = 8 << 20;

/// Largest number of brackets, commas, equals signs and lines of a text: twice that of 500 assets with a full
/// correlation matrix. Each of them takes a hundred times its file size in memory.
const MAX_PARTS: usize = 1_000_000;

/// Most keys of a table and tables of a list; searching more would take longer than a simulation.
const MAX_ENTRIES: usize = 10_000;

/// Deepest nesting by one dotted key; the parser limits only the nesting of brackets.
const MAX_DOTS: usize = 64;

/// Message about a whole number that does not fit an `i64`.
const BEYOND_WHOLE: &str = "whole numbers lie within ±9_223_372_036_854_775_807";

/// Parses a document. After a syntax fault the tree is incomplete and must not be judged.
pub fn parse(sources: &SourceMap, text: TextId, faults: &mut Faults) -> Table {
    let source = sources.text(text);
    if let Some(fault) = refuse_size(source, text) {
        faults.push(fault);
        return Table::default();
    }
    if source.trim_start().starts_with('{') {
        fault!(faults, "syntax", "this file is JSON, but a scenario is TOML";
            Place { text, start: 0, end: 0 } => "an object begins here"; rule: "a line is `key = value`");
        return Table::default();
    }
    let (document, errors) = DeTable::parse_recoverable(source);
    syntax::report(errors.iter().map(spoken).collect(), source, text, faults);
    let text = Some(text);
    Converter { text, faults }.table(document.get_ref())
}

/// Place and first line of an error of the parser.
fn spoken(error: &Error) -> (Range<usize>, &str) {
    (error.span().unwrap_or(0..0), error.message().lines().next().unwrap_or_default())
}

/// Parses one value without a file, such as a default; `None` if it is no TOML value.
pub fn parse_value(source: &str) -> Option<Value> {
    let value = DeValue::parse(source).ok()?;
    let mut found = Faults::default();
    let (text, faults) = (None, &mut found);
    let value = Converter { text, faults }.value(&value)?;
    found.is_empty().then_some(value)
}

/// Parses the value of a preset at the first call and keeps it; `None` if it is no TOML value.
pub fn preset(source: &'static str) -> Option<Arc<Value>> {
    static READ: Mutex<BTreeMap<&str, Option<Arc<Value>>>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.entry(source).or_insert_with(|| parse_value(source).map(Arc::new)).clone()
}

/// Returns the fault that a text is too long, has too many values or is nested too deep, else `None`. The parser
/// recurses over dotted keys without a limit and would exhaust the stack.
fn refuse_size(source: &str, text: TextId) -> Option<Diagnostic> {
    if source.len() > MAX_BYTES {
        let place = Place { text, start: 0, end: 0 };
        return Some(fault!("size", "this file is too long for a scenario"; place => "it starts here";
                rule: "a file has at most {} MB", MAX_BYTES >> 20));
    }
    let mut key = KeyTokens::default();
    let (mut n_parts, mut n_lines) = (0, 0);
    for token in Source::new(source).lex() {
        let (start, end) = (token.span().start(), token.span().end());
        n_parts += usize::from(is_between(token.kind()));
        n_lines += usize::from(token.kind() == TokenKind::Newline);
        if n_parts > MAX_PARTS {
            let most = if n_lines > MAX_PARTS / 2 { "lines" } else { "values" };
            return Some(fault!("size", "this file has too many {most} for a scenario";
                    Place { text, start, end } => "from here on";
                    rule: "a file has at most {} brackets, commas, equals signs and lines", grouped(MAX_PARTS as f64, 0)));
        }
        if !key.takes(token.kind(), start) || key.dots <= MAX_DOTS {
            continue;
        }
        let start = key.start;
        return Some(fault!("syntax", "a key has too many dots";
                Place { text, start, end } => "this table is nested too deep";
                rule: "a key has at most {MAX_DOTS} dots"));
    }
    None
}

fn is_between(token: TokenKind) -> bool {
    use TokenKind as T;
    matches!(token, T::Comma | T::Equals | T::Newline | T::LeftSquareBracket | T::LeftCurlyBracket)
}

/// A run of tokens that could be one dotted key, or a number.
#[derive(Default)]
struct KeyTokens {
    start: usize,
    dots: usize,
    is_open: bool,
}

impl KeyTokens {
    /// Adds the token to the run; true if it continues the run, false if it ends it.
    fn takes(&mut self, token: TokenKind, at: usize) -> bool {
        use TokenKind as T;
        let is_part = matches!(token, T::Dot | T::Atom | T::Whitespace | T::BasicString | T::LiteralString);
        if !self.is_open {
            (self.start, self.dots) = (at, 0);
        }
        self.is_open = is_part;
        self.dots += usize::from(token == T::Dot);
        is_part
    }
}

/// True if a float has one to three digits without a leading zero, and exactly three decimals.
fn is_grouped(float: &str) -> bool {
    float.trim_start_matches(['+', '-']).split_once('.').is_some_and(|(whole, decimals)| {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (1..=3).contains(&whole.len())
            && decimals.len() == 3
            && !whole.starts_with('0')
            && is_digits(whole)
            && is_digits(decimals)
    })
}

/// True for a whole number with an exponent, such as `1e4`, which counts like `10_000`; `1.0` does not.
fn is_count(float: &str, parsed: f64) -> bool {
    let is_whole = parsed.fract() == 0.0 && parsed.abs() < EXACT;
    is_whole && !float.contains('.') && float.contains(['e', 'E'])
}

struct Converter<'f> {
    /// Text in which the values stand; `None` for values without a file.
    text: Option<TextId>,
    faults: &'f mut Faults,
}

impl Converter<'_> {
    fn place<T>(&self, spanned: &Spanned<T>) -> Option<Place> {
        let (text, span) = (self.text?, spanned.span());
        Some(Place { text, start: span.start, end: span.end })
    }

    fn table(&mut self, table: &DeTable<'_>) -> Table {
        let mut items: Vec<_> = table.iter().collect();
        items.sort_by_key(|(key, _)| key.span().start);
        let mut entries: Vec<KeyValue> = items
            .into_iter()
            .filter_map(|(key, value)| {
                Some(KeyValue {
                    key: key.get_ref().to_string(),
                    place: self.place(key),
                    value: self.value(value)?,
                })
            })
            .collect();
        if let Some(entry) = entries.get(MAX_ENTRIES) {
            self.too_many("keys of a table", entry.place);
            entries.clear();
        }
        Table { entries }
    }

    fn list(&mut self, list: &DeArray<'_>) -> Vec<Value> {
        let is_table = |item: &&Spanned<DeValue<'_>>| item.get_ref().is_table();
        if let Some(item) = list.iter().filter(is_table).nth(MAX_ENTRIES) {
            let place = self.place(item);
            self.too_many("tables of a list", place);
            return Vec::new();
        }
        list.iter().filter_map(|item| self.value(item)).collect()
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Value> {
        let place = self.place(value);
        let data = match value.get_ref() {
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Boolean(truth) => Data::Boolean(*truth),
            DeValue::Datetime(moment) => Data::Moment(moment.to_string()),
            DeValue::Array(list) => Data::List(self.list(list)),
            DeValue::Table(table) => Data::Table(self.table(table)),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Data::Integer(number),
                Err(_) => return self.too_large(BEYOND_WHOLE, "this number is too large", place),
            },
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(parsed) if is_count(number.as_str(), parsed) => Data::Integer(parsed as i64),
                Ok(parsed) if !parsed.is_infinite() || number.as_str().contains("inf") => Data::Float(parsed),
                _ => return self.too_large("this number is too large", "more than 64 bits", place),
            },
        };
        Some(Value {
            data,
            place,
            is_grouped: matches!(value.get_ref(), DeValue::Float(float) if is_grouped(float.as_str())),
        })
    }

    fn too_many(&mut self, what: &str, place: Option<Place>) {
        fault!(self.faults, "size", "too many {what}"; place => "one too many";
            rule: "there are at most {}", grouped(MAX_ENTRIES as f64, 0));
    }

    fn too_large(&mut self, message: &str, label: &str, place: Option<Place>) -> Option<Value> {
        // What is no number has a syntax fault at its place.
        let is_in = |at: Place| place.is_some_and(|place| (place.start..=place.end).contains(&at.start));
        if !self.faults.iter().any(|fault| fault.code == "syntax" && fault.place().is_some_and(is_in)) {
            self.faults.push(fault!("number", "{message}"; place => "{label}"));
        }
        None
    }
}

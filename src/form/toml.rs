//! TOML text to [`Table`]: the only file that knows the crate that parses.
//!
//! In: a text of a [`SourceMap`]. Out: its tree; syntax faults, several at once. Not here: meaning.

use ::toml::Spanned;
use ::toml::de::{DeArray, DeTable, DeValue, Error};

use super::{Data, Diagnostic, Entry, Faults, Place, SourceMap, Table, TextId, Value};

/// Longest text that is read; 500 assets with a full matrix of 17 digits have 5 MB.
const MAX_BYTES: usize = 16 << 20;

/// Deepest nesting by dotted keys; the parser itself limits brackets only.
const MAX_DOTS: usize = 64;

/// Reads a document; after a syntax fault the tree is what could be saved and must not be judged.
pub fn parse(sources: &SourceMap, text: TextId, faults: &mut Faults) -> Table {
    let source = sources.text(text);
    if let Some(fault) = refuse_size(source, text) {
        faults.push(fault);
        return Table::default();
    }
    let (document, errors) = DeTable::parse_recoverable(source);
    syntax(&errors, source, text, faults);
    Converter { text, faults }.table(document.get_ref())
}

/// Reads one value, as it stands right of an equals sign; for defaults that have no file.
pub fn parse_value(source: &str) -> Option<Value> {
    let value = DeValue::parse(source).ok()?;
    let mut sources = SourceMap::default();
    let text = sources.add("", source);
    let mut faults = Faults::default();
    let value = Converter {
        text,
        faults: &mut faults,
    }
    .value(&value)?;
    faults.is_empty().then(|| without_places(value))
}

fn without_places(value: Value) -> Value {
    let data = match value.data {
        Data::List(items) => Data::List(items.into_iter().map(without_places).collect()),
        Data::Table(table) => Data::Table(Table {
            entries: table
                .entries
                .into_iter()
                .map(|entry| Entry {
                    place: None,
                    value: without_places(entry.value),
                    key: entry.key,
                })
                .collect(),
        }),
        other => other,
    };
    Value::bare(data)
}

/// The parser recurses over dotted keys without a limit and would exhaust the stack.
fn refuse_size(source: &str, text: TextId) -> Option<Diagnostic> {
    if source.len() > MAX_BYTES {
        let place = Place {
            text,
            start: 0,
            end: 0,
        };
        return Some(
            Diagnostic::new("size", "this file is too long for a scenario")
                .at(place, "it starts here")
                .note("rule", format!("a file has at most {} MB", MAX_BYTES >> 20)),
        );
    }
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        if line.bytes().filter(|byte| *byte == b'.').count() > MAX_DOTS
            && key_part(line).bytes().filter(|byte| *byte == b'.').count() > MAX_DOTS
        {
            let place = Place {
                text,
                start,
                end: start + line.trim_end().len(),
            };
            return Some(
                Diagnostic::new("syntax", "a key with this many dots")
                    .at(place, "names a table nested too deep"),
            );
        }
        start += line.len();
    }
    None
}

/// Up to the first equals sign, where keys and headers stand; an inline table may hold further keys,
/// so a line with braces counts whole.
fn key_part(line: &str) -> &str {
    if line.contains('{') {
        line
    } else {
        line.split('=').next().unwrap_or(line)
    }
}

/// Faults of syntax, without those that only follow from an earlier one: of each line the first, and
/// nothing after the place where an open bracket first made no sense.
fn syntax(errors: &[Error], source: &str, text: TextId, faults: &mut Faults) {
    let is_open = errors
        .iter()
        .any(|error| error.message().starts_with("unclosed array"));
    let mut errors: Vec<&Error> = errors.iter().collect();
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut last_line = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let place = Place {
            text,
            start: span.start.min(source.len()),
            end: span.end.min(source.len()),
        };
        let line = source.as_bytes()[..place.start]
            .iter()
            .rposition(|byte| *byte == b'\n');
        if is_met_again(&mut last_line, line) {
            continue;
        }
        let message = error.message().lines().next().unwrap_or_default();
        if is_open && message.starts_with("missing comma between array elements") {
            faults.push(
                Diagnostic::new("syntax", "an array before this is not closed")
                    .at(place, "expected `,` or `]`"),
            );
            return;
        }
        let fault = Diagnostic::new("syntax", message.to_owned()).at(place, "");
        faults.push(if message.starts_with("invalid date") {
            fault.write("a date in quotes: \"2027-01\"")
        } else {
            fault
        });
    }
}

/// Whether the line was met before; remembers it.
fn is_met_again(last: &mut Option<Option<usize>>, line: Option<usize>) -> bool {
    last.replace(line) == Some(line)
}

struct Converter<'f> {
    text: TextId,
    faults: &'f mut Faults,
}

impl Converter<'_> {
    fn place<T>(&self, spanned: &Spanned<T>) -> Place {
        let span = spanned.span();
        Place {
            text: self.text,
            start: span.start,
            end: span.end,
        }
    }

    fn table(&mut self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .filter_map(|(key, value)| {
                Some(Entry {
                    key: key.get_ref().to_string(),
                    place: Some(self.place(key)),
                    value: self.value(value)?,
                })
            })
            .collect();
        entries.sort_by_key(|entry| entry.place);
        Table { entries }
    }

    fn list(&mut self, list: &DeArray<'_>) -> Vec<Value> {
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
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Data::Integer(number),
                    Err(_) => return self.too_large(place),
                }
            }
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(parsed) if !parsed.is_infinite() || number.as_str().contains("inf") => {
                    Data::Float(parsed)
                }
                _ => return self.too_large(place),
            },
        };
        Some(Value {
            data,
            place: Some(place),
        })
    }

    fn too_large(&mut self, place: Place) -> Option<Value> {
        self.faults.push(
            Diagnostic::new("number", "this number is too large to be read")
                .at(place, "beyond what 64 bits hold"),
        );
        None
    }
}

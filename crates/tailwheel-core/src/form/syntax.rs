//! Errors of the TOML parser as faults in plain words, with proposals.
//!
//! In: the errors, their text. Out: faults. Not here: parsing (`toml`), whether the key takes what is proposed
//! (`scenario`).

use super::toml::parse_value;
use super::write::written;
use super::{Diagnostic, Faults, Place, TextId, Value, fault};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reports syntax errors without those that only follow from an earlier one. These are all but the first of a
/// line, and everything after an unclosed bracket. After a broken header, duplicate tables are left out too,
/// because the parser attributes the next header to it.
pub(super) fn report(mut errors: Vec<(Range<usize>, &str)>, source: &str, text: TextId, faults: &mut Faults) {
    let is_open = errors.iter().any(|(_, message)| message.starts_with("unclosed array,"));
    errors.sort_by_key(|(span, _)| span.start);
    let (mut last, mut twin, mut is_misread) = (None, 0..0, false);
    let (mut headers, mut reported) = (None, BTreeSet::new());
    for (span, message) in errors {
        let place = Place { text, start: span.start.min(source.len()), end: span.end.min(source.len()) };
        let before = &source.as_bytes()[..place.start];
        let newline = before.iter().rposition(|byte| *byte == b'\n');
        let begin = newline.map_or(0, |newline| newline + 1);
        if last.replace(begin) == Some(begin) {
            continue;
        }
        if is_open && message.starts_with("missing comma between array elements") {
            fault!(faults, "syntax", "an earlier array is not closed"; place => "expected `,` or `]`");
            return;
        }
        let is_twice = message == "duplicate key";
        if faults.is_full() || is_twice && twin.contains(&place.start) {
            continue;
        }
        let line = source.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let is_header = line.trim_start().starts_with('[');
        if is_twice && is_header {
            // Keys below a duplicate header are reported as duplicates too.
            let next = source.get(place.end..).unwrap_or_default().find("\n[");
            twin = place.start..next.map_or(source.len(), |next| place.end + next);
            let headers = headers.get_or_insert_with(|| headers_of(source, text));
            let name = name_of(line).unwrap_or_default();
            if !is_misread && reported.insert(name) {
                faults.push(tables_twice(headers.get(name).map_or(&[], Vec::as_slice), place));
            }
        } else if is_twice {
            faults.push(key_twice(source, begin, line, place));
        } else {
            faults.push(fault(message, line, begin, place));
        }
        is_misread |= is_header && !is_twice;
    }
}

/// Name of the table that begins on `line`; `None` for any other line.
fn name_of(line: &str) -> Option<&str> {
    let header = line.split('#').next()?.trim();
    let name = header.strip_prefix('[')?.strip_suffix(']')?;
    Some(name.trim_matches(['[', ']', ' ', '\t'])).filter(|name| !name.contains(','))
}

/// Places of all headers of tables, by the name of the table.
fn headers_of(source: &str, text: TextId) -> BTreeMap<&str, Vec<Place>> {
    let mut headers: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    let mut begin = 0;
    for line in source.split_inclusive('\n') {
        if let Some(name) = name_of(line) {
            let start = begin + line.len() - line.trim_start().len();
            let end = begin + line.rfind(']').map_or(line.len(), |end| end + 1);
            headers.entry(name).or_default().push(Place { text, start, end });
        }
        begin += line.len();
    }
    headers
}

/// Largest number of headers that one fault shows.
const MOST_HEADERS: usize = 10;

/// Returns the fault that the headers at `places` begin the same table, which the parser found out at `place`.
fn tables_twice(places: &[Place], place: Place) -> Diagnostic {
    let how_often = if places.len() > 2 { format!("{} times", places.len()) } else { "twice".to_owned() };
    let fault = fault!("syntax", "this table is there {how_often}";
        help: "write all its keys below the first header, and delete the other headers");
    match places {
        [first, others @ ..] if !others.is_empty() => {
            let others = others.iter().take(MOST_HEADERS);
            others.fold(fault, |fault, other| fault.at(*other, "again")).and(*first, "first here")
        }
        _ => fault.at(place, "again"),
    }
}

/// Farthest line, in lines above a key, in which the same key is looked for.
const FARTHEST: usize = 10_000;

/// Returns the fault that a table has the key of `line`, which begins at `begin`, for the second time.
fn key_twice(source: &str, begin: usize, line: &str, place: Place) -> Diagnostic {
    let key = |line: &str| line.split('=').next().unwrap_or_default().trim().to_owned();
    let own = key(line);
    let (mut first, mut end) = (None, begin);
    for above in source[..begin].split_inclusive('\n').rev().take(FARTHEST) {
        if name_of(above).is_some() {
            break;
        }
        let start = end - above.trim_start().len();
        end -= above.len();
        if above.contains('=') && key(above) == own {
            first = Some(Place { start, end: start + own.len(), ..place });
        }
    }
    fault!("syntax", "a key is there twice"; place => "again"; help: "delete this line, or the first one")
        .and(first, "first here")
}

/// Returns the fault of a syntax error on `line`, which begins at byte `begin`, with any proposal.
fn fault(message: &str, line: &str, begin: usize, place: Place) -> Diagnostic {
    let said = |message: &str| fault!("syntax", "{message}"; place => "");
    let rest = line.get(place.start - begin..).unwrap_or_default().trim();
    if message.contains("table, expected `]")
        && (rest.is_empty() || rest.starts_with('#'))
        && !line.contains('"')
    {
        return said(message).replace(place, message.split('`').nth(1).unwrap_or_default());
    }
    let Some(Parts { key, between, typed }) = parts(line) else { return said(message) };
    let value =
        Place { start: begin + key + between.len(), end: begin + key + between.len() + typed.len(), ..place };
    // Inside an array a line has no key.
    if !between.contains('=') && message.contains("key") {
        let fault = said("there is no `=` between key and value").rule("a line is `key = value`");
        let meant =
            meant(typed).map(|(_, meant)| meant).or_else(|| parse_value(typed).map(|_| typed.to_owned()));
        let from = Place { start: begin + key, ..value };
        return meant.into_iter().fold(fault, |fault, meant| fault.replace(from, format!(" = {meant}")));
    }
    if place.start < value.start || !between.contains('=') {
        return said(message);
    }
    if typed.is_empty() {
        return said("a value is missing");
    }
    match meant(typed) {
        Some((why, meant)) => said(why).replace(value, meant),
        None if message.starts_with("invalid date") => said("a number, a date or a range cannot be read")
            .note("such as", "a date in quotes: \"2027-01\""),
        None => said(message),
    }
}

/// A line that begins with a key: the length of the key, what stands before the value, and the value without a comment.
struct Parts<'t> {
    key: usize,
    between: &'t str,
    typed: &'t str,
}

/// Splits a line; `None` if it does not begin with a key.
fn parts(line: &str) -> Option<Parts<'_>> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || "_-. \t".contains(c);
    let end = match line.split_once('=') {
        Some((key, _)) if key.chars().all(is_key) => key.trim_end().len(),
        _ => {
            let start = line.len() - line.trim_start().len();
            let end = line[start..].find([':', ' ', '\t']).unwrap_or(line.len() - start);
            line[start..start + end].chars().all(is_key).then_some(start + end)?
        }
    };
    let code = line[end..].split(" #").next()?;
    let value = code.trim_start_matches([':', '=', ' ', '\t']);
    let between = &code[..code.len() - value.len()];
    (end > 0).then_some(Parts { key: end, between, typed: value.trim_end() })
}

/// Quotes of word processors.
const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];

/// Returns what is wrong with the `typed` value and the TOML that is meant; `None` if that is unclear.
fn meant(typed: &str) -> Option<(&'static str, String)> {
    let text = |text: &str| written(&Value::text(text.trim()));
    let is_nested = typed.contains(['[', '{']);
    if typed.contains(CURLY) {
        let straight = typed.replace(CURLY, "\"");
        let meant =
            if is_nested { straight } else { text(typed.trim_matches(|c| CURLY.contains(&c) || c == '"')) };
        return parse_value(&meant).map(|_| ("a text has straight quotes", meant));
    }
    let ends = |quote: &char| typed.starts_with(*quote) || typed.ends_with(*quote);
    if let Some(quote) =
        ['"', '\''].into_iter().find(|quote| typed.matches(*quote).count() == 1 && ends(quote))
    {
        return (!is_nested).then(|| ("a text has a quote at both ends", text(typed.trim_matches(quote))));
    }
    if typed.is_empty() || is_nested || typed.contains(['"', '\'', '\\', '=']) || parse_value(typed).is_some()
    {
        return None;
    }
    if is_in_thousands(typed) {
        return Some(("a comma cannot separate thousands", typed.replace(',', "_")));
    }
    Some(match typed.to_lowercase().as_str() {
        truth @ ("true" | "false") => ("true and false have small letters", truth.to_owned()),
        _ => ("a text must be in quotes", text(typed)),
    })
}

/// True if a number has commas between its thousands: `50,000`.
fn is_in_thousands(number: &str) -> bool {
    let mut groups = number.split(',');
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups.next().is_some_and(|first| is_digits(first) && (1..=3).contains(&first.len()))
        && number.contains(',')
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

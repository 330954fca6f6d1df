//! Every numeric key has a row: the keys are those of the declarations, which the schema is made from.

use super::judge::read;
use super::row::{Row, Shown, expected, kinds_of, lines, shown};
use super::world::World;
use std::collections::BTreeSet;
use tailwheel::asset;
use tailwheel::catalog::{CatalogValue, Class, class, event_kind, event_kinds, general, magnitudes};
use tailwheel::event;
use tailwheel::form::{Field, Section, Shape};
use tailwheel::scenario::sections;

/// Most rows in which theory may allow either sign, in percent.
const MOST_EITHER: usize = 8;

/// A key that the table should have: section, key, and the kinds that take it; none if it has no kinds.
type Asked = (&'static str, String, Vec<&'static str>);

/// True if one way to write the value is a number, by itself or with a unit.
fn is_numeric(shape: &Shape) -> bool {
    match shape {
        Shape::Number { .. } | Shape::Count { .. } => true,
        // dates and names have digits too
        Shape::Text(pattern) => {
            let is_other = ["[0-9]{2}-", "[A-Za-z"].iter().any(|part| pattern.contains(part));
            pattern.contains("[0-9") && !is_other
        }
        Shape::AnyOf(shapes) => shapes.iter().any(is_numeric),
        Shape::List(item, _, _) => is_numeric(item),
        Shape::Row(items) => items.iter().any(is_numeric),
        _ => false,
    }
}

/// The numbers below a key: those of inline tables, and of tables whose keys are names.
fn below(shape: &'static Shape, key: &str, found: &mut BTreeSet<String>) {
    match shape {
        Shape::Table(fields) => numeric(fields, &format!("{key}."), found),
        Shape::List(item, _, _) => below(item, key, found),
        Shape::AnyOf(shapes) => shapes.iter().for_each(|shape| below(shape, key, found)),
        Shape::Map(value) if is_numeric(value) => {
            found.insert(format!("{key}.NAME"));
        }
        _ => {}
    }
}

/// The keys of numbers below `fields`, with the keys of inline tables before them.
fn numeric(fields: &'static [Field], before: &str, found: &mut BTreeSet<String>) {
    for field in fields {
        let key = format!("{before}{}", field.key);
        below(&field.unit.shape, &key, found);
        if is_numeric(&field.unit.shape) {
            found.insert(key);
        }
    }
}

/// The kinds that take the keys of the `index`-th group of a section; none if all do.
fn kinds(section: &Section, index: usize) -> Option<Vec<&'static str>> {
    match section.key {
        "asset" => {
            let common = section.groups.len() - asset::KINDS.len();
            Some(vec![asset::KINDS.get(index.checked_sub(common)?)?.id])
        }
        "event" => {
            let common = section.groups.len() - event::KINDS.len();
            let effect = event::KINDS.get(index.checked_sub(common)?)?;
            let kinds = event_kinds().iter().filter(|kind| kind.effect == effect.id);
            Some(kinds.map(|kind| kind.id.as_str()).collect())
        }
        _ => None,
    }
}

/// Every numeric key of a section, with the kinds that take it.
fn asked() -> Vec<Asked> {
    let mut asked = Vec::new();
    for section in sections() {
        if ["variant", "axis", "exclude"].contains(&section.key) {
            continue;
        }
        let name = if section.key.is_empty() { "top" } else { section.key };
        for (index, (_, fields)) in section.groups.iter().enumerate() {
            let kinds = kinds(section, index).unwrap_or_else(|| kinds_of(section.key));
            let mut keys = BTreeSet::new();
            numeric(fields, "", &mut keys);
            asked.extend(keys.into_iter().map(|key| (name, key, kinds.clone())));
        }
    }
    asked
}

/// True if the program refuses the key, with what it needs beside it, for an asset or event of this kind, at one of the
/// two values: then there is no sign to expect. Needs and value are those of a row of another kind.
fn is_refused(section: &str, key: &str, kind: &'static str, rows: &[Row]) -> bool {
    rows.iter().find(|row| row.section == section && row.key == key).is_some_and(|row| {
        let event = if section == "event" { kind } else { row.event };
        let row = Row { kind, event, ..row.clone() };
        let with = row.values.map(|value| World::of(&row, value));
        let plain = Row { key: if section == "event" { "rate" } else { "roi" }, basis: "any", ..row };
        let mut world = World::of(&plain, row.values[0]);
        world.edits.clear();
        let is_taken = read(&world, &[]).is_ok();
        let mut is_refused = |with: World| {
            world.edits = with.edits;
            read(&world, &[]).is_err()
        };
        is_taken && with.into_iter().any(&mut is_refused)
    })
}

#[test]
fn every_numeric_key_has_a_row() {
    let rows = expected();
    // section, key, reason
    let exempt: Vec<[&str; 3]> = lines("exempt.tsv").collect();
    let mut missing = Vec::new();
    for (section, key, kinds) in asked() {
        if exempt.iter().any(|[of, named, _]| *of == section && *named == key) {
            continue;
        }
        let of_key: Vec<&str> =
            rows.iter().filter(|row| row.section == section && row.key == key).map(|row| row.kind).collect();
        if kinds.is_empty() && of_key.is_empty() {
            missing.push(format!("{section} {key}"));
        }
        let without = kinds.into_iter().filter(|kind| !of_key.contains(kind));
        let without = without.filter(|kind| !is_refused(section, &key, kind, &rows));
        missing.extend(without.map(|kind| format!("{section} {key} {kind}")));
    }
    assert!(missing.is_empty(), "no row for:\n{}", missing.join("\n"));
}

/// The class of the asset whose key a row raises.
fn class_of(row: &Row) -> Option<&'static Class> {
    let world = World::of(row, row.values[0]);
    let (_, own) = world.text.split_once("name = \"x\"\nclass = \"")?;
    class(own.split_once('"')?.0)
}

/// The ends of the range that the catalog has for the key of a row.
fn range(row: &Row) -> Option<[f64; 2]> {
    let own = match row.section {
        "asset" => class_of(row)?.defaults.as_slice(),
        "event" => event_kind(row.kind)?.defaults.as_slice(),
        _ => &[],
    };
    let of_all = format!("{}.{}", row.section, row.key);
    let mut entries = own.iter().filter(|entry| entry.key == row.key);
    let mut general = general().iter().filter(|entry| entry.key == of_all);
    let [low, high] = entries.next().or_else(|| general.next())?.range.as_ref()?;
    Some([magnitudes(low)?.0, magnitudes(high)?.1])
}

/// A value of a row as the catalog would have it.
fn magnitude(value: &str) -> Option<f64> {
    let number = value.replace('_', "").parse().map(CatalogValue::Number);
    let (value, _) = magnitudes(&number.unwrap_or_else(|_| CatalogValue::Text(value.to_owned())))?;
    Some(value)
}

#[test]
fn values_are_the_ends_of_the_range_of_the_catalog() {
    let mut others = Vec::new();
    let mut n_ends = 0;
    for row in expected() {
        let ends = row.values.map(magnitude);
        let ([Some(low), Some(high)], Some(range)) = (ends, range(&row)) else {
            continue;
        };
        let is_end = |one: f64, end: f64| (one - end).abs() <= 1e-9 * end.abs();
        if is_end(low, range[0]) && is_end(high, range[1]) { n_ends += 1 } else { others.push(row.title()) }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
    assert!(n_ends > 150, "{n_ends}");
}

/// Takes out the rows of keys that no declaration has.
pub fn keep_declared(rows: &mut Vec<Row>) {
    let asked = asked();
    rows.retain(|row| {
        let is_it = |(section, key, kinds): &Asked| {
            let is_kind = kinds.is_empty() || kinds.contains(&row.kind);
            *section == row.section && key == row.key && is_kind
        };
        asked.iter().any(is_it)
    });
}

#[test]
fn no_row_has_a_key_that_is_not_there() {
    let mut declared = expected();
    keep_declared(&mut declared);
    let declared: BTreeSet<String> = declared.iter().map(Row::title).collect();
    let mut unknown: Vec<String> = expected().iter().map(Row::title).collect();
    unknown.retain(|title| !declared.contains(title));
    assert!(unknown.is_empty(), "no such key:\n{}", unknown.join("\n"));
}

#[test]
fn either_sign_is_rare_and_both_are_shown() {
    let rows = expected();
    let open: Vec<&Row> = rows.iter().filter(|row| row.open().next().is_some()).collect();
    assert!(100 * open.len() <= MOST_EITHER * rows.len(), "{} of {}", open.len(), rows.len());
    let shown = shown(&rows);
    let mut missing = Vec::new();
    for row in open {
        let title = format!("{},", row.title());
        let of_row = |shown: &&Shown| shown.row.title().starts_with(&title);
        let of_row: Vec<_> = shown.iter().filter(of_row).map(|shown| (shown.outcome, shown.sign)).collect();
        let is_shown = |outcome| of_row.contains(&(outcome, "+")) && of_row.contains(&(outcome, "-"));
        if !row.open().all(is_shown) {
            missing.push(row.title());
        }
    }
    // two worlds show both signs of an outcome that may have either
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn a_key_that_moves_no_outcome_names_what_moves() {
    let rows = expected();
    let mut silent = rows.iter().filter(|row| row.is_still() && row.instead.is_none());
    assert!(silent.next().is_none(), "stays.tsv: {}", silent.map(Row::title).collect::<Vec<_>>().join("\n"));
}

//! Dotted keys inside a text, such as `"asset.defi.value"` of a variant or an axis.
//!
//! In: the text of a key and its place. Out: its steps, each with its place, and tables with a value at the
//! end of them. Not here: applying them to a document (`overlay`).

use super::toml::parse;
use super::{Data, Faults, KeyValue, Place, SourceMap, Spelled, Table, Value};

/// Splits the dotted key `text` into steps; `None` if it is no dotted key. `place` includes the quotes of the text.
pub fn path_of(text: &str, place: Option<Place>, sources: &SourceMap) -> Option<Vec<Spelled>> {
    let mut apart = SourceMap::default();
    let id = apart.add("", format!("{text} = 0"));
    let mut faults = Faults::default();
    let table = parse(&apart, id, &mut faults);
    if !faults.is_empty() || text.contains('\n') {
        return None;
    }
    let mut steps = Vec::new();
    let mut rest = &table;
    loop {
        let [entry] = rest.entries.as_slice() else { return None };
        let place = place.zip(entry.place).map(|(place, step)| within(text, place, step, sources));
        steps.push(Spelled { text: entry.key.clone(), place });
        match &entry.value.data {
            Data::Table(inner) => rest = inner,
            // Anything behind the key would also parse, so the key must end where the text ends.
            Data::Integer(0) if entry.place.is_some_and(|at| at.end == text.trim_end().len()) => {
                return Some(steps);
            }
            _ => return None,
        }
    }
}

/// Place in the file of the `step` of the dotted key `text`, which stands at `place`.
fn within(text: &str, place: Place, step: Place, sources: &SourceMap) -> Place {
    let shown = sources.excerpt(place);
    match shown.len().checked_sub(text.len()) {
        Some(extra @ (0 | 2)) if shown.get(extra / 2..).is_some_and(|s| s.starts_with(text)) => {
            let begin = place.start + extra / 2;
            Place { start: begin + step.start, end: begin + step.end, ..place }
        }
        // The text has escapes, so the places of steps are unknown.
        _ => place,
    }
}

/// Returns the table in which the dotted key `steps` has `value`.
pub fn under(steps: &[Spelled], value: Value) -> Table {
    let mut entries = Vec::new();
    let mut value = Some(value);
    for step in steps.iter().rev() {
        let inner = value.take().unwrap_or_else(|| {
            let table = Table { entries: std::mem::take(&mut entries) };
            Value { place: step.place, ..Value::table(table) }
        });
        entries = vec![KeyValue { key: step.text.clone(), place: step.place, value: inner }];
    }
    Table { entries }
}

#[cfg(test)]
mod tests {
    use super::super::parse_value;
    use super::*;

    fn keys(text: &str) -> Option<Vec<String>> {
        Some(path_of(text, None, &SourceMap::default())?.into_iter().map(|step| step.text).collect())
    }

    #[test]
    fn a_key_has_steps_and_anything_else_has_none() {
        assert_eq!(keys("crash.lockstep").unwrap(), ["crash", "lockstep"]);
        assert_eq!(keys("a.\"b.c\"").unwrap(), ["a", "b.c"]);
        for text in ["", ".", "a.", "a = 0 #", "a = 0\nb", "a b", "[a]", "a #", "{ a"] {
            assert_eq!(keys(text), None, "{text}");
        }
    }

    #[test]
    fn every_step_has_its_own_place_in_the_text() {
        for text in ["x = \"asset.defi\"", "x = 'asset.defi'"] {
            let mut sources = SourceMap::default();
            let id = sources.add("", text);
            let place = parse(&sources, id, &mut Faults::default()).entries[0].value.place;
            let steps = path_of("asset.defi", place, &sources).unwrap();
            let shown = steps.iter().map(|step| sources.excerpt(step.place.unwrap()));
            assert!(shown.eq(["asset", "defi"]));
        }
    }

    #[test]
    fn a_value_is_put_at_the_end_of_its_steps() {
        let steps = path_of("a.b.c", None, &SourceMap::default()).unwrap();
        let table = under(&steps, Value::integer(3));
        assert_eq!(Value::table(table), parse_value("{ a = { b = { c = 3 } } }").unwrap());
    }
}

//! Names of objects: their spelling, and the check that no two are equal.
//!
//! In: texts. Out: [`Name`]; faults for duplicate names. Not here: references to names (`correlation`).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};

use crate::form::{At, Faults, Field, Parameter, Shape, Unit, Value, fault, read_text, shortened};

pub use crate::form::Spelled;
use crate::random::name_key;

/// Largest length of a name in bytes, so that it fits a table of the report.
pub const MAX_LENGTH: usize = 64;

/// A name: letters, digits, `-` and `_`, so that `--set asset.NAME.value=0` and measure ids need no quotes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Name(String);

impl Name {
    /// Returns `text` as a name; `None` if it cannot be one.
    pub fn new(text: &str) -> Option<Self> {
        is_name(text).then(|| Self(text.to_owned()))
    }

    /// Returns `text` as a name without a check; if it cannot be a name, that has been reported before.
    pub(super) fn as_written(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&At<Name>> for Spelled {
    fn from(name: &At<Name>) -> Self {
        Self { text: name.value.0.clone(), place: name.place }
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.len() <= MAX_LENGTH && text.bytes().all(allowed)
}

/// Returns the valid name most similar to `text`; `None` if it has letters outside of ASCII.
fn slug(text: &str) -> Option<String> {
    let mut slug = String::new();
    for c in text.to_lowercase().chars().take(MAX_LENGTH) {
        match c {
            c if c.is_ascii_alphanumeric() || c == '_' => slug.push(c),
            c if c.is_alphanumeric() => return None,
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    Some(slug.trim_end_matches('-').to_owned())
}

impl Parameter for Name {
    const UNIT: Unit =
        Unit { name: "name", examples: &["\"saas\""], shape: Shape::Text("^[A-Za-z0-9_-]{1,64}$") };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let text = read_text(value, field, faults)?;
        if let Some(name) = Self::new(text) {
            return Some(name);
        }
        let fault = fault!("name", "\"{}\" cannot be a name", shortened(text);
            value.place => "not usable as a name";
            rule: "a name has 1 to 64 letters from a to z, digits, - and _");
        faults.refuse(match slug(text).filter(|slug| is_name(slug)) {
            Some(slug) => fault.replace(value.place, format!("\"{slug}\"")),
            None => fault,
        })
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(self.as_str()))
    }
}

/// Refuses objects of one `sort` with the same name, and different names with equal keys. Empty names have been
/// reported before.
///
/// Random numbers are addressed by the key of a name, so two objects must not share it.
pub fn refuse_twins(sort: &str, named: impl IntoIterator<Item = Spelled>, faults: &mut Faults) {
    refuse_equal(sort, named.into_iter().collect(), name_key, faults);
}

/// Does what [`refuse_twins`] says, with any function `key`.
fn refuse_equal(sort: &str, named: Vec<Spelled>, key: fn(&str) -> u64, faults: &mut Faults) {
    let mut met: BTreeMap<u64, Spelled> = BTreeMap::new();
    for later in named.into_iter().filter(|later| !later.text.is_empty()) {
        let name = later.text.as_str();
        let first = match met.entry(key(name)) {
            Occupied(first) => first.into_mut(),
            Vacant(free) => {
                free.insert(later);
                continue;
            }
        };
        faults.push(if first.text == name {
            fault!("duplicate", "the name `{name}` is used twice"; later.place => "used again";
                first.place => "first used here";
                rule: "every {sort} has its own name, which --set and the report use")
        } else {
            fault!("name", "the names `{name}` and `{}` have the same random key", first.text;
                later.place => "choose another name"; first.place => "has the same key";
                rule: "random numbers are derived from a 64-bit key of each name")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(names: &[&str], key: fn(&str) -> u64) -> Vec<String> {
        let spelled = |name: &&str| Spelled { text: (*name).to_owned(), place: None };
        let named: Vec<Spelled> = names.iter().map(spelled).collect();
        let mut faults = Faults::default();
        refuse_equal("asset", named, key, &mut faults);
        faults.iter().map(|fault| fault.message.clone()).collect()
    }

    #[test]
    fn the_key_of_every_name_is_made_once() {
        thread_local!(static MADE: std::cell::Cell<u64> = const { std::cell::Cell::new(0) });
        fn counted(name: &str) -> u64 {
            MADE.set(MADE.get() + 1);
            crate::random::name_key(name)
        }
        let names: Vec<String> = (0..1000).map(|n| format!("gate-{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(faults(&names, counted).is_empty());
        assert_eq!(MADE.get(), 1000);
    }

    #[test]
    fn a_name_is_used_once() {
        let key = crate::random::name_key;
        assert_eq!(faults(&["a", "b"], key), [] as [&str; 0]);
        assert_eq!(faults(&["a", "b", "a"], key), ["the name `a` is used twice"]);
        // nor may different names have one key
        let key = |name: &str| name.len() as u64;
        assert_eq!(faults(&["aa", "b", "cc"], key), ["the names `cc` and `aa` have the same random key"]);
    }

    #[test]
    fn a_refused_name_is_turned_into_one() {
        assert_eq!(slug("My SaaS (2027)").as_deref(), Some("my-saas-2027"));
        assert_eq!(["sit\u{435}s", "…", "日本"].map(|text| slug(text).unwrap_or_default()), [""; 3]);
        assert!(!is_name("a.b") && !is_name("") && is_name("micro-saas_2"));
    }
}

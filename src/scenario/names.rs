//! Names of objects: how they may be spelled, and that no two are one.
//!
//! In: texts. Out: [`Name`]; faults for twins. Not here: references to names (`correlation`).

use crate::form::{
    Diagnostic, Faults, Field, Parameter, Place, Shape, Unit, Value, illustrated, shortened,
    text_of, written,
};

/// Longest name, so that it fits a table of the report.
const MAX_LENGTH: usize = 64;

/// A name: letters, digits, `-` and `_`, so that `--set asset.NAME.value=0` and measure ids need no quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.len() <= MAX_LENGTH && text.bytes().all(allowed)
}

/// The nearest name to what was written; none if a letter of it has no likeness among those of names.
fn slug(text: &str) -> Option<String> {
    let mut slug = String::new();
    for c in text.to_lowercase().chars().take(MAX_LENGTH) {
        match (c, likeness(c)) {
            (c, _) if c.is_ascii_alphanumeric() || c == '_' => slug.push(c),
            (_, Some(letters)) => slug.push_str(letters),
            (c, None) if c.is_alphanumeric() => return None,
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    Some(slug.trim_end_matches('-').to_owned())
}

/// The Latin letters that a small letter looks like, or that are written for it.
fn likeness(c: char) -> Option<&'static str> {
    const LIKE: [(&str, &str); 26] = [
        ("аáàâãåαа", "a"),
        ("ä", "ae"),
        ("ç", "c"),
        ("с", "c"),
        ("ԁ", "d"),
        ("еéèêëё", "e"),
        ("һ", "h"),
        ("іíìîïι", "i"),
        ("ј", "j"),
        ("кκ", "k"),
        ("ӏ", "l"),
        ("м", "m"),
        ("ñ", "n"),
        ("оóòôõοø", "o"),
        ("ö", "oe"),
        ("рρ", "p"),
        ("ԛ", "q"),
        ("ѕš", "s"),
        ("ß", "ss"),
        ("т", "t"),
        ("úùûυ", "u"),
        ("ü", "ue"),
        ("ν", "v"),
        ("ԝ", "w"),
        ("хχ", "x"),
        ("уýÿ", "y"),
    ];
    LIKE.iter()
        .find(|(like, _)| like.contains(c))
        .map(|(_, letters)| *letters)
}

impl Parameter for Name {
    const UNIT: Unit = Unit {
        name: "name",
        examples: &["\"saas\""],
        shape: Shape::Text("^[A-Za-z0-9_-]{1,64}$"),
    };

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let text = match text_of(value, field) {
            Ok(text) => text.to_owned(),
            Err(fault) => {
                let name = written(value);
                faults.push(match is_name(&name) {
                    true => fault.replace(value.place, format!("\"{name}\"")),
                    false => illustrated(*fault, value, field),
                });
                return None;
            }
        };
        if is_name(&text) {
            return Some(Self(text));
        }
        let message = format!("\"{}\" cannot be a name", shortened(&text));
        let fault = Diagnostic::new("name", message)
            .at(value.place, "not usable as a name")
            .rule("a name has 1 to 64 letters from a to z, digits, - and _");
        faults.push(match slug(&text).filter(|slug| is_name(slug)) {
            Some(slug) => fault.replace(value.place, format!("\"{slug}\"")),
            None => fault,
        });
        None
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(self.0.as_str()))
    }
}

/// A name that was used and where.
pub struct Named<'a> {
    pub name: &'a str,
    pub place: Option<Place>,
}

/// Faults for names used twice and for different names whose `key` is the same.
///
/// Random numbers are addressed by the key of a name, so two objects must not share it.
pub fn refuse_twins(sort: &str, named: &[Named<'_>], key: fn(&str) -> u64, faults: &mut Faults) {
    for (index, later) in named.iter().enumerate() {
        let Some(first) = named[..index]
            .iter()
            .find(|first| key(first.name) == key(later.name))
        else {
            continue;
        };
        let name = later.name;
        faults.push(if first.name == name {
            Diagnostic::new("duplicate", format!("two {sort}s are named `{name}`"))
                .at(later.place, "used again")
                .and(first.place, "first used here")
                .rule("every name is used once; pairs, --set and the report refer to it")
        } else {
            let message = format!("`{name}` and `{}` cannot stand together", first.name);
            Diagnostic::new("name", message)
                .at(later.place, "choose another name")
                .and(first.place, "has the same key")
                .rule("random numbers belong to the 64-bit key of a name")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(names: &[&str], key: fn(&str) -> u64) -> Vec<String> {
        let named: Vec<Named<'_>> = names
            .iter()
            .map(|name| Named { name, place: None })
            .collect();
        let mut faults = Faults::default();
        refuse_twins("asset", &named, key, &mut faults);
        faults.iter().map(|fault| fault.message.clone()).collect()
    }

    #[test]
    fn a_name_is_used_once() {
        let key = crate::random::name_key;
        assert_eq!(faults(&["a", "b"], key), [] as [&str; 0]);
        assert_eq!(faults(&["a", "b", "a"], key), ["two assets are named `a`"]);
    }

    #[test]
    fn different_names_with_one_key_are_refused() {
        let key = |name: &str| name.len() as u64;
        assert_eq!(
            faults(&["aa", "b", "cc"], key),
            ["`cc` and `aa` cannot stand together"]
        );
    }

    #[test]
    fn a_refused_name_is_turned_into_one() {
        let slug = |text| slug(text).unwrap_or_default();
        assert_eq!(slug("My SaaS (2027)"), "my-saas-2027");
        assert_eq!(slug("sit\u{435}s"), "sites");
        assert_eq!(slug("Häuser"), "haeuser");
        assert_eq!(slug("…"), "");
        assert_eq!(slug("日本"), "");
        assert!(!is_name("a.b") && !is_name("") && is_name("micro-saas_2"));
    }
}

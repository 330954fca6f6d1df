//! Pages of the tables and keys of a scenario file. Their texts come from the declarations that parse the
//! file.

use super::defaults;
use super::page::Explanation;
use crate::asset::kind_of;
use crate::catalog::{class, classes, general};
use crate::form::{Field, Preset, Section, Shape};
use crate::scenario::{sections, word_of_key};
use std::ptr;
use std::sync::LazyLock;

/// Largest number of allowed values (words) that `explain` lists for a key.
const MOST_WORDS: usize = 20;

/// A key of a scenario file, with its id and its table.
struct Key {
    id: String,
    section: &'static Section,
    field: &'static Field,
}

/// Every key of a scenario file, in the order of the reference. A key with inner keys comes before them.
static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let mut keys = Vec::new();
    for section in sections() {
        section.fields().for_each(|field| push(&mut keys, section.key, section, field));
    }
    keys
});

fn push(keys: &mut Vec<Key>, above: &str, section: &'static Section, field: &'static Field) {
    let id = join(above, field.key);
    field.unit.shape.inner_fields().iter().for_each(|inner| push(keys, &id, section, inner));
    if keys.iter().all(|key| key.id != id) {
        keys.push(Key { id, section, field });
    }
}

/// Returns the ids of all tables and keys, such as `horizon`, `run.seed` and `asset.jumps.rate`.
pub(super) fn ids() -> Vec<String> {
    let mut ids = Vec::new();
    for section in sections() {
        ids.extend((!section.key.is_empty()).then(|| section.key.to_owned()));
        ids.extend(KEYS.iter().filter(|key| ptr::eq(key.section, section)).map(|key| key.id.clone()));
    }
    ids
}

/// Returns the id of every key with its label on a screen, such as `remaining life`.
pub(super) fn labels() -> impl Iterator<Item = (String, String)> {
    KEYS.iter().map(|key| (key.id.clone(), label(key.section, &key.id)))
}

/// Returns the label on a screen of the key `id` of `section`.
fn label(section: &Section, id: &str) -> String {
    // an entry of a list has a name between its table and its key
    let inner = id.strip_prefix(section.key).filter(|_| section.is_array);
    word_of_key(&inner.map_or(id.to_owned(), |inner| format!("{}.name{inner}", section.key)))
}

/// Page of a table, a key or an earnings model; `None` if nothing of these kinds is called `id`.
pub(super) fn page(id: &str) -> Option<Explanation> {
    if let Some(kind) = kind_of(id) {
        let keys: Vec<&str> = kind.fields.iter().map(|field| field.key).collect();
        return Some(Explanation::new(
            id,
            format!("Earnings model: model = \"{id}\""),
            vec![kind.doc.to_owned(), format!("Keys of this model: {}.", keys.join(", "))],
            &["asset"],
        ));
    }
    let section = sections().iter().find(|section| section.key == id && !id.is_empty());
    section.map(of_section).or_else(|| {
        let key = KEYS.iter().find(|key| key.id == id)?;
        Some(of_field(id, key.section, key.field))
    })
}

/// Page of a key of one class, `class.key`: its default, if the catalog has one, and the meaning of the key.
pub(super) fn of_class(id: &str) -> Option<Explanation> {
    let (class_id, key) = id.split_once('.')?;
    class(class_id)?;
    let general = page(&format!("asset.{key}"));
    let Some(mut default) = defaults::page(id) else {
        return general;
    };
    if let Some(general) = general {
        default.paragraphs.push(general.paragraphs[0].clone());
        default.see.push(general.id);
    }
    Some(default)
}

fn of_section(section: &Section) -> Explanation {
    let mut page = Explanation::new(
        section.key,
        format!("Table {} of a scenario file", section.header()),
        vec![section.doc.to_owned()],
        &[],
    );
    for (heading, fields) in &section.groups {
        let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
        let intro = if heading.is_empty() { "Keys" } else { heading };
        page.paragraphs.push(format!("{intro}: {}.", keys.join(", ")));
    }
    if let Some(field) = section.fields().next() {
        page.see.push(join(section.key, field.key));
    }
    add_catalog(&mut page, section.key);
    page
}

fn of_field(id: &str, section: &Section, field: &Field) -> Explanation {
    let is_top = section.key.is_empty();
    let place = if is_top { "at the top of the file".to_owned() } else { format!("in {}", section.header()) };
    let words = id.replace(['.', '_'], " ");
    let label = label(section, id);
    let after = if words.ends_with(label.as_str()) { String::new() } else { format!(", {label}") };
    let mut page = Explanation::new(
        id,
        format!("{} {place}{after}", field.key),
        vec![field.said(), value_of(field), when_absent(id, field)],
        &[],
    );
    if let Shape::OneOf(words) = field.unit.shape {
        let words = words();
        if words.len() <= MOST_WORDS {
            page.paragraphs.push(format!("One of {}.", words.join(", ")));
        }
    }
    if !is_top {
        page.see.push(section.key.to_owned());
    }
    add_catalog(&mut page, id);
    if let Some(key) = id.strip_prefix("asset.") {
        add_catalog(&mut page, key);
    }
    page
}

/// Sentence on the type of the values that a key takes, with examples.
fn value_of(field: &Field) -> String {
    let examples: Vec<String> =
        field.examples().iter().map(|example| format!("{} = {example}", field.key)).collect();
    let name = field.unit.name;
    format!("Value: {name}. Example:   {}", examples.join("   or   "))
}

/// Sentence on the value or effect that applies if the key `id` is absent.
fn when_absent(id: &str, field: &Field) -> String {
    let above = id.rsplit_once('.').map(|(above, _)| above);
    let has_default = classes().iter().any(|class| class.default(field.key).is_some())
        || general().iter().any(|entry| entry.key == id);
    let said = match (field.preset, above) {
        (Preset::Required, Some(above)) if above.contains('.') => {
            let (_, above) = above.rsplit_once('.').unwrap_or_default();
            return format!("Required in `{above}`.");
        }
        (Preset::Required, _) => "Required.",
        (Preset::Is(text), _) => return format!("Default: {text}"),
        (Preset::Class, Some("asset")) if !has_default => "The catalog has no default.",
        (Preset::Class, _) => {
            "If it is absent, the catalog supplies a default if it has one. The report lists that default."
        }
        (_, Some("asset")) if has_default => {
            "Optional. The catalog supplies a default where one is needed. The report lists that default."
        }
        _ => "Optional.",
    };
    said.to_owned()
}

/// Adds a table of the catalog's defaults of the key `id` to `page`, if there are any.
fn add_catalog(page: &mut Explanation, id: &str) {
    if let Some(known) = defaults::page(id) {
        page.add(known);
    }
}

fn join(above: &str, key: &str) -> String {
    if above.is_empty() { key.to_owned() } else { format!("{above}.{key}") }
}

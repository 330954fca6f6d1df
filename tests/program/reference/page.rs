//! The reference page of a file, from the declarations that read it.
//!
//! In: [`Section`]s. Out: Markdown. Not here: explanations with sources (`explain` has those).

use std::fmt::Write as _;

use tailwheel::catalog;
use tailwheel::form::{Field, Preset, Section};
use tailwheel::scenario::sections;

const INTRODUCTION: &str = "# The scenario file

A scenario is a TOML file. This page is generated from the declarations that read it.

- Rates, ranges, flows and spans are texts with a unit: `\"2.5 %/year\"`, `\"22-35 %\"`, `\"10 years\"`.
  A bare number is a fraction, a price, an amount or a count, never a flow or a span.
- An unknown key is an error, with the nearest known one. All faults of a file are shown in one run.
- Where the default is *from the class* or *from the place*, `tailwheel explain CLASS` shows it with its range, grade and
  source; the letter behind any other default is its grade. The report lists everything filled in.
- `#:schema ../tailwheel.schema.json` in the first line lets an editor that knows TOML schemas (Even Better TOML, taplo)
  complete keys and underline mistakes; `tailwheel schema` prints that file.
- `extends = \"base.toml\"` lays the file over another in its folder: tables merge key by key, arrays of
  tables by `name`, anything else is replaced; `drop = [\"asset.defi\"]` takes out.
- `--set asset.defi.value=0` changes the document before it is read; array tables are addressed by name.
- `[[variant]]` and `[[axis]]` make several cases of a file, called `FILE/VARIANT,AXIS=LABEL` after what
  is chosen; `--set` comes before them. `[[expect]]` says what must come out of all or of some.
";

/// The reference page of a scenario file, in Markdown.
pub fn page() -> String {
    let default_of = |path: &str| {
        let general = catalog::general().iter().find(|entry| entry.key == path);
        let entry = match path {
            "correlation.roi" => Some(catalog::correlation_of_claims()),
            _ => general,
        }?;
        let value = match &entry.follows {
            Some(followed) => format!("as `{followed}`"),
            None => format!("`{}`", entry.value.as_toml()),
        };
        Some(format!("{value} ({})", entry.grade))
    };
    format!("{INTRODUCTION}{}", tables(sections(), &default_of))
}

/// One table of keys for each section. `default_of` knows what the catalog fills in for a path such as
/// `economy.inflation`.
fn tables(sections: &[Section], default_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut page = String::new();
    for section in sections {
        let heading = match section.key {
            "" => "Top of the file".to_owned(),
            _ => format!("`{}`", section.header()),
        };
        let _ = writeln!(page, "\n## {heading}\n\n{}", section.doc);
        for (heading, fields) in &section.groups {
            if !heading.is_empty() {
                let _ = writeln!(page, "\n### {heading}");
            }
            page.push_str("\n| key | written as | default | meaning |\n|---|---|---|---|\n");
            for field in *fields {
                push_rows(&mut page, "", field, section.key, default_of);
            }
        }
    }
    page
}

fn push_rows(
    page: &mut String,
    prefix: &str,
    field: &Field,
    section: &str,
    default_of: &dyn Fn(&str) -> Option<String>,
) {
    let key = format!("{prefix}{}", field.key);
    let default = default(field, &format!("{section}.{key}"), default_of);
    let examples: Vec<String> =
        field.examples().iter().map(|example| format!("`{}`", cell(example))).collect();
    let _ = writeln!(
        page,
        "| `{key}` | {}: {} | {default} | {} |",
        field.unit.name,
        examples.join(", "),
        cell(&field.said()),
    );
    for inner in field.unit.shape.inner_fields() {
        push_rows(page, &format!("{key}."), inner, section, default_of);
    }
}

fn default(field: &Field, path: &str, default_of: &dyn Fn(&str) -> Option<String>) -> String {
    match field.preset {
        Preset::Required => "required".to_owned(),
        Preset::Class => match default_of(path) {
            Some(default) => cell(&default),
            None if path.starts_with("owner.") => "from the place".to_owned(),
            None if !field.unit.shape.inner_fields().is_empty() => "that of its keys".to_owned(),
            None => "from the class".to_owned(),
        },
        Preset::Is(text) => format!("`{}`", cell(text)),
        Preset::Absent if path.starts_with("asset.") && is_of_classes(field.key) => {
            "from the class, where it is used".to_owned()
        }
        Preset::Absent if field.doc.contains("if absent") => "as said".to_owned(),
        Preset::Absent => "none".to_owned(),
    }
}

fn is_of_classes(key: &str) -> bool {
    tailwheel::catalog::classes().iter().any(|class| class.default(key).is_some())
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

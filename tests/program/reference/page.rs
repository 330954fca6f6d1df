//! The reference page of a file, from the declarations that read it.
//!
//! In: the sections of a file. Out: Markdown. Not here: explanations with sources (`explain` has those).

use std::fmt::Write as _;

use tailwheel::catalog;
use tailwheel::form::{Field, Preset};
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

/// The reference page of a scenario file, in Markdown: one table of keys for each section.
pub fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for section in sections() {
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
                push_rows(&mut page, "", field, section.key);
            }
        }
    }
    page
}

/// What the catalog fills in for a path such as `economy.inflation`.
fn of_catalog(path: &str) -> Option<String> {
    let entry = match path {
        "correlation.roi" => catalog::correlation_of_claims(),
        _ => catalog::general().iter().find(|entry| entry.key == path)?,
    };
    let value = match &entry.follows {
        Some(followed) => format!("as `{followed}`"),
        None => format!("`{}`", entry.value.as_toml()),
    };
    Some(format!("{value} ({})", entry.grade))
}

fn push_rows(page: &mut String, prefix: &str, field: &Field, section: &str) {
    let key = format!("{prefix}{}", field.key);
    let default = default(field, &format!("{section}.{key}"));
    let examples: Vec<String> =
        field.examples().iter().map(|example| format!("`{}`", cell(example))).collect();
    let (name, examples, said) = (field.unit.name, examples.join(", "), cell(&field.said()));
    let _ = writeln!(page, "| `{key}` | {name}: {examples} | {default} | {said} |");
    for inner in field.unit.shape.inner_fields() {
        push_rows(page, &format!("{key}."), inner, section);
    }
}

fn default(field: &Field, path: &str) -> String {
    match field.preset {
        Preset::Required => "required".to_owned(),
        Preset::Class => match of_catalog(path) {
            Some(default) => cell(&default),
            None if path.starts_with("owner.") => "from the place".to_owned(),
            None if !field.unit.shape.inner_fields().is_empty() => "that of its keys".to_owned(),
            None if path == format!("asset.{}", field.key) && !is_of_classes(field.key) => "none".to_owned(),
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

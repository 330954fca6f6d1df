//! The reference page of a file, from the declarations that read it.
//!
//! In: [`Section`]s. Out: Markdown. Not here: explanations with sources (`explain` has those).

use std::fmt::Write as _;

use super::{Field, Preset, Section};

/// One table of keys for each section. `default_of` knows what the catalog fills in for a path such as
/// `economy.inflation`.
pub fn reference(sections: &[Section], default_of: &dyn Fn(&str) -> Option<String>) -> String {
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
    let examples: Vec<String> = field
        .examples()
        .iter()
        .map(|example| format!("`{}`", cell(example)))
        .collect();
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
            None if !field.unit.shape.inner_fields().is_empty() => "that of its keys".to_owned(),
            None => "from the class".to_owned(),
        },
        Preset::Is(text) => format!("`{}`", cell(text)),
        Preset::Absent => "none".to_owned(),
    }
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

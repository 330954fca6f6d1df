//! The templates of all screens and Markdown pages, compiled in.
//!
//! In: facts. Out: [`Rendered`]. Not here: sentences (`templates/`), the template engine (`page`).

use crate::page::{Form, Rendered, Templates};
use serde::Serialize;
use std::sync::LazyLock;

/// Declares the templates: files of `templates/`, by name.
macro_rules! templates {
    ($($name:literal)*) => {
        #[cfg(test)]
        const NAMES: &[&str] = &[$($name),*];

        fn text_of(name: &str) -> Option<&'static str> {
            match name {
                $($name => Some(include_str!(concat!("templates/", $name))),)*
                _ => None,
            }
        }
    };
}

templates! {
    "batch.txt.j2" "summary.md.j2" "junit.xml.j2" "github.txt.j2" "findings.j2"
    "check.txt.j2"
    "compare.j2" "compare.md.j2" "compare.txt.j2"
    "gates.j2"
    "ledger.txt.j2"
    "macros.j2"
    "page.txt.j2"
    "questions.txt.j2"
    "replay.txt.j2" "replay_head.txt.j2"
    "run.txt.j2" "run_files.txt.j2"
    "sensitivity.txt.j2"
    "solve.txt.j2"
    "written.txt.j2"
}

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::new(text_of));

/// Renders the template `name` with `facts`.
pub fn rendered(name: &str, facts: &impl Serialize, form: Form) -> Rendered {
    TEMPLATES.render(name, facts, form)
}

/// Renders the macro `called` of the template `name`, which takes `facts` as its only argument.
pub(super) fn called(name: &str, called: &str, facts: &impl Serialize) -> String {
    TEMPLATES.call(name, called, facts)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, text_of};
    use crate::report::labels::headline;
    use crate::stats::{MEASURES, look_up};

    /// Quoted texts of the templates that look like measure ids and are none: keys, attributes, beginnings of words.
    const NO_IDS: [&str; 11] = [
        "change.value", "custody.cold_share", "fall.value", "found.value", "line.", "loop.sold",
        "median.value", "of.name", "owner.surplus", "rise.value", "run.",
    ];

    fn looks_like_id(text: &str) -> bool {
        let is_of_ids = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.-<>".contains(c);
        let has_letter = text.contains(|c: char| c.is_ascii_lowercase());
        text.contains('.') && has_letter && text.chars().all(is_of_ids) && !text.ends_with(".j2")
    }

    /// Returns the quoted texts of a template that look like measure ids and are no ids, families of ids or parts that
    /// `~` joins to ids.
    fn unknown_ids(template: &str) -> Vec<&str> {
        let pieces: Vec<&str> = template.split('"').collect();
        let unknown = pieces.windows(3).filter_map(|around| {
            let &[before, text, after] = around else { return None };
            let (is_tail, is_head) = (before.trim_end().ends_with('~'), after.trim_start().starts_with('~'));
            let head = if is_head { text.to_owned() } else { format!("{text}.") };
            let is_part = |id: &str| (is_tail && id.ends_with(text)) || id.starts_with(&head);
            let is_known = look_up(text).is_some() || MEASURES.iter().any(|one| is_part(&one.id));
            (looks_like_id(text) && !is_known && !NO_IDS.contains(&text)).then_some(text)
        });
        unknown.collect()
    }

    #[test]
    fn every_measure_id_of_a_template_and_of_the_labels_is_declared() {
        let templates = NAMES.iter().filter_map(|name| Some((*name, text_of(name)?)));
        for (name, template) in templates.chain([("warnings.toml", include_str!("templates/warnings.toml"))])
        {
            assert_eq!(unknown_ids(template), [""; 0], "{name}");
        }
        for one in headline() {
            assert!(look_up(&one.measure).is_some(), "{}", one.measure);
        }
    }

    #[test]
    fn an_invented_measure_id_is_found_in_a_template() {
        let template = r#"{{ m["wealth.terminal.real.p50"] }} {{ m["wealth.terminal.real.p51"] }}
            {{ m["event." ~ name ~ ".loss.mean"] }} {{ m["event." ~ name ~ ".loss.maen"] }} {{ row("wealth.final") }}"#;
        assert_eq!(unknown_ids(template), ["wealth.terminal.real.p51", ".loss.maen", "wealth.final"]);
        assert!(look_up("wealth.terminal.real.p51").is_none());
    }
}

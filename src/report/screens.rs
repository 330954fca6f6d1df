//! The templates of all screens and Markdown pages, compiled in.
//!
//! In: facts. Out: [`Rendered`]. Not here: sentences (`templates/`), the template engine (`page`).

use crate::page::{Form, Rendered, Templates};
use serde::Serialize;
use std::sync::LazyLock;

/// Expands file names in `templates/` to a function that returns the text of each by its name.
macro_rules! templates {
    ($($name:literal)*) => {
        |name: &str| match name {
            $($name => Some(include_str!(concat!("templates/", $name))),)*
            _ => None,
        }
    };
}

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    Templates::new(templates! {
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
    })
});

/// Renders the template `name` with `facts`.
pub fn rendered(name: &str, facts: &impl Serialize, form: Form) -> Rendered {
    TEMPLATES.render(name, facts, form)
}

/// Renders the macro `called` of the template `name`, which takes `facts` as its only argument.
pub(super) fn called(name: &str, called: &str, facts: &impl Serialize) -> String {
    TEMPLATES.call(name, called, facts)
}

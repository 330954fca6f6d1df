//! Every template of a screen and of a Markdown page, compiled in.
//!
//! In: facts. Out: [`Rendered`]. Not here: sentences (`templates/`), how a template is rendered (`page`).

use crate::page::{Form, Rendered, Templates};
use serde::Serialize;
use std::sync::LazyLock;

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    Templates::new(&[
        ("macros.j2", include_str!("templates/macros.j2")),
    ])
});

/// The text of the template `name` with `facts`.
pub fn rendered(name: &str, facts: &impl Serialize, form: Form) -> Rendered {
    TEMPLATES.render(name, facts, form)
}

//! Every kind of warning: its id, its meaning and the template of its text.
//!
//! In: `templates/warnings.toml`, facts. Out: [`WARNINGS`], and a [`Warning`] from its kind and facts. Not
//! here: the conditions of a warning.

use crate::page::{Form, Templates};
use crate::report::document::{About, Warning};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A kind of warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarningKind {
    /// Stable id of the kind.
    pub id: &'static str,
    /// Short name, for a line that lists several warnings.
    pub title: &'static str,
    #[serde(default)]
    pub about: About,
    pub doc: &'static str,
    /// Template of the text, over the facts of the warning.
    text: &'static str,
}

/// All kinds of warnings.
pub static WARNINGS: LazyLock<Vec<WarningKind>> = LazyLock::new(|| {
    let file = include_str!("../templates/warnings.toml");
    let file = toml::from_str(file).map(|mut file: BTreeMap<String, _>| file.remove("warning"));
    let kinds = file.expect("the warnings are compiled in and a test reads all of them");
    kinds.unwrap_or_default()
});

/// Templates of the texts, by the id of the kind.
static TEXTS: LazyLock<Templates> = LazyLock::new(|| {
    let sources: Vec<_> = WARNINGS.iter().map(|kind| (kind.id, kind.text)).collect();
    Templates::new(&sources)
});

/// Builds a warning of the kind `id` from the facts that its template needs.
pub(super) fn warning(id: &str, facts: Value) -> Warning {
    let kind = WARNINGS.iter().find(|kind| kind.id == id);
    let Value::Object(facts) = facts else {
        unreachable!("facts have names");
    };
    Warning {
        id: id.to_owned(),
        about: kind.expect("a warning of the table").about,
        text: TEXTS.render(id, &facts, Form::default()).into_text(),
        facts,
    }
}

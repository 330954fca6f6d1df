//! The screen of a replayed path.
//!
//! In: the facts of a path, the requested detail, a form. Out: [`Rendered`]. Not here: words, rows and
//! columns (the templates), the ledger (`ledger`).

use super::facts::ReplayFacts;
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;
use serde::Serialize;
use serde_json::json;

/// Details that are printed in addition to the summary of a path.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Detail {
    /// True to print every month.
    pub months: bool,
    /// True to print every sale of the month that is explained.
    pub sales: bool,
}

/// Renders the screen that `replay` prints.
pub fn screen(facts: &ReplayFacts, detail: Detail, form: Form) -> Rendered {
    with_facts("replay.txt.j2", facts, detail, form)
}

/// Renders a template that reads the facts of a path, and `shown`.
pub(super) fn with_facts(template: &str, path: &ReplayFacts, shown: impl Serialize, form: Form) -> Rendered {
    let mut facts = json!(path);
    facts["currency"] = json!(path.scenario.currency);
    facts["shown"] = json!(shown);
    rendered(template, &facts, form)
}

//! A path as a screen.
//!
//! In: the facts of a path, what is to be shown of it, a form. Out: [`Rendered`]. Not here: words, rows and columns (the
//! templates), the books (`ledger`).

use super::facts::ReplayFacts;
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;
use serde::Serialize;

/// What is printed of a path beside its story.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Detail {
    /// Every month.
    pub months: bool,
    /// Every sale of the month that is explained.
    pub sales: bool,
}

/// What a template reads: the facts, and what is to be shown beside them.
#[derive(Serialize)]
struct Facts<'a, T> {
    #[serde(flatten)]
    facts: &'a ReplayFacts,
    currency: &'a str,
    shown: T,
}

/// The screen that `replay` prints.
pub fn screen(facts: &ReplayFacts, detail: Detail, form: Form) -> Rendered {
    with_facts("replay.txt.j2", facts, detail, form)
}

/// The text of a template that reads the facts and `shown`.
pub(super) fn with_facts<T: Serialize>(
    template: &str,
    facts: &ReplayFacts,
    shown: T,
    form: Form,
) -> Rendered {
    let currency = &facts.scenario.currency;
    let facts = Facts { facts, currency, shown };
    rendered(template, &facts, form)
}

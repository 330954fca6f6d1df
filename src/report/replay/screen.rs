//! A path as a screen.
//!
//! In: the facts of a path as its file has them, what is asked for, a form. Out: [`Rendered`]. Not here: words (the
//! templates), what is chosen (`view`), the books (`ledger`).

use super::facts::ReplayFacts;
use super::view::{Detail, View};
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;

/// The screen that `replay` prints.
pub fn screen(facts: &ReplayFacts, detail: Detail, form: Form) -> Rendered {
    rendered("replay.txt.j2", &View::of(facts, detail, form), form)
}

//! A comparison as a screen and as Markdown.
//!
//! In: a comparison as its file has it, a form. Out: [`Rendered`]. Not here: words (the templates), what is chosen (`view`).

use super::document::Comparison;
use super::view::View;
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;

/// The screen that `compare` prints.
pub fn screen(comparison: &Comparison, form: Form) -> Rendered {
    rendered("compare.txt.j2", &View::of(comparison), form)
}

/// The bytes of `compare.md`, for a pull request.
pub fn markdown(comparison: &Comparison) -> Rendered {
    rendered("compare.md.j2", &View::of(comparison), Form::default())
}

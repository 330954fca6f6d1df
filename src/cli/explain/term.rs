//! Pages of the terms of the glossary.
//!
//! In: a word or a printed phrase. Out: a page. Not here: the terms (`crate::page::glossary`).

use super::page::Page;
use crate::page::glossary::{self, Term};

/// Page of a glossary term in any of its spellings; `None` if `typed` is no term.
pub(super) fn page(typed: &str) -> Option<Page> {
    glossary::term(typed).map(|term| of(typed, term))
}

/// Page of the longest term inside a phrase, such as a label of a screen; `None` if it contains no term.
pub(super) fn page_within(typed: &str) -> Option<Page> {
    glossary::term_within(typed).map(|term| of(typed, term))
}

fn of(typed: &str, term: &Term) -> Page {
    let mut paragraphs = vec![term.definition.clone()];
    if !term.key.is_empty() {
        paragraphs.push(format!("Key or id: `{}`.", term.key));
    }
    let see: Vec<&str> = term.see.iter().map(String::as_str).collect();
    Page::new(typed, term.title(), paragraphs, &see)
}

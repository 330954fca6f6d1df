//! Keys that nobody knows, and the known ones that they are taken for.
//!
//! In: an entry of a table, the keys that are known there. Out: a fault with a proposal. Not here: which keys are known
//! (`reader`).

use super::choice::shortened;
use super::{Diagnostic, Entry, Table, nearest, one_of, words};

/// The known key that an unknown one is taken for.
pub(super) fn meant<'k>(entry: &Entry, known: &[&'k str]) -> Option<&'k str> {
    words::meant(&entry.key, known).or_else(|| nearest(&entry.key, known.iter().copied()))
}

/// That nothing is known of `entry` in a table that messages call `noun`, and what is taken for it.
pub(super) fn unknown_key(entry: &Entry, known: &[&str], table: &Table, noun: &str) -> Diagnostic {
    let key = shortened(&entry.key);
    let fault = Diagnostic::new("unknown-key", format!("unknown key `{key}` in {noun}"));
    match meant(entry, known) {
        // a line of another text is laid over it
        Some(near) if table.get(near).is_some_and(|there| is_beside(there, entry)) => fault
            .at(entry.place, format!("`{near}` is there already"))
            .note("known", one_of(known.iter().copied())),
        Some(near) => fault
            .at(entry.place, format!("did you mean `{near}`?"))
            .replace(entry.place, near),
        None => fault
            .at(entry.place, "not known here")
            .note("known", one_of(known.iter().copied())),
    }
}

/// Whether both were written in one text.
fn is_beside(one: &Entry, other: &Entry) -> bool {
    let texts = [one, other].map(|entry| entry.place.map(|place| place.text));
    texts[0] == texts[1]
}

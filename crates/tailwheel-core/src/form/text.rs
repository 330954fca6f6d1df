//! Words of a file as messages repeat them.
//!
//! In: a word or a name. Out: one short line. Not here: similar words (`suggest`).

use crate::units::is_acting;

/// Noun of a table in messages: "asset `saas`", or "this asset" if it has no name.
pub fn noun(sort: &str, name: &str) -> String {
    match name {
        "" => format!("this {sort}"),
        name => format!("{sort} `{}`", shortened(name)),
    }
}

/// Shortens a word to 40 characters on one line, as messages repeat it.
pub fn shortened(word: &str) -> String {
    let mut shown: String = word.chars().take(40).collect();
    if shown.len() < word.len() {
        shown.push('…');
    }
    shown.replace(is_acting, " ")
}

/// Returns the text with its first letter in lower case, unless it begins with an abbreviation.
pub fn uncapital(text: &str) -> String {
    let mut letters = text.chars().peekable();
    let first = letters.next().into_iter();
    let is_word = letters.peek().is_none_or(|next| !next.is_uppercase());
    first.map(|first| if is_word { first.to_ascii_lowercase() } else { first }).chain(letters).collect()
}

/// Returns the text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Joins the lines of a doc comment.
pub(super) fn one_line(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Words of the screen that are neither keys nor measures, in plain sentences.
//!
//! In: a word as typed, the words of `words.toml`. Out: a page. Not here: keys (`keys`), measures (`outcome`).

use super::page::Page;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A word of the screen.
#[derive(Deserialize)]
struct Word {
    /// Its spellings, the usual one first.
    names: Vec<String>,
    title: String,
    text: String,
    /// Pages that tell more.
    see: Vec<String>,
}

static WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let mut file: BTreeMap<String, Vec<Word>> = toml::from_str(include_str!("words.toml"))
        .expect("the words are compiled in and a test reads all of them");
    file.remove("word").unwrap_or_default()
});

/// Every word, in its first spelling.
pub(super) fn ids() -> Vec<String> {
    WORDS.iter().map(|word| word.names[0].clone()).collect()
}

/// The page of a word in any of its spellings, or of the first in a phrase that has one.
pub(super) fn page(typed: &str) -> Option<Page> {
    let name = typed.to_lowercase().replace([' ', '_'], "-");
    let phrase = typed.to_lowercase();
    let parts = phrase.split_whitespace().map(|part| part.trim_matches(','));
    // one word has been tried as it is
    let parts = parts.filter(|part| *part != phrase);
    let mut names = std::iter::once(name.as_str()).chain(parts);
    let is_called = |word: &&Word, name: &str| word.names.iter().any(|own| own == name);
    let found = names.find_map(|name| WORDS.iter().find(|word| is_called(word, name)));
    let word = found?;
    let see: Vec<&str> = word.see.iter().map(String::as_str).collect();
    Some(Page::new(
        typed,
        word.title.as_str(),
        vec![word.text.clone()],
        &see,
    ))
}

//! The glossary: the words that are printed, what they mean, and what is not written in their place.
//!
//! In: `glossary.toml`. Out: [`Term`]s, the one that a text asks for. Not here: pages of keys and measures (`cli::explain`).

use crate::form::capital;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One term of the glossary.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The word to write, as inside a sentence.
    pub label: String,
    /// Terms of one topic follow each other.
    pub topic: String,
    /// Other spellings that find the term.
    #[serde(default)]
    names: Vec<String>,
    /// Words that no printed text may hold in its place; `#` stands for a number.
    #[serde(default)]
    pub forbidden: Vec<String>,
    /// At most three sentences.
    pub definition: String,
    /// The key, id or JSON key that keeps another name; empty if there is none.
    #[serde(default)]
    pub key: String,
    /// Pages of `explain` that go on from here.
    pub see: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    term: Vec<Term>,
}

/// Every term, topic by topic.
pub static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("glossary.toml"))
        .expect("the glossary is compiled in and a test reads all of it");
    file.term
});

/// Terms by their spellings as [`spelled`].
static BY_NAME: LazyLock<BTreeMap<String, &'static Term>> = LazyLock::new(|| {
    let mut found = BTreeMap::new();
    for term in TERMS.iter() {
        for name in term.spellings() {
            found.entry(spelled(name)).or_insert(term);
        }
    }
    found
});

impl Term {
    /// The label and all other spellings, outdated ones included.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let others = self.names.iter().chain(&self.forbidden);
        std::iter::once(&self.label)
            .chain(others)
            .map(String::as_str)
    }

    /// The label as it begins a line.
    pub fn title(&self) -> String {
        capital(&self.label)
    }
}

/// Returns the term with exactly this name, whatever its case, hyphens and plural.
pub fn term(name: &str) -> Option<&'static Term> {
    BY_NAME.get(&spelled(name)).copied()
}

/// Returns the term with the longest name inside a phrase of several words.
pub fn term_within(phrase: &str) -> Option<&'static Term> {
    let words: Vec<String> = phrase.split_whitespace().map(spelled).collect();
    let lengths = (1..words.len()).rev();
    let mut parts = lengths.flat_map(|length| words.windows(length));
    parts.find_map(|part| BY_NAME.get(&part.join(" ")).copied())
}

/// Lower-case words with one space between them, each without the `s` of a plural.
fn spelled(name: &str) -> String {
    let is_letter = |c: &char| c.is_alphanumeric() || "±≈%.<>".contains(*c);
    let plain: String = name
        .chars()
        .map(|c| if is_letter(&c) { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words = plain.split_whitespace();
    let singular = words.map(|word| word.strip_suffix('s').unwrap_or(word));
    singular.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_belongs_to_one_term() {
        for term in TERMS.iter() {
            for name in term.spellings() {
                assert!(!spelled(name).is_empty(), "{name}");
                let found = BY_NAME[&spelled(name)];
                assert_eq!(found.label, term.label, "{name}");
            }
        }
    }

    #[test]
    fn terms_of_a_topic_follow_each_other() {
        let mut topics: Vec<&str> = TERMS.iter().map(|term| term.topic.as_str()).collect();
        topics.dedup();
        let n_runs = topics.len();
        topics.sort_unstable();
        topics.dedup();
        assert_eq!(topics.len(), n_runs);
    }

    #[test]
    fn a_term_is_found_by_any_spelling_and_inside_a_phrase() {
        for (typed, label) in [
            ("5th percentile", "percentile"),
            ("UNIT", "unit"),
            ("value version", "results version"),
            ("Losses", "probability of loss"),
            ("stop_loss", "stop-loss"),
        ] {
            assert_eq!(
                term(typed).map(|term| term.label.as_str()),
                Some(label),
                "{typed}"
            );
        }
        for (phrase, label) in [
            (
                "Expected shortfall 95 % (mean loss of the worst 5 %)",
                "expected shortfall",
            ),
            (
                "Probability of loss, withdrawals counted",
                "probability of loss",
            ),
        ] {
            let found = term_within(phrase).expect(phrase);
            assert_eq!(found.label, label);
        }
        assert!(term("volatilty").is_none() && term_within("quite something else").is_none());
    }
}

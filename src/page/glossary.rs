//! The glossary: the terms that the program prints, their definitions, and the words they replace.
//!
//! In: `glossary.toml`. Out: [`Term`]s, and the terms inside a text. Not here: pages of keys and measures
//! (`cli::explain`).

use crate::form::capital;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Bound::{Included, Unbounded};
use std::sync::LazyLock;

/// One term of the glossary.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term as written inside a sentence.
    pub label: String,
    /// Topic of the term; terms of one topic are adjacent in the glossary file.
    pub topic: String,
    /// True if texts use the term with other meanings too, so that pages do not link it to the glossary.
    #[serde(default, rename = "unlinked")]
    is_unlinked: bool,
    /// Other spellings by which `explain` finds the term.
    #[serde(default)]
    names: Vec<String>,
    /// Words that must not be printed instead of the term; `#` stands for a number.
    #[serde(default)]
    pub forbidden: Vec<String>,
    /// Definition of the term in at most three sentences.
    pub definition: String,
    /// Scenario key, measure id or JSON key that names the same thing differently; empty if there is none.
    #[serde(default)]
    pub key: String,
    /// Ids of related pages that `tailwheel explain` shows.
    pub see: Vec<String>,
}

/// All terms of the glossary, grouped by topic.
pub static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    let mut file: BTreeMap<String, _> = toml::from_str(include_str!("glossary.toml"))
        .expect("the glossary is compiled in and a test reads all of it");
    file.remove("term").expect("a list of terms")
});

/// Glossary terms by every spelling, normalized by [`spelled`].
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
    /// Returns the label of the term and all its other spellings, including those that must not be printed.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let others = self.names.iter().chain(&self.forbidden);
        std::iter::once(&self.label).chain(others).map(String::as_str)
    }

    /// Returns the label of the term with a capital first letter.
    pub fn title(&self) -> String {
        capital(&self.label)
    }
}

/// Returns the glossary term with this name, whatever its case, hyphens and plural; `None` if there is none.
pub fn term(name: &str) -> Option<&'static Term> {
    BY_NAME.get(&spelled(name)).copied()
}

/// Returns the glossary term with the longest name inside a phrase of several words: its label, or another name of
/// several words. `None` without one.
pub fn term_within(phrase: &str) -> Option<&'static Term> {
    let words: Vec<String> = phrase.split_whitespace().map(spelled).collect();
    let mut parts = (1..words.len()).rev().flat_map(|length| words.windows(length));
    parts.find_map(|part| printed(&part.join(" ")))
}

/// Splits a text into pieces, each with the glossary term it spells, if any. A term is found by its label, or
/// by another name of several words.
pub fn pieces(text: &str) -> Vec<(&str, Option<&'static Term>)> {
    let is_letter = |c: char| c.is_alphanumeric() || "%-".contains(c);
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_letter(*c)) {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    let (mut parts, mut done, mut at) = (Vec::new(), 0, 0);
    while at < words.len() {
        let begun = (at + 1..=words.len())
            .map(|end| (end, words[at].start..words[end - 1].end))
            .map(|(end, span)| (end, spelled(&text[span.clone()]), span))
            .take_while(|(_, name, _)| begins_name(name));
        let longest = begun.filter_map(|(end, name, span)| Some((end, span, printed(&name)?))).last();
        match longest {
            Some((end, span, term)) => {
                parts.push((&text[done..span.start], None));
                parts.push((&text[span.clone()], Some(term)));
                (at, done) = (end, span.end);
            }
            None => at += 1,
        }
    }
    parts.push((&text[done..], None));
    parts
}

/// True if a glossary name, as [`spelled`] returns it, begins with `words`, which are not empty.
fn begins_name(words: &str) -> bool {
    let next = BY_NAME.range::<str, _>((Included(words), Unbounded)).next();
    !words.is_empty() && next.is_some_and(|(name, _)| name.starts_with(words))
}

/// Returns the glossary term to link at `name`, which is its label or another name of several words as [`spelled`]
/// returns them; `None` if there is no such term, or if pages do not link it.
fn printed(name: &str) -> Option<&'static Term> {
    let term = BY_NAME.get(name).filter(|term| !term.is_unlinked)?;
    (name.contains(' ') || name == spelled(&term.label)).then_some(*term)
}

/// Normalizes a name: lower-case words, one space between them, each without a plural `s`.
pub fn spelled(name: &str) -> String {
    let is_letter = |c: char| c.is_alphanumeric() || "±≈%.<>".contains(c);
    let mut spelled = String::with_capacity(name.len());
    for (at, word) in name.split(|c| !is_letter(c)).filter(|word| !word.is_empty()).enumerate() {
        spelled.extend((at > 0).then_some(' '));
        spelled.extend(word.chars().flat_map(char::to_lowercase));
        if spelled.ends_with('s') {
            spelled.pop();
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_it_spells_a_term() {
        let found = |text: &'static str| {
            let pieces = pieces(text);
            assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), text);
            let terms = pieces.into_iter().filter_map(|(piece, term)| Some((piece, term?.label.as_str())));
            terms.collect::<Vec<_>>()
        };
        let all = "Return a year on money invested (IRR), and the paths' median: 5 %; lost.";
        let expected =
            [("Return a year on money invested (IRR", "IRR"), ("paths", "path"), ("median", "median")];
        assert_eq!(found(all), expected);
        assert_eq!(found("ruin, units, a verdict, größer ± 3 %"), []);
        assert_eq!(found(""), []);
        assert_eq!(found("(real)"), [("real", "real")]);
    }

    #[test]
    fn every_spelling_belongs_to_one_term() {
        for term in TERMS.iter() {
            for name in term.spellings() {
                assert!(!spelled(name).is_empty(), "{name}");
                assert_eq!(BY_NAME[&spelled(name)].label, term.label, "{name}");
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
            assert_eq!(term(typed).map(|term| term.label.as_str()), Some(label), "{typed}");
        }
        for (phrase, label) in [
            ("Expected shortfall 95 % (mean loss of the worst 5 %)", "expected shortfall"),
            ("Probability of loss, withdrawals counted", "probability of loss"),
        ] {
            assert_eq!(term_within(phrase).map(|term| term.label.as_str()), Some(label));
        }
        assert!(term("volatilty").is_none() && term_within("quite something else").is_none());
    }
}

//! Checks of printed texts: words that the glossary forbids, spelling, length of sentences.
//!
//! In: a text. Out: its faults, one line each; none of a text that keeps the rules. Not here: which texts are checked.

use tailwheel::page::glossary::TERMS;

/// Words of a sentence at most.
const MOST_WORDS: usize = 25;

/// British spellings, each before the American one to write.
const SPELLING: &str = "catalogue catalog, catalogues catalogs, colour color, colours colors, realised realized, \
                        tokenised tokenized, ageing aging, licence license, licences licenses, centre center, \
                        labelled labeled, recognise recognize, recognised recognized";

/// Returns the faults of a text that consists of sentences. `names` are keys and ids, which it may use as words.
pub fn of_text(text: &str, names: &[String]) -> Vec<String> {
    let mut found = forbidden(text, names);
    found.extend(too_long(text, names));
    found
}

/// Returns the faults of a rendered screen, whose rows of tables are no sentences. It may use the names of its scenario.
#[allow(dead_code)] // not every test binary renders screens
pub fn of_screen(screen: &str, names: &[String]) -> Vec<String> {
    let mut found = forbidden(screen, names);
    let is_row = |line: &&str| line.trim().is_empty() || line.trim().contains("  ");
    let lines: Vec<&str> = screen.lines().collect();
    for block in lines.split(|line| is_row(line)) {
        found.extend(too_long(&block.join(" "), &[]));
    }
    found
}

/// Words that the glossary and the spelling forbid, each with what to write.
fn forbidden(text: &str, names: &[String]) -> Vec<String> {
    let words = words(text);
    let mut found = Vec::new();
    let has = |pattern: &str| {
        let pattern: Vec<&str> = pattern.split_whitespace().collect();
        let is_it = |part: &[String]| part.iter().zip(&pattern).all(|(word, wanted)| matches(word, wanted));
        let is_name = pattern.len() == 1 && names.iter().any(|name| name == pattern[0]);
        !is_name && words.windows(pattern.len()).any(is_it)
    };
    for term in TERMS.iter() {
        let patterns = term.forbidden.iter().filter(|pattern| has(pattern));
        found.extend(patterns.map(|pattern| format!("`{pattern}`, write `{}`", term.label)));
    }
    let spelled =
        SPELLING.split(", ").filter_map(|pair| pair.split_once(' ')).filter(|(british, _)| has(british));
    found.extend(spelled.map(|(british, american)| format!("`{british}`, write `{american}`")));
    found.iter().map(|fault| format!("{fault}: {text}")).collect()
}

fn matches(word: &str, wanted: &str) -> bool {
    let is_number = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        digits > 0 && word.chars().all(|c| c.is_ascii_digit() || ",.$%".contains(c))
    };
    if wanted == "#" { is_number(word) } else { word == wanted }
}

/// Lower-case words without punctuation; code between backticks is one word, which no pattern matches.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            words.push("`".to_owned());
            continue;
        }
        let plain = part.split_whitespace();
        let trimmed =
            plain.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && !"<>±".contains(c)));
        words.extend(trimmed.filter(|word| !word.is_empty()).map(str::to_lowercase));
    }
    words
}

/// Sentences of more than 25 words; keys, ids and numbers do not count.
fn too_long(text: &str, names: &[String]) -> Vec<String> {
    let counts = |word: &&String| {
        word.chars().any(char::is_alphabetic) && !word.contains('_') && !names.contains(word)
    };
    let n_words = |sentence: &str| words(sentence).iter().filter(counts).count();
    let found = sentences(text).into_iter().map(|sentence| (n_words(&sentence), sentence));
    found
        .filter(|(n_words, _)| *n_words > MOST_WORDS)
        .map(|(n_words, sentence)| format!("{n_words} words: {sentence}"))
        .collect()
}

/// Sentences end with a full stop, a question mark or an exclamation mark before a word that begins one.
fn sentences(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut sentences = vec![String::new()];
    for (index, word) in words.iter().enumerate() {
        if let Some(sentence) = sentences.last_mut() {
            sentence.push_str(word);
            sentence.push(' ');
        }
        let ends = word.trim_end_matches([')', '"', '\'', '`', ']']).ends_with(['.', '?', '!']);
        let next = words.get(index + 1).and_then(|next| next.chars().next());
        if ends && next.is_some_and(|first| !first.is_lowercase()) {
            sentences.push(String::new());
        }
    }
    sentences
}

//! Did you mean: the known word nearest to what was written.
//!
//! In: a word and the known ones. Out: the nearest within 1 + length / 4 edits. Not here: messages.

/// The known word nearest to `given`, if near enough to be a slip of the finger.
pub fn nearest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = given.chars().count();
    known
        .into_iter()
        .filter_map(|word| {
            let letters = word.chars().count();
            let allowed = 1 + letters / 4;
            // The length alone decides most cases and keeps an absurd key from costing time.
            if length.abs_diff(letters) > allowed {
                return None;
            }
            let distance = strsim::damerau_levenshtein(given, word);
            (distance <= allowed && distance < letters).then_some((distance, word))
        })
        .min()
        .map(|(_, word)| word)
}

/// The known words as a message lists them; beyond a dozen only how many more there are.
pub fn one_of<'k>(known: impl IntoIterator<Item = &'k str>) -> String {
    let words: Vec<&str> = known.into_iter().collect();
    let shown = words
        .iter()
        .take(12)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if words.len() > 12 {
        format!("{shown}, and {} more", words.len() - 12)
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let known = ["value", "volatility", "roi"];
        assert_eq!(nearest("valeu", known), Some("value"));
        assert_eq!(nearest("volatilty", known), Some("volatility"));
        assert_eq!(nearest("rio", known), Some("roi"));
        assert_eq!(nearest("churn", known), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }

    #[test]
    fn a_word_with_nothing_in_common_is_no_suggestion() {
        assert_eq!(nearest("x", ["t"]), None);
    }
}

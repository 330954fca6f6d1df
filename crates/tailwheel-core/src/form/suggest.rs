//! Proposals for misspelled words: the most similar known word.
//!
//! In: a word and the known ones. Out: the most similar within 1 + length / 4 edits. Not here: messages.

use super::text::shortened;

/// Returns the most similar known word if `given` may be a typing error of it; else the only one that
/// contains `given` as a part between dashes, as `micro-saas-fleet` contains `saas`.
pub fn nearest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // A word that needs escapes in quotes could not be copied from a proposal.
    let is_plain = |word: &&str| !word.contains(|c: char| c.is_control() || c == '"' || c == '\\');
    let known: Vec<&str> = known.into_iter().filter(is_plain).collect();
    let given = given.to_lowercase();
    slip(&given, &known).or_else(|| part(&given, &known))
}

fn part<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let given = given.replace([' ', '_'], "-");
    let has_part = |word: &&&str| {
        let word = word.to_lowercase().replace('_', "-");
        word.strip_prefix(&given).is_some_and(|rest| rest.starts_with('-'))
            || word.strip_suffix(&given).is_some_and(|rest| rest.ends_with('-'))
            || word.contains(&format!("-{given}-"))
    };
    let mut found = known.iter().filter(has_part);
    let only = found.next().filter(|_| given.len() > 2 && given.len() < 64)?;
    found.next().is_none().then_some(*only)
}

fn slip<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let length = given.chars().count();
    known
        .iter()
        .copied()
        .filter_map(|word| {
            let letters = word.chars().count();
            // Two edits turn any short word into any other.
            let allowed = if letters < 6 { 1 } else { 1 + letters / 4 };
            // Comparing lengths first is fast and limits the time for absurdly long keys.
            if length.abs_diff(letters) > allowed {
                return None;
            }
            let distance = strsim::damerau_levenshtein(given, &word.to_lowercase());
            // of two words as similar, that with the same first letter: it is seldom the wrong one
            let other_start = !word.to_lowercase().starts_with(given.chars().next().unwrap_or_default());
            (distance <= allowed && distance < letters).then_some((distance, other_start, word))
        })
        .min()
        .map(|(.., word)| word)
}

/// Lists the known words for a message: at most 12, or 13 if that is all, and the number of further ones.
pub fn one_of<'k>(known: impl IntoIterator<Item = &'k str>) -> String {
    let words: Vec<&str> = known.into_iter().collect();
    let most = if words.len() == 13 { 13 } else { 12 };
    let shown = words.iter().take(most).map(|word| shortened(word)).collect::<Vec<_>>().join(", ");
    if words.len() > most { format!("{shown}, and {} more", words.len() - most) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let known = ["value", "volatility", "roi"];
        for (slip, meant) in
            [("valeu", "value"), ("volatilty", "volatility"), ("rio", "roi"), ("Value", "value")]
        {
            assert_eq!(nearest(slip, known), Some(meant));
        }
        assert_eq!(nearest("rat", ["at", "rate"]), Some("rate"));
        assert_eq!(nearest("churn", known), None);
        assert_eq!(nearest("taxes", ["axis", "asset"]), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
        // a word that would need escapes, and one with nothing in common
        assert_eq!(nearest("ab", ["ab\0"]), None);
        assert_eq!(nearest("x", ["t"]), None);
    }

    #[test]
    fn a_part_of_only_one_word_is_that_word() {
        let known = ["micro-saas-fleet", "defi-yield-aggregator", "a-b-1", "a-b-2"];
        assert_eq!(nearest("saas", known), Some("micro-saas-fleet"));
        assert_eq!(nearest("DeFi", known), Some("defi-yield-aggregator"));
        assert_eq!(nearest("a-b", known), None);
    }
}

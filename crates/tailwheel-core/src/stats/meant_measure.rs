//! Interpretation of a word that is no measure id: the measure that it most likely means.
//!
//! In: a word and the known ids. Out: [`Meant`]. Not here: the messages (`report`, `cli`).

use crate::form::nearest;

/// The measure that a word, which is no measure id, most likely means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant<'k> {
    pub id: &'k str,
    /// True if the word means one minus the measure, so that a limit must be reversed.
    pub is_opposite: bool,
}

/// Common names for the opposite of ruin.
const SUCCESS: [&str; 6] =
    ["success", "survival", "solvency", "success_rate", "probability_of_success", "lasts"];

/// Returns the id in `known` that `word` means: a common name, the first part of an id, or a typing error;
/// `None` if nothing is near.
pub fn meant<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<Meant<'k>> {
    let head = word.strip_suffix(".probability").unwrap_or(word);
    let is_opposite = SUCCESS.contains(&head);
    let word = if is_opposite { "ruin" } else { word };
    let found = whole(word, known.clone());
    let id = found.or_else(|| nearest(word, known))?;
    Some(Meant { id, is_opposite })
}

/// Returns the id that users want most among those that begin with `head` and a dot: a probability, a median, or
/// the first; `None` without any.
fn whole<'k>(head: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let below = |id: &&str| {
        let rest = id.strip_prefix(head);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    let exact = ["probability", "p50"].map(|last| format!("{head}.{last}"));
    let all = known.into_iter().filter(below);
    let rank = |id: &&str| {
        exact.iter().position(|exact| exact == id).unwrap_or(exact.len() + usize::from(!id.ends_with(".p50")))
    };
    all.min_by_key(rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::MEASURES;

    fn id(word: &str) -> Option<Meant<'static>> {
        meant(word, MEASURES.iter().map(|measure| measure.id.as_str()))
    }

    #[test]
    fn the_first_part_of_an_id_means_the_measure_that_is_asked_for_most_and_success_the_opposite_of_ruin() {
        for (word, meant, is_opposite) in [
            ("success.probability", "ruin.probability", true),
            ("success", "ruin.probability", true),
            ("survival", "ruin.probability", true),
            ("ruin", "ruin.probability", false),
            ("loss", "loss.probability", false),
            ("cagr", "cagr.p50", false),
            ("drawdown", "drawdown.max.p50", false),
            ("ruin.probabilty", "ruin.probability", false),
        ] {
            let found = id(word).expect("a measure");
            assert_eq!((found.id, found.is_opposite), (meant, is_opposite), "{word}");
        }
        assert_eq!(id("hovercraft"), None);
    }
}

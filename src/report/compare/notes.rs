//! What is said below the tables of a comparison: measures without a verdict, remarks on cases.
//!
//! In: a comparison. Out: [`Unjudged`], [`Remarked`], each with the letters of its cases. Not here: words (the templates).

use super::document::Comparison;
use super::view::letter;
use crate::stats::{Error, Verdict};
use crate::study::Remark;
use serde::Serialize;

/// A measure without a verdict in these cases, for one reason.
#[derive(Serialize)]
pub(super) struct Unjudged<'a> {
    letters: Vec<String>,
    label: &'a str,
    error: Error,
}

#[derive(Serialize)]
pub(super) struct Remarked<'a> {
    letters: Vec<String>,
    /// The initial investment of the first of them.
    money_in: f64,
    #[serde(flatten)]
    remark: &'a Remark,
}

/// Measures whose error the paths do not determine. Of a single path none is judged, which is said once.
pub(super) fn unjudged(all: &Comparison) -> Vec<Unjudged<'_>> {
    let mut found: Vec<Unjudged<'_>> = Vec::new();
    let headline = all.headline.iter().filter(|_| all.paths > 1);
    for part in headline {
        for (place, case) in (1..).zip(&all.cases) {
            let measure = case.measures.get(&part.measure);
            let is_told = case.headline.get(&part.measure) == Some(&Verdict::NotJudged);
            let measure = measure.filter(|measure| is_told && measure.not_judged.is_none());
            let Some(error) = measure.and_then(|measure| measure.change.error) else {
                continue;
            };
            let is_alike = |one: &&mut Unjudged<'_>| one.label == part.label && one.error == error;
            match found.iter_mut().find(is_alike) {
                Some(one) => one.letters.push(letter(place)),
                None => found.push(Unjudged {
                    letters: vec![letter(place)],
                    label: &part.label,
                    error,
                }),
            }
        }
    }
    found
}

/// Remarks in the order of their first case, each with all of its cases.
pub(super) fn remarks(all: &Comparison) -> Vec<Remarked<'_>> {
    let mut found: Vec<Remarked<'_>> = Vec::new();
    for (place, case) in (1..).zip(&all.cases) {
        for remark in &case.remarks {
            match found.iter_mut().find(|one| one.remark == remark) {
                Some(one) => one.letters.push(letter(place)),
                None => found.push(Remarked {
                    letters: vec![letter(place)],
                    money_in: case.side.money_in,
                    remark,
                }),
            }
        }
    }
    found
}

//! The two sides of a comparison with a baseline, and whether they can be compared.
//!
//! In: what was simulated. Out: [`Now`], [`Rerun`]. Not here: comparing them (`against`).

use super::super::{Answer, EditPart};
use super::Entry;
use crate::random::Seeds;
use crate::stats::Difference;
use std::collections::BTreeMap;

/// What was simulated now.
#[derive(Clone, Debug)]
pub struct Now {
    pub model_digest: String,
    pub paths: u64,
    pub seeds: Seeds,
    pub currency: String,
    pub dates: Dates,
    /// Of what the baseline was made of, if it is another model that can be read.
    pub dates_before: Option<Dates>,
    /// Headline figures and those of gates, by id of the measure.
    pub figures: BTreeMap<String, Answer>,
    /// Of the gates, by id of the measure; the others have [`TOLERANCE`](super::TOLERANCE).
    pub tolerances: BTreeMap<String, f64>,
    /// Keys that are not what they are in the baseline.
    pub edits: Vec<EditPart>,
}

/// When a scenario begins and how long it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// As `2027-01`.
    pub start: String,
    pub months: u32,
}

/// A scenario of the baseline simulated again, on the random numbers, paths and seed of now.
#[derive(Clone, Debug)]
pub struct Rerun {
    pub figures: BTreeMap<String, Answer>,
    /// Whether the differences are from a run beside the markets of now, which is not the one of the
    /// figures.
    pub is_beside: bool,
    /// Whether the same money is put in then and now.
    pub is_of_one_stake: bool,
    /// Now less then; a figure that has none is compared as if the runs were independent.
    pub differences: Vec<PairedFigure>,
}

/// Difference of a figure between two runs on the same random numbers.
#[derive(Clone, Debug)]
pub struct PairedFigure {
    pub measure: String,
    pub base: f64,
    pub new: f64,
    pub difference: f64,
    pub std_error: Option<f64>,
    /// Two-sided, of no difference at all; none if the error is not known.
    pub p_value: Option<f64>,
}

impl From<&Difference> for PairedFigure {
    fn from(found: &Difference) -> Self {
        Self {
            measure: found.id.clone(),
            base: found.base.value,
            new: found.new.value,
            difference: found.difference.value,
            std_error: found.difference.std_error,
            p_value: found.p_value,
        }
    }
}

/// Why no figure of now means what it meant in the baseline.
pub(super) fn apart(entry: &Entry, now: &Now) -> Option<String> {
    let mut unlike = Vec::new();
    if entry.currency != now.currency {
        let (was, is) = (&entry.currency, &now.currency);
        unlike.push(format!("the baseline is in {was}, this scenario in {is}"));
    }
    let edited = |key: &str| now.edits.iter().find(|edit| edit.key == key);
    match &now.dates_before {
        Some(before) => {
            let (Dates { start, months }, is) = (before, &now.dates);
            if *start != is.start {
                let is = &is.start;
                unlike.push(format!(
                    "the baseline begins in {start}, this scenario in {is}"
                ));
            }
            if *months != is.months {
                let is = is.months;
                unlike.push(format!(
                    "the baseline is over {months} months, this scenario over {is}"
                ));
            }
        }
        // what it was made of cannot be read, and still says what was written
        None => {
            let edits = ["start", "horizon"].into_iter().filter_map(edited);
            unlike.extend(edits.map(|edit| format!("{} {}", edit.key, edit.what())));
        }
    }
    let said = unlike.join("; ");
    (!unlike.is_empty()).then(|| format!("{said}: such figures do not compare"))
}

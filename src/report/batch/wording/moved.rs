//! What a baseline says of a scenario, in words.
//!
//! In: a [`CasePart`] held against a baseline. Out: [`Moved`], edits, remarks. Not here: comparing
//! (`baseline`).

use super::super::{AgainstPart, CasePart, ChangePart, EditPart};
use super::Ruler;
use crate::stats::HALF_WIDTH;

/// What is compared with where the figures of the baseline are not those of its file.
const AGAIN: &str = "the baseline's scenario, simulated again on these paths";
/// Why figures of one model may differ.
const DRIFTED: &str = "the same model, paths and seed gave other figures here: the program changed \
                       without a new value version, or the line was edited";
/// Before, after and the difference of a figure that moved.
pub(in crate::report::batch) struct Moved {
    pub base: String,
    pub new: String,
    /// `+0.013 ± 0.006`, half the 95 % interval; without it if the difference is certain, with a
    /// question mark if its error is not known.
    pub difference: String,
}

/// Of a difference, in errors; what has none comes first.
pub(in crate::report::batch) fn size(change: &ChangePart) -> f64 {
    let errors = change.difference.zip(change.std_error);
    errors.map_or(f64::INFINITY, |(difference, error)| {
        difference.abs() / error
    })
}

/// What is said of a comparison besides its figures.
pub(in crate::report::batch) fn remark(case: &CasePart) -> Option<String> {
    match case.against.as_ref()? {
        AgainstPart::New | AgainstPart::Equal => None,
        AgainstPart::Apart { why, .. } => Some(why.clone()),
        AgainstPart::Drifted { .. } => Some(DRIFTED.to_owned()),
        AgainstPart::Unpaired { why, .. } => Some(format!("unpaired: {why}")),
        AgainstPart::Paired {
            is_again, changes, ..
        } => (*is_again && !changes.is_empty()).then(|| AGAIN.to_owned()),
    }
}

pub(in crate::report::batch) fn moved(change: &ChangePart, currency: &str) -> Moved {
    let both = || change.base.into_iter().chain(change.new);
    let largest = both().map(f64::abs).fold(0.0, f64::max);
    let half = change.std_error.map(|error| HALF_WIDTH * error);
    let half = half.filter(|half| half.is_finite());
    let known = match half {
        Some(half) if half > 0.0 => Some(half),
        _ => change.difference.map(|difference| 0.1 * difference.abs()),
    };
    let mut ruler = Ruler::new(&change.unit, currency, largest, known);
    let error = match half {
        Some(half) if half > 0.0 => {
            let difference = change.difference.unwrap_or(0.0);
            format!(" ± {}", ruler.told(difference, half))
        }
        Some(_) => String::new(),
        None => " ± ?".to_owned(),
    };
    let shown = |value: Option<f64>| value.map_or("–".to_owned(), |value| ruler.shown(value));
    Moved {
        base: shown(change.base),
        new: shown(change.new),
        difference: match (change.difference, change.new) {
            (Some(difference), _) => format!("{}{error}", ruler.with_plus(difference)),
            (None, None) => "no longer there".to_owned(),
            (None, Some(_)) => "not there before".to_owned(),
        },
    }
}

impl EditPart {
    /// `crash.lockstep 0.7 → 0.8 at flash-crash.toml:31:12`
    pub fn line(&self) -> String {
        let place = match &self.place {
            Some(place) => format!(" at {}", place.shown()),
            None => String::new(),
        };
        format!("{} {}{place}", self.key, self.what())
    }

    /// `0.7 → 0.8`, `is new: 0.8`, `is gone: 0.7`
    pub fn what(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!("{from} → {to}"),
            (None, Some(to)) => format!("is new: {to}"),
            (Some(from), None) => format!("is gone: {from}"),
            (None, None) => "is another".to_owned(),
        }
    }
}

impl CasePart {
    /// Figures that moved against the baseline.
    pub fn changes(&self) -> &[ChangePart] {
        match &self.against {
            Some(
                AgainstPart::Paired { changes, .. }
                | AgainstPart::Drifted { changes }
                | AgainstPart::Unpaired { changes, .. },
            ) => changes,
            None | Some(AgainstPart::New | AgainstPart::Equal | AgainstPart::Apart { .. }) => &[],
        }
    }

    /// Keys that are not what they were in the baseline.
    pub fn edits(&self) -> &[EditPart] {
        match &self.against {
            Some(
                AgainstPart::Paired { edits, .. }
                | AgainstPart::Apart { edits, .. }
                | AgainstPart::Unpaired { edits, .. },
            ) => edits,
            None | Some(AgainstPart::New | AgainstPart::Equal | AgainstPart::Drifted { .. }) => &[],
        }
    }
}

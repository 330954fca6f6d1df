//! A figure with its error and unit: the only form in which a figure leaves the statistics.
//!
//! In: an [`Estimate`] and a unit. Out: [`Value`], as numbers and as JSON. Not here: rounding (`figure`).

use super::{Estimate, LEVEL, Note, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A figure with its error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Value {
    /// In `unit`; money is in the currency of the scenario. Null for a standard deviation of a single path.
    #[serde(serialize_with = "or_null", deserialize_with = "or_nan")]
    #[schemars(with = "Option<f64>")]
    pub value: f64,
    /// Standard error of sampling, in `unit`; null if it is unknown or does not apply.
    pub std_error: Option<f64>,
    /// Ends of the interval at `level`, in `unit`.
    pub interval: Option<[f64; 2]>,
    /// Confidence of the interval.
    pub level: f64,
    /// Paths behind the figure.
    pub n: usize,
    pub unit: Unit,
    /// Kind of the error: exact, sampled, an atom or unknown.
    pub error: Error,
}

/// Kind of an error, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Error {
    /// The figure is exact: no randomness affects it.
    Certain,
    /// The error stems from sampling; `std_error` and `interval` are valid.
    Sampled,
    /// Many paths have exactly this value, or the error is unknown.
    #[serde(untagged)]
    Noted(Note),
}

/// Writes a number that is not finite as null.
fn or_null<S: Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
    number.is_finite().then_some(*number).serialize(to)
}

fn or_nan<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or(f64::NAN))
}

impl Value {
    /// Builds the value from an estimate and its unit. An interval with an infinite end is dropped.
    pub fn new(unit: Unit, estimate: &Estimate) -> Self {
        let interval = estimate.interval.map(|(low, high)| [low, high]);
        let interval = interval.filter(|ends| ends.iter().all(|end| end.is_finite()));
        let error = match (estimate.note, interval, estimate.std_error) {
            (Some(note @ Note::Atom { .. }), ..) => Error::Noted(note),
            (_, Some(_), _) => Error::Sampled,
            (Some(Note::NoObligations), ..) | (None, None, None) => Error::Certain,
            (note, None, _) => Error::Noted(note.unwrap_or(Note::FewDecide)),
        };
        let std_error = estimate.std_error.filter(|error| error.is_finite());
        let has_error = error != Error::Certain && !matches!(estimate.note, Some(Note::Atom { .. }));
        Self {
            value: estimate.value,
            std_error: std_error.filter(|_| has_error),
            interval,
            level: estimate.level,
            n: estimate.n,
            unit,
            error,
        }
    }

    /// Builds an exact value without an error.
    pub const fn certain(unit: Unit, value: f64) -> Self {
        Self { value, std_error: None, interval: None, level: LEVEL, n: 0, unit, error: Error::Certain }
    }

    /// Returns the distance from the value to the farther end of its interval; `None` without an interval.
    pub fn reach(&self) -> Option<f64> {
        let [low, high] = self.interval?;
        Some((high - self.value).max(self.value - low))
    }

    /// Returns the caveat of the error, an atom or the reason why it is unknown; `None` without a caveat.
    pub const fn note(&self) -> Option<Note> {
        match self.error {
            Error::Noted(note) => Some(note),
            Error::Certain | Error::Sampled => None,
        }
    }

    /// True if many paths have exactly this value, which therefore has a probability and no ±.
    pub const fn is_atom(&self) -> bool {
        matches!(self.error, Error::Noted(Note::Atom { .. }))
    }

    /// True if the error is unknown, because the paths do not determine it.
    pub const fn is_unknown(&self) -> bool {
        matches!(self.error, Error::Noted(_)) && !self.is_atom()
    }

    /// True if the figure is exact: another sample of paths would give the same.
    pub fn is_certain(&self) -> bool {
        match self.error {
            Error::Certain => true,
            Error::Sampled => self.interval.is_some_and(|[low, high]| low == high),
            Error::Noted(_) => false,
        }
    }

    /// Applies a rising function to the value and the ends of its interval. The standard error is dropped.
    pub fn through(&self, function: impl Fn(f64) -> f64) -> Self {
        Self {
            value: function(self.value),
            std_error: None,
            interval: self.interval.map(|ends| ends.map(&function)),
            ..*self
        }
    }

    /// Returns the figure with the opposite sign.
    pub fn negative(&self) -> Self {
        Self { value: -self.value, interval: self.interval.map(|[low, high]| [-high, -low]), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_its_json_with_every_kind_of_error() {
        let sampled = Estimate::with_interval(0.25, 0.1, (0.05, 0.5), 7);
        let skewed = Note::Skewed { skewness: 9.3, paths: 20_000 };
        let notes =
            [Note::ENDLESS, skewed, Note::Atom { probability: 0.12 }].into_iter().chain([Note::RareBills]);
        let unknown = notes.map(|note| Estimate::bare(1.5, 7, Some(note)));
        for estimate in unknown.chain([sampled, Estimate::bare(f64::NAN, 1, None)]) {
            let value = Value::new(Unit::Money, &estimate);
            let text = serde_json::to_string(&value).expect("plain values");
            let read: Value = serde_json::from_str(&text).expect("what was written");
            assert_eq!(format!("{read:?}"), format!("{value:?}"), "{text}");
        }
    }
}

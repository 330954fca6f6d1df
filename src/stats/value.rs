//! A figure with its error and its unit, the one form in which a figure leaves the statistics.
//!
//! In: an [`Estimate`] and a unit. Out: [`Value`], as numbers and as JSON. Not here: digits (`figure`).

use super::{Estimate, LEVEL, Note, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A figure of `n` paths. Money is in the currency of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Value {
    /// Not a number for the spread of a single path.
    pub value: f64,
    pub error: Error,
    pub unit: Unit,
    pub n: usize,
    /// Confidence of the interval.
    pub level: f64,
}

/// What is known about the sampling error of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Error {
    /// Nothing was left to chance.
    Certain,
    /// The figure has a standard error and an interval that holds at the level of the value.
    Sampled { std_error: f64, interval: [f64; 2] },
    /// This share of the paths has exactly the value, which therefore has a probability and no ±.
    Atom {
        share: f64,
        interval: Option<[f64; 2]>,
    },
    /// The paths do not determine an interval. A standard error may exist and supports no claim.
    Unknown { why: Note, std_error: Option<f64> },
}

impl Value {
    /// The estimate in its unit.
    pub fn new(unit: Unit, estimate: &Estimate) -> Self {
        let interval = estimate.interval.map(|(low, high)| [low, high]);
        let error = match (estimate.note, estimate.std_error, interval) {
            (Some(Note::Atom { probability }), _, interval) => Error::Atom {
                share: probability,
                interval,
            },
            (Some(Note::NoObligations), _, None) => Error::Certain,
            (_, std_error, Some(interval)) => Error::Sampled {
                std_error: std_error.unwrap_or(f64::NAN),
                interval,
            },
            (Some(why), std_error, None) => Error::Unknown { why, std_error },
            (None, None, None) => Error::Certain,
            (None, std_error, None) => Error::Unknown {
                why: Note::FewDecide,
                std_error,
            },
        };
        Self {
            value: estimate.value,
            error,
            unit,
            n: estimate.n,
            level: estimate.level,
        }
    }

    /// A figure without an error.
    pub const fn certain(unit: Unit, value: f64) -> Self {
        Self {
            value,
            error: Error::Certain,
            unit,
            n: 0,
            level: LEVEL,
        }
    }

    /// The standard error, where there is one.
    pub fn std_error(&self) -> Option<f64> {
        match self.error {
            Error::Sampled { std_error, .. } => Some(std_error),
            Error::Unknown { std_error, .. } => std_error,
            Error::Certain | Error::Atom { .. } => None,
        }
    }

    /// Lower and upper end of the interval, where there is one.
    pub const fn interval(&self) -> Option<[f64; 2]> {
        match self.error {
            Error::Sampled { interval, .. } => Some(interval),
            Error::Atom { interval, .. } => interval,
            Error::Certain | Error::Unknown { .. } => None,
        }
    }

    /// The share of the paths that have exactly this value, where more than one has it.
    pub const fn atom(&self) -> Option<f64> {
        match self.error {
            Error::Atom { share, .. } => Some(share),
            _ => None,
        }
    }

    /// What a reader must know of the error: of an atom, and why it is unknown.
    pub const fn note(&self) -> Option<Note> {
        match self.error {
            Error::Atom { share, .. } => Some(Note::Atom { probability: share }),
            Error::Unknown { why, .. } => Some(why),
            Error::Certain | Error::Sampled { .. } => None,
        }
    }

    /// True if the paths do not determine the error.
    pub const fn is_unknown(&self) -> bool {
        matches!(self.error, Error::Unknown { .. })
    }

    /// True if no other sample of paths could change it.
    pub fn is_certain(&self) -> bool {
        match self.error {
            Error::Certain => true,
            Error::Sampled { interval, .. } => interval[0] == interval[1],
            Error::Atom { .. } | Error::Unknown { .. } => false,
        }
    }

    /// The value of a rising function of the figure. The standard error does not carry over.
    pub fn through(&self, function: impl Fn(f64) -> f64) -> Self {
        let moved = |ends: [f64; 2]| ends.map(&function);
        let error = match self.error {
            Error::Sampled { interval, .. } => Error::Sampled {
                std_error: f64::NAN,
                interval: moved(interval),
            },
            Error::Atom { share, interval } => Error::Atom {
                share,
                interval: interval.map(moved),
            },
            Error::Unknown { why, .. } => Error::Unknown {
                why,
                std_error: None,
            },
            Error::Certain => Error::Certain,
        };
        Self {
            value: function(self.value),
            error,
            ..*self
        }
    }
}

impl Value {
    /// The figure with the other sign.
    pub fn negative(&self) -> Self {
        let turned = |[low, high]: [f64; 2]| [-high, -low];
        let error = match self.error {
            Error::Sampled {
                std_error,
                interval,
            } => Error::Sampled {
                std_error,
                interval: turned(interval),
            },
            Error::Atom { share, interval } => Error::Atom {
                share,
                interval: interval.map(turned),
            },
            other => other,
        };
        Self {
            value: -self.value,
            error,
            ..*self
        }
    }
}

impl Value {
    /// The kind of its error, as JSON has it.
    pub fn kind(&self) -> Kind {
        match self.error {
            Error::Certain => Kind::Certain,
            Error::Sampled { .. } => Kind::Sampled,
            Error::Atom { share, .. } => Kind::Atom { share },
            Error::Unknown { why, .. } => Kind::of(why),
        }
    }

    /// The same value with the error that flat members of JSON describe, as those of a difference.
    #[must_use]
    pub fn with_members(
        self,
        std_error: Option<f64>,
        interval: Option<[f64; 2]>,
        kind: Kind,
    ) -> Self {
        Self::from(Written {
            std_error,
            interval,
            error: Some(kind),
            ..Written::from(self)
        })
    }
}

/// A value as JSON has it. Members of version 1 keep their names; `error` replaces `note`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Value")]
struct Written {
    /// In `unit`; money is in the currency of the scenario. Null for a spread of one path.
    value: Option<f64>,
    /// Standard error of sampling, in `unit`; null where none supports a claim.
    std_error: Option<f64>,
    /// Ends of the interval at `level`, in `unit`.
    interval: Option<[f64; 2]>,
    /// Confidence of the interval.
    level: f64,
    /// Paths behind the figure.
    n: usize,
    unit: Unit,
    /// What is known about the error.
    #[serde(default)]
    error: Option<Kind>,
}

/// The kind of an error with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Kind {
    /// Nothing was left to chance.
    Certain,
    /// `std_error` and `interval` hold.
    Sampled,
    /// This share of the paths has exactly the value.
    Atom { share: f64 },
    /// The tail is so heavy that these paths do not bound it. Null means without a bound.
    HeavyTail {
        skewness: Option<f64>,
        paths: Option<u64>,
    },
    /// There are too few paths for an interval at this level.
    TooFewPaths,
    /// There are too few paths to see whether the tail allows an interval.
    TailUnseen { paths: u64 },
    /// The figure is too skewed for an interval of so few paths.
    Skewed { skewness: Option<f64>, paths: u64 },
    /// Fewer than 50 paths are in the tail.
    FewInTail { paths: u64 },
    /// Too few paths decide the figure.
    FewDecide,
    /// A rare bill that stays unpaid may decide the figure.
    RareBills,
    /// The value is the same on every path, which does not prove that it always is.
    NoneDiffers,
    /// Nothing has to be paid, so the value is certain.
    NoObligations,
}

impl JsonSchema for Value {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Written::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Written::json_schema(generator)
    }
}

impl From<Value> for Written {
    fn from(value: Value) -> Self {
        let finite = |number: f64| number.is_finite().then_some(number);
        Self {
            value: finite(value.value),
            std_error: value.std_error().and_then(finite),
            interval: value
                .interval()
                .filter(|ends| ends.iter().all(|end| end.is_finite())),
            level: value.level,
            n: value.n,
            unit: value.unit,
            error: Some(value.kind()),
        }
    }
}

impl From<Written> for Value {
    fn from(written: Written) -> Self {
        let Written {
            std_error,
            interval,
            ..
        } = written;
        // documents of version 1 have no `error`
        let kind = written.error.unwrap_or(match (interval, std_error) {
            (Some(_), _) => Kind::Sampled,
            (None, Some(_)) => Kind::FewDecide,
            (None, None) => Kind::Certain,
        });
        let error = match (kind.why(), kind, interval) {
            (Some(why), ..) => Error::Unknown { why, std_error },
            (None, Kind::Atom { share }, interval) => Error::Atom { share, interval },
            (None, Kind::Sampled, Some(interval)) => Error::Sampled {
                std_error: std_error.unwrap_or(f64::NAN),
                interval,
            },
            _ => Error::Certain,
        };
        Self {
            value: written.value.unwrap_or(f64::NAN),
            error,
            unit: written.unit,
            n: written.n,
            level: written.level,
        }
    }
}

impl Kind {
    pub fn of(why: Note) -> Self {
        let bounded = |paths: u64| (paths < u64::MAX).then_some(paths);
        let finite = |number: f64| number.is_finite().then_some(number);
        match why {
            Note::Atom { probability } => Self::Atom { share: probability },
            Note::HeavyTail { skewness, paths } => Self::HeavyTail {
                skewness: finite(skewness),
                paths: bounded(paths),
            },
            Note::NoObligations => Self::NoObligations,
            Note::TooFewPaths => Self::TooFewPaths,
            Note::TailUnseen { paths } => Self::TailUnseen { paths },
            Note::Skewed { skewness, paths } => Self::Skewed {
                skewness: finite(skewness),
                paths,
            },
            Note::FewInTail { paths } => Self::FewInTail { paths },
            Note::FewDecide => Self::FewDecide,
            Note::RareBills => Self::RareBills,
            Note::NoneDiffers => Self::NoneDiffers,
        }
    }

    /// What must be known of a figure with such an error.
    pub fn words(self) -> String {
        match (self, self.why()) {
            (_, Some(why)) => why.to_string(),
            (Self::Atom { share }, None) => Note::Atom { probability: share }.to_string(),
            (Self::NoObligations, None) => format!("certain: {}", Note::NoObligations),
            _ => "every path has this value".to_owned(),
        }
    }

    /// Why the error is unknown; `None` where it is not.
    fn why(self) -> Option<Note> {
        let infinite = |number: Option<f64>| number.unwrap_or(f64::INFINITY);
        Some(match self {
            Self::Certain | Self::Sampled | Self::Atom { .. } | Self::NoObligations => return None,
            Self::HeavyTail { skewness, paths } => Note::HeavyTail {
                skewness: infinite(skewness),
                paths: paths.unwrap_or(u64::MAX),
            },
            Self::TooFewPaths => Note::TooFewPaths,
            Self::TailUnseen { paths } => Note::TailUnseen { paths },
            Self::Skewed { skewness, paths } => Note::Skewed {
                skewness: infinite(skewness),
                paths,
            },
            Self::FewInTail { paths } => Note::FewInTail { paths },
            Self::FewDecide => Note::FewDecide,
            Self::RareBills => Note::RareBills,
            Self::NoneDiffers => Note::NoneDiffers,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::NOTES;

    #[test]
    fn a_value_survives_its_json_with_every_kind_of_error() {
        let sampled = Estimate::with_interval(0.25, 0.1, (0.05, 0.5), 7);
        let unknown = NOTES.iter().chain(&[Note::ENDLESS]);
        let unknown = unknown.map(|note| Estimate::bare(1.5, 7, Some(*note)));
        for estimate in unknown.chain([sampled, Estimate::bare(f64::NAN, 1, None)]) {
            let value = Value::new(Unit::Money, &estimate);
            let text = serde_json::to_string(&value).expect("plain values");
            let read: Value = serde_json::from_str(&text).expect("what was written");
            assert_eq!(format!("{read:?}"), format!("{value:?}"), "{text}");
        }
    }

    #[test]
    fn a_value_of_version_1_is_read() {
        let text = r#"{"value":1.0,"std_error":0.5,"interval":[0.0,2.0],"level":0.95,"n":9,"unit":"money"}"#;
        let read: Value = serde_json::from_str(text).expect("version 1");
        assert_eq!(read.interval(), Some([0.0, 2.0]));
    }
}

//! Number of a scenario key with its unit, for machine-readable output.
//!
//! In: a value as it could be written. Out: [`Amount`]. Not here: rounding to digits (`figure`).

use super::labels::kind_of;
use crate::form::{Value, parse_value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A number under a scenario key, with its unit, for machine-readable output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    pub number: f64,
    #[serde(flatten)]
    pub unit: AmountUnit,
}

/// Unit of a number written under a scenario key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AmountUnit {
    /// Name of the unit, such as `fraction`, `percent`, `money`, `month` or `hour`; empty for a bare number.
    pub unit: String,
    /// Time unit of a flow, such as `month`; absent if the number is no flow.
    pub per: Option<String>,
}

impl AmountUnit {
    /// Returns the unit of a number of the key at `path` that is followed by the text `typed`, such as
    /// `%/month`.
    pub fn typed(path: &str, typed: &str) -> Self {
        Self::of(path, &typed.to_lowercase(), "percent")
    }

    fn of(path: &str, typed: &str, percent: &str) -> Self {
        let (what, per) = typed.split_once('/').unwrap_or((typed, ""));
        let what = what.trim();
        let unit = match (kind_of(path), what) {
            (_, "%") => percent,
            (kind, "") => kind,
            (_, "h" | "hours" | "hour") => "hour",
            (_, what) => what.trim_end_matches('s'),
        };
        let per = per.trim();
        Self { unit: unit.to_owned(), per: (!per.is_empty()).then(|| per.to_owned()) }
    }
}

impl Amount {
    /// Number in `value` of the key at `path`, the median of a list of three; `None` for a range or a text.
    pub fn of(path: &str, value: &Value) -> Option<Self> {
        let single = match value.as_list() {
            None => value,
            Some([_, middle, _]) => middle,
            Some(_) => return None,
        };
        let [low, high] = Self::ends(path, single)?;
        (low == high).then_some(low)
    }

    /// Lowest and highest number of `value`, equal if it is one number; `None` if it has no number.
    pub fn ends(path: &str, value: &Value) -> Option<[Self; 2]> {
        let (ends, typed) = value.ends()?;
        let unit = AmountUnit::of(path, &typed, "fraction");
        let end = |number| Self { number, unit: unit.clone() };
        Some(ends.map(end))
    }

    /// Reads the number in the TOML text `value` of the key at `path`; `None` if it has no single number.
    pub fn written(path: &str, value: &str) -> Option<Self> {
        Self::of(path, &parse_value(value)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_number_in_the_unit_of_its_key() {
        let is = |path, value, number: f64, unit: &str, per: Option<&str>| {
            let found = Amount::written(path, value).expect("a number");
            let read = (found.number, found.unit.unit.as_str(), found.unit.per.as_deref());
            assert_eq!(read, (number, unit, per), "{path}");
        };
        is("asset.a.volatility", "0.65", 0.65, "fraction", None);
        is("asset.a.decay", "\"23 %/year\"", 0.23, "fraction", None);
        is("crisis.begins", "\"3 %/month\"", 0.03, "fraction", Some("month"));
        is("owner.spending", "\"1500/month\"", 1500.0, "money", Some("month"));
        is("horizon", "\"10 years\"", 120.0, "month", None);
        let inflation = "[\"1.5 %/year\", \"2.5 %/year\", \"4 %/year\"]";
        is("economy.inflation", inflation, 0.025, "fraction", None);
        for (path, value) in [("asset.a.movable", "true"), ("asset.a.roi", "\"15-50 %\"")] {
            assert_eq!(Amount::written(path, value), None);
        }
        let typed = AmountUnit::typed("horizon", " Months");
        assert_eq!((typed.unit.as_str(), typed.per), ("month", None));
    }
}

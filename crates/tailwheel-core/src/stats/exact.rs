//! Serialization of floats without loss of a bit, including those that are not finite.
//!
//! In: floats, alone, optional or in pairs. Out: JSON numbers, and texts for values that JSON cannot write as
//! numbers. Not here: the meaning of the numbers.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A float as written in a document.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Exact")]
pub enum ExactNumber {
    Number(f64),
    /// `NaN`, `inf` or `-inf`.
    Text(String),
}

/// A value made of floats that is written as text or JSON and read again without losing a bit.
pub trait Exact: Sized {
    type Written: Serialize + for<'de> Deserialize<'de>;

    fn written(&self) -> Self::Written;

    /// Restores the value; `None` if it has a text that is neither `NaN` nor an infinity.
    fn read(written: Self::Written) -> Option<Self>;
}

impl Exact for f64 {
    type Written = ExactNumber;

    fn written(&self) -> ExactNumber {
        if self.is_finite() { ExactNumber::Number(*self) } else { ExactNumber::Text(self.to_string()) }
    }

    fn read(written: ExactNumber) -> Option<Self> {
        match written {
            ExactNumber::Number(number) => Some(number),
            ExactNumber::Text(text) => text.parse().ok().filter(|number: &f64| !number.is_finite()),
        }
    }
}

impl<T: Exact> Exact for Option<T> {
    type Written = Option<T::Written>;

    fn written(&self) -> Self::Written {
        self.as_ref().map(T::written)
    }

    fn read(written: Self::Written) -> Option<Self> {
        match written {
            None => Some(None),
            Some(written) => T::read(written).map(Some),
        }
    }
}

impl<T: Exact> Exact for (T, T) {
    type Written = (T::Written, T::Written);

    fn written(&self) -> Self::Written {
        (self.0.written(), self.1.written())
    }

    fn read((first, second): Self::Written) -> Option<Self> {
        T::read(first).zip(T::read(second))
    }
}

/// Writes `value` so that [`deserialize`] restores all its bits.
pub fn serialize<T: Exact, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.written().serialize(serializer)
}

/// Reads a value that [`serialize`] wrote; fails for a text that is not `NaN` or an infinity.
pub fn deserialize<'de, T: Exact, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let written = T::Written::deserialize(deserializer)?;
    T::read(written).ok_or_else(|| de::Error::custom("a text that is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Deserialize)]
    struct All {
        #[serde(with = "super")]
        one: f64,
        #[serde(with = "super")]
        some: Option<f64>,
        #[serde(with = "super")]
        pair: Option<(f64, f64)>,
    }

    fn again(one: f64) -> All {
        let all = All { one, some: Some(one), pair: Some((one, -one)) };
        let text = serde_json::to_string(&all).expect("it can be written");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn every_number_keeps_its_bits_and_one_that_is_not_finite_is_not_lost() {
        let numbers = [0.1 + 0.2, -0.0, 5e-324, f64::MAX, 1e21, f64::INFINITY, f64::NEG_INFINITY];
        for number in numbers {
            let All { one, some, pair } = again(number);
            let (first, second) = pair.expect("a pair");
            assert!(
                [one, some.expect("one"), first, -second].iter().all(|x| x.to_bits() == number.to_bits())
            );
        }
        assert!(again(f64::NAN).one.is_nan());
    }

    #[test]
    fn a_text_that_is_no_number_is_refused() {
        for text in ["\"x\"", "\"1\"", "null", "[1]"] {
            let all = format!("{{\"one\":{text},\"some\":null,\"pair\":null}}");
            assert!(serde_json::from_str::<All>(&all).is_err(), "{text}");
        }
    }
}

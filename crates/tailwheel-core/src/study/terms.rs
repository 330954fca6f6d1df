//! Keys that must agree between scenarios whose figures are compared: currency, start and horizon.
//!
//! In: two scenarios. Out: [`Unlike`]. Not here: which scenarios are compared (`sides`).

use crate::scenario::Scenario;

/// Key of the currency of a scenario.
const CURRENCY: &str = "currency";

/// Currency, start and horizon of a scenario, which define its amounts and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub currency: String,
    /// Start month, as in `2027-01`.
    pub start: String,
    pub months: u32,
}

/// A key whose value must agree between two scenarios, and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlike {
    /// Key of the scenario file.
    pub key: &'static str,
    /// Values of the base and of the other scenario.
    pub values: [String; 2],
}

impl Unlike {
    /// Returns what to do so that the value of the scenario `new` agrees with that of the base.
    pub(super) fn remedy(&self, new: &str) -> String {
        let Self { key, values: [was, is] } = self;
        if *key == CURRENCY {
            // another currency leaves every amount as it is typed
            format!(
                "convert all amounts of {new} from {is} to {was} by hand, and write currency = \"{was}\" there"
            )
        } else {
            format!("give both the same, as in --set '{key} = \"{was}\"'")
        }
    }
}

impl From<&Scenario> for Terms {
    fn from(scenario: &Scenario) -> Self {
        Self {
            currency: scenario.currency.clone(),
            start: scenario.start.to_string(),
            months: scenario.months,
        }
    }
}

impl Terms {
    /// Returns which of currency, horizon and start differ between `self` and `other`; empty if they are comparable.
    pub fn unlike(&self, other: &Self) -> Vec<Unlike> {
        let months = |terms: &Self| format!("{} months", terms.months);
        let values = [
            (CURRENCY, [self, other].map(|terms| terms.currency.clone())),
            ("horizon", [self, other].map(months)),
            ("start", [self, other].map(|terms| terms.start.clone())),
        ];
        let unlike = values.into_iter().filter(|(_, [was, is])| was != is);
        unlike.map(|(key, values)| Unlike { key, values }).collect()
    }
}

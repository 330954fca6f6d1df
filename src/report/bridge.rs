//! The bridge from the claim to the return, as a report has it.
//!
//! In: [`Bridge`]. Out: [`BridgePart`]. Not here: its lines (`whole`), its picture.

use crate::figure::{Shown, difference};
use crate::stats::Absent;
use crate::study::{Bridge, Step};
use schemars::JsonSchema;
use serde::Serialize;

/// What the run says of its claim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum BridgePart {
    Whole(Bridge),
    /// Why there is none.
    None {
        absent: String,
    },
}

impl BridgePart {
    /// Of a run, or why there is none.
    pub(super) fn new(found: Result<Bridge, Absent>) -> Self {
        match found {
            Ok(bridge) => Self::Whole(bridge),
            Err(why) => Self::None {
                absent: why.to_string(),
            },
        }
    }

    pub(super) fn whole(&self) -> Option<&Bridge> {
        match self {
            Self::Whole(bridge) => Some(bridge),
            Self::None { .. } => None,
        }
    }
}

/// What is said of a step to a return of −100 % or away from it: how many points of a yearly rate that is says nothing
/// of its size.
pub(super) fn beyond_points(step: &Step) -> Option<&'static str> {
    match (step.takes_all(), step.gives_back()) {
        (true, _) => Some("all that is left"),
        (_, true) => Some("what is left"),
        _ => None,
    }
}

/// Every step with what it changes, as it is told.
pub(super) fn told(bridge: &Bridge) -> impl Iterator<Item = (&Step, Shown)> {
    bridge.steps.iter().map(|step| {
        let change = difference(step.change.unit, "", step.change.quantity());
        let told = beyond_points(step).map(|words| Shown::alone(words.to_owned()));
        (step, told.unwrap_or(change))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Estimate, Unit, Value};

    #[test]
    fn a_step_to_nothing_has_no_points() {
        let figure = |value| Value::new(Unit::FractionPerYear, &Estimate::normal(value, 0.01, 9));
        let step = |median, change| Step {
            id: "x",
            title: "x",
            median: figure(median),
            change: figure(change),
        };
        let bridge = Bridge {
            paths: 9,
            claim: 0.2,
            has_interest: false,
            steps: vec![
                step(0.1, -0.1),
                step(-1.0, -1.1),
                step(-1.0, 0.0),
                step(-0.25, 0.75),
            ],
        };
        let texts: Vec<String> = told(&bridge).map(|(_, change)| change.whole()).collect();
        assert_eq!(
            texts,
            [
                "−10.0 ± 2.0 pt",
                "all that is left",
                "0.0 ± 2.0 pt",
                "what is left"
            ]
        );
    }
}

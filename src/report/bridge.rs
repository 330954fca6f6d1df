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

/// What is said of a step to a return of −100 %: how many points of a yearly rate that is says nothing of its size.
pub(super) const TAKES_ALL: &str = "all that is left";
/// The same of a step away from −100 %.
pub(super) const GIVES_BACK: &str = "what is left";

/// Every step with what it changes, as it is told; of a single path without an error.
pub(super) fn told(bridge: &Bridge) -> impl Iterator<Item = (&Step, Shown)> {
    bridge.steps.iter().map(|step| {
        let change = difference(step.change.unit, "", step.change.quantity());
        let told = match bridge.paths {
            _ if step.takes_all() => Shown::alone(TAKES_ALL.to_owned()),
            _ if step.gives_back() => Shown::alone(GIVES_BACK.to_owned()),
            1 => Shown::alone(change.value()),
            _ => change,
        };
        (step, told)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Estimate, Figure, Unit};

    #[test]
    fn a_step_to_nothing_has_no_points_and_a_single_path_no_error() {
        let figure = |value| Figure::new(Unit::FractionPerYear, &Estimate::normal(value, 0.01, 9));
        let step = |median, change| Step {
            id: "x",
            title: "x",
            median: figure(median),
            change: figure(change),
        };
        let of = |paths| Bridge {
            paths,
            claim: 0.2,
            steps: vec![
                step(0.1, -0.1),
                step(-1.0, -1.1),
                step(-1.0, 0.0),
                step(-0.25, 0.75),
            ],
        };
        let texts =
            |paths| -> Vec<String> { told(&of(paths)).map(|(_, change)| change.whole()).collect() };
        assert_eq!(
            texts(9),
            ["−10.0 ± 2.0 pt", TAKES_ALL, "0.0 ± 2.0 pt", GIVES_BACK]
        );
        assert_eq!(texts(1), ["−10.0", TAKES_ALL, "0.0", GIVES_BACK]);
    }
}

//! The bridge from the claim to the return, as a report has it.
//!
//! In: [`Bridge`]. Out: [`BridgePart`]. Not here: its lines on the screen (`bridge_text`), its picture.

use super::measure::{Measure, measure};
use crate::stats::{Absent, Unit};
use crate::study::{Bridge, Step};
use schemars::JsonSchema;
use serde::Serialize;

/// What the run says of its claim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum BridgePart {
    Whole(WholeBridge),
    /// Why there is none.
    None {
        absent: String,
    },
}

/// From the claim to the return, in fractions per year before inflation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WholeBridge {
    /// Of every step: the first of the run.
    pub paths: u64,
    /// Claimed return of all that is held and of the cash, by opening values.
    pub claim: f64,
    /// In the order in which they are switched on; the last one is the run, on these paths.
    pub steps: Vec<BridgeStep>,
}

/// One more mechanism.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BridgeStep {
    pub id: &'static str,
    pub title: &'static str,
    /// The median return with it and all before it.
    pub median: Measure,
    /// By how much it moves the median, with the paired error; of the first step, from the claim.
    pub change: Measure,
}

impl BridgeStep {
    fn new(step: &Step) -> Self {
        Self {
            id: step.id,
            title: step.title,
            median: measure(Unit::FractionPerYear, &step.value),
            change: measure(Unit::FractionPerYear, &step.change),
        }
    }
}

impl BridgePart {
    /// Of a run, or why there is none.
    pub(super) fn new(found: &Result<Bridge, Absent>) -> Self {
        match found {
            Ok(bridge) => Self::Whole(WholeBridge {
                paths: bridge.paths,
                claim: bridge.claim,
                steps: bridge.steps.iter().map(BridgeStep::new).collect(),
            }),
            Err(why) => Self::None {
                absent: why.to_string(),
            },
        }
    }

    pub(super) fn whole(&self) -> Option<&WholeBridge> {
        match self {
            Self::Whole(bridge) => Some(bridge),
            Self::None { .. } => None,
        }
    }
}

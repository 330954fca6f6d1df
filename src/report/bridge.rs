//! The bridge from the claim to the return, as a report has it.
//!
//! In: [`Bridge`]. Out: [`BridgePart`]. Not here: its lines, its picture.

use crate::stats::Absent;
use crate::study::Bridge;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the run says of its claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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

//! The `batch` command: runs many scenarios, a few at a time, and compares them with a baseline.
//!
//! In: arguments, scenarios. Out: one result for each scenario, in their order; the files of the batch. Not
//! here: the judgment of gates and the formats of outputs (`report`).

mod accept;
mod command;
mod compared;
mod intake;
mod outputs;
mod schedule;
mod simulated;

pub(super) use command::run;
pub(super) use outputs::{is_result, merge};

use schedule::Why;

#[cfg(test)]
mod tests;

//! Many scenarios at once: in which order, how many at a time, when to stop, what is kept.
//!
//! In: scenarios, what to make of each. Out: what became of each, in their order. Not here: what is
//! expected of them and how it is shown (`report`).

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

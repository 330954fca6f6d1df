//! Many scenarios at once: in which order, how many at a time, when to stop, what is kept.
//!
//! In: scenarios, what to make of each. Out: what became of each, in their order. Not here: what is
//! expected of them and how it is shown (`report`).

mod budget;
mod case;
mod progress;
mod schedule;

pub(super) use budget::Budget;
pub(super) use case::{Case, Fault, Finished, Ran, Runner, Simulated};
pub(super) use progress::Progress;
pub(super) use schedule::{Policy, Why, schedule};

#[cfg(test)]
mod tests;

//! What a fault proposes to write is what was meant: applied to its file, it is taken.
//!
//! In: the shipped scenarios, ways to type values wrongly. Out: claims on proposals. Not here: how faults
//! are worded (`crates/tailwheel-core/src/scenario/tests`).

#![allow(
    clippy::disallowed_methods,
    reason = "expected values come from the C library, not from what is tested"
)]

mod apply;
mod corpus;
mod meaning;
mod words;

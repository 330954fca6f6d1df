//! One path as a report: its months, its postings, the anatomy of one of its crashes.
//!
//! In: a scenario, its plan, a replay. Out: [`ReplayReport`], as text and as JSON. Not here: the
//! simulation (`engine`), the picture (`pictures`).

mod anatomy;
mod build;
mod crash_text;
mod document;
mod picture;
mod sellers_text;
mod text;

pub use build::worst_crash;
#[cfg(test)]
pub(super) use document::{AllSellers, FiringPart};
pub use document::{Chosen, REPLAY_SCHEMA, ReplayReport};
pub(super) use document::{CrashMonth, FallenMarket, Seller};

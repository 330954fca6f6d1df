//! One path as a report: its months, its postings, the anatomy of one of its crashes.
//!
//! In: a scenario, its plan, a replay. Out: [`ReplayReport`], as text, as JSON and as a ledger. Not here: the
//! simulation (`engine`), the picture (`pictures`).

mod anatomy;
mod crash_text;
mod document;
mod ledger;
mod text;
mod written;

pub(super) use anatomy::CrashMonth;
#[cfg(test)]
pub(super) use anatomy::{AllSellers, FallenMarket, FiringPart, Seller};
pub use document::ReplayReport;
pub(super) use document::{lost, price};
pub use written::REPLAY_SCHEMA;
pub(super) use written::ReplayPart;

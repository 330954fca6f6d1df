//! Report of one replayed path: its months, its ledger, the anatomy of one of its crashes.
//!
//! In: a scenario, its plan, a replay. Out: [`ReplayFacts`], as JSON and as a screen; the ledger. Not here:
//! the simulation (`engine`), the chart (`pictures`).

mod anatomy;
mod build;
mod document;
mod facts;
mod ledger;
mod screen;

pub(super) use anatomy::CrashMonth;
#[cfg(test)]
pub(super) use anatomy::{AllSellers, FallenMarket, FiringPart, Seller};
pub use document::ReplayReport;
pub(super) use document::lost;
pub use facts::{REPLAY_SCHEMA, ReplayFacts, WITH_AGENTS, WITHOUT_AGENTS};
pub use screen::{Detail, screen};

//! Report of one replayed path: its months, its ledger, the anatomy of one of its crashes.
//!
//! In: a scenario, its plan, a replay. Out: [`ReplayFacts`], as JSON and as a screen; the ledger. Not here:
//! the simulation (`engine`), the chart (`pictures`).

mod anatomy;
mod build;
mod document;
mod facts;
mod ledger;

pub(super) use anatomy::CrashMonth;
#[cfg(test)]
pub(super) use anatomy::{AllSellers, FallenMarket, FiringPart, Seller};
pub use document::ReplayReport;
pub(super) use document::lost;
pub use facts::{REPLAY_SCHEMA, ReplayFacts, WITH_AGENTS, WITHOUT_AGENTS};

use super::screens::rendered;
use crate::page::{Form, Rendered};
use serde::Serialize;

/// Details to print in addition to the summary of a path.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Detail {
    /// True to print every month.
    pub months: bool,
    /// True to print every sale of the month that is explained.
    pub sales: bool,
}

/// Renders the screen that `replay` prints.
pub fn screen(facts: &ReplayFacts, detail: Detail, form: Form) -> Rendered {
    rendered("replay.txt.j2", &PathScreen::new(facts, detail), form)
}

/// The facts of a path for a template, with the further data (`shown`) that its screen needs.
#[derive(Serialize)]
struct PathScreen<'a, T> {
    #[serde(flatten)]
    facts: &'a ReplayFacts,
    currency: &'a str,
    shown: T,
}

impl<'a, T> PathScreen<'a, T> {
    fn new(facts: &'a ReplayFacts, shown: T) -> Self {
        Self { facts, currency: &facts.scenario.currency, shown }
    }
}

//! Report of one replayed path: its months, its ledger, the anatomy of one of its crashes.
//!
//! In: a scenario, a replay. Out: [`ReplayFacts`], as JSON and as a screen; the ledger. Not here: the simulation
//! (`engine`), the chart (`pictures`).

mod anatomy;
mod facts;
mod ledger;

#[cfg(test)]
pub(super) use anatomy::{AllSellers, FallenMarket, FiringPart, Seller};
pub(super) use anatomy::{AssetLoss, CrashMonth};
pub use facts::{REPLAY_SCHEMA, ReplayFacts, WITH_AGENTS, WITHOUT_AGENTS};

use super::screens::rendered;
use crate::book::Cause;
use crate::crash::FeedbackMonth;
use crate::engine::Replay;
use crate::math::elementary::expm1;
use crate::page::{Form, Rendered};
use crate::scenario::Scenario;
use crate::stage::LaneRows;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Regime of the markets in a month: normal (`calm`) or crisis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Regime {
    Calm,
    Crisis,
}

/// A replayed path, month by month, with its scenario. Money is nominal.
#[derive(Clone, Copy)]
pub struct ReplayReport<'a> {
    pub scenario: &'a Scenario,
    pub replay: &'a Replay,
}

impl ReplayReport<'_> {
    /// Returns the whole state of the path at the end of a month (0 is day one), in the run with agents.
    pub(in crate::report) fn rows(&self, month: u32) -> &LaneRows {
        &self.replay.months[month as usize].worlds[0].rows
    }

    /// Returns the change of the owner's wealth in a month by id of its cause: the negative of the amounts
    /// that the cause's accounts received. `world` 0 is the run with agents, 1 that without.
    pub(in crate::report) fn causes(&self, world: usize, month: u32) -> BTreeMap<String, f64> {
        let mut causes = BTreeMap::new();
        for (index, label) in self.replay.accounts.iter().enumerate() {
            let is_shown = |cause: &Cause| *cause != Cause::Opening && label.is_owned();
            if let Some(cause) = label.cause.filter(is_shown) {
                *causes.entry(cause.id().to_owned()).or_insert(0.0) -=
                    self.replay.posted(world, month, index);
            }
        }
        causes
    }

    /// Returns losses and sales of markets and agents in a month; `None` without agents.
    fn loop_month(&self, month: u32) -> Option<FeedbackMonth> {
        let probe = self.replay.legend.crash.as_ref()?;
        let draws = &self.replay.months[month as usize].draws;
        let [before, now] = [month - 1, month].map(|month| self.rows(month));
        Some(probe.read(self.replay.path, month, before, now, draws))
    }

    /// Returns the regime of a month; `None` if the scenario has no crises.
    fn regime(&self, month: u32) -> Option<Regime> {
        let state = self.replay.legend.crisis?;
        let state = self.replay.months[month as usize].draws.get(state);
        Some(if state > 0.5 { Regime::Crisis } else { Regime::Calm })
    }
}

/// Converts a log loss of a price to the fraction of the price that is lost.
pub(in crate::report) fn lost(log_loss: f64) -> f64 {
    -expm1(-log_loss)
}

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
    path_screen("replay.txt.j2", facts, detail, form)
}

/// Renders the template `name` with the facts of a path, and with the further data (`shown`) that its screen needs.
fn path_screen(name: &str, facts: &ReplayFacts, shown: impl Serialize, form: Form) -> Rendered {
    #[derive(Serialize)]
    struct Screen<'a, T> {
        #[serde(flatten)]
        facts: &'a ReplayFacts,
        currency: &'a str,
        shown: T,
    }
    rendered(name, &Screen { facts, currency: &facts.scenario.currency, shown }, form)
}

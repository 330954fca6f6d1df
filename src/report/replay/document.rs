//! A replayed path with its scenario, and values derived from both.
//!
//! In: a scenario, a replay. Out: [`ReplayReport`]. Not here: the facts of the path (`build`).

use crate::book::Cause;
use crate::crash::FeedbackMonth;
use crate::engine::Replay;
use crate::math::elementary::expm1;
use crate::scenario::{AssetEntry, Scenario};
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
    /// Returns the cluster of the owner's agent that sells an asset, by asset name; empty without agents.
    pub(super) fn managed(&self) -> BTreeMap<String, String> {
        let legend = self.replay.legend.crash.as_ref();
        let cluster_of = |asset: &AssetEntry| {
            let cluster = asset.market.managed_by?;
            Some(legend?.spec().names[cluster].clone())
        };
        let assets = self.scenario.assets.iter();
        assets.filter_map(|asset| Some((asset.name.clone(), cluster_of(asset)?))).collect()
    }

    /// Returns the whole state of the path at the end of a month (0 is day one), in the run with agents.
    pub(in crate::report) fn rows(&self, month: u32) -> &LaneRows {
        &self.replay.months[month as usize].worlds[0].rows
    }

    /// Returns the names of the events that happened in `month` and found value, income, cash or a tax to hit.
    pub(super) fn struck(&self, month: u32) -> Vec<String> {
        let rows = [month - 1, month].map(|month| self.rows(month));
        let struck = self.replay.legend.events.iter().filter(|(_, tally)| {
            let [before, now] = rows.map(|rows| rows.get(tally.strikes));
            now > before
        });
        struck.map(|(name, _)| name.clone()).collect()
    }

    /// Returns the change of the owner's wealth in a month by id of its cause: the negative of the amounts
    /// that the cause's accounts received. `world` 0 is the run with agents, 1 that without.
    pub(in crate::report) fn causes(&self, world: usize, month: u32) -> BTreeMap<String, f64> {
        let mut causes = BTreeMap::new();
        for (index, label) in self.replay.accounts.iter().enumerate() {
            let told = |cause: &Cause| *cause != Cause::Opening && label.is_owned();
            if let Some(cause) = label.cause.filter(told) {
                *causes.entry(cause.id().to_owned()).or_insert(0.0) -=
                    self.replay.posted(world, month, index);
            }
        }
        causes
    }

    /// Returns losses and sales of markets and agents in a month; `None` without agents.
    pub(super) fn loop_month(&self, month: u32) -> Option<FeedbackMonth> {
        let probe = self.replay.legend.crash.as_ref()?;
        let draws = &self.replay.months[month as usize].draws;
        let [before, now] = [month - 1, month].map(|month| self.rows(month));
        Some(probe.read(self.replay.path, month, before, now, draws))
    }

    /// Returns the regime of a month; `None` if the scenario has no crises.
    pub(super) fn regime(&self, month: u32) -> Option<Regime> {
        let state = self.replay.legend.crisis?;
        let state = self.replay.months[month as usize].draws.get(state);
        Some(if state > 0.5 { Regime::Crisis } else { Regime::Calm })
    }
}

/// Converts a log loss of a price to the fraction of the price that is lost.
pub(in crate::report) fn lost(log_loss: f64) -> f64 {
    -expm1(-log_loss)
}

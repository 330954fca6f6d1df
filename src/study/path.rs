//! One path of a run: which one is worth following, and the path itself.
//!
//! In: a scenario, perhaps the number of a path. Out: its [`Replay`], and how it was found. Not here: what is
//! told of it (`report`).

use super::{Fault, Lab, Point, Run};
use crate::engine::{Outcome, Replay, replay};
use crate::plan::Plan;
use crate::record::{DEEPEST_SALE, WEALTH};
use crate::scenario::Scenario;
use schemars::JsonSchema;
use serde::Serialize;

/// How the path was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// It was asked for.
    Asked,
    /// Of all paths of the run, the month in which sales took the largest part of wealth.
    DeepestSale,
    /// The lowest wealth at the end: there is no loop.
    LowestWealth,
    /// The lowest wealth at the end: sales took nothing on any path.
    LowestWealthWithoutSales,
}

/// The path on which sales took the largest part of wealth, if they took any.
pub fn worst_crash(outcome: &Outcome) -> Option<u64> {
    let (path, taken) = outcome.greatest(DEEPEST_SALE)?;
    (taken > 0.0).then_some(path)
}

impl Lab {
    /// The path that was asked for; else, of all paths of `scenario`, that of the worst crash, or the poorest
    /// one if there is none.
    ///
    /// Errors as [`Lab::alone`] does.
    pub fn follow(
        &self,
        scenario: &Scenario,
        asked: Option<u64>,
    ) -> Result<(Replay, Chosen), Fault> {
        let (path, chosen) = match asked {
            Some(path) => (path, Chosen::Asked),
            None => worst(&self.alone(&Point::of(scenario))?),
        };
        let found = replay(&Plan::compile(scenario), self.level, path)?;
        Ok((found, chosen))
    }

    /// The path of the worst crash of `run`, if it has one: it costs one block.
    ///
    /// Errors as [`replay`] does.
    pub fn worst_crash(&self, run: &Run<'_>) -> Result<Option<Replay>, Fault> {
        let path = worst_crash(&run.outcome);
        let found = path.map(|path| replay(&run.plan, self.level, path));
        Ok(found.transpose()?)
    }
}

fn worst(run: &Run<'_>) -> (u64, Chosen) {
    if let Some(path) = worst_crash(&run.outcome) {
        return (path, Chosen::DeepestSale);
    }
    let poorest = run.outcome.least(WEALTH).map_or(0, |(path, _)| path);
    match run.plan.legend.crash {
        Some(_) => (poorest, Chosen::LowestWealthWithoutSales),
        None => (poorest, Chosen::LowestWealth),
    }
}

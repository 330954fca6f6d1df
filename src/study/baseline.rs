//! What a baseline was made of, simulated again beside what it has become.
//!
//! In: the scenario of then, that of now. Out: [`Again`]. Not here: which of their figures have changed
//! (`report::batch`).

use super::{Run, beside, simulate};
use crate::engine::{Control, RunError};
use crate::scenario::Scenario;
use crate::stats::{Data, Difference, differences};

/// The scenario of then, on the seeds and as many paths as now.
pub struct Again<'a> {
    /// On the draws of now, in their order of markets.
    beside: Run<'static>,
    /// As it was, where its markets are others or in another order.
    alone: Option<Run<'a>>,
}

impl Again<'_> {
    /// The run that gives the figures of then, if its seeds and paths are those of then.
    pub fn run(&self) -> &Run<'_> {
        match &self.alone {
            Some(alone) => alone,
            None => &self.beside,
        }
    }

    /// Whether [`Self::differences`] are from another run than the figures.
    pub fn is_beside(&self) -> bool {
        self.alone.is_some()
    }

    /// Now, `data` by path, less then; nothing where the two have not as many paths.
    pub fn differences(&self, data: &Data) -> Vec<Difference> {
        differences(&self.beside.data_by_path(), data).unwrap_or_default()
    }
}

/// Simulates `old`, which has the seeds and paths of `new`, on the draws of `new`, and alone where that is
/// not the same.
///
/// Errors if it is stopped, or if a run has no outcome.
pub fn again<'a>(
    old: &'a Scenario,
    new: &Scenario,
    control: &Control<'_>,
) -> Result<Again<'a>, RunError> {
    let [before, now] = [old, new].map(|scenario| scenario.markets.iter());
    let is_same = before
        .map(|market| &market.name)
        .eq(now.map(|market| &market.name));
    Ok(Again {
        beside: beside(old, new, control)?,
        alone: (!is_same).then(|| simulate(old, control)).transpose()?,
    })
}

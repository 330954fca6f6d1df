//! Source of a measure's samples: a converted column or the months of the first paths, with agents, without
//! them, or the difference.
//!
//! In: data of a run. Out: a [`Sample`], or the reason why there is none. Not here: the figures
//! (`statistic`), the list of measures (`reference`).

use super::absent::Absent;
use super::change::BothRuns;
use super::co_movement::{Question, World};
use super::data::Data;
use super::estimate::Note;
use super::law::Change;
use super::lens::Lens;
use super::sample::Sample;
use crate::math::ln;
use crate::math::values::Values;
use crate::record::{Statistic, TrackId, View};
use std::sync::Arc;

/// Input of samples: a recorded column (one number per path) with its conversion, or a figure of all pairs of
/// markets over months, such as their correlation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Input {
    Track(TrackId, View),
    Months(Question),
}

/// Run, or comparison of runs on common random numbers, that samples come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Taken {
    /// Samples of one run, with or without agents.
    In(World),
    /// Effect of agent selling on one figure: its value with agents minus its value without.
    Added(Statistic),
    /// Mean over the paths whose loss exceeds the loss quantile of this level, in the run with agents.
    OnWorst(f64),
    /// Covariance with the loss divided by the standard deviation of the loss, in the run with agents.
    WithLoss,
}

/// Origin of a measure's samples: a recorded column or the monthly returns, and the run or comparison of runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SampleSource {
    pub of: Input,
    pub taken: Taken,
}

impl SampleSource {
    /// True if there is one sample per path. Correlations and tail coefficients use all months of the first
    /// paths at once.
    pub fn is_of_single_paths(&self) -> bool {
        matches!(self.of, Input::Track(..))
    }

    /// Returns the id of the recorded quantity if the samples are one column of the run with agents; else `None`.
    pub fn quantity(&self) -> Option<&'static str> {
        match (self.of, self.taken) {
            (Input::Track(id, _), Taken::In(World::Run)) => Some(id.quantity()),
            _ => None,
        }
    }

    /// True if the samples are a recorded column converted to a loss.
    pub fn is_of_lost(&self) -> bool {
        matches!(self.of, Input::Track(_, View::Loss | View::LossOfTheFirstYear))
    }

    /// Returns the samples of the asset with number `asset`, of the portfolio if it is `None`, or why there are none.
    pub fn sample(&self, data: &Data, asset: Option<u16>) -> Result<Arc<Sample>, Absent> {
        let (id, seen) = match (self.of, self.taken) {
            (Input::Months(question), Taken::In(world)) => {
                return data.co_moved()?.by_path(question, world).map(Arc::new);
            }
            (Input::Months(question), Taken::Added(_) | Taken::OnWorst(_) | Taken::WithLoss) => {
                return data.co_moved()?.added(question).map(Arc::new);
            }
            (Input::Track(id, seen), _) => (asset.map_or(id, |asset| id.of_object(asset)), seen),
        };
        let lens = Lens::of(data, seen)?;
        match self.taken {
            Taken::In(World::Run) => Ok(lens.sorted(&data.column(id)?)),
            Taken::In(World::WithoutAgents) => Ok(lens.sorted(&data.column(id.without_feedback())?)),
            Taken::Added(figure) => added(&Twins { data, id, lens }, figure).map(Arc::new),
            Taken::OnWorst(level) => data.on_worst(id, level).map(Arc::new),
            Taken::WithLoss => data.with_loss(id).map(Arc::new),
        }
    }

    /// Returns the ids of the recorded columns to sort; measures with a common column are evaluated together.
    pub fn columns(&self, asset: Option<u16>) -> Vec<TrackId> {
        let Input::Track(id, _) = self.of else {
            return Vec::new();
        };
        let id = asset.map_or(id, |asset| id.of_object(asset));
        match self.taken {
            Taken::In(World::Run) => vec![id],
            Taken::In(World::WithoutAgents) => vec![id.without_feedback()],
            Taken::Added(Statistic::Quantile(_) | Statistic::Shortfall(_)) => {
                vec![id, id.without_feedback()]
            }
            Taken::Added(_) | Taken::OnWorst(_) | Taken::WithLoss => Vec::new(),
        }
    }
}

/// One recorded column in the runs with and without agents, and its conversion.
struct Twins<'d> {
    data: &'d Data,
    id: TrackId,
    lens: Lens,
}

/// Returns each path's contribution to the difference of a figure with agents and without. For a mean it is
/// the path's own difference; for other figures it is the path's influence.
fn added(twins: &Twins<'_>, figure: Statistic) -> Result<Sample, Absent> {
    let is_above = |value: f64, threshold: f64| if value > threshold { 1.0 } else { 0.0 };
    match figure {
        Statistic::Quantile(p) => twins.change(|pair| pair.quantile(p)),
        Statistic::Shortfall(level) => twins.change(|pair| pair.shortfall(level)),
        Statistic::Above(at) => twins.mean(move |on, off| is_above(on, at) - is_above(off, at)),
        // the logarithm of the ratio does not depend on the unit of money
        Statistic::MeanOfLog => twins.mean_of_log(),
        _ => twins.mean(|on, off| on - off),
    }
}

impl Twins<'_> {
    /// Returns the recorded values in the unit of the figure (real or nominal money, or a rate), in the order of
    /// the paths: those with agents, then those without.
    fn by_path(&self) -> Result<[Values; 2], Absent> {
        let worlds = self.data.both_worlds(self.id)?;
        Ok(worlds.map(|values| self.lens.in_order(&values)))
    }

    fn mean(&self, of: impl Fn(f64, f64) -> f64 + Send + Sync + 'static) -> Result<Sample, Absent> {
        let [on, off] = self.by_path()?;
        Ok(Sample::of(on.zip(&off, of).settled()))
    }

    fn mean_of_log(&self) -> Result<Sample, Absent> {
        let [on, off] = self.by_path()?;
        if on.all_meet(|on| on > 0.0) && off.all_meet(|off| off > 0.0) {
            Ok(Sample::of(on.zip(&off, |on, off| ln(on / off)).settled()))
        } else {
            Err(Absent::NothingLeft)
        }
    }

    fn change(&self, of: impl Fn(&BothRuns<'_>) -> Result<(Values, Change), Note>) -> Result<Sample, Absent> {
        let [on, off] = self.by_path()?;
        let twin = self.data.column(self.id.without_feedback())?;
        let base = self.lens.sorted(&twin);
        let new = self.lens.sorted(&self.data.column(self.id)?);
        let (contributions, change) = of(&BothRuns::new(&base, &new, off, on))?;
        Ok(Sample::of(contributions).contributing_to(change))
    }
}

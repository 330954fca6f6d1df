//! What measures are taken of: a column seen as what it means, or the months of the first paths, in a world
//! or as what feedback adds.
//!
//! In: data. Out: [`Sample`] samples, or why there are none. Not here: the figures (`statistic`), which
//! measures there are (`reference`).

use super::absent::Absent;
use super::change::{Change, Pair};
use super::co_movement::{Question, World};
use super::data::Data;
use super::estimate::Note;
use super::lens::Lens;
use super::sample::Sample;
use crate::math::ln;
use crate::math::values::Values;
use crate::record::{Seen, Statistic, TrackId};
use std::sync::Arc;

/// What samples are of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Of {
    Track(TrackId, Seen),
    Months(Question),
}

/// Of which of two worlds on the same draws they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Taken {
    /// The same for all figures.
    In(World),
    /// What feedback adds to one figure.
    Added(Statistic),
    /// Of the paths that lose most, beyond a level, in the world as it is.
    OnWorst(f64),
    /// Together with the loss, in the world as it is.
    WithLoss,
}

/// Where samples come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Source {
    pub of: Of,
    pub taken: Taken,
}

impl Source {
    /// Whether samples are of single paths: those of months are of all months of the first paths at once.
    pub fn is_of_single_paths(&self) -> bool {
        matches!(self.of, Of::Track(..))
    }

    /// The quantity that it is of, in the world as it is; nothing if that is not all.
    pub fn quantity(&self) -> Option<&'static str> {
        match (self.of, self.taken) {
            (Of::Track(id, _), Taken::In(World::Run)) => Some(id.quantity()),
            _ => None,
        }
    }

    /// Whether it is what was lost in a world.
    pub fn is_loss(&self) -> bool {
        let is_in_world = matches!(self.taken, Taken::In(_));
        is_in_world && self.is_of_track_of_loss()
    }

    /// True if it is what was lost, what feedback adds to that, or what others have to do with it.
    pub fn is_of_loss(&self) -> bool {
        let is_with_loss = matches!(self.taken, Taken::OnWorst(_) | Taken::WithLoss);
        is_with_loss || self.is_of_track_of_loss()
    }

    fn is_of_track_of_loss(&self) -> bool {
        matches!(self.of, Of::Track(_, Seen::Loss | Seen::LossOfTheFirstYear))
    }

    /// The samples of one run, of the asset with number `asset` if there is one of each.
    pub fn sample(&self, data: &Data, asset: Option<u16>) -> Result<Arc<Sample>, Absent> {
        let (id, seen) = match (self.of, self.taken) {
            (Of::Months(question), Taken::In(world)) => {
                return data.co_moved()?.by_path(question, world).map(Arc::new);
            }
            (Of::Months(question), Taken::Added(_) | Taken::OnWorst(_) | Taken::WithLoss) => {
                return data.co_moved()?.added(question).map(Arc::new);
            }
            (Of::Track(id, seen), _) => (asset.map_or(id, |asset| id.of_object(asset)), seen),
        };
        let lens = Lens::of(data, seen)?;
        match self.taken {
            Taken::In(World::Run) => Ok(lens.sorted(&data.column(id)?)),
            Taken::In(World::LoopOff) => Ok(lens.sorted(&data.column(id.without_feedback())?)),
            Taken::Added(figure) => added(&Twins { data, id, lens }, figure).map(Arc::new),
            Taken::OnWorst(level) => data.on_worst(id, level).map(Arc::new),
            Taken::WithLoss => data.with_loss(id).map(Arc::new),
        }
    }

    /// The columns that it has to have in order: those of a family are looked at together.
    pub fn columns(&self, asset: Option<u16>) -> Vec<TrackId> {
        let Of::Track(id, _) = self.of else {
            return Vec::new();
        };
        let id = asset.map_or(id, |asset| id.of_object(asset));
        match self.taken {
            Taken::In(World::Run) => vec![id],
            Taken::In(World::LoopOff) => vec![id.without_feedback()],
            Taken::Added(Statistic::Quantile(_) | Statistic::Shortfall(_)) => {
                vec![id, id.without_feedback()]
            }
            Taken::Added(_) | Taken::OnWorst(_) | Taken::WithLoss => Vec::new(),
        }
    }
}

/// A column in both worlds.
struct Twins<'d> {
    data: &'d Data,
    id: TrackId,
    lens: Lens,
}

/// What the paths contribute to a figure with feedback less that without: their own differences, of which it
/// is the mean, or, of what is no mean, their influence.
fn added(twins: &Twins<'_>, figure: Statistic) -> Result<Sample, Absent> {
    let is_above = |value: f64, threshold: f64| if value > threshold { 1.0 } else { 0.0 };
    match figure {
        Statistic::Quantile(p) => twins.change(|pair| pair.quantile(p)),
        Statistic::Shortfall(level) => twins.change(|pair| pair.shortfall(level)),
        Statistic::Above(at) => twins.mean(move |on, off| is_above(on, at) - is_above(off, at)),
        // of the ratio, so that no unit of money enters
        Statistic::MeanOfLog => twins.mean_of_log(),
        _ => twins.mean(|on, off| on - off),
    }
}

impl Twins<'_> {
    /// With feedback and without, in the order of the paths.
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
        match on.all_meet(|on| on > 0.0) && off.all_meet(|off| off > 0.0) {
            true => Ok(Sample::of(on.zip(&off, |on, off| ln(on / off)).settled())),
            false => Err(Absent::NothingLeft),
        }
    }

    fn change(
        &self,
        of: impl Fn(&Pair<'_>) -> Result<(Values, Change), Note>,
    ) -> Result<Sample, Absent> {
        let [on, off] = self.by_path()?;
        let twin = self.data.column(self.id.without_feedback())?;
        let base = self.lens.sorted(&twin);
        let new = self.lens.sorted(&self.data.column(self.id)?);
        let (contributions, change) = of(&Pair::new(&base, &new, off, on))?;
        Ok(Sample::of(contributions).contributing_to(change))
    }
}

//! Columns of one run, sorted on demand, and the meaning of their amounts: the input of every measure.
//!
//! In: an outcome, the money invested, names. Out: [`Data`]. Not here: statistics, derived columns (`causes`).

mod equal_columns;
mod sample_cache;

use super::absent::Absent;
use super::basis::{Basis, Reach};
use super::causes::Causes;
use super::co_movement::CoMoved;
use super::estimate::Note;
use super::guard::Tails;
use super::incomes::Incomes;
use super::law::{Change, ChangeLaw};
use super::sample::{Sample, Unsortable, check};
use super::worst::{OnWorst, WorstPaths, mean_on_worst};
use super::worst_mean::WorstMean;
use crate::book::Cause;
use crate::engine::outcome::Outcome;
use crate::math::values::Values;
use crate::record::{
    CAUSE_GIVEN, EVENT_LOSS, EVENTS_LOSS, EVENTS_STRIKE, EVENTS_YEAR, REAL_WEALTH, RETURNED, RUIN_MONTH,
    Scope, TrackId, WORST, cause_number, stand_ins,
};
use equal_columns::Like;
use rayon::prelude::*;
use sample_cache::InUse;
use std::sync::{Arc, OnceLock};

/// Largest number of paths that errors are computed from. In a run of more paths, errors come from the first
/// ones and are scaled by the root of the ratio. The difference is invisible, and memory stays bounded.
/// Values and intervals by ranks or counts use all paths.
pub const ERROR_PATHS: usize = 1 << 23;

/// A column from which no measure can be computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unusable {
    pub id: TrackId,
    /// Reason: the column is empty, or a path has no finite number.
    pub why: Unsortable,
}

/// Columns of one run, with everything that measures derive from them.
#[derive(Debug)]
pub struct Data {
    columns: Vec<(TrackId, Values)>,
    /// For each column, another column that has equal or proportional numbers, if there is one.
    likes: Vec<Like>,
    causes: Causes,
    in_use: InUse,
    /// Paths with the largest losses, computed at the first request; `None` if the money returned is not kept.
    worst: OnceLock<Option<WorstPaths>>,
    co_moved: Option<CoMoved>,
    /// True if the losses by each event have an interval of their mean, so that their total has one.
    are_events_shown: bool,
    /// What the events can change that cost nothing on any path.
    unseen: Vec<Reach>,
    /// True if every path ends with the same wealth, which is not zero.
    is_even: bool,
    incomes: Incomes,
    n_paths: usize,
    n_months: u32,
    basis: Basis,
    /// Data of the first [`ERROR_PATHS`] paths, if errors are computed from them; `None` if from all paths.
    first: Option<Box<Data>>,
}

impl Data {
    /// Wraps the columns of `outcome`. A column is sorted when a measure needs it, and then dropped. An error
    /// names the column that cannot be measured.
    pub fn new(outcome: &Outcome, basis: Basis) -> Result<Self, Unusable> {
        Self::of(outcome, basis, InUse::while_held(), ERROR_PATHS)
    }

    /// Wraps the columns of `outcome` as [`Self::new`] does, but keeps sorted copies for further comparisons.
    pub fn staying(outcome: &Outcome, basis: Basis) -> Result<Self, Unusable> {
        Self::of(outcome, basis, InUse::from_then_on(), ERROR_PATHS)
    }

    fn of(outcome: &Outcome, basis: Basis, in_use: InUse, error_paths: usize) -> Result<Self, Unusable> {
        let columns = outcome.columns.iter();
        let columns: Vec<(TrackId, Values)> =
            columns.map(|column| (column.id, column.values.clone())).collect();
        for (id, values) in &columns {
            // streamed columns were checked when they were written
            if let Values::F64(values) = values {
                check(values).map_err(|why| Unusable { id: *id, why })?;
            }
        }
        let first = (outcome.n_paths > error_paths)
            .then(|| outcome.first(error_paths))
            .map(|first| Self::of(&first, basis.clone(), in_use.fresh(), error_paths));
        Ok(Self {
            first: first.transpose()?.map(Box::new),
            are_events_shown: are_events_shown(&columns),
            unseen: unseen(&columns, &basis),
            is_even: is_even(outcome),
            likes: Like::all(outcome, &columns),
            causes: Causes::of(outcome, &basis),
            columns,
            in_use,
            worst: OnceLock::new(),
            incomes: Incomes::of(outcome),
            co_moved: outcome.co_movement.as_ref().map(CoMoved::of),
            n_paths: outcome.n_paths,
            n_months: outcome.n_months,
            basis,
        })
    }

    /// Returns the data of the first paths, if errors are computed from them; `None` if errors come from all paths.
    pub(super) fn first(&self) -> Option<&Self> {
        self.first.as_deref()
    }

    /// True if columns are read in pieces because they must not be in memory all at once.
    pub(super) fn is_streamed(&self) -> bool {
        self.columns.iter().any(|(_, values)| values.is_streamed())
    }

    /// Returns the numbers of column `id`, sorted, as the run kept them; fails with [`Absent::NotKept`] if it did not.
    pub fn column(&self, id: TrackId) -> Result<Arc<Sample>, Absent> {
        let (id, like) = self.source_of(id).ok_or(Absent::NotKept)?;
        self.in_use.find_or(id, || match like {
            // columns with equal numbers may have different rulings
            Like::Other(other) if self.ruling(id) == self.ruling(other) => self.column(other),
            Like::Other(_) => self.sorted(id).map(Arc::new),
            Like::PerMoneyIn(other) => {
                let money_in = self.basis.money_in;
                let per = move |values: &mut [f64]| {
                    values.iter_mut().for_each(|value| *value /= money_in);
                };
                Ok(Arc::new(self.column(other)?.rising_by(per)))
            }
            Like::Itself => self.sorted(id).map(Arc::new),
        })
    }

    /// Returns the id of the column that represents the group of `id`. A group has columns equal or proportional to
    /// each other, with and without agents; they are sorted together.
    pub(super) fn group_of(&self, id: TrackId) -> TrackId {
        let mut group = id.in_world(0);
        while let Some((_, Like::Other(other) | Like::PerMoneyIn(other))) = self.source_of(group) {
            group = other;
        }
        self.source_of(group).map_or(group, |(own, _)| own).in_world(0)
    }

    /// Returns the id of the kept column with the numbers of `id`, and its relation to other columns; `None` if no
    /// column has these numbers.
    fn source_of(&self, id: TrackId) -> Option<(TrackId, Like)> {
        let kept = |id: TrackId| {
            let place = self.columns.iter().position(|(column, _)| *column == id)?;
            Some((id, self.likes[place]))
        };
        let is_derived = self.causes.values(id).is_some() || id == RUIN_MONTH;
        let found = stand_ins(id).find_map(kept);
        found.or(is_derived.then_some((id, Like::Itself)))
    }

    fn sorted(&self, id: TrackId) -> Result<Sample, Absent> {
        let Some(values) = self.values(id) else {
            // without obligations nobody is ruined
            return if id == RUIN_MONTH {
                Ok(Sample::by_definition(self.n_paths))
            } else {
                Err(Absent::NotKept)
            };
        };
        let sample = Sample::of(values.clone());
        Ok(match self.ruling(id) {
            Some(ruling) => sample.ruled(ruling),
            None => sample,
        })
    }

    fn values(&self, id: TrackId) -> Option<&Values> {
        let kept = self.columns.iter().find(|(column, _)| *column == id);
        kept.map(|(_, values)| values).or_else(|| self.causes.values(id))
    }

    /// Returns the fixed decision that the mean of column `id` has an interval, or why not; `None` leaves that to the
    /// samples.
    fn ruling(&self, id: TrackId) -> Option<Result<(), Note>> {
        let first = self.basis.first(Scope::EachCause);
        let is_of = |cause: Cause| id == CAUSE_GIVEN.of_object(first + cause_number(cause.id()));
        if self.basis.has_rare_bills && is_of(Cause::Unpaid) {
            Some(Err(Note::RareBills))
        } else {
            let of_all = [EVENTS_LOSS, EVENTS_YEAR, EVENTS_STRIKE];
            let is_of_events = is_of(Cause::Event) || of_all.contains(&id);
            (self.are_events_shown && is_of_events).then_some(Ok(()))
        }
    }

    /// Returns the column `id` of the run with agents and of the run without, each in the order of the paths.
    pub(super) fn both_worlds(&self, id: TrackId) -> Result<[Values; 2], Absent> {
        let kept = |id: TrackId| {
            let of = |id: TrackId| self.values(id).cloned();
            Some([of(id)?, of(id.without_feedback())?])
        };
        let worlds = stand_ins(id).find_map(kept).ok_or(Absent::NoLoop)?;
        Ok(worlds.map(Values::settled))
    }

    /// Returns each path's contribution to the mean of column `id` over the worst `1 − level` paths.
    pub(super) fn on_worst(&self, id: TrackId, level: f64) -> Result<Sample, Absent> {
        let values = self.causes.values(id).ok_or(Absent::NotKept)?;
        let kept = |id: TrackId| self.values(id);
        let returned =
            stand_ins(RETURNED).find_map(kept).filter(|_| level == WORST).ok_or(Absent::NotKept)?;
        if self.first.is_some() {
            let sorted = self.column(RETURNED)?;
            let value = mean_on_worst(returned, &*sorted.rising(), values, level);
            // the error comes from the first paths
            return Ok(Sample::contributions(values.clone(), Change { value, law: ChangeLaw::Twice }));
        }
        let worst = self.worst.get_or_init(|| {
            let sorted = self.column(RETURNED).ok()?;
            Some(WorstPaths::of(returned, &*sorted.rising(), level))
        });
        let on = OnWorst::of(worst.as_ref().ok_or(Absent::NotKept)?, values);
        let law = match self.ruling(id) {
            Some(Err(Note::RareBills)) => WorstMean::without(Note::RareBills, on.law),
            _ => on.law,
        };
        let change = Change { value: on.value, law: ChangeLaw::OnWorst(law) };
        Ok(Sample::contributions(on.contributions, change))
    }

    /// Returns each path's contribution to the share of column `id` in the standard deviation of the loss.
    pub(super) fn with_loss(&self, id: TrackId) -> Result<Sample, Absent> {
        if self.first.is_some() {
            let value = self.causes.part_of_loss(id).ok_or(Absent::NotKept)?;
            let values = self.causes.values(id).ok_or(Absent::NotKept)?;
            // the error comes from the first paths
            return Ok(Sample::contributions(values.clone(), Change { value, law: ChangeLaw::Twice }));
        }
        let with = self.causes.with_loss(id).ok_or(Absent::NotKept)?;
        let change = Change { value: with.value, law: ChangeLaw::Spread { heavy: with.heavy } };
        Ok(Sample::contributions(with.contributions, change))
    }

    /// Returns how the markets moved together; fails with [`Absent::NoCommonChange`] if the run kept no
    /// monthly returns.
    pub fn co_moved(&self) -> Result<&CoMoved, Absent> {
        self.co_moved.as_ref().ok_or(Absent::NoCommonChange)
    }

    /// Returns the means over paths of monthly incomes and working hours, at several dates.
    pub fn mean_incomes(&self) -> &Incomes {
        &self.incomes
    }

    /// Returns the money invested and the names that give the columns their meaning.
    pub fn basis(&self) -> &Basis {
        &self.basis
    }

    /// True if the run is deterministic: every path ends with the same positive wealth, and no event can
    /// happen on only a few paths. All other randomness has a density, so no two paths would agree. If all
    /// paths end in ruin, nothing is proved and this is false.
    pub fn is_certain(&self) -> bool {
        !self.basis.has_events && self.is_even
    }

    /// True if an event that cost nothing on any path can change the results of `asset`, of the portfolio if `None`.
    pub(super) fn hides_losses_of(&self, asset: Option<u16>) -> bool {
        self.unseen.iter().any(|reach| match reach {
            Reach::Nothing => false,
            Reach::Assets(assets) => asset.is_none_or(|asset| assets.contains(&asset)),
            Reach::Everything => true,
        })
    }

    /// Returns the number of paths.
    pub fn n_paths(&self) -> usize {
        self.n_paths
    }

    /// Returns the number of months to the horizon.
    pub fn n_months(&self) -> u32 {
        self.n_months
    }

    /// Returns the number of years to the horizon.
    pub fn years(&self) -> f64 {
        f64::from(self.n_months) / 12.0
    }
}

/// True if the losses by each event have an interval of their mean, so that their total has one. The total
/// jumps where smaller events end, which looks like an endless tail. But no sum has a heavier tail than the
/// heaviest of its terms.
fn are_events_shown(columns: &[(TrackId, Values)]) -> bool {
    let is_summand = |(id, _): &&(TrackId, Values)| id.quantity() == EVENT_LOSS.quantity();
    let summands: Vec<_> = columns.iter().filter(is_summand).collect();
    let is_shown = |(_, own): &&(TrackId, Values)| {
        let (low, high) = own.ends();
        low < high && Tails::in_any_order(own).objection().is_none()
    };
    !summands.is_empty() && summands.par_iter().all(is_shown)
}

/// Returns what the events can change that cost nothing on any path.
fn unseen(columns: &[(TrackId, Values)], basis: &Basis) -> Vec<Reach> {
    let numbers = (basis.first(Scope::EachEvent)..).zip(&basis.reaches);
    let is_unseen = |(number, _): &(u16, &Reach)| {
        let event = EVENT_LOSS.of_object(*number);
        columns.iter().any(|(id, lost)| *id == event && lost.all_meet(|loss| loss == 0.0))
    };
    numbers.filter(is_unseen).map(|(_, reach)| reach.clone()).collect()
}

fn is_even(outcome: &Outcome) -> bool {
    outcome.values_or_like(REAL_WEALTH).is_some_and(|wealth| {
        let first = wealth.at(0);
        wealth.n() > 1 && first > 0.0 && wealth.all_meet(|value| value == first)
    })
}

#[cfg(test)]
mod tests;

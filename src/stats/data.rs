//! What measures are taken of: sorted columns and what their money means.
//!
//! In: an outcome, flows and price levels. Out: [`Data`]. Not here: statistics.

use super::absent::Absent;
use super::change::Change;
use super::co_movement::CoMoved;
use super::estimate::Note;
use super::guard::Tails;
use super::incomes::Incomes;
use super::lens::Lens;
use super::sample::{Sample, Unsortable};
use super::worst::Causes;
use super::worst_mean::WorstMean;
use crate::book::Cause;
use crate::engine::outcome::{Column, Outcome};
use crate::record::{
    ASSET_LOSS, CAUSE_GIVEN, EVENT_LOSS, EVENTS_LOSS, EVENTS_STRIKE, EVENTS_YEAR, REAL_WEALTH,
    RETURNED, RUIN_MONTH, TrackId, WEALTH, cause_number, stand_ins,
};
use rayon::prelude::*;

/// Money that crossed the border of the portfolio, in money of the start.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flows {
    /// Opening values, opening cash and contributions.
    pub money_in: f64,
    /// Spending and withdrawals that were paid.
    pub money_out: f64,
}

/// A loss or gain below this share of the money put in is a rounding of the deflation: cash that
/// earns just the inflation loses nothing.
const ROUNDING: f64 = 1e-9;

impl Flows {
    /// What is lost if `wealth` is left at the end, all in money of the start; exactly 0 within
    /// rounding.
    #[inline(always)]
    pub(super) fn loss(&self, wealth: f64) -> f64 {
        let loss = self.money_in - self.money_out - wealth;
        if loss.abs() <= ROUNDING * self.money_in {
            0.0
        } else {
            loss
        }
    }
}

/// What turns columns into gains and losses.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// From the start to the horizon.
    pub flows: Flows,
    /// The same up to the end of month 12.
    pub flows_year1: Flows,
    /// Names of the assets in canonical order.
    pub asset_names: Vec<String>,
    pub event_names: Vec<String>,
    /// Of what assets show of themselves.
    pub state_names: Vec<String>,
    /// Of places that ask for an income.
    pub place_names: Vec<String>,
    /// Whether something can happen on a few paths and not on the others: jumps, crises, agents that
    /// can sell, launches that fail, what a mechanism counts.
    pub has_events: bool,
    /// True if the owner can owe what hardly any path meets: damages, a tax.
    pub has_rare_bills: bool,
}

/// A column that cannot be measured, or a basis that does not fit the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unusable {
    /// Empty, or a path without a finite number.
    Column { id: TrackId, why: Unsortable },
}

/// Sorted columns of one run.
#[derive(Clone, Debug)]
pub struct Data {
    columns: Vec<(TrackId, Sample)>,
    /// Columns that are kept with feedback and without, in the order of the paths.
    twins: Vec<(TrackId, [Vec<f64>; 2])>,
    /// Whether samples remember their paths.
    keeps_paths: bool,
    co_moved: Option<CoMoved>,
    causes: Causes,
    /// True if the loss by each event has an interval, so that what they took together has one.
    are_events_shown: bool,
    incomes: Incomes,
    n_paths: usize,
    n_months: u32,
    basis: Basis,
}

impl Data {
    /// Sorts every column of `outcome`. Errors name the column.
    pub fn new(outcome: &Outcome, basis: Basis) -> Result<Self, Unusable> {
        Self::keeping_paths(outcome, basis, false)
    }

    /// The same, and remembers which path each sample is of: what a comparison path by path needs.
    pub fn with_paths(outcome: &Outcome, basis: Basis) -> Result<Self, Unusable> {
        Self::keeping_paths(outcome, basis, true)
    }

    fn keeping_paths(outcome: &Outcome, basis: Basis, keeps: bool) -> Result<Self, Unusable> {
        let mut columns = sorted(outcome, keeps)?;
        if outcome.column(RUIN_MONTH).is_none() {
            columns.push((RUIN_MONTH, Sample::by_definition(outcome.n_paths, keeps)));
        }
        let are_events_shown = rule_sums_of_events(&mut columns);
        let of = |id: TrackId| columns.iter().find(|(column, _)| *column == id);
        let returned = stand_ins(RETURNED).find_map(of);
        let causes = Causes::of(outcome, &basis, returned.map(|(_, sorted)| sorted));
        Ok(Self {
            causes,
            are_events_shown,
            incomes: Incomes::of(outcome),
            columns,
            twins: outcome.columns.iter().filter_map(twins(outcome)).collect(),
            keeps_paths: keeps,
            co_moved: outcome.co_movement.as_ref().map(CoMoved::of),
            n_paths: outcome.n_paths,
            n_months: outcome.n_months,
            basis,
        })
    }

    /// The column `id` as the run kept it.
    pub fn column(&self, id: TrackId) -> Result<&Sample, Absent> {
        let kept = |id| self.columns.iter().find(|(column, _)| *column == id);
        let found = stand_ins(id).find_map(kept);
        let found = found.map(|(_, sorted)| sorted);
        let of_cause = || {
            self.causes.sorted(id, |values| {
                let sample = self.kept(values);
                match self.ruling(id) {
                    Some(ruling) => sample.ruled(ruling),
                    None => sample,
                }
            })
        };
        found.or_else(of_cause).ok_or(Absent::NotKept)
    }

    /// Why the mean of what a cause gave has no interval, or that it has one, where its samples are not to say so.
    fn ruling(&self, id: TrackId) -> Option<Result<(), Note>> {
        let before = self.basis.asset_names.len() + self.basis.event_names.len();
        let number = |cause: Cause| before as u16 + cause_number(cause.id());
        let is_of = |cause| id == CAUSE_GIVEN.of_object(number(cause));
        match self.basis.has_rare_bills && is_of(Cause::Unpaid) {
            true => Some(Err(Note::RareBills)),
            false => (self.are_events_shown && is_of(Cause::Event)).then_some(Ok(())),
        }
    }

    /// The column `id` with feedback and without, in the order of the paths.
    pub(super) fn both_worlds(&self, id: TrackId) -> Result<[&[f64]; 2], Absent> {
        let kept = |id| self.twins.iter().find(|(column, _)| *column == id);
        let found = stand_ins(id).find_map(kept);
        let (_, worlds) = found.ok_or(Absent::NoLoop)?;
        Ok(worlds.each_ref().map(Vec::as_slice))
    }

    /// Numbers of all paths in their order as samples, which remember their paths where all do.
    pub(super) fn kept(&self, values: &[f64]) -> Sample {
        sort(values, self.keeps_paths).expect("columns are finite and hold at least one path")
    }

    /// What every path contributes to the mean of column `id` over the paths that lose most, beyond `level`.
    pub(super) fn on_worst(&self, id: TrackId, level: f64) -> Result<Sample, Absent> {
        let on = self.causes.on_worst(id, level).ok_or(Absent::NotKept)?;
        let contributions = on.contributions(self.n_paths);
        let law = match self.ruling(id) {
            Some(Err(Note::RareBills)) => WorstMean::without(Note::RareBills, on.law),
            _ => on.law,
        };
        let change = Change::on_worst(on.value, law);
        Ok(Sample::contributions(contributions, change))
    }

    /// What every path contributes to what column `id` has of the spread of the loss.
    pub(super) fn with_loss(&self, id: TrackId) -> Result<Sample, Absent> {
        let with = self.causes.with_loss(id).ok_or(Absent::NotKept)?;
        let change = Change::of_spread(with.value, with.heavy);
        Ok(Sample::contributions(with.contributions, change))
    }

    /// How the markets moved together, if there are two of them.
    pub fn co_moved(&self) -> Result<&CoMoved, Absent> {
        self.co_moved.as_ref().ok_or(Absent::NoCommonChange)
    }

    /// What comes in in a month on average, date by date.
    pub fn mean_incomes(&self) -> &Incomes {
        &self.incomes
    }

    /// What money, prices and assets mean.
    pub fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Whether nothing was left to chance: every path ends with the same wealth, which is not zero, and nothing can
    /// happen on a few paths alone. Whatever else is random has a density, so that no two paths would agree; of paths
    /// that all end in ruin nothing is known.
    pub fn is_certain(&self) -> bool {
        let is_even = |wealth: &Sample| {
            let values = wealth.values();
            values.len() > 1 && values[0] > 0.0 && values[0] == values[values.len() - 1]
        };
        !self.basis.has_events && self.column(REAL_WEALTH).is_ok_and(is_even)
    }

    /// The same of a run on which nothing happens on a few paths alone.
    #[cfg(test)]
    pub fn without_events(mut self) -> Self {
        self.basis.has_events = false;
        self
    }

    /// Number of paths.
    pub fn n_paths(&self) -> usize {
        self.n_paths
    }

    /// Months to the horizon.
    pub fn n_months(&self) -> u32 {
        self.n_months
    }

    /// Years to the horizon.
    pub fn years(&self) -> f64 {
        f64::from(self.n_months) / 12.0
    }
}

/// A sum of what events took leaps where the smaller ones end, which looks like a tail without an end. No sum, and none
/// of its parts, has a heavier tail than the heaviest of its summands: where each of them has an interval, so has it.
/// Returns true in that case.
fn rule_sums_of_events(columns: &mut [(TrackId, Sample)]) -> bool {
    let is_summand = |(id, _): &&(TrackId, Sample)| id.quantity() == EVENT_LOSS.quantity();
    let mut summands = columns.iter().filter(is_summand).peekable();
    let is_shown = |(_, own): &(TrackId, Sample)| {
        let (values, tails) = (own.values(), Tails::of(own.values()));
        values[0] < values[values.len() - 1] && tails.objection().is_none()
    };
    let are_shown = summands.peek().is_some() && summands.all(is_shown);
    for (id, sample) in columns.iter_mut().filter(|_| are_shown) {
        if [EVENTS_LOSS, EVENTS_YEAR, EVENTS_STRIKE].contains(id) {
            *sample = sample.clone().ruled(Ok(()));
        }
    }
    are_shown
}

/// Columns that are sorted when somebody asks.
const LATER: [&str; 2] = [CAUSE_GIVEN.quantity(), ASSET_LOSS.quantity()];

/// Every column of `outcome` but those of causes in order; one that follows from another is not sorted again. Errors name the
/// first column in their order.
fn sorted(outcome: &Outcome, keeps: bool) -> Result<Vec<(TrackId, Sample)>, Unusable> {
    // most of those who make data ask for no cause
    let is_sorted = |column: &&Column| !LATER.contains(&column.id.quantity());
    let all: Vec<&Column> = outcome.columns.iter().filter(is_sorted).collect();
    let likes = all.par_iter();
    let likes: Vec<Like> = likes
        .map(|column| Like::of(outcome, column, keeps))
        .collect();
    let own = all.par_iter().zip(&likes);
    let own = own.filter(|(_, like)| **like == Like::Itself);
    let own: Vec<_> = own
        .map(|(column, _)| (column.id, sort(&column.values, keeps)))
        .collect();
    let of = |id: TrackId| {
        let found = own.iter().find(|(column, _)| *column == id);
        found.expect("sorted for itself").1.clone()
    };
    let money_in = outcome.money_in;
    let columns = all.iter().zip(&likes).map(|(column, like)| {
        let sorted = match like {
            Like::Itself => of(column.id),
            Like::Other(id) => of(*id),
            Like::PerMoneyIn(id) => {
                of(*id).map(|other| Lens::Per(money_in).sorted(&other).into_owned())
            }
        };
        let id = column.id;
        sorted
            .map(|sorted| (id, sorted))
            .map_err(|why| Unusable::Column { id, why })
    });
    columns.collect()
}

fn sort(values: &[f64], keeps_paths: bool) -> Result<Sample, Unsortable> {
    match keeps_paths {
        true => Sample::with_paths(values),
        false => Sample::of(values),
    }
}

/// What a column follows from, to the last bit: the value of a lone asset is wealth, what a unit is worth is
/// wealth for what was put in, and where nobody sells both worlds are one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Like {
    Itself,
    Other(TrackId),
    PerMoneyIn(TrackId),
}

impl Like {
    fn of(outcome: &Outcome, column: &Column, keeps: bool) -> Self {
        let before = [WEALTH, WEALTH.without_feedback()].into_iter();
        for id in before.take_while(|id| *id != column.id) {
            let Some(other) = outcome.column(id) else {
                continue;
            };
            if follows(&column.values, other, |other| other) {
                return Self::Other(id);
            }
            // of equal quotients the paths would not stand in their order
            if !keeps && follows(&column.values, other, |other| other / outcome.money_in) {
                return Self::PerMoneyIn(id);
            }
        }
        Self::Itself
    }
}

/// Whether a column is a function of another, path by path and to the last bit.
fn follows(column: &[f64], other: &[f64], of: impl Fn(f64) -> f64) -> bool {
    let mut pairs = column.iter().zip(other);
    column.len() == other.len()
        && pairs.all(|(value, other)| value.to_bits() == of(*other).to_bits())
}

/// Of a column: it and its twin, if the run kept it in two worlds.
fn twins(outcome: &Outcome) -> impl Fn(&Column) -> Option<(TrackId, [Vec<f64>; 2])> {
    |column| {
        let off = outcome.column(column.id.without_feedback())?;
        let is_twin = column.id.world() == 1;
        (!is_twin).then(|| (column.id, [column.values.clone(), off.to_vec()]))
    }
}

#[cfg(test)]
mod tests;

//! What measures are taken of: sorted columns and what their money means.
//!
//! In: an outcome, flows and price levels. Out: [`Data`]. Not here: statistics.

use super::co_movement::CoMoved;
use super::growth::return_of;
use super::loss::ROUNDING;
use super::sample::{Sorted, Unsortable};
use super::twins::Twins;
use crate::engine::outcome::{Column, Outcome};
use crate::record::{MAX_DRAWDOWN, TrackId, UNIT_VALUE, WEALTH};
use rayon::prelude::*;
use std::fmt;

/// Money that crossed the border of the portfolio, in money of the start.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flows {
    /// Opening values, opening cash and contributions.
    pub money_in: f64,
    /// Spending and withdrawals that were paid.
    pub money_out: f64,
}

impl Flows {
    /// What is lost if `wealth` is left at the end, all in money of the start; exactly 0 within
    /// rounding.
    pub(super) fn loss(&self, wealth: f64) -> f64 {
        let loss = self.money_in - self.money_out - wealth;
        if loss.abs() <= ROUNDING * self.money_in {
            0.0
        } else {
            loss
        }
    }
}

/// What turns nominal columns into gains and losses.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// From the start to the horizon.
    pub flows: Flows,
    /// The same up to the end of month 12.
    pub flows_year1: Flows,
    /// Price level at the end of months 0 … horizon, 1 at month 0: nominal money is divided by it.
    pub price_levels: Vec<f64>,
    /// Names of the assets in canonical order.
    pub asset_names: Vec<String>,
    /// Whether something can happen on a few paths and not on the others: jumps, crises, agents that
    /// can sell.
    pub has_events: bool,
}

/// Why a measure has no value in this run; printed as its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Nothing was put in, so nothing was earned on it.
    NothingPutIn,
    /// The horizon is shorter than the measure's.
    HorizonTooShort,
    /// The run did not keep the column.
    NotKept,
    /// The scenario has no loop, so there is no twin without it.
    NoLoop,
    /// Some path has nothing left, which has no logarithm.
    NothingLeft,
    /// A share of the paths has exactly this value, so it has no error.
    Atom,
    /// Too few paths for an interval.
    TooFewPaths,
    /// There are no two markets, or nothing changes what they have in common.
    NoCommonChange,
    /// The sample has too few such months, or markets that do not move in them.
    TooFewMonths,
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingPutIn => "nothing was put in",
            Self::HorizonTooShort => "the horizon is too short",
            Self::NotKept => "the run did not keep it",
            Self::NoLoop => "the scenario has no loop",
            Self::NothingLeft => "some path has nothing left",
            Self::Atom => "many paths have exactly this value",
            Self::TooFewPaths => "too few paths",
            Self::NoCommonChange => "there are no two markets, or neither a loop nor crises that change what they have in common",
            Self::TooFewMonths => "there are too few such months",
        })
    }
}

/// A column that cannot be measured, or a basis that does not fit the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unusable {
    /// Empty, or a path without a finite number.
    Column { id: TrackId, why: Unsortable },
    /// The price levels do not reach from month 0 to the horizon, or are not positive.
    PriceLevels,
}

/// Sorted columns of one run.
#[derive(Clone, Debug)]
pub struct Data {
    columns: Vec<(TrackId, Sorted)>,
    /// Wealth at the horizon in money of the start, with the loop and without it.
    wealth: Option<Twins>,
    /// Unit values at the horizon, with the loop and without it.
    units: Option<Twins>,
    /// Deepest falls of the unit value, with the loop and without it.
    falls: Option<Twins>,
    co_moved: Option<CoMoved>,
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
        let n_levels = outcome.n_months as usize + 1;
        let is_level = |level: &f64| level.is_finite() && *level > 0.0;
        if basis.price_levels.len() < n_levels || !basis.price_levels.iter().all(is_level) {
            return Err(Unusable::PriceLevels);
        }
        let columns = sorted(outcome, keeps)?;
        let pair = |on, off| Some(pair(outcome, on, off)?.keeping_paths(keeps));
        let level = basis.price_levels[outcome.n_months as usize];
        let wealth = pair(WEALTH, WEALTH.without_feedback());
        Ok(Self {
            columns,
            wealth: wealth.map(|wealth| wealth.map(|wealth| wealth / level)),
            units: pair(UNIT_VALUE, UNIT_VALUE.without_feedback()),
            falls: pair(MAX_DRAWDOWN, MAX_DRAWDOWN.without_feedback()),
            co_moved: outcome.co_movement.as_ref().map(CoMoved::of),
            n_paths: outcome.n_paths,
            n_months: outcome.n_months,
            basis,
        })
    }

    /// The column `id` as the run kept it.
    pub fn column(&self, id: TrackId) -> Result<&Sorted, Absent> {
        let found = self.columns.iter().find(|(column, _)| *column == id);
        found.map(|(_, sorted)| sorted).ok_or(Absent::NotKept)
    }

    /// Wealth at the horizon in both worlds, in money of the start.
    pub fn twin_wealth(&self) -> Result<&Twins, Absent> {
        self.wealth.as_ref().ok_or(Absent::NoLoop)
    }

    /// Losses at the horizon in both worlds, in money of the start.
    pub fn twin_losses(&self) -> Result<Twins, Absent> {
        let flows = self.basis.flows;
        Ok(self.twin_wealth()?.map(|wealth| flows.loss(wealth)))
    }

    /// Returns per year in both worlds.
    pub fn twin_returns(&self) -> Result<Twins, Absent> {
        let years = self.years();
        if years == 0.0 {
            return Err(Absent::HorizonTooShort);
        }
        if self.basis.flows.money_in <= 0.0 {
            return Err(Absent::NothingPutIn);
        }
        let units = self.units.as_ref().ok_or(Absent::NoLoop)?;
        Ok(units.map(
            #[inline(always)]
            |value| return_of(value, 1.0, years),
        ))
    }

    /// Deepest falls in both worlds.
    pub fn twin_falls(&self) -> Result<&Twins, Absent> {
        if self.basis.flows.money_in <= 0.0 {
            return Err(Absent::NothingPutIn);
        }
        self.falls.as_ref().ok_or(Absent::NoLoop)
    }

    /// How the markets moved together, if there are two of them.
    pub fn co_moved(&self) -> Result<&CoMoved, Absent> {
        self.co_moved.as_ref().ok_or(Absent::NoCommonChange)
    }

    /// What money, prices and assets mean.
    pub fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Whether nothing was left to chance: every path ends with the same wealth, which is not zero,
    /// and nothing can happen on a few paths alone. Whatever else is random has a density, so that no
    /// two paths would agree.
    pub fn is_certain(&self) -> bool {
        let is_even = |wealth: &Sorted| {
            let values = wealth.values();
            values.len() > 1 && values[0] > 0.0 && values[0] == values[values.len() - 1]
        };
        !self.basis.has_events && self.column(WEALTH).is_ok_and(is_even)
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

    /// Price level at the end of `month`; 0 ≤ month ≤ horizon.
    pub fn price_level(&self, month: u32) -> f64 {
        self.basis.price_levels[month as usize]
    }

    /// A column that exists only where something was put in.
    pub fn earned(&self, id: TrackId) -> Result<&Sorted, Absent> {
        if self.basis.flows.money_in <= 0.0 {
            return Err(Absent::NothingPutIn);
        }
        self.column(id)
    }
}

/// Every column of `outcome` in order; one that follows from another is not sorted again. Errors name the
/// first column in their order.
fn sorted(outcome: &Outcome, keeps: bool) -> Result<Vec<(TrackId, Sorted)>, Unusable> {
    let sort = if keeps {
        Sorted::with_paths
    } else {
        Sorted::of
    };
    let likes = outcome.columns.par_iter();
    let likes: Vec<Like> = likes
        .map(|column| Like::of(outcome, column, keeps))
        .collect();
    let own = outcome.columns.par_iter().zip(&likes);
    let own = own.filter(|(_, like)| **like == Like::Itself);
    let own: Vec<_> = own
        .map(|(column, _)| (column.id, sort(&column.values)))
        .collect();
    let of = |id: TrackId| {
        let found = own.iter().find(|(column, _)| *column == id);
        found.expect("sorted for itself").1.clone()
    };
    let money_in = outcome.money_in;
    let columns = outcome.columns.iter().zip(&likes).map(|(column, like)| {
        let sorted = match like {
            Like::Itself => of(column.id),
            Like::Other(id) => of(*id),
            Like::PerMoneyIn(id) => of(*id).map(|other| {
                other.rising(
                    #[inline(always)]
                    |value| value / money_in,
                )
            }),
        };
        let id = column.id;
        sorted
            .map(|sorted| (id, sorted))
            .map_err(|why| Unusable::Column { id, why })
    });
    columns.collect()
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

/// A quantity in both worlds, if the run kept it in two.
fn pair(outcome: &Outcome, on: TrackId, off: TrackId) -> Option<Twins> {
    let (on, off) = (outcome.column(on)?, outcome.column(off)?);
    Some(Twins::new(on.to_vec(), off.to_vec()))
}

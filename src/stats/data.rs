//! What measures are taken of: sorted columns and what their money means.
//!
//! In: an outcome, flows and price levels. Out: [`Data`]. Not here: statistics.

use super::loss::ROUNDING;
use super::sample::{Sorted, Unsortable};
use crate::engine::outcome::{Column, ColumnId, Outcome};
use crate::math::ln;
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
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingPutIn => "nothing was put in",
            Self::HorizonTooShort => "the horizon is too short",
            Self::NotKept => "the run did not keep it",
            Self::NoLoop => "the scenario has no loop",
        })
    }
}

/// A column that cannot be measured, or a basis that does not fit the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unusable {
    /// Empty, or a path without a finite number.
    Column { id: ColumnId, why: Unsortable },
    /// The price levels do not reach from month 0 to the horizon, or are not positive.
    PriceLevels,
}

/// Sorted columns of one run.
#[derive(Clone, Debug)]
pub struct Data {
    columns: Vec<(ColumnId, Sorted)>,
    /// With the loop less without it, path by path.
    differences: Vec<(Paired, Sorted)>,
    n_months: u32,
    basis: Basis,
}

impl Data {
    /// Sorts every column of `outcome`. Errors name the column.
    pub fn new(outcome: &Outcome, basis: Basis) -> Result<Self, Unusable> {
        let n_levels = outcome.n_months as usize + 1;
        let is_level = |level: &f64| level.is_finite() && *level > 0.0;
        if basis.price_levels.len() < n_levels || !basis.price_levels.iter().all(is_level) {
            return Err(Unusable::PriceLevels);
        }
        let sorted = |column: &Column| (column.id, Sorted::of(&column.values));
        let columns: Vec<_> = outcome.columns.par_iter().map(sorted).collect();
        // the first column in their order, whichever thread was first
        let columns = columns.into_iter().map(|(id, sorted)| match sorted {
            Ok(sorted) => Ok((id, sorted)),
            Err(why) => Err(Unusable::Column { id, why }),
        });
        Ok(Self {
            columns: columns.collect::<Result<_, _>>()?,
            differences: differences(outcome, &basis)?,
            n_months: outcome.n_months,
            basis,
        })
    }

    /// The column `id` as the run kept it.
    pub fn column(&self, id: ColumnId) -> Result<&Sorted, Absent> {
        let found = self.columns.iter().find(|(column, _)| *column == id);
        found.map(|(_, sorted)| sorted).ok_or(Absent::NotKept)
    }

    /// A paired difference, if the run had a twin without the loop.
    pub fn difference(&self, id: Paired) -> Result<&Sorted, Absent> {
        if id == Paired::MaxDrawdown && self.basis.flows.money_in <= 0.0 {
            return Err(Absent::NothingPutIn);
        }
        let found = self.differences.iter().find(|(paired, _)| *paired == id);
        found.map(|(_, sorted)| sorted).ok_or(Absent::NoLoop)
    }

    /// What money, prices and assets mean.
    pub fn basis(&self) -> &Basis {
        &self.basis
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
    pub fn earned(&self, id: ColumnId) -> Result<&Sorted, Absent> {
        if self.basis.flows.money_in <= 0.0 {
            return Err(Absent::NothingPutIn);
        }
        self.column(id)
    }
}

/// What the loop changes on one path: the world with it less its twin, on the same draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paired {
    /// Wealth at the horizon, in money of the start.
    Wealth,
    /// Logarithm of wealth at the horizon; absent if some path has none.
    LogWealth,
    /// 1 where only the loop makes a loss, −1 where only the twin has one, else 0.
    Loss,
    /// Deepest fall of the unit value.
    MaxDrawdown,
}

fn differences(outcome: &Outcome, basis: &Basis) -> Result<Vec<(Paired, Sorted)>, Unusable> {
    let column = |id| outcome.column(id);
    let (Some(on), Some(off)) = (column(ColumnId::Wealth), column(ColumnId::LoopOffWealth)) else {
        return Ok(Vec::new());
    };
    let level = basis.price_levels[outcome.n_months as usize];
    let net_in = basis.flows.money_in - basis.flows.money_out;
    let least = ROUNDING * basis.flows.money_in;
    let is_lost = |wealth: f64| f64::from(u8::from(net_in - wealth / level > least));
    let paired = |of: &dyn Fn(f64) -> f64| -> Vec<f64> {
        on.iter().zip(off).map(|(a, b)| of(*a) - of(*b)).collect()
    };
    let mut columns = vec![
        (Paired::Wealth, paired(&|wealth| wealth / level)),
        (Paired::Loss, paired(&is_lost)),
    ];
    if on.iter().chain(off).all(|wealth| *wealth > 0.0) {
        // of the ratio, so that no unit of money enters
        let ratios = on.iter().zip(off).map(|(a, b)| ln(a / b)).collect();
        columns.push((Paired::LogWealth, ratios));
    }
    let falls = column(ColumnId::MaxDrawdown).zip(column(ColumnId::LoopOffMaxDrawdown));
    if let Some((on, off)) = falls {
        let difference = on.iter().zip(off).map(|(a, b)| a - b).collect();
        columns.push((Paired::MaxDrawdown, difference));
    }
    columns
        .into_iter()
        .map(|(id, values)| {
            let unusable = |why| Unusable::Column {
                id: ColumnId::LoopOffWealth,
                why,
            };
            Ok((id, Sorted::of(&values).map_err(unusable)?))
        })
        .collect()
}

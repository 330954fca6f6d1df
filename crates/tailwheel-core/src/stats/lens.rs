//! Conversion of a column's numbers into what a measure reports, such as a return per year or a loss.
//!
//! In: the declared view of a column, the data of a run. Out: [`Lens`], a function applied to samples, or the
//! reason why there is none. Not here: the columns (`data`).

use super::absent::Absent;
use super::basis::loss;
use super::data::Data;
use super::sample::Sample;
use crate::math::elementary::expm1;
use crate::math::values::Values;
use crate::math::{greater, inlined, ln};
use crate::record::View;
use crate::stage::Level;
use std::sync::Arc;

/// A monotone function that converts every number of a column to what a measure reports.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lens {
    Itself,
    Per(f64),
    AtLeast(f64),
    /// Yearly return over this number of years; the number of the column is the final value of an initial 1.
    Return(f64),
    /// Loss of this amount of money invested; the number of the column is the money returned. Both are real.
    Loss(f64),
}

impl Lens {
    pub fn of(data: &Data, seen: View) -> Result<Self, Absent> {
        let (basis, n_months, years) = (data.basis(), data.n_months(), data.years());
        let needs_year = || if n_months < 12 { Err(Absent::HorizonTooShort) } else { Ok(()) };
        let needs_money = || if basis.money_in <= 0.0 { Err(Absent::NothingPutIn) } else { Ok(()) };
        let returned = || {
            if years == 0.0 {
                return Err(Absent::HorizonTooShort);
            }
            needs_money().map(|()| Self::Return(years))
        };
        match seen {
            View::AsKept => Ok(Self::Itself),
            View::OfMoneyIn => needs_money().map(|()| Self::Itself),
            View::OfWholeYears => needs_year().map(|()| Self::Itself),
            View::OfWholeYearsOfMoneyIn => needs_year().and_then(|()| needs_money()).map(|()| Self::Itself),
            View::Rate => needs_money().map(|()| Self::AtLeast(-1.0)),
            View::Return => returned(),
            View::Loss => Ok(Self::Loss(basis.money_in)),
            View::LossOfTheFirstYear => needs_year().map(|()| Self::Loss(basis.money_in)),
            View::PerYear => Ok(Self::Per(years)),
            View::PerWholeYear => needs_year().map(|()| Self::Per(f64::from(n_months / 12))),
        }
    }

    /// Converts sorted samples to what the measure reports; the result is sorted too.
    pub fn sorted(self, column: &Arc<Sample>) -> Arc<Sample> {
        let apply = move |values: &mut [f64]| self.apply(values);
        match self {
            Self::Itself => Arc::clone(column),
            Self::Loss(_) => Arc::new(column.falling_by(apply)),
            _ => Arc::new(column.rising_by(apply)),
        }
    }

    /// Converts a column, in the order of its paths, to what the measure reports.
    pub fn in_order(self, column: &Values) -> Values {
        if let Self::Itself = self {
            return column.clone();
        }
        let seen = Values::derived(vec![column.clone()], move |columns, into| {
            into.copy_from_slice(columns[0]);
            self.apply(into);
        });
        seen.settled()
    }

    fn apply(self, values: &mut [f64]) {
        match self {
            Self::Itself => {}
            Self::Per(divisor) => map(values, inlined!(|value| value / divisor)),
            Self::AtLeast(least) => map(values, inlined!(|value| greater(value, least))),
            Self::Return(years) => map(values, inlined!(|value| return_of(value, years))),
            Self::Loss(money_in) => map(values, inlined!(|value| loss(money_in, value))),
        }
    }
}

/// Applies `function` to every number with the best SIMD level of this CPU; all levels give the same bits.
fn map(values: &mut [f64], function: impl Fn(f64) -> f64) {
    Level::detect().run(inlined!(|| {
        for value in values.iter_mut() {
            *value = function(*value);
        }
    }));
}

/// Returns the yearly return U^(1/years) − 1 of an initial 1 with the final value U; −1 after ruin.
#[inline(always)]
fn return_of(unit_value: f64, years: f64) -> f64 {
    // rounding may leave a ruined path slightly below zero
    let left = if unit_value > 0.0 { unit_value } else { 0.0 };
    expm1(ln(left) / years)
}

/// Converts a yearly return r for display: over less than a year to the total return, (1 + r)^(months/12) − 1.
pub fn as_shown(per_year: f64, months: u32) -> f64 {
    match months {
        0..12 => expm1(f64::from(months) / 12.0 * ln(1.0 + per_year)),
        _ => per_year,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::one_unit::of_one_unit;
    use super::super::{LEVEL, estimate_at};
    use super::*;
    use crate::engine::outcome::Column;
    use crate::record::{REAL_UNIT_VALUE, REAL_WEALTH, UNIT_VALUE, WEALTH};

    #[test]
    fn a_ruined_path_returns_minus_one() {
        for left in [0.0, -1e-17] {
            let column = |id| Column { id, values: vec![left; 3].into() };
            let columns = [WEALTH, UNIT_VALUE, REAL_WEALTH, REAL_UNIT_VALUE].map(column).to_vec();
            let (outcome, basis) = of_one_unit(120, columns);
            let data = Data::new(&outcome, basis).expect("usable");
            for id in ["cagr.p50", "cagr.real.p50"] {
                let found = estimate_at(&data, id, LEVEL).expect("known id").expect("kept");
                assert_eq!(found.value, -1.0, "{id}");
            }
        }
    }
}

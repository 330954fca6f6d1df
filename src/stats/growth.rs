//! Return per year and volatility of the unit value: what one unit put in at the start became.

use super::data::{Absent, Data};
use super::measure::{Better, Family, Scope, measure};
use super::sample::Sorted;
use crate::math::elementary::expm1;
use crate::math::ln;
use crate::record::{self, TrackId, UNIT_VALUE};
use std::borrow::Cow;

/// U^(1/years) − 1; −1 after ruin.
pub const RETURN: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| per_year(data, UNIT_VALUE, 1.0),
    better: Better::Higher,
    measures: &[
        measure!("cagr", "return per year", FractionPerYear, mean),
        measure!("cagr", "return per year", FractionPerYear, "p05" = 0.05),
        measure!("cagr", "return per year", FractionPerYear, "p50" = 0.50),
        measure!("cagr", "return per year", FractionPerYear, "p95" = 0.95),
    ],
};

/// The same after inflation.
pub const REAL_RETURN: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let price_level = data.price_level(data.n_months());
        per_year(data, UNIT_VALUE, price_level)
    },
    better: Better::Higher,
    measures: &[
        measure!(
            "cagr.real",
            "return per year after inflation",
            FractionPerYear,
            mean
        ),
        measure!(
            "cagr.real",
            "return per year after inflation",
            FractionPerYear,
            "p05" = 0.05
        ),
        measure!(
            "cagr.real",
            "return per year after inflation",
            FractionPerYear,
            "p50" = 0.50
        ),
        measure!(
            "cagr.real",
            "return per year after inflation",
            FractionPerYear,
            "p95" = 0.95
        ),
    ],
};

/// Of the simple monthly returns of a path, per year.
pub const VOLATILITY: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| data.earned(record::VOLATILITY).map(Cow::Borrowed),
    better: Better::Lower,
    measures: &[
        measure!("volatility", "volatility of a path", FractionPerYear, mean),
        measure!(
            "volatility",
            "volatility of a path",
            FractionPerYear,
            "p50" = 0.50
        ),
    ],
};

/// Return of the twin without the loop.
pub const LOOP_OFF_RETURN: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| per_year(data, UNIT_VALUE.without_feedback(), 1.0),
    better: Better::Higher,
    measures: &[
        measure!(
            "without_feedback.cagr",
            "return per year without the loop",
            FractionPerYear,
            "p05" = 0.05
        ),
        measure!(
            "without_feedback.cagr",
            "return per year without the loop",
            FractionPerYear,
            "p50" = 0.50
        ),
        measure!(
            "without_feedback.cagr",
            "return per year without the loop",
            FractionPerYear,
            "p95" = 0.95
        ),
    ],
};

fn per_year(data: &Data, id: TrackId, price_level: f64) -> Result<Cow<'_, Sorted>, Absent> {
    let years = data.years();
    if years == 0.0 {
        return Err(Absent::HorizonTooShort);
    }
    let unit_value = data.earned(id)?;
    Ok(Cow::Owned(unit_value.rising(
        #[inline(always)]
        |value| return_of(value, price_level, years),
    )))
}

/// What one unit gained per year if it became `unit_value` while prices rose to `price_level`.
#[inline(always)]
pub(super) fn return_of(unit_value: f64, price_level: f64, years: f64) -> f64 {
    // what is left of a ruined path may be a rounding error below zero
    let left = if unit_value > 0.0 { unit_value } else { 0.0 };
    expm1(ln(left / price_level) / years)
}

#[cfg(test)]
mod tests {
    use super::super::data::{Basis, Flows};
    use super::super::evaluate;
    use super::*;
    use crate::engine::outcome::{Column, Outcome};

    /// Medians of the nominal and the real return of a path on which one unit became `unit_value`.
    fn returns(unit_value: f64, n_months: u32, price_level: f64) -> (f64, f64) {
        let column = |id| Column {
            id,
            values: vec![unit_value; 3],
        };
        let outcome = Outcome {
            n_paths: 3,
            n_months,
            money_in: 1.0,
            columns: vec![column(record::WEALTH), column(UNIT_VALUE)],
            series: Vec::new(),
            sample_paths: Vec::new(),
            co_movement: None,
        };
        let flows = Flows {
            money_in: 1.0,
            money_out: 0.0,
        };
        let basis = Basis {
            flows,
            flows_year1: flows,
            price_levels: vec![price_level; n_months as usize + 1],
            asset_names: Vec::new(),
            has_events: true,
        };
        let found = evaluate(&Data::new(&outcome, basis).expect("usable"));
        let value = |id: &str| {
            let measure = found.iter().find(|found| found.id == id).expect("known id");
            measure.result.expect("kept").value
        };
        (value("cagr.p50"), value("cagr.real.p50"))
    }

    #[test]
    fn doubling_in_ten_years_is_seven_percent_a_year() {
        let (nominal, real) = returns(2.0, 120, 1.25);
        assert!((nominal - 0.0717734625362931).abs() < 1e-15);
        assert!((real - 0.0481223894689578).abs() < 1e-15);
    }

    #[test]
    fn one_year_returns_what_the_unit_gained() {
        assert!((returns(1.284, 12, 1.0).0 - 0.284).abs() < 1e-15);
        assert_eq!(returns(1.0, 12, 1.0).0, 0.0);
    }

    #[test]
    fn a_ruined_path_returns_minus_one() {
        for left in [0.0, -1e-17] {
            assert_eq!(returns(left, 120, 1.25), (-1.0, -1.0));
        }
    }
}

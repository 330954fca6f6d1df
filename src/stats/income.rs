//! Net income towards the end, in money of its day and in money of the start.

use super::data::Data;
use super::measure::{Better, Family, Scope, distribution, measure};
use crate::record::INCOME_TERMINAL;
use std::borrow::Cow;

/// Mean of the last twelve months, nominal.
pub const TERMINAL: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| data.column(INCOME_TERMINAL).map(Cow::Borrowed),
    better: Better::Higher,
    measures: distribution!(
        "income.terminal",
        "net income per month over the last year",
        MoneyPerMonth
    ),
};

/// As if it came evenly over those months, divided by their price levels.
pub const REAL: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let in_money_of_the_start = of_the_last_year(data);
        let income = data.column(INCOME_TERMINAL)?;
        Ok(Cow::Owned(
            income.rising(|value| value * in_money_of_the_start),
        ))
    },
    better: Better::Higher,
    measures: &[
        measure!(
            "income.terminal.real",
            "net income per month over the last year in money of the start",
            MoneyPerMonth,
            mean
        ),
        measure!(
            "income.terminal.real",
            "net income per month over the last year in money of the start",
            MoneyPerMonth,
            "p05" = 0.05
        ),
        measure!(
            "income.terminal.real",
            "net income per month over the last year in money of the start",
            MoneyPerMonth,
            "p50" = 0.50
        ),
        measure!(
            "income.terminal.real",
            "net income per month over the last year in money of the start",
            MoneyPerMonth,
            "p95" = 0.95
        ),
    ],
};

/// Mean of 1/price level over the last twelve months, or over all if they are fewer.
fn of_the_last_year(data: &Data) -> f64 {
    let months = data.n_months();
    let last = months.saturating_sub(11).max(1).min(months)..=months;
    let n = last.clone().count() as f64;
    last.map(|month| 1.0 / data.price_level(month)).sum::<f64>() / n
}

//! Net worth at the horizon, in money of its day and in money of the start.

use super::data::Data;
use super::measure::{Better, Family, Scope, distribution, measure};
use crate::record::WEALTH;
use std::borrow::Cow;

/// Nominal.
pub const NOMINAL: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| data.column(WEALTH).map(Cow::Borrowed),
    better: Better::Higher,
    measures: distribution!("wealth.terminal", "wealth at the end", Money),
};

/// Divided by the price level at the horizon.
pub const REAL: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let level = horizon_level(data);
        let wealth = data.column(WEALTH)?;
        Ok(Cow::Owned(wealth.rising(|value| value / level)))
    },
    better: Better::Higher,
    measures: distribution!(
        "wealth.terminal.real",
        "wealth at the end in money of the start",
        Money
    ),
};

fn horizon_level(data: &Data) -> f64 {
    data.price_level(data.n_months())
}

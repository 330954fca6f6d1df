//! Net income towards the end.

use super::measure::{Better, Family, Scope, distribution, measure};
use crate::engine::outcome::ColumnId;
use std::borrow::Cow;

/// Mean of the last twelve months, nominal.
pub const TERMINAL: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| data.column(ColumnId::IncomeTerminal).map(Cow::Borrowed),
    better: Better::Higher,
    measures: distribution!(
        "income.terminal",
        "net income per month over the last year",
        MoneyPerMonth
    ),
};

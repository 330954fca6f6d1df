//! Losses: what was put in, less what came out and what is left, in money of the start.

use super::data::{Absent, Data, Flows};
use super::measure::{Better, Family, Measure, Scope, Unit};
use super::sample::Sorted;
use super::statistic::Statistic;
use crate::record::{WEALTH, WEALTH_YEAR1};
use std::borrow::Cow;

/// L = I − O − W_T.
pub const HORIZON: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let wealth = data.column(WEALTH)?;
        Ok(Cow::Owned(loss(
            data,
            wealth,
            data.n_months(),
            data.basis().flows,
        )))
    },
    better: Better::Lower,
    measures: &[
        Measure {
            id: "loss.probability",
            title: "you got back less than you put in",
            unit: Unit::Probability,
            doc: "Share of paths with L > 0, L = money in − money out − wealth at the end, in money \
                  of the start; interval of Clopper & Pearson (1934).",
            statistic: Statistic::Above,
            at: 0.0,
        },
        value_at_risk("value_at_risk.95", "value at risk 95 %", 0.95),
        value_at_risk("value_at_risk.99", "value at risk 99 %", 0.99),
        shortfall("expected_shortfall.95", "expected shortfall 95 %", 0.95),
        shortfall("expected_shortfall.99", "expected shortfall 99 %", 0.99),
    ],
};

/// The same after twelve months, at the level of insurance regulation.
pub const YEAR_1: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let id = match data.n_months() {
            0..12 => return Err(Absent::HorizonTooShort),
            12 => WEALTH,
            _ => WEALTH_YEAR1,
        };
        let wealth = data.column(id)?;
        Ok(Cow::Owned(loss(data, wealth, 12, data.basis().flows_year1)))
    },
    better: Better::Lower,
    measures: &[
        value_at_risk(
            "value_at_risk.year1.995",
            "value at risk 99.5 %, first year",
            0.995,
        ),
        shortfall(
            "expected_shortfall.year1.995",
            "expected shortfall 99.5 %, first year",
            0.995,
        ),
    ],
};

/// A loss or gain below this share of the money put in is a rounding of the deflation: cash that
/// earns just the inflation loses nothing.
pub(super) const ROUNDING: f64 = 1e-9;

/// Losses of paths whose wealth at `month` is given, rising.
pub(super) fn loss(data: &Data, wealth: &Sorted, month: u32, flows: Flows) -> Sorted {
    let level = data.price_level(month);
    wealth.falling(|value| flows.loss(value / level))
}

const fn value_at_risk(id: &'static str, title: &'static str, level: f64) -> Measure {
    Measure {
        id,
        title,
        unit: Unit::Money,
        doc: "L_(⌈np⌉), the loss not exceeded with probability p, in money of the start; interval \
              by binomial ranks (Jorion, Value at Risk, 3rd ed., §5; David & Nagaraja §7.1).",
        statistic: Statistic::Quantile,
        at: level,
    }
}

const fn shortfall(id: &'static str, title: &'static str, level: f64) -> Measure {
    Measure {
        id,
        title,
        unit: Unit::Money,
        doc: "Mean of the worst n(1 − p) losses, the one at the edge counted in part, in money of \
              the start (Acerbi & Tasche 2002; error by Chen 2008).",
        statistic: Statistic::Shortfall,
        at: level,
    }
}

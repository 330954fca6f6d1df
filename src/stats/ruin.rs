//! Ruin: an obligation that could not be met.

use super::measure::{Better, Family, Measure, Scope, Unit};
use super::statistic::Statistic;
use crate::record::WEALTH;
use std::borrow::Cow;

/// Nothing in the model has to be paid yet, so the probability is zero by construction and the
/// note says so.
pub const RUIN: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| data.column(WEALTH).map(Cow::Borrowed),
    better: Better::Lower,
    measures: &[Measure {
        id: "ruin.probability",
        title: "ruin",
        unit: Unit::Probability,
        doc: "Share of paths on which an obligation could not be met before the horizon; 0 where \
              there are no obligations (definition).",
        statistic: Statistic::NoObligations,
        at: 0.0,
    }],
};

//! Ruin: an obligation that could not be met.

use super::estimate::{Estimate, Note};
use super::measure::{Family, Measure, Scope, Unit};
use super::sample::Sorted;
use crate::engine::outcome::ColumnId;
use std::borrow::Cow;

/// Nothing in the model has to be paid yet, so the probability is zero by construction and the
/// note says so.
pub const RUIN: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| data.column(ColumnId::Wealth).map(Cow::Borrowed),
    measures: &[Measure {
        id: "ruin.probability",
        title: "ruin",
        unit: Unit::Probability,
        doc: "Share of paths on which an obligation could not be met before the horizon; 0 where \
              there are no obligations (definition).",
        statistic: without_obligations,
        at: 0.0,
    }],
};

fn without_obligations(sample: &Sorted, _: f64) -> Estimate {
    Estimate::bare(0.0, sample.n(), Some(Note::NoObligations))
}

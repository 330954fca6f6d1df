//! What a kind says of its month, for the plan to post: how it grows, what it earns.
//!
//! In: coefficients and rows of a kind. Out: [`Earning`]. Not here: the postings (`revalue`, `pay`).

use crate::stage::Row;

/// A coefficient that is one number, or one per path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coefficient {
    Same(f64),
    PerPath(Row),
}

/// What happens to a holding in every month, before its market, its owner and the events of the world have
/// their part in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Earning {
    /// Expected factor of the price.
    pub growth: Coefficient,
    /// What it pays; nothing if it never does.
    pub income: Option<Income>,
}

/// Gross income of a month, per unit of start-of-month value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Income {
    pub rate: Coefficient,
    /// Row by which the month differs from its expectation, mean 1.
    pub factor: Option<Row>,
}

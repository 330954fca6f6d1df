//! What a kind says of its month, for the plan to post: how it grows, what it earns.
//!
//! In: coefficients and rows of a kind. Out: [`Earning`]. Not here: the postings (`revalue`, `pay`).

use super::Lever;
use crate::market::STEPS_PER_YEAR;
use crate::stage::{Coefficient, Row};

/// What happens to a holding in every month, before its market, its owner and the events of the world have
/// their part in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Earning {
    /// Expected factor of the price.
    pub growth: Coefficient,
    /// What it pays; nothing if it never does.
    pub income: Option<Income>,
    /// Its units, if it has any.
    pub units: Option<UnitRows>,
    /// How much of it is in its market, if that is not just its value.
    pub lever: Option<Lever>,
    /// What there is to look after.
    pub tended: Tended,
    /// Of a business: what a buyer pays for it on day one, as a part of its value.
    pub asked: Option<Row>,
}

/// Rows that say how much there is to look after, of the start of the month, at the end of `Phase::Trough`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tended {
    /// One of them is 0 where nothing is left.
    pub runs: [Row; 2],
    /// Counts of units, whose sum it is; 1 without any.
    pub counts: [Option<Row>; 2],
}

impl Tended {
    /// One thing, while these rows are not 0.
    pub const fn one(runs: [Row; 2]) -> Self {
        let counts = [None, None];
        Self { runs, counts }
    }
}

/// Counts of the units of a fleet. What is none of the three is closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitRows {
    pub healthy: Row,
    /// Decayed, and not found.
    pub decayed: Row,
    /// Being seeded anew.
    pub down: Row,
    /// Healthy ones that an event of the month made decay: whoever takes them from `healthy` adds them here, and the
    /// fleet sets it to zero.
    pub fallen: Row,
    /// Units on day one.
    pub all: f64,
    /// What a healthy unit loses by decaying, of what it earns.
    pub lost_by_decay: Coefficient,
    /// How much more healthy units earn than at first, if tests raise it: all of that goes where units fall.
    pub lift: Option<Row>,
    /// Sums of the sizes of the healthy units, those in `fallen` among them, and of the decayed ones, if units differ in size.
    pub sizes: Option<[Row; 2]>,
}

/// Gross income of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Income {
    /// `rate` per unit of start-of-month value; where the month differs from its expectation, by the row `factor`
    /// of mean 1.
    OfValue { rate: Coefficient, factor: Option<Row> },
    /// Money, as a row has it in `Phase::Earn`, before `costs` are taken off it, which no burden lessens. From then on the
    /// row has what is left; below zero that is a loss, which the owner pays with his costs, if the kind says that it
    /// can be. `revenue` is what customers pay where the row is net of what their custom costs: of that a provider who asks for
    /// more takes his part.
    Money { row: Row, costs: Option<Row>, revenue: Option<Row> },
}

/// What a unit of value brings if all that it pays is taken out, and nothing is random.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    /// 1, 2, …
    pub number: u32,
    /// Income of the year.
    pub income: f64,
    /// What is left of the unit at its end.
    pub value: f64,
}

impl Year {
    /// The years that `months` fill.
    pub fn of(months: &[Expected]) -> Vec<Self> {
        let mut value = 1.0;
        let years = (1..).zip(months.chunks_exact(STEPS_PER_YEAR as usize));
        let years = years.map(|(number, months)| {
            let mut income = 0.0;
            for month in months {
                income += value * month.income;
                value *= month.growth;
            }
            Self { number, income, value }
        });
        years.collect()
    }
}

/// What a unit of value does in a month if nothing is random: the market surprises nobody, what is not known has
/// its median, what varies its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Factor of its value.
    pub growth: f64,
    /// What it pays, per unit of start-of-month value.
    pub income: f64,
}

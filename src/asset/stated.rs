//! How far what an asset earns in its first month on a path lies from what the scenario states at the median.
//!
//! In: rows that the plan fills when a block opens. Out: [`Stated`]. Not here: which keys are drawn (`plan`).
//!
//! ```text
//! factor = net income of the first month on this path / the same with every range at its median
//! bought   V_0 is what was paid, at the median: the path yields factor·m
//! built    V once it stands is factor·V_0: a buyer pays for what it earns
//! ```

use crate::stage::Row;

/// Rows of one number per path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    /// Net income of the first month, in that at the median; 0 where its costs leave nothing.
    pub factor: Row,
    /// The part of its revenue that is spent whatever comes in, where that is drawn.
    pub fixed_costs: Option<Row>,
    /// What a deal with a brand brings, in months of revenue, where that is drawn.
    pub deal: Option<Row>,
    /// True if it is launched and has no value on day one.
    pub is_built: bool,
}

impl Stated {
    /// The factor of the return per unit of value, which what is built has in its value.
    pub fn of_return(stated: Option<Self>) -> Option<Row> {
        stated.filter(|stated| !stated.is_built).map(|stated| stated.factor)
    }

    /// The factor of the value once it stands, of what is built.
    pub fn of_value(stated: Option<Self>) -> Option<Row> {
        stated.filter(|stated| stated.is_built).map(|stated| stated.factor)
    }
}

//! Income of an asset's first month on a path, relative to the median that the scenario states.
//!
//! In: rows that the plan fills when a block opens. Out: [`FirstIncome`]. Not here: which keys are drawn
//! (`plan`).
//!
//! ```text
//! factor = net income of the first month on this path / the same with every range at its median
//! bought   V_0 is what was paid, at the median: the path yields factor·m
//! built    V once it stands is factor·V_0: a buyer pays for what it earns
//! ```

use super::Slot;
use crate::stage::Row;

/// Rows with one number per path that describe the drawn income of the first month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstIncome {
    /// Net income of the first month relative to its median; 0 where costs leave no income.
    pub factor: Row,
    /// Fixed costs as a fraction of revenue; `None` if they are not drawn.
    pub fixed_costs: Option<Row>,
    /// Income from one brand deal, in months of revenue; `None` if it is not drawn.
    pub deal: Option<Row>,
}

impl Slot {
    /// Factor on the return per unit of value on each path. `None` for a built asset, whose value takes the
    /// factor instead.
    pub(super) fn factor_of_return(&self) -> Option<Row> {
        self.stated.filter(|_| !self.is_built).map(|stated| stated.factor)
    }

    /// Factor on the value at launch; `None` unless the asset is built.
    pub(super) fn factor_of_value(&self) -> Option<Row> {
        self.stated.filter(|_| self.is_built).map(|stated| stated.factor)
    }
}

//! What a run leaves behind: per-path columns, series over time, a few whole paths.
//!
//! In: records of blocks (`record`). Out: [`Outcome`]. Not here: estimates and their errors (`stats`).

/// What a column holds, one number per path. Money is in the scenario's currency, nominal unless
/// said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnId {
    /// Net worth at the horizon.
    Wealth,
    /// Net worth at the end of month 12 (absent when the horizon is shorter).
    WealthYear1,
    /// Unit value U at the horizon: growth of one unit put in at the start (1 = nothing gained).
    UnitValue,
    /// Deepest fall of the unit value below its running maximum, a fraction in [0, 1].
    MaxDrawdown,
    /// Sample standard deviation of the simple monthly returns of U, times √12.
    Volatility,
    /// 1 where an obligation could not be met before the horizon, else 0.
    Ruined,
    /// Mean net income per month over the last 12 months.
    IncomeTerminal,
    /// Value of asset `i` (canonical order) at the horizon.
    AssetValue(u16),
}

/// One number per path, in path order.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub id: ColumnId,
    pub values: Vec<f64>,
}

/// Outcome of a run; everything `stats` and `chart` need, nothing that depends on how it was run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub n_paths: usize,
    pub n_months: u32,
    pub columns: Vec<Column>,
    /// Wealth of the first few paths, month 0 … `n_months`, to draw among the bands.
    pub sample_paths: Vec<Vec<f64>>,
}

impl Outcome {
    /// The column `id`, if this run kept it.
    pub fn column(&self, id: ColumnId) -> Option<&[f64]> {
        self.columns
            .iter()
            .find(|column| column.id == id)
            .map(|column| column.values.as_slice())
    }
}

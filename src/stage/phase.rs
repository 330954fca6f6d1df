//! Order of operations inside a month.

/// When in the month a stage runs. The order of the variants is the order of operations; within
/// a phase, stages run in canonical order (kind of object, then name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Once per path, before the first month: parameters that are drawn and then stay.
    Open,
    /// Exogenous surprises of the markets.
    Shock,
    /// Agents sell, and their sales make others sell; only in the world with the loop.
    Crash,
    /// Assets take the market's return; start-of-month values are kept before that.
    Revalue,
    /// Operations: decay, churn, ageing.
    Operate,
    /// Income on start-of-month values.
    Earn,
    /// Surplus: rebalancing first, then reinvestment.
    Invest,
}

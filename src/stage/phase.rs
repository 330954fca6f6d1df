//! Order of operations inside a month.

/// When in the month a stage runs. The order of the variants is the order of operations; within one, stages
/// run in the order in which the objects of a plan are built, which is canonical: kind of object, then name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Once per path, before the first month: parameters that are drawn and then stay.
    Open,
    /// Exogenous surprises of the markets.
    Shock,
    /// Agents sell, and their sales make others sell; only in the world with the loop.
    Crash,
    /// What falls that have not recovered do to incomes; only in the world with the loop.
    Strain,
    /// Assets take the market's return, jumps and forced sales included; start-of-month values are kept before
    /// that.
    Revalue,
    /// Where the sum of all assets stood lowest within the month.
    Trough,
    /// What strikes single holdings: exploits, bans, outages.
    Loss,
    /// Operations: decay, churn, ageing.
    Operate,
    /// Interest on the cash of the start of the month.
    Interest,
    /// Income on start-of-month values.
    Earn,
    /// Covers pay, and see what they have to pay for.
    Claim,
    /// Tax on the month's income.
    Tax,
    /// Costs of the owner.
    Cost,
    /// What the owner lives on, and other amounts at known dates.
    Spend,
    /// Taxes of the year are settled.
    Settle,
    /// What the account lacks is raised by selling; what is still owed then is ruin.
    Shortfall,
    /// Movable assets go back to their weights.
    Rebalance,
    /// Surplus buys movable assets.
    Reinvest,
    /// What is done for the next month: custody.
    Prepare,
}

//! Order of operations inside a month.

/// Place of a stage in the month. The variants stand in the order of operations. Within a phase, stages run
/// in the canonical order in which objects are built: kind of object, then name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Once per path, before the first month: parameters that are drawn and stay fixed.
    Open,
    /// Exogenous price moves of the markets.
    Shock,
    /// Agents sell, and their sales trigger other sales. Skipped in the run without agents.
    Crash,
    /// Falls that have not recovered reduce incomes. Skipped in the run without agents.
    Strain,
    /// Assets take the market's return, including jumps and forced sales. Values at the start of the month
    /// are kept first.
    Revalue,
    /// The intramonth low of all holdings together is recorded.
    Low,
    /// Loss events hit single holdings: exploits, bans, outages.
    Loss,
    /// Operations change: decay, churn, aging.
    Operate,
    /// Interest on the cash held at the start of the month.
    Interest,
    /// Income on values at the start of the month.
    Earn,
    /// Insurance pays the amounts due and records new losses.
    Claim,
    /// Tax on the month's income.
    Tax,
    /// Costs of the owner: compliance, hours, insurance premiums, claims for damages.
    Cost,
    /// The owner's spending, and other amounts at known dates.
    Spend,
    /// Taxes of the closed period are settled.
    Settle,
    /// Assets are sold to cover a negative account. If it stays negative, the owner is ruined.
    Shortfall,
    /// Tradable assets return to their target weights.
    Rebalance,
    /// Excess cash buys tradable assets.
    Reinvest,
    /// Preparations for the next month, such as custody.
    Prepare,
}

//! Causes of postings: the closed list of reasons why money moves.

/// The cause of a posting between an inner account and the outside world.
///
/// A multiplicative change of value is split in the order of this list on the running value: drift, shock,
/// jump, impermanent loss, agent selling (`Loop`). Shock and jump include their compensation, so both have
/// expectation 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Opening balance: the value on day one.
    Opening,
    /// Expected price growth.
    Drift,
    /// The market's diffusive shock.
    Shock,
    /// The market's jumps.
    Jump,
    /// Impermanent loss: shortfall of a pool of two coins against holding the two coins.
    ImpermanentLoss,
    /// Price impact of agent selling, and the recovery from it.
    Loop,
    /// Loss by an event, such as an exploit or a claim for damages.
    Event,
    /// Steady loss of value by closures, aging or saturation; for a business, any change of its earning
    /// power.
    Decay,
    /// Price paid for a business on day one above the value of its future income to a buyer.
    Overpaid,
    /// Value of a launched business once it is in operation.
    Launch,
    /// Cash earned by an asset or an account.
    Income,
    /// Cost of bookkeeping, compliance and moving.
    Cost,
    /// Insurance premiums.
    Premium,
    /// Insurance payouts, paid or owed.
    Payout,
    /// Taxes on income and realized gains.
    Tax,
    /// The owner's spending and other payments that are due.
    Spending,
    /// Contributions of new money.
    Contribution,
    /// Transaction costs of buying and selling.
    Haircut,
    /// Debts that were due and could not be paid.
    Unpaid,
}

impl Cause {
    /// Every cause, in the order in which reports list them.
    pub const ALL: [Self; 19] = [
        Self::Opening,
        Self::Drift,
        Self::Shock,
        Self::Jump,
        Self::ImpermanentLoss,
        Self::Loop,
        Self::Event,
        Self::Decay,
        Self::Overpaid,
        Self::Launch,
        Self::Income,
        Self::Cost,
        Self::Premium,
        Self::Payout,
        Self::Tax,
        Self::Spending,
        Self::Contribution,
        Self::Haircut,
        Self::Unpaid,
    ];

    /// Returns the id of the cause in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Drift => "drift",
            Self::Shock => "shock",
            Self::Jump => "jump",
            Self::ImpermanentLoss => "impermanent-loss",
            Self::Loop => "loop",
            Self::Event => "event",
            Self::Decay => "decay",
            Self::Overpaid => "overpaid",
            Self::Launch => "launch",
            Self::Income => "income",
            Self::Cost => "cost",
            Self::Premium => "premium",
            Self::Payout => "payout",
            Self::Tax => "tax",
            Self::Spending => "spending",
            Self::Contribution => "contribution",
            Self::Haircut => "haircut",
            Self::Unpaid => "unpaid",
        }
    }
}

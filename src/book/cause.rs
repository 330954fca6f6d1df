//! Why money moved: the closed list of causes.

/// The cause of a posting between an inner account and the world.
///
/// A multiplicative change of value is split in the order of this list on the running value:
/// drift, shock, jump, impermanent loss, loop. Shock and jump carry their compensation, so both have expectation 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// What was there on day one.
    Opening,
    /// Expected price growth.
    Drift,
    /// The market's diffusive surprise.
    Shock,
    /// The market's jumps.
    Jump,
    /// What a pool of two coins lacks of the two held side by side.
    ImpermanentLoss,
    /// What agents did to prices by selling together, and its recovery.
    Loop,
    /// What an event took: an exploit, a claim for damages.
    Event,
    /// Steady loss of value: shutdown, ageing, saturation; of a business what became of its power to earn.
    Decay,
    /// What was paid for a business on day one beyond what is to come of it is worth to a buyer.
    Overpaid,
    /// What a business is worth that was launched, once it stands.
    Launch,
    /// Cash that an asset or an account earned.
    Income,
    /// What it costs to keep the books in order, and to move.
    Cost,
    /// What cover costs.
    Premium,
    /// What insurers pay, or owe.
    Payout,
    /// What the state takes of income and of realised gains.
    Tax,
    /// What the owner lives on, and what else had to be paid.
    Spending,
    /// Money that came from elsewhere.
    Contribution,
    /// Lost in buying and selling.
    Haircut,
    /// What was owed and could not be paid.
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

    /// The word that reports use.
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

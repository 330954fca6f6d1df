//! Causes of postings: the closed list of reasons why money moves.

/// Declares the causes of postings with their ids, in the order in which reports list them.
macro_rules! causes {
    ($($(#[$doc:meta])* $cause:ident = $id:literal,)*) => {
        /// The cause of a posting between an account of the owner and the outside world.
        ///
        /// A multiplicative change of value is split in the order of this list on the running value: drift, shock,
        /// jump, impermanent loss, agent selling (`Loop`). Shock and jump include their compensation, so both have
        /// expectation 0.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Cause {
            $($(#[$doc])* $cause,)*
        }

        impl Cause {
            /// Every cause, in the order in which reports list them.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$cause),*];

            /// Returns the id by which reports name the cause.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$cause => $id,)*
                }
            }
        }
    };
}

causes! {
    /// Opening balance: the value on day one.
    Opening = "opening",
    /// Expected price growth.
    Drift = "drift",
    /// The market's diffusive shock.
    Shock = "shock",
    /// The market's jumps.
    Jump = "jump",
    /// Impermanent loss: shortfall of a pool of two coins against holding the two coins.
    ImpermanentLoss = "impermanent-loss",
    /// Price impact of agent selling, and the recovery from it.
    Loop = "loop",
    /// Loss by an event, such as an exploit or a claim for damages.
    Event = "event",
    /// Steady loss of value by closures, aging or saturation; for a business, any change of its earning
    /// power.
    Decay = "decay",
    /// Price paid for a business on day one above the value of its future income to a buyer.
    Overpaid = "overpaid",
    /// Value of a launched business once it is in operation.
    Launch = "launch",
    /// Cash earned by an asset or an account.
    Income = "income",
    /// Cost of bookkeeping, compliance and moving.
    Cost = "cost",
    /// Insurance premiums.
    Premium = "premium",
    /// Insurance payouts, paid or owed.
    Payout = "payout",
    /// Taxes on income and realized gains.
    Tax = "tax",
    /// The owner's spending and other payments that are due.
    Spending = "spending",
    /// Contributions of new money.
    Contribution = "contribution",
    /// Transaction costs of buying and selling.
    Haircut = "haircut",
    /// Debts that were due and could not be paid.
    Unpaid = "unpaid",
}

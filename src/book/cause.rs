//! Why money moved: the closed list of causes.

/// The cause of a posting between an inner account and the world.
///
/// A multiplicative change of value is split in the order of this list on the running value:
/// drift, shock, jump, loop. Shock and jump carry their compensation, so both have expectation 0.
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
    /// What agents did to prices by selling together, and its recovery.
    Loop,
    /// Steady loss of value: shutdown, ageing, saturation.
    Decay,
    /// Cash that an asset or an account earned.
    Income,
    /// Lost in buying and selling.
    Haircut,
}

impl Cause {
    /// Every cause, in the order in which reports list them.
    pub const ALL: [Self; 8] = [
        Self::Opening,
        Self::Drift,
        Self::Shock,
        Self::Jump,
        Self::Loop,
        Self::Decay,
        Self::Income,
        Self::Haircut,
    ];

    /// The word that reports use.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Drift => "drift",
            Self::Shock => "shock",
            Self::Jump => "jump",
            Self::Loop => "loop",
            Self::Decay => "decay",
            Self::Income => "income",
            Self::Haircut => "haircut",
        }
    }
}

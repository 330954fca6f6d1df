//! Who a random number belongs to.
//!
//! In: seed, purpose, name. Out: [`Address`]. Not here: the generators.

/// What a draw is used for. The values are part of the value contract: never reuse or renumber one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u64)]
pub enum Purpose {
    /// Normal shock of a market in a month.
    Shock = 1,
    /// Mixing variable of a t copula in a month.
    Mixing = 2,
    /// Uncertain parameter, drawn once per path.
    Parameter = 3,
    /// State of a regime: the first, and its transitions.
    Regime = 4,
    /// Number of jumps of a market in a month.
    JumpCount = 5,
    /// Sizes of those jumps.
    JumpSize = 6,
    /// Whether or how often an event strikes in a month.
    EventCount = 7,
    /// How hard it strikes, and what else is drawn about one occurrence.
    EventSize = 8,
    /// Thresholds of the agents of a cluster in a month.
    Threshold = 9,
    /// Agents that act on a hallucination.
    Hallucination = 10,
    /// Which historical block a bootstrap takes.
    Bootstrap = 11,
    /// Units of a fleet that decay.
    Decay = 12,
    /// Decayed units that an audit finds.
    Audit = 13,
    /// Customers, downloads, sales: a count of demand.
    Demand = 14,
    /// Customers who leave.
    Churn = 15,
    /// Whether an insurer pays.
    Insurer = 16,
    /// Yield that moves by itself.
    Yield = 17,
    /// Where that yield starts.
    YieldStart = 18,
    /// What the uncertain parameters of a path have in common.
    CommonParameter = 19,
    /// How a month's crash recovers.
    Recovery = 20,
    /// Nothing: the row is computed from others.
    Derived = 21,
    /// What the shock of an asset does not share with its market.
    OwnShock = 22,
    /// Whatever a test or an experiment draws; no kind uses it.
    Experiment = 1000,
}

/// Whose random numbers: `name` is the [`name_key`] of a market, an asset, an event, a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    pub seed: u64,
    pub purpose: Purpose,
    pub name: u64,
}

impl Address {
    /// The draws of `name` for `purpose`.
    pub fn new(seed: u64, purpose: Purpose, name: &str) -> Self {
        Self {
            seed,
            purpose,
            name: name_key(name),
        }
    }
}

/// FNV-1a-64 of the bytes of `name` (Fowler, Noll, Vo). Whoever collects names must refuse two
/// different ones with the same key.
pub const fn name_key(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::name_key;

    #[test]
    fn name_keys_are_the_published_fnv_1a_values() {
        assert_eq!(name_key(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(name_key("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(name_key("foobar"), 0x8594_4171_f739_67e8);
    }
}

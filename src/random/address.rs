//! Who a random number belongs to.
//!
//! In: seeds, purpose, kind and name of an object. Out: [`Address`]. Not here: the generators.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    // 11 was never drawn
    /// Units of a fleet that decay.
    Decay = 12,
    /// Decayed units that are looked at.
    Audit = 13,
    /// Customers, downloads, sales: a count of demand.
    Demand = 14,
    /// Customers who leave, units that are closed.
    Churn = 15,
    /// Whether an insurer pays.
    Insurer = 16,
    /// Yield that moves by itself.
    Yield = 17,
    /// Where that yield starts.
    YieldStart = 18,
    // 19 was what uncertain parameters have in common, before a parameter's address had its key
    /// How a month's crash recovers.
    Recovery = 20,
    /// Nothing: the row is computed from others.
    Derived = 21,
    /// What the shock of an asset does not share with its market.
    OwnShock = 22,
    /// Whether something that is let is let in a month.
    Tenancy = 30,
    /// What a brand pays for a deal.
    BrandDeal = 27,
    /// New works of a month.
    Release = 28,
    /// What the best of them earns.
    ReleaseIncome = 29,
    /// Whether a provider of a product raises its price, and how far.
    Repricing = 24,
    /// Luck of what earns: how far a month's income is from its mean.
    Luck = 23,
    /// Whether who looks also sees.
    Detection = 33,
    /// What is closed for good of what earns less than it could.
    Closure = 34,
    /// Number of ranking updates of a month.
    UpdateCount = 35,
    /// What they do to visits.
    UpdateSize = 36,
    /// Visits of a month around what is expected of them.
    Visits = 37,
    /// Whether a position has touched the price at which its lender sells.
    Liquidation = 38,
    /// Whether what is launched ever earns.
    Launch = 40,
    /// The short rate of a month.
    ShortRate = 45,
    /// A rate of exchange of a month.
    Exchange = 46,
    /// The rate of inflation of the month after it.
    Inflation = 50,
    /// Whether units of a fleet to which something happens are large ones.
    UnitSize = 52,
    /// What the other side of a pair of coins does not share with the asset.
    PairShock = 61,
    /// Whatever a test or an experiment draws; no kind uses it.
    Experiment = 1000,
}

/// Kind of the object that draws. The values are part of the value contract.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[repr(u64)]
pub enum ObjectKind {
    /// What belongs to no single object: the regime, the copula, the crowd of all agents.
    World = 0,
    /// The owner's account and what stands in it.
    Owner = 1,
    /// A market.
    Market = 2,
    /// Agents that sell together.
    Cluster = 3,
    /// A holding.
    Asset = 4,
    /// What the owner does with the holdings.
    Policy = 5,
    /// Money that comes from elsewhere or goes at known dates.
    Flow = 6,
    /// What strikes holdings or their owner.
    Event = 7,
    /// What the holdings are compared with.
    Benchmark = 8,
}

/// What all random numbers of a run are derived from.
///
/// Two seeds, equal unless a scenario says otherwise: with one of them alone changed, the spread of
/// outcomes is that of what is not known, or that of what varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Written")]
pub struct Seeds {
    /// Of what varies from month to month.
    #[serde(rename = "seed")]
    pub world: u64,
    /// Of what is not known and is drawn once per path.
    #[serde(rename = "parameter_seed")]
    pub parameters: u64,
}

impl Seeds {
    /// One seed for both.
    pub const fn one(seed: u64) -> Self {
        Self { world: seed, parameters: seed }
    }
}

/// Seeds as documents may have them.
#[derive(Deserialize, JsonSchema)]
struct Written {
    seed: u64,
    /// Of documents that know one seed, nothing.
    parameter_seed: Option<u64>,
}

impl From<Written> for Seeds {
    fn from(written: Written) -> Self {
        Self { world: written.seed, parameters: written.parameter_seed.unwrap_or(written.seed) }
    }
}

impl std::fmt::Display for Seeds {
    /// `seed 2027`, or `seed 2027, of parameters 7`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "seed {}", self.world)?;
        match self.parameters == self.world {
            true => Ok(()),
            false => write!(f, ", of parameters {}", self.parameters),
        }
    }
}

/// Whose random numbers: of an object, by its kind and the [`name_key`] of its name, for a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    pub seed: u64,
    /// [`Purpose`], and [`ObjectKind`] in the upper half.
    purpose: u64,
    name: u64,
}

impl Address {
    /// The draws of `kind` `name` for `purpose`.
    pub const fn new(seed: u64, purpose: Purpose, kind: ObjectKind, name: &str) -> Self {
        Self::keyed(seed, purpose, kind, name_key(name))
    }

    /// The draw of what is not known of `kind` `name` under `key`: its law's own word, such as `roi`.
    pub const fn of_parameter(seed: u64, kind: ObjectKind, name: &str, key: &str) -> Self {
        // no name has this byte, so no two pairs of name and key are the same text
        let separated = fnv_1a(name_key(name), &[0xff]);
        Self::keyed(seed, Purpose::Parameter, kind, fnv_1a(separated, key.as_bytes()))
    }

    const fn keyed(seed: u64, purpose: Purpose, kind: ObjectKind, name: u64) -> Self {
        let purpose = purpose as u64 | (kind as u64) << 32;
        Self { seed, purpose, name }
    }

    /// Seed, purpose and name as the words that key a generator.
    pub(crate) const fn words(&self) -> [u64; 3] {
        [self.seed, self.purpose, self.name]
    }
}

/// FNV-1a-64 of the bytes of `name` (Fowler, Noll, Vo). Whoever collects names must refuse two
/// different ones with the same key.
pub const fn name_key(name: &str) -> u64 {
    fnv_1a(0xcbf2_9ce4_8422_2325, name.as_bytes())
}

const fn fnv_1a(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{Address, ObjectKind, Purpose, Seeds, name_key};

    #[test]
    fn name_keys_are_the_published_fnv_1a_values() {
        assert_eq!(name_key(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(name_key("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(name_key("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn kind_name_and_key_each_make_another_address() {
        use ObjectKind::{Asset, Market};
        let parameter = |kind, name, key| Address::of_parameter(1, kind, name, key);
        let all = [
            Address::new(1, Purpose::Parameter, Asset, "a"),
            Address::new(1, Purpose::Parameter, Market, "a"),
            Address::new(1, Purpose::Parameter, Asset, "aroi"),
            parameter(Asset, "a", "roi"),
            parameter(Asset, "ar", "oi"),
            parameter(Asset, "a", "decay"),
            parameter(Market, "a", "roi"),
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(!all[..index].contains(one), "{index}");
        }
    }

    #[test]
    fn two_seeds_are_told_only_where_they_differ() {
        assert_eq!(Seeds::one(7).to_string(), "seed 7");
        let parameters = 3;
        let seeds = Seeds { parameters, ..Seeds::one(7) };
        assert_eq!(seeds.to_string(), "seed 7, of parameters 3");
    }
}

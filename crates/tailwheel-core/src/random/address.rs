//! Addresses of random numbers: each draw belongs to a seed, a purpose and a named object.
//!
//! In: seeds, purpose, kind and name of an object. Out: [`Address`]. Not here: the generators.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Purpose of a random draw. The numbers are part of the results version: never reuse or renumber one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u64)]
pub enum Purpose {
    /// Normal shock of a market in a month.
    Shock = 1,
    /// Mixing variable of a t copula in a month.
    Mixing = 2,
    /// Uncertain parameter, drawn once per path.
    Parameter = 3,
    /// State of a regime: its first state and its transitions.
    Regime = 4,
    /// Number of jumps of a market in a month.
    JumpCount = 5,
    /// Sizes of the jumps of a market in a month.
    JumpSize = 6,
    /// Number of times that a loss event occurs in a month.
    EventCount = 7,
    /// Severity of one occurrence of a loss event, and everything else drawn for it.
    EventSize = 8,
    /// Losses at which the agents of a cluster sell, in a month.
    Threshold = 9,
    /// Occurrence of a false signal that makes agents of a cluster sell, in a month.
    Hallucination = 10,
    // 11 was never drawn
    /// Units of a fleet that decay in a month.
    Decay = 12,
    /// Number of decayed units among those that the owner inspects in a month.
    Audit = 13,
    /// Demand: number of new customers, downloads, sales or deals.
    Demand = 14,
    /// Customers who leave, or units that are closed.
    Churn = 15,
    /// Solvency of an insurer in a claim: pays or defaults.
    Insurer = 16,
    /// Monthly shock of a yield, an income or a popularity that follows its own process.
    Yield = 17,
    /// Initial value of a yield or an income that follows its own process.
    YieldStart = 18,
    // 19 was the common factor of uncertain parameters, before the address of a parameter had its key
    /// Speed at which prices recover from a month's crash.
    Recovery = 20,
    /// No draw: the row is computed from other rows.
    Derived = 21,
    /// Shock of an asset that is independent of its market.
    OwnShock = 22,
    /// Letting of a vacant rental property in a month.
    Tenancy = 30,
    /// Price that a brand pays for a deal.
    BrandDeal = 27,
    /// Number of works released in a month.
    Release = 28,
    /// Income of the best-earning works released in a month.
    ReleaseIncome = 29,
    /// Price increase by the provider of a product: its time and its size.
    Repricing = 24,
    /// Random deviation of a month's income from its mean.
    Luck = 23,
    /// Detection of a problem by an inspection.
    Detection = 33,
    /// Permanent closure of decayed units of a fleet.
    Closure = 34,
    /// Number of ranking updates in a month.
    UpdateCount = 35,
    /// Effect of a ranking update on visits.
    UpdateSize = 36,
    /// Monthly visits around their expected number.
    Visits = 37,
    /// Contact of a position with the price at which its lender sells it.
    Liquidation = 38,
    /// Success or failure of a launch.
    Launch = 40,
    /// Short rate of a month.
    ShortRate = 45,
    /// Exchange rate of a month.
    Exchange = 46,
    /// Rate of inflation of the following month.
    Inflation = 50,
    /// Total size of the units of a fleet that close, decay or are found decayed in a month.
    UnitSize = 52,
    /// Price shock of the second coin of a pair that is independent of the first.
    PairShock = 61,
    /// Draws of tests and experiments; no kind uses it.
    Experiment = 1000,
}

/// Kind of the object that draws. The numbers are part of the results version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[repr(u64)]
pub enum ObjectKind {
    /// Objects shared by all assets: regime, copula, inflation, short rate, exchange rates, the crowd of agents.
    World = 0,
    /// The owner and the owner's account.
    Owner = 1,
    /// The draw belongs to a market.
    Market = 2,
    /// Cluster of agents that sell together.
    Cluster = 3,
    /// The draw belongs to an asset.
    Asset = 4,
    /// The owner's rules and duties: tax, insurance, compliance, residence, working hours.
    Policy = 5,
    /// Flow of money that arrives or leaves at known dates.
    Flow = 6,
    /// Event that strikes assets or the owner.
    Event = 7,
    /// Benchmark that the portfolio is compared with.
    Benchmark = 8,
}

/// Seeds of all random numbers of a run.
///
/// Both are equal unless a scenario says otherwise. Changing only one of them shows the spread of outcomes
/// caused by parameter uncertainty, or by monthly chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(from = "StoredSeeds")]
pub struct Seeds {
    /// Seed of everything that varies from month to month.
    #[serde(rename = "seed")]
    pub world: u64,
    /// Seed of uncertain parameters, which are drawn once per path.
    #[serde(rename = "parameter_seed")]
    pub parameters: u64,
}

impl Seeds {
    /// Returns the two seeds of a run, both equal to `seed`.
    pub const fn one(seed: u64) -> Self {
        Self { world: seed, parameters: seed }
    }
}

/// Seeds as stored in documents.
#[derive(Deserialize, JsonSchema)]
struct StoredSeeds {
    seed: u64,
    /// Seed of uncertain parameters; absent in documents that have only one seed.
    parameter_seed: Option<u64>,
}

impl From<StoredSeeds> for Seeds {
    fn from(written: StoredSeeds) -> Self {
        Self { world: written.seed, parameters: written.parameter_seed.unwrap_or(written.seed) }
    }
}

impl std::fmt::Display for Seeds {
    /// Writes `seed 2027`, or `seed 2027, of parameters 7` if the two seeds differ.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "seed {}", self.world)?;
        if self.parameters == self.world { Ok(()) } else { write!(f, ", of parameters {}", self.parameters) }
    }
}

/// Address of a stream of random numbers: seed, purpose, kind of object and [`name_key`] of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    pub seed: u64,
    /// [`Purpose`] in the lower half, [`ObjectKind`] in the upper half.
    purpose: u64,
    name: u64,
}

impl Address {
    /// Address of the draws of object `name` of `kind` for `purpose`.
    pub const fn new(seed: u64, purpose: Purpose, kind: ObjectKind, name: &str) -> Self {
        Self::keyed(seed, purpose, kind, name_key(name))
    }

    /// Address of the draw of an uncertain parameter of object `name`; `key` is the parameter's key, such as
    /// `roi`.
    pub const fn of_parameter(seed: u64, kind: ObjectKind, name: &str, key: &str) -> Self {
        // no name contains this byte, so different pairs of name and key never form the same text
        let separated = fnv_1a(name_key(name), &[0xff]);
        Self::keyed(seed, Purpose::Parameter, kind, fnv_1a(separated, key.as_bytes()))
    }

    const fn keyed(seed: u64, purpose: Purpose, kind: ObjectKind, name: u64) -> Self {
        let purpose = purpose as u64 | (kind as u64) << 32;
        Self { seed, purpose, name }
    }

    /// Seed, purpose and name as the words that key a generator.
    pub const fn words(&self) -> [u64; 3] {
        [self.seed, self.purpose, self.name]
    }
}

/// FNV-1a-64 hash of the bytes of `name` (Fowler, Noll, Vo). Callers that collect names must refuse two
/// different names with the same key.
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
        let keys = ["", "a", "foobar"].map(name_key);
        assert_eq!(keys, [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]);
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
        assert_eq!(Seeds { parameters: 3, ..Seeds::one(7) }.to_string(), "seed 7, of parameters 3");
    }
}

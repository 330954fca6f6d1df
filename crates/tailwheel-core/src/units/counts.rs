//! Whole numbers with limits, such as the number of paths or the seed.
//!
//! In: an `i64`, the largest integer of TOML. Out: the type, or [`Refused`]. Not here: months (`time`).

use super::measure::Refused;
use super::text::grouped;

macro_rules! counts {
    ($($(#[doc = $doc:literal])* $name:ident($repr:ty): $noun:literal, $low:literal to $high:expr, $rule:literal;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name($repr);

        impl $name {
            pub const LOW: i64 = $low;
            pub const HIGH: i64 = $high;
            pub const RULE: &'static str = $rule;

            /// Creates the count; refuses it outside [`Self::LOW`] ..= [`Self::HIGH`].
            pub fn new(value: i64) -> Result<Self, Refused> {
                match <$repr>::try_from(value) {
                    Ok(count) if (Self::LOW..=Self::HIGH).contains(&value) => Ok(Self(count)),
                    _ => Err(Refused {
                        reason: format!("{} of {} is out of range", $noun, grouped(value as f64, 0)),
                        rule: $rule.to_owned(),
                    }),
                }
            }

            pub const fn get(self) -> $repr {
                self.0
            }
        }
    )*};
}

counts! {
    /// Number of simulated paths.
    Paths(u64): "a number of paths", 1 to 10_000_000_000, "paths lie between 1 and 10_000_000_000";
    /// Seed from which every random number of a run is derived.
    Seed(u64): "a seed", 0 to i64::MAX, "a seed lies between 0 and 9_223_372_036_854_775_807";
    /// Degrees of freedom of the t copula.
    DegreesOfFreedom(u32): "a dof", 3 to 30, "dof lies between 3 (heavy tails) and 30 (nearly none)";
    /// Number of blocks (groups that decide together) in a cluster of agents.
    Blocks(u32): "a number of blocks", 1 to 4096, "blocks lie between 1 and 4_096";
    /// Number of customers, works or products.
    Count(u32): "a count", 1 to 1_000_000_000, "a count lies between 1 and 1_000_000_000";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stop_at_their_limits() {
        assert!(Paths::new(0).is_err() && Paths::new(1).is_ok());
        assert!(Paths::new(10_000_000_000).is_ok() && Paths::new(10_000_000_001).is_err());
        assert!(Seed::new(-1).is_err() && Seed::new(i64::MAX).is_ok());
        assert!(DegreesOfFreedom::new(2).is_err() && DegreesOfFreedom::new(31).is_err());
    }
}

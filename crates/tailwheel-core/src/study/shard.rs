//! A study on several machines: which machine simulates which points.
//!
//! In: the costs of the points. Out: [`Shard`], and the shard of each point. Not here: what a point is
//! (`sensitivity`, `pairs`), files (`cli`).

use crate::math::LANES;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// Maximum number of shards of a study.
const MOST: u32 = 1000;

/// Subset of the simulations of a study that one machine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Number of the shard, from 1.
    pub number: u32,
    /// Total number of shards.
    pub of: u32,
}

/// Error for a text that is no [`Shard`]; the message says what to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoShard;

impl fmt::Display for NoShard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "write I/N with 1 <= I <= N <= {MOST}, as in 2/3")
    }
}

impl std::error::Error for NoShard {}

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Self, NoShard> {
        let parsed = |text: &str| text.trim().parse().map_err(|_| NoShard);
        let (number, of) = text.split_once('/').ok_or(NoShard)?;
        let shard = Self { number: parsed(number)?, of: parsed(of)? };
        if shard.is_valid() { Ok(shard) } else { Err(NoShard) }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Shard {
    /// True if the shard is a valid one, with 1 ≤ number ≤ of ≤ 1000.
    pub fn is_valid(self) -> bool {
        (1..=self.of).contains(&self.number) && self.of <= MOST
    }

    /// True if this shard runs the simulation at index `place`. Simulations of equal cost are dealt out in turn.
    pub fn holds(self, place: usize) -> bool {
        place % self.of as usize == self.number as usize - 1
    }

    /// Range of indices, out of `n` simulations, that this shard runs if neighboring ones share work.
    pub fn stretch(self, n: usize) -> Range<usize> {
        let end = |number: u32| n * number as usize / self.of as usize;
        end(self.number - 1)..end(self.number)
    }
}

/// Cost of the ledger per month of a path; 1 is a month of an asset with a claimed return (about 11 ns).
const OF_LEDGER: u64 = 2;
const OF_EVENT: u64 = 1;
/// Cost per month of a business with its own earnings model, in units of an asset with a claimed return.
const OF_MECHANISM: u64 = 10;
/// Cost per month of a business that spends on its growth, in units of an asset with a claimed return.
const OF_GROWTH: u64 = 500;
/// Factor on the cost if there are agents: the paired run without them, their sales, the sampling of losses.
const TIMES_OF_AGENTS: u64 = 4;

/// Returns the cost of simulating `scenario`, without a unit, within a factor of three for shipped scenarios.
/// It depends on the scenario alone, so every machine divides a study in the same way.
pub fn cost(scenario: &Scenario) -> u64 {
    cost_of(scenario, scenario.paths)
}

/// Estimated cost of simulating `paths` paths of `scenario`.
pub(super) fn cost_of(scenario: &Scenario, paths: u64) -> u64 {
    let assets = scenario.assets.iter().map(|asset| match &asset.kind {
        kind if kind.facts().pays_for_more => OF_GROWTH,
        kind if kind.facts().is_claim => 1,
        _ => OF_MECHANISM,
    });
    let times = if scenario.crash.is_some() { TIMES_OF_AGENTS } else { 1 };
    let events = scenario.events.len() as u64 * OF_EVENT;
    let of_month = (OF_LEDGER + assets.sum::<u64>() + events) * times;
    let blocks = paths.div_ceil(LANES as u64);
    blocks * u64::from(scenario.months) * of_month
}

/// Assigns each simulation to a shard (from 1) by its cost: the dearest first, each to the shard with the least
/// work. No shard exceeds the mean plus its dearest simulation.
pub fn shares(costs: &[u64], of: u32) -> Vec<u32> {
    let mut order: Vec<usize> = (0..costs.len()).collect();
    order.sort_by_key(|place| (Reverse(costs[*place]), *place));
    let mut free: BinaryHeap<_> = (1..=of).map(|number| Reverse((0_u128, number))).collect();
    let mut shares = vec![0; costs.len()];
    for place in order {
        let mut least = free.peek_mut().expect("there is a shard");
        let Reverse((load, number)) = &mut *least;
        shares[place] = *number;
        // points of zero cost are distributed as well
        *load += u128::from(costs[place].max(1));
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loads(costs: &[u64], of: u32) -> Vec<u64> {
        let mut loads = vec![0; of as usize];
        for (share, cost) in shares(costs, of).into_iter().zip(costs) {
            loads[share as usize - 1] += cost;
        }
        loads
    }

    #[test]
    fn one_dear_point_and_many_cheap_ones_are_shared_out_near_the_bound() {
        for of in [2, 3, 5, 16] {
            // cheap ones of 50 to 149, and one that costs as much as 200 of them
            let mut costs: Vec<u64> = (0..300).map(|k| 50 + (k * 37) % 100).collect();
            costs[123] = 20_000;
            let total: u64 = costs.iter().sum();
            let bound = (total.div_ceil(u64::from(of))).max(20_000);
            let most = loads(&costs, of).into_iter().max().expect("a shard");
            assert!(most <= bound + 150, "{of} shards: {most}, {bound} at best");
        }
    }

    #[test]
    fn every_point_is_in_one_shard_and_equal_ones_are_dealt_evenly() {
        for of in 1..=7 {
            let loads = loads(&[3; 60], of);
            let [least, most] = [loads.iter().min(), loads.iter().max()].map(|load| load.unwrap());
            assert!(most - least <= 3, "{loads:?}");
            assert_eq!(loads.iter().sum::<u64>(), 180);
            let of_place = |place: usize| {
                (1..=of).map(|number| Shard { number, of }).filter(|shard| shard.holds(place)).count()
            };
            assert!((0..20).all(|place| of_place(place) == 1));
            let stretches = (1..=of).map(|number| Shard { number, of }.stretch(17));
            assert!(stretches.flatten().eq(0..17));
        }
        assert_eq!(shares(&[], 3), [0; 0]);
        assert_eq!(shares(&[0, 0, 0], 2), [1, 2, 1], "none has all of them");
    }

    #[test]
    fn a_shard_is_one_of_how_many() {
        assert_eq!("2/3".parse(), Ok(Shard { number: 2, of: 3 }));
        for text in ["0/3", "4/3", "2", "a/3", "1/0", "-1/3", "1/1001", "1/3/5", ""] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}

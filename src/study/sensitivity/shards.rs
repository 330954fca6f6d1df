//! A sensitivity on several machines: which assumptions are whose, and what is left once all are merged.
//!
//! In: a case, a shard of it, or what all shards found. Out: [`Stages`]. Not here: the runs (`stages`).

use super::End;
use super::found::Findings;
use super::stages::{MOST, Stages};
use crate::scenario::Case;
use crate::study::Shard;

impl<'a> Stages<'a> {
    /// The runs of `case` that one shard makes.
    pub fn of_shard(case: &'a Case, shard: Shard) -> Self {
        let mut stages = Self::of(case);
        stages.shard = Some(shard);
        stages.last.retain(|place| shard.holds(*place));
        stages
    }

    /// Those that are left once shards have made theirs.
    pub fn of_shards(case: &'a Case, all: impl IntoIterator<Item = Findings>) -> Self {
        let mut stages = Self::of(case);
        for findings in all {
            if stages.as_is.is_empty() {
                stages.as_is = findings.as_is;
            }
            let found = findings.found.into_iter();
            stages.known.extend(found.map(|found| (found.key(), found)));
        }
        stages
    }

    /// True if the assumption at `place` is moved here.
    pub(super) fn is_mine(&self, place: usize) -> bool {
        self.shard.is_none_or(|shard| shard.holds(place))
    }

    /// How many assumptions are moved here.
    pub(super) fn n_mine(&self) -> usize {
        let places = 0..self.trials.len();
        places.filter(|place| self.is_mine(*place)).count()
    }

    /// Assumptions that the last analysis is of. A shard knows no ranks but those among its own: it takes twice its share, and
    /// what it misses is run where the shards are merged.
    pub(super) fn most(&self) -> usize {
        self.shard
            .map_or(MOST, |shard| MOST.min(2 * MOST.div_ceil(shard.of as usize)))
    }

    /// False for a shard that has nothing to do: the first one has at least the scenario as it is.
    pub fn is_busy(&self) -> bool {
        self.n_mine() > 0 || self.shard.is_none_or(|shard| shard.number == 1)
    }

    /// What was run here, for other machines.
    pub fn findings(self) -> Findings {
        Findings {
            as_is: self.as_is,
            found: self.found,
        }
    }

    /// Ends that the last analysis has to simulate, since no shard has found them.
    pub fn n_unknown(&self) -> u64 {
        let trial = |place: &usize| {
            let ends = self.trials[*place].ends.iter().zip([false, true]);
            let is_unknown = |(end, is_high): &(&End, bool)| {
                let key = (*place, *is_high, self.base.paths);
                end.refused.is_none() && !self.known.contains_key(&key)
            };
            ends.filter(is_unknown).count() as u64
        };
        self.last.iter().map(trial).sum()
    }
}

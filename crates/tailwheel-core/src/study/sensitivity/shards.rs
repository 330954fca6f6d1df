//! Sensitivity analysis on several machines: which shard moves which assumption, and what is left after
//! merging.
//!
//! In: a case, a shard of it, or the findings of all shards. Out: [`Stages`]. Not here: the runs (`stages`).

use super::effect::{Findings, RunKey};
use super::stages::{MOST, Stages};
use crate::scenario::Case;
use crate::study::Shard;
use std::collections::BTreeSet;

impl<'a> Stages<'a> {
    /// Prepares the runs of `case` that one shard makes.
    pub fn of_shard(case: &'a Case, shard: Shard) -> Self {
        let mut stages = Self::of(case);
        stages.shard = Some(shard);
        stages.last.retain(|place| shard.holds(*place));
        stages
    }

    /// Prepares the runs that are left once the shards have made theirs.
    pub fn of_shards(case: &'a Case, all: impl IntoIterator<Item = Findings>) -> Self {
        let mut stages = Self::of(case);
        for findings in all {
            if stages.as_is.is_empty() {
                stages.as_is = findings.as_is;
            }
            let found = findings.found.into_iter();
            stages.known.extend(found.map(|found| (found.run, found)));
        }
        stages
    }

    /// Indices of the assumptions that this machine moves: those of its shard, or all without a shard.
    pub(super) fn mine(&self) -> BTreeSet<usize> {
        let is_mine = |place: &usize| self.shard.is_none_or(|shard| shard.holds(*place));
        (0..self.trials.len()).filter(is_mine).collect()
    }

    /// Number of assumptions in the last analysis. A shard knows only its own ranks, so it takes twice its
    /// share. The merge simulates what shards missed.
    pub(super) fn most(&self) -> usize {
        self.shard.map_or(MOST, |shard| MOST.min(2 * MOST.div_ceil(shard.of as usize)))
    }

    /// True if there is something to run. The first shard always runs the unchanged scenario.
    pub fn is_busy(&self) -> bool {
        !self.mine().is_empty() || self.shard.is_none_or(|shard| shard.number == 1)
    }

    /// Returns the findings of this shard, for the machine that merges all shards.
    pub fn findings(self) -> Findings {
        Findings { as_is: self.as_is, found: self.found }
    }

    /// Number of range ends that the last analysis must simulate, because no shard has.
    pub fn n_unknown(&self) -> u64 {
        let runs = self.last.iter().flat_map(|place| {
            [false, true].map(|is_high| RunKey { place: *place, is_high, paths: self.base.paths })
        });
        let is_unknown = |run: &RunKey| {
            self.trials[run.place].ends[run.side()].refused.is_none() && !self.known.contains_key(run)
        };
        runs.filter(is_unknown).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Control;
    use crate::scenario::read_study;

    const TEXT: &str = "title = \"Two\"\nstart = \"2027-01\"\nhorizon = \"6 months\"\ncurrency = \"USD\"\n\
        run = { seed = 3, paths = 1500 }\n\
        [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\nvalue = 5000\n\
        [[asset]]\nname = \"saas\"\nclass = \"micro-saas-fleet\"\nvalue = 5000\n\
        [owner]\ncash = 900\nspending = \"90/month\"\n";

    fn case() -> Case {
        let loader = |_: &str| Ok(TEXT.as_bytes().to_vec());
        read_study("test.toml", &[], &loader).unwrap_or_else(|_| panic!("it is valid")).as_written
    }

    fn run(stages: &mut Stages<'_>) {
        let control = Control::default();
        stages.run_base(&control).expect("it runs");
        stages.run_interim(&control).expect("it runs");
        stages.run_last(&control).expect("it runs");
    }

    fn findings(case: &Case, of: u32) -> Vec<Findings> {
        let found = |number| {
            let mut stages = Stages::of_shard(case, Shard { number, of });
            run(&mut stages);
            stages.findings()
        };
        (1..=of).map(found).collect()
    }

    /// Merges the findings of all shards; returns them as text, and the number of ends of ranges simulated in
    /// the merge.
    fn merged(case: &Case, all: Vec<Findings>) -> (String, u64) {
        let mut stages = Stages::of_shards(case, all);
        stages.run_interim(&Control::default()).expect("it runs");
        let n_unknown = stages.n_unknown();
        stages.run_last(&Control::default()).expect("it runs");
        let found = serde_json::to_string(&stages.judged()).expect("finite");
        (found, n_unknown)
    }

    #[test]
    fn what_no_shard_could_know_to_rank_first_is_run_where_they_are_merged() {
        let case = case();
        let mut stages = Stages::of(&case);
        run(&mut stages);
        assert!(stages.mine().len() > MOST, "there is an interim analysis");
        let whole = serde_json::to_string(&stages.judged()).expect("finite");
        let all = findings(&case, 3);
        assert!(merged(&case, all.clone()).0 == whole);
        // one shard that knew none of those that rank first, then none
        let without_last = |found: &Findings| Findings {
            found: found.found.iter().filter(|found| found.is_open).cloned().collect(),
            ..found.clone()
        };
        let mut one = all.clone();
        one[1] = without_last(&one[1]);
        let (found, n_of_one) = merged(&case, one);
        assert!(found == whole);
        let (found, n_of_all) = merged(&case, all.iter().map(without_last).collect());
        assert!(found == whole);
        assert!(n_of_one > 0 && n_of_one < n_of_all, "{n_of_one} of {n_of_all}");
    }

    #[test]
    fn a_shard_has_twice_its_share_of_the_last_analysis() {
        let case = case();
        let most = |of: u32| Stages::of_shard(&case, Shard { number: 1, of }).most();
        assert_eq!([1, 2, 3, 5, 10, 20, 1000].map(most), [20, 20, 14, 8, 4, 2, 2]);
        assert_eq!(Stages::of(&case).most(), 20);
        let is_busy = |number| Stages::of_shard(&case, Shard { number, of: 1000 }).is_busy();
        assert!(is_busy(1) && !is_busy(1000));
    }
}

//! Runs of a comparison, on one machine or several, and the comparison that is built from them.
//!
//! In: sides, the requested attribution. Out: a [`Comparison`], or the [`Findings`] of one shard. Not here:
//! files and screens (`compare`).
//!
//! A comparison consists of pairs of runs: each new scenario with its base. If differences are attributed, it
//! also has the runs before and after each edit step between the two.

use super::Attribution;
use crate::cli::{Stop, stop};
use crate::report::compare::{Comparison, RunDifferences, RunResults, may_lead};
use crate::scenario::{Case, Scenario};
use crate::stats::{Data, Difference, difference};
use crate::study::{EditStep, Fault, Lab, Shard, Sides, Task, Terms, steps};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Results of one shard of a comparison.
#[derive(Serialize, Deserialize)]
pub(super) struct Findings {
    /// Measures of the base scenario; `None` if this shard compares nothing with it.
    base: Option<RunResults>,
    /// Differences of new scenarios from the base scenario, by the index of the new scenario.
    wholes: BTreeMap<usize, RunDifferences>,
    steps: Vec<StepFound>,
}

/// Effect of one edit step (a group of edits on the way from base to new scenario) on several measures.
#[derive(Serialize, Deserialize)]
struct StepFound {
    /// Index of the new scenario that the edits lead to.
    new: usize,
    step: usize,
    differences: Vec<Difference>,
}

/// Identifies one run of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RunId {
    Base,
    /// Run after an edit step: index of the new scenario, then index of the step.
    After(usize, usize),
    New(usize),
}

/// Two runs whose measures are compared; each shard computes some of the pairs.
#[derive(Clone, Copy)]
struct RunPair {
    before: RunId,
    after: RunId,
    /// Index of the new scenario whose difference from the base the two runs explain.
    new: usize,
    /// Index of the edit step between the runs; `None` for the whole difference from the base.
    step: Option<usize>,
}

impl RunPair {
    /// Runs before and after the edit step with index `step` of `chain`, the edits from the base to scenario `new`.
    fn of_step(new: usize, step: usize, chain: &[EditStep]) -> Self {
        let before = if step == 0 { RunId::Base } else { RunId::After(new, step - 1) };
        let after = if step + 1 == chain.len() { RunId::New(new) } else { RunId::After(new, step) };
        Self { before, after, new, step: Some(step) }
    }
}

/// Lists the pairs of runs to compare for each new scenario: before and after every edit step, then base and
/// new. Pairs with a common run are adjacent. A single edit step is left out: it equals base and new.
fn pairs(chains: &[Vec<EditStep>]) -> Vec<RunPair> {
    let mut all = Vec::new();
    for (new, chain) in chains.iter().enumerate() {
        let steps = (0..chain.len()).filter(|_| chain.len() > 1);
        all.extend(steps.map(|step| RunPair::of_step(new, step, chain)));
        all.push(RunPair { before: RunId::Base, after: RunId::New(new), new, step: None });
    }
    all
}

/// Edit steps (groups of edits) that lead from the base to each new scenario; empty if differences need no attribution to
/// edits.
fn chains(sides: &Sides<'_>, why: &Attribution) -> Vec<Vec<EditStep>> {
    let (from, is_asked) = (sides.base.case, why.is_asked(sides.new.len()));
    let terms = Terms::from(&from.scenario);
    let is_usable = |scenario: &Scenario| Terms::from(scenario) == terms;
    let chain = |to: &Case| steps(&from.document, &to.document, &to.id, is_usable);
    sides.new.iter().map(|new| if is_asked { chain(new.case) } else { Vec::new() }).collect()
}

/// The runs of a comparison, each simulated when it is first needed.
struct Runs<'a> {
    lab: &'a Lab,
    sides: &'a Sides<'a>,
    /// Edit steps that lead from the base to each new scenario; a run after each step may be needed.
    chains: &'a [Vec<EditStep>],
    /// Runs that have been simulated, each with its scenario and data.
    done: BTreeMap<RunId, (Scenario, Data)>,
    /// Measures of the base scenario; `None` until it is first compared.
    left: Option<RunResults>,
}

impl Runs<'_> {
    /// Simulates those of the runs `ids` that have not been simulated yet.
    fn need(&mut self, ids: &[RunId]) -> Result<(), Fault> {
        for id in ids {
            if !self.done.contains_key(id) {
                let run = self.simulated(*id)?;
                self.done.insert(*id, run);
            }
        }
        Ok(())
    }

    fn simulated(&self, id: RunId) -> Result<(Scenario, Data), Fault> {
        let base = &self.sides.base.case.scenario;
        match id {
            RunId::Base => Ok((base.clone(), self.lab.base(&self.sides.base.name, base)?)),
            RunId::New(place) => {
                let new = &self.sides.new[place];
                self.lab.paired(&new.name, &new.case.scenario, base)
            }
            RunId::After(place, step) => {
                let chain = &self.chains[place];
                let label = format!("edit {} of {}", step + 1, chain.len());
                let scenario =
                    chain[step].scenario.as_ref().expect("only the last step has no scenario of its own");
                self.lab.paired(&label, scenario, base)
            }
        }
    }

    /// Compares the new scenario with index `place` with the base, and shows the progress.
    fn apart(&mut self, place: usize) -> Result<RunDifferences, Fault> {
        self.need(&[RunId::Base, RunId::New(place)])?;
        let [(base, data), (scenario, new)] = [RunId::Base, RunId::New(place)].map(|id| &self.done[&id]);
        let left = self.left.get_or_insert_with(|| RunResults::of(base, data));
        let task = Task::new(format!("comparing {}", self.sides.new[place].name), 1, "scenarios");
        self.lab.work(task, |control| {
            let found = RunDifferences::of(left, data, scenario, new);
            (control.progress)(1);
            Ok(found)
        })
    }

    /// Differences between two runs in the measures `ids`; a measure that one of them lacks is left out.
    fn differing<'i>(
        &mut self,
        before: RunId,
        after: RunId,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Result<Vec<Difference>, Fault> {
        self.need(&[before, after])?;
        let [(_, before), (_, after)] = [before, after].map(|id| &self.done[&id]);
        let found = |id| self.lab.pool.install(|| difference(before, after, id));
        Ok(ids.into_iter().filter_map(found).collect())
    }
}

/// Runs all scenarios of `sides` and compares the new ones with their base.
pub(super) fn compared(lab: &Lab, sides: &Sides<'_>, why: &Attribution) -> Result<Comparison, Stop> {
    let chains = chains(sides, why);
    let mut runs = Runs { lab, sides, chains: &chains, done: BTreeMap::new(), left: None };
    let mut aparts = Vec::new();
    for place in 0..sides.new.len() {
        aparts.push(runs.apart(place)?);
        if !why.is_asked(sides.new.len()) {
            // the data of a run is kept only if its difference is to be attributed
            runs.done.remove(&RunId::New(place));
        }
    }
    let left = runs.left.take().expect("there is a new scenario");
    assembled(sides, why, &left, &aparts, &chains, |place, step, measure| {
        let pair = RunPair::of_step(place, step, &chains[place]);
        let change = runs.differing(pair.before, pair.after, [measure])?.pop();
        if matches!(pair.before, RunId::After(..)) {
            runs.done.remove(&pair.before);
        }
        Ok(change)
    })
}

/// Compares the pairs of runs of one shard. A run that two shards need, such as the base, is simulated by both.
pub(super) fn shard(lab: &Lab, sides: &Sides<'_>, why: &Attribution, shard: Shard) -> Result<Findings, Stop> {
    let chains = chains(sides, why);
    let mut runs = Runs { lab, sides, chains: &chains, done: BTreeMap::new(), left: None };
    let all = pairs(&chains);
    let mine = &all[shard.stretch(all.len())];
    // the merge selects the first candidate that differs
    let ids: Vec<&str> = why.measure.as_deref().map_or_else(|| may_lead().collect(), |id| vec![id]);
    let (mut wholes, mut steps) = (BTreeMap::new(), Vec::new());
    for (at, pair) in mine.iter().enumerate() {
        runs.done.retain(|id, _| mine[at..].iter().any(|pair| [pair.before, pair.after].contains(id)));
        match pair.step {
            Some(step) => {
                let differences = runs.differing(pair.before, pair.after, ids.iter().copied())?;
                steps.push(StepFound { new: pair.new, step, differences });
            }
            None => {
                wholes.insert(pair.new, runs.apart(pair.new)?);
            }
        }
    }
    Ok(Findings { base: runs.left, wholes, steps })
}

/// Builds the comparison from the results of all shards. Errors if a run is missing.
pub(super) fn merged(sides: &Sides<'_>, why: &Attribution, all: Vec<Findings>) -> Result<Comparison, Stop> {
    let (mut left, mut wholes, mut of_steps) = (None, BTreeMap::new(), BTreeMap::new());
    for findings in all {
        left = left.or(findings.base);
        wholes.extend(findings.wholes);
        let steps = findings.steps.into_iter();
        of_steps.extend(steps.map(|found| ((found.new, found.step), found.differences)));
    }
    let aparts: Option<Vec<RunDifferences>> =
        (0..sides.new.len()).map(|place| wholes.remove(&place)).collect();
    let (Some(left), Some(aparts)) = (left, aparts) else {
        return Err(lacking());
    };
    assembled(sides, why, &left, &aparts, &chains(sides, why), |place, step, measure| {
        let found = of_steps.get(&(place, step)).ok_or_else(lacking)?;
        Ok(found.iter().find(|difference| difference.id == measure).cloned())
    })
}

/// Error for a run that no shard contains. This program always writes all runs, so another wrote the files.
fn lacking() -> Stop {
    stop!("runs of the comparison are missing in the shards; simulate all shards again")
}

/// Builds the comparison from the measures of the base and the differences of new scenarios. `change` returns
/// the effect of an edit step on a measure, by index of the new scenario, index of the step and measure id.
///
/// Errors if a scenario lacks a measure.
fn assembled(
    sides: &Sides<'_>,
    why: &Attribution,
    left: &RunResults,
    aparts: &[RunDifferences],
    chains: &[Vec<EditStep>],
    mut change: impl FnMut(usize, usize, &str) -> Result<Option<Difference>, Stop>,
) -> Result<Comparison, Stop> {
    let mut comparison = Comparison::of(sides, left, aparts);
    if !why.is_asked(sides.new.len()) {
        return Ok(comparison);
    }
    for (place, new) in sides.new.iter().enumerate() {
        let Some(measure) = why.measure.as_deref().or(comparison.first_difference(place)) else {
            continue;
        };
        let Some(total) = aparts[place].difference(measure) else {
            let name = &new.name;
            return Err(stop!("{name} or its base has no `{measure}`, so it cannot be attributed"));
        };
        let steps = &chains[place];
        let changes = match steps.len() {
            1 => vec![Some(total.clone())],
            n => (0..n).map(|step| change(place, step, measure)).collect::<Result<_, _>>()?,
        };
        if !steps.is_empty() {
            comparison.explain(place, total, steps, &changes);
        }
    }
    Ok(comparison)
}

//! Runs of a comparison, on one machine or several, and the comparison that is built from them.
//!
//! In: sides, the requested attribution. Out: a [`Comparison`], or the [`Findings`] of one shard. Not here:
//! files and screens (`compare`).
//!
//! A comparison consists of pairs of runs: each new scenario with its base. If differences are attributed, it
//! also has the runs before and after each edit step between the two.

use crate::cli::Exit;
use crate::cli::args::Why;
use crate::report::compare::{Apart, Comparison, Left, may_lead};
use crate::scenario::Scenario;
use crate::stats::{Data, Difference, difference};
use crate::study::{Attribution, Base, Candidate, EditStep, Fault, Lab, Shard, Sides, Task, Terms, steps};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Runs all scenarios of `sides` and compares the new ones with their base.
pub(super) fn compared(lab: &Lab, sides: &Sides<'_>, why: &Why) -> Result<Comparison, Exit> {
    let scenario = &sides.base.case.scenario;
    let base = Base::run(lab, &sides.base.name, scenario)?;
    let left = Left::of(scenario, &base.data);
    // the data of a run is kept only if its difference is to be attributed
    let (mut aparts, mut kept) = (Vec::new(), Vec::new());
    for new in &sides.new {
        let (scenario, data) = base.beside(&new.name, &new.case.scenario)?;
        aparts.push(apart(lab, new, (&left, &base.data), (&scenario, &data))?);
        kept.extend(why.is_asked(sides.new.len()).then_some(data));
    }
    let attribution =
        |place: usize, measure: &str| Ok(base.attribution(chain(sides, place), &kept[place], measure)?);
    assembled(sides, why, (&left, &aparts), attribution)
}

/// Compares the run of `new` with that of the base, as a task with progress.
fn apart(
    lab: &Lab,
    new: &Candidate<'_>,
    base: (&Left, &Data),
    run: (&Scenario, &Data),
) -> Result<Apart, Fault> {
    let task = Task::new(format!("comparing {}", new.name), 1, "scenarios");
    lab.work(task, |control| {
        let found = Apart::of(base, run)?;
        (control.progress)(1);
        Ok(found)
    })
}

/// Edit steps from the base to the new scenario with index `place`.
fn chain(sides: &Sides<'_>, place: usize) -> Vec<EditStep> {
    let (from, to) = (sides.base.case, sides.new[place].case);
    let terms = Terms::from(&from.scenario);
    let is_usable = |scenario: &Scenario| Terms::from(scenario) == terms;
    steps(&from.document, &to.document, &to.id, is_usable)
}

/// Builds the comparison from the findings about the base and each new scenario. `attribution` returns the
/// effect of the edit steps on a measure, for the new scenario with the given index.
///
/// Errors if a scenario lacks a measure.
fn assembled(
    sides: &Sides<'_>,
    why: &Why,
    (left, aparts): (&Left, &[Apart]),
    attribution: impl Fn(usize, &str) -> Result<Option<Attribution>, Exit>,
) -> Result<Comparison, Exit> {
    let mut comparison = Comparison::of(sides, left, aparts);
    if !why.is_asked(sides.new.len()) {
        return Ok(comparison);
    }
    for (place, new) in sides.new.iter().enumerate() {
        let Some(measure) = why.measure.as_deref().or(comparison.first_difference(place)) else {
            continue;
        };
        let measure = measure.to_owned();
        let Some(found) = attribution(place, &measure)? else {
            let name = &new.name;
            return Err(format!("{name} or its base has no `{measure}`, so it cannot be attributed").into());
        };
        if !found.steps.is_empty() {
            comparison.explain(place, &found);
        }
    }
    Ok(comparison)
}

/// Findings of one shard of a comparison.
#[derive(Serialize, Deserialize)]
pub(super) struct Findings {
    /// Findings about the base; `None` if no pair of this shard contains it.
    base: Option<Left>,
    /// Difference of each new scenario from the base, by index of the new scenario.
    wholes: BTreeMap<usize, Apart>,
    steps: Vec<StepFound>,
}

/// Effect of one edit step on every measure that may be attributed.
#[derive(Serialize, Deserialize)]
struct StepFound {
    /// Index of the new scenario to which the step leads.
    new: usize,
    step: usize,
    differences: Vec<Difference>,
}

/// Identifies one run of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RunId {
    Base,
    /// Run after an edit step: the index of the new scenario, then that of the step.
    After(usize, usize),
    New(usize),
}

/// Two runs to compare, as a unit of work of a shard.
#[derive(Clone, Copy)]
struct Pair {
    runs: [RunId; 2],
    /// Index of the new scenario.
    new: usize,
    /// Index of the edit step between the runs; `None` for the whole difference from the base.
    step: Option<usize>,
}

/// Lists all pairs so that pairs that share a run are adjacent. A single edit step gives no pair of its own,
/// because it is the whole difference from the base.
fn pairs(chains: &[Vec<EditStep>]) -> Vec<Pair> {
    let mut all = Vec::new();
    for (new, chain) in chains.iter().enumerate() {
        let n = chain.len();
        for step in (0..n).filter(|_| n > 1) {
            let before = match step {
                0 => RunId::Base,
                step => RunId::After(new, step - 1),
            };
            let after = if step + 1 == n { RunId::New(new) } else { RunId::After(new, step) };
            all.push(Pair { runs: [before, after], new, step: Some(step) });
        }
        all.push(Pair { runs: [RunId::Base, RunId::New(new)], new, step: None });
    }
    all
}

/// Edit steps to every new scenario; empty if nothing is attributed.
fn chains(sides: &Sides<'_>, why: &Why) -> Vec<Vec<EditStep>> {
    let places = 0..sides.new.len();
    let chain = |place| if why.is_asked(sides.new.len()) { chain(sides, place) } else { Vec::new() };
    places.map(chain).collect()
}

/// Runs the pairs of one shard. A run that two shards need, such as the base, is simulated by both.
pub(super) fn shard(lab: &Lab, sides: &Sides<'_>, why: &Why, shard: Shard) -> Result<Findings, Exit> {
    let chains = chains(sides, why);
    let all = pairs(&chains);
    let mine = &all[shard.stretch(all.len())];
    let base = &sides.base.case.scenario;
    let mut found = Findings { base: None, wholes: BTreeMap::new(), steps: Vec::new() };
    let mut runs: BTreeMap<RunId, (Scenario, Data)> = BTreeMap::new();
    for (at, pair) in mine.iter().enumerate() {
        let left = &mine[at..];
        runs.retain(|id, _| left.iter().any(|pair| pair.runs.contains(id)));
        for id in pair.runs {
            if let Entry::Vacant(free) = runs.entry(id) {
                free.insert(simulated(lab, sides, &chains, id)?);
            }
        }
        let [before, after] = pair.runs.map(|id| &runs[&id]);
        match pair.step {
            Some(step) => {
                let differences = differing(lab, why, &before.1, &after.1)?;
                let new = pair.new;
                found.steps.push(StepFound { new, step, differences });
            }
            None => {
                let left = found.base.get_or_insert_with(|| Left::of(base, &before.1));
                let new = &sides.new[pair.new];
                let found_of = apart(lab, new, (left, &before.1), (&after.0, &after.1))?;
                found.wholes.insert(pair.new, found_of);
            }
        }
    }
    Ok(found)
}

/// Simulates one run. Returns its scenario as it was run, and its data.
fn simulated(
    lab: &Lab,
    sides: &Sides<'_>,
    chains: &[Vec<EditStep>],
    id: RunId,
) -> Result<(Scenario, Data), Exit> {
    let base = &sides.base.case.scenario;
    Ok(match id {
        RunId::Base => {
            let run = Base::run(lab, &sides.base.name, base)?;
            (base.clone(), run.data)
        }
        RunId::New(place) => {
            let new = &sides.new[place];
            lab.beside(&new.name, &new.case.scenario, base)?
        }
        RunId::After(place, step) => {
            let chain = &chains[place];
            let label = format!("edit {} of {}", step + 1, chain.len());
            let scenario = chain[step].scenario.as_ref();
            let scenario = scenario.expect("only the last step has no scenario of its own");
            lab.beside(&label, scenario, base)?
        }
    })
}

/// Differences of the measures that may be attributed: the requested one, or else all candidates. The merge
/// selects the first candidate that differs.
fn differing(lab: &Lab, why: &Why, before: &Data, after: &Data) -> Result<Vec<Difference>, Fault> {
    let ids: Vec<&str> = match &why.measure {
        Some(id) => vec![id],
        None => may_lead().collect(),
    };
    let mut found = Vec::new();
    for id in ids {
        let difference = lab.pool.install(|| difference(before, after, id))?;
        found.extend(difference);
    }
    Ok(found)
}

/// Builds the comparison from the findings of all shards. Errors if a run is missing.
pub(super) fn merged(sides: &Sides<'_>, why: &Why, all: Vec<Findings>) -> Result<Comparison, Exit> {
    let (mut left, mut wholes, mut of_steps) = (None, BTreeMap::new(), BTreeMap::new());
    for findings in all {
        left = left.or(findings.base);
        wholes.extend(findings.wholes);
        let steps = findings.steps.into_iter();
        of_steps.extend(steps.map(|found| ((found.new, found.step), found.differences)));
    }
    let places = 0..sides.new.len();
    let aparts: Option<Vec<Apart>> = places.map(|place| wholes.remove(&place)).collect();
    let (Some(left), Some(aparts)) = (left, aparts) else {
        return Err(lacking());
    };
    let attribution = |place: usize, measure: &str| {
        let Some(total) = aparts[place].difference(measure).cloned() else {
            return Ok(None);
        };
        let chain = chain(sides, place);
        let is_single = chain.len() == 1;
        let mut steps = Vec::with_capacity(chain.len());
        for (number, step) in chain.into_iter().enumerate() {
            if is_single {
                steps.push((step, Some(total.clone())));
                continue;
            }
            let found = of_steps.get(&(place, number)).ok_or_else(lacking)?;
            let change = found.iter().find(|difference| difference.id == measure);
            steps.push((step, change.cloned()));
        }
        Ok(Some(Attribution { total, steps }))
    };
    assembled(sides, why, (&left, &aparts), attribution)
}

/// Error for missing runs. Every run is in a shard, so shards without it were not written by this program.
fn lacking() -> Exit {
    "runs of the comparison are missing in the shards; simulate all shards again".to_owned().into()
}

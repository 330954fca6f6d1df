//! The runs of a comparison, here or on several machines, and the comparison of what they found.
//!
//! In: sides, what is asked of them. Out: a [`Comparison`], or the [`Findings`] of one shard. Not here: files and screens
//! (`compare`).
//!
//! The points of a comparison are pairs of runs: each new scenario with its base, and where differences are attributed the
//! runs before and after each step between the two.

use crate::cli::Exit;
use crate::report::compare::{Apart, Comparison, Left, may_lead};
use crate::scenario::Scenario;
use crate::stats::{Data, Difference, difference};
use crate::study::{
    Attribution, Base, Candidate, EditStep, Fault, Lab, Shard, Sides, Task, Terms, steps,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What is asked about differences.
#[derive(Clone, Copy)]
pub(super) struct Why<'a> {
    /// The measure to attribute; none: the first that differs.
    pub measure: Option<&'a str>,
    pub none: bool,
}

impl Why<'_> {
    /// True if differences are attributed: of several only on request, since each step is a run.
    fn is_asked(self, sides: &Sides<'_>) -> bool {
        self.measure.is_some() || (!self.none && sides.new.len() == 1)
    }
}

/// Runs all of `sides` beside their base.
pub(super) fn compared(lab: &Lab, sides: &Sides<'_>, why: Why<'_>) -> Result<Comparison, Exit> {
    let scenario = &sides.base.case.scenario;
    let base = Base::run(lab, &sides.base.name, scenario)?;
    let left = Left::of(scenario, &base.data);
    // the runs themselves are kept only where their steps will be asked for
    let (mut aparts, mut kept) = (Vec::new(), Vec::new());
    for new in &sides.new {
        let (scenario, data) = base.beside(&new.name, &new.case.scenario)?;
        aparts.push(apart(lab, new, (&left, &base.data), (&scenario, &data))?);
        kept.extend(why.is_asked(sides).then_some(data));
    }
    let attribution = |place: usize, measure: &str| {
        Ok(base.attribution(chain(sides, place), &kept[place], measure)?)
    };
    assembled(sides, why, (&left, &aparts), attribution)
}

/// What is found of `new`, as a task.
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

/// The steps from the base to the new scenario at `place`.
fn chain(sides: &Sides<'_>, place: usize) -> Vec<EditStep> {
    let (from, to) = (sides.base.case, sides.new[place].case);
    let terms = Terms::from(&from.scenario);
    let is_usable = |scenario: &Scenario| Terms::from(scenario) == terms;
    steps(&from.document, &to.document, &to.id, is_usable)
}

/// The comparison of what was found of base and new scenarios; `attribution` is asked what the steps to one of them do to a
/// measure.
fn assembled(
    sides: &Sides<'_>,
    why: Why<'_>,
    (left, aparts): (&Left, &[Apart]),
    attribution: impl Fn(usize, &str) -> Result<Option<Attribution>, Exit>,
) -> Result<Comparison, Exit> {
    let mut comparison = Comparison::of(sides, left, aparts);
    if !why.is_asked(sides) {
        return Ok(comparison);
    }
    for (place, new) in sides.new.iter().enumerate() {
        let Some(measure) = why.measure.or(comparison.first_difference(place)) else {
            continue;
        };
        let measure = measure.to_owned();
        let Some(found) = attribution(place, &measure)? else {
            let name = &new.name;
            return Err(format!(
                "{name} or its base has no `{measure}`, so it cannot be attributed"
            )
            .into());
        };
        if !found.steps.is_empty() {
            comparison.explain(place, &found);
        }
    }
    Ok(comparison)
}

/// What a shard of a comparison found.
#[derive(Serialize, Deserialize)]
pub(super) struct Findings {
    /// Absent if no pair of this shard has the base.
    base: Option<Left>,
    /// By place of the new scenario.
    wholes: BTreeMap<usize, Apart>,
    steps: Vec<StepFound>,
}

/// What one step does to every measure that may be asked for.
#[derive(Serialize, Deserialize)]
struct StepFound {
    /// The place of the new scenario.
    new: usize,
    step: usize,
    differences: Vec<Difference>,
}

/// One run of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RunId {
    Base,
    /// After this step to the new scenario at this place.
    After(usize, usize),
    New(usize),
}

/// Two runs to compare.
#[derive(Clone, Copy)]
struct Pair {
    runs: [RunId; 2],
    /// The place of the new scenario.
    new: usize,
    /// The step between them; none from the base to the new scenario.
    step: Option<usize>,
}

/// All pairs, those that share a run beside each other. A single step is that from the base to the new scenario.
fn pairs(chains: &[Vec<EditStep>]) -> Vec<Pair> {
    let mut all = Vec::new();
    for (new, chain) in chains.iter().enumerate() {
        let n = chain.len();
        for step in (0..n).filter(|_| n > 1) {
            let before = match step {
                0 => RunId::Base,
                step => RunId::After(new, step - 1),
            };
            let after = match step + 1 == n {
                true => RunId::New(new),
                false => RunId::After(new, step),
            };
            all.push(Pair { runs: [before, after], new, step: Some(step) });
        }
        all.push(Pair { runs: [RunId::Base, RunId::New(new)], new, step: None });
    }
    all
}

/// The steps to every new scenario; none where nothing is attributed.
fn chains(sides: &Sides<'_>, why: Why<'_>) -> Vec<Vec<EditStep>> {
    let places = 0..sides.new.len();
    let chain = |place| match why.is_asked(sides) {
        true => chain(sides, place),
        false => Vec::new(),
    };
    places.map(chain).collect()
}

/// Runs the pairs of one shard. A run that pairs of two shards need is simulated by both; the base is such a one.
pub(super) fn shard(
    lab: &Lab,
    sides: &Sides<'_>,
    why: Why<'_>,
    shard: Shard,
) -> Result<Findings, Exit> {
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

/// One run: its scenario as it was run, and what it left.
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

/// Differences of the measures that may be attributed: the one that is asked for, else those of which the merge finds the first
/// that differs.
fn differing(
    lab: &Lab,
    why: Why<'_>,
    before: &Data,
    after: &Data,
) -> Result<Vec<Difference>, Fault> {
    let ids: Vec<&str> = match why.measure {
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

/// The comparison of what all shards found.
pub(super) fn merged(
    sides: &Sides<'_>,
    why: Why<'_>,
    all: Vec<Findings>,
) -> Result<Comparison, Exit> {
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

/// Every point is in a shard: the shards are not those that this program writes.
fn lacking() -> Exit {
    "runs of the comparison are missing in the shards; simulate all shards again".to_owned().into()
}

//! Runs of a sensitivity analysis: the unchanged scenario, an interim analysis, a last analysis.
//!
//! In: a case. Out: the effect of each end of each range. Not here: which values form one assumption
//! (`assumption`), which assumptions rank first (`rank`).
//!
//! ```text
//! interim analysis   every assumption, on the first tenth of the paths
//! last analysis      the assumptions that rank first, on all paths; the first tenth is not run again
//! ```
//! A shard makes both analyses of its own assumptions. Merging does not repeat them.

use super::super::blocks::follow;
use super::super::run::plan_paired;
use super::assumption::Movable;
use super::effect::{Effect, Estimates, RunKey, as_is, changes, effects};
use super::rank::ranked_first;
use super::{
    Assumption, End, MOVING, Moved, NotMoved, NotMovedWhy, Runs, Sensitivity, Workload, change_as_shown,
};
use crate::engine::{Control, Part, RunError, n_blocks, run_blocks};
use crate::math::LANES;
use crate::plan::Plan;
use crate::scenario::{Amount, Case, Refusal, Scenario};
use crate::stage::Pin;
use crate::stats::Data;
use crate::study::{MOST_PATHS, Shard, data_by_path};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of assumptions in the last analysis.
pub(super) const MOST: usize = 20;
/// Divisor of the number of paths that gives those of the interim analysis.
const PART: u64 = 10;
/// Minimum number of paths of the interim analysis.
const FEWEST: u64 = 1_000;

/// The runs of a sensitivity analysis and their results so far.
pub(super) struct Stages<'a> {
    pub(super) case: &'a Case,
    pub(super) base: Scenario,
    pub(super) trials: Vec<Trial>,
    pub(super) not_moved: Vec<NotMoved>,
    /// Number of paths of the interim analysis; `None` if all assumptions are judged at once.
    pub(super) interim: Option<u64>,
    /// Indices of the assumptions for the last analysis, on all paths; the interim one settled the others.
    pub(super) last: BTreeSet<usize>,
    /// Data of the unchanged scenario, on the paths of the interim analysis and on all; `None` before its
    /// run.
    pub(super) data: Option<[Data; 2]>,
    /// Figures of the unchanged scenario.
    pub(super) as_is: Estimates,
    /// Shard that this machine runs; `None` if it runs everything.
    pub(super) shard: Option<Shard>,
    /// Results of runs that shards have made, for the machine that merges them.
    pub(super) known: BTreeMap<RunKey, Effect>,
    /// Results of the runs that this machine has made.
    pub(super) found: Vec<Effect>,
}

/// An assumption that is moved, with its results so far.
pub(super) struct Trial {
    pub(super) assumption: Assumption,
    /// Number of paths on which its ends were simulated.
    pub(super) paths: u64,
    pub(super) ends: [End; 2],
    /// True for each end at which more paths may still show an effect.
    pub(super) are_open: [bool; 2],
    /// Blocks of paths that the interim analysis simulated at each end, for the last analysis to continue.
    pub(super) parts: [Option<Part>; 2],
}

impl<'a> Stages<'a> {
    pub fn of(case: &'a Case) -> Self {
        let base = Scenario { paths: case.scenario.paths.min(MOST_PATHS), ..case.scenario.clone() };
        let (mut trials, mut not_moved) = (Vec::new(), Vec::new());
        for Movable { assumption, ends } in Movable::all(&base) {
            // with one asset a correlation of claimed returns has no effect
            let can_act = assumption.path != "correlation.roi" || base.assets.len() > 1;
            let why = match ends {
                Some(range) if can_act => {
                    trials.push(Trial {
                        paths: 0,
                        ends: range.map(|value| End::new(&assumption.path, value)),
                        assumption,
                        are_open: [false; 2],
                        parts: [None, None],
                    });
                    continue;
                }
                Some(_) => NotMovedWhy::OneAsset,
                None => NotMovedWhy::NoRange,
            };
            not_moved.push(NotMoved { assumption, paths: None, why, refused: None });
        }
        let interim = (base.paths / PART).max(FEWEST).next_multiple_of(LANES as u64);
        Self {
            interim: (trials.len() > MOST && interim < base.paths).then_some(interim),
            last: (0..trials.len()).collect(),
            case,
            base,
            trials,
            not_moved,
            data: None,
            as_is: Estimates::new(),
            shard: None,
            known: BTreeMap::new(),
            found: Vec::new(),
        }
    }

    /// Returns the planned runs; the interim analysis may leave fewer for the last one.
    pub fn workload(&self) -> Workload {
        let (n, paths) = (self.mine().len(), self.base.paths);
        let of = |n: usize, paths| Runs { n: 2 * n as u64, paths };
        Workload {
            paths,
            interim: self.interim.map(|paths| of(n, paths)),
            last: match self.interim {
                Some(_) => of(self.last.len().min(self.most()), paths),
                None => of(n, paths),
            },
        }
    }

    /// Simulates the unchanged scenario.
    pub fn run_base(&mut self, control: &Control<'_>) -> Result<(), RunError> {
        let base = &self.base;
        let (_, mut plan) = plan_paired(Some(&MOVING), base, base);
        let first = self.interim.unwrap_or(base.paths);
        let (first, part) = continued(&mut plan, base, None, first, control)?;
        let (all, _) = continued(&mut plan, base, Some(part), base.paths, control)?;
        self.as_is = as_is(&all);
        self.data = Some([first, all]);
        Ok(())
    }

    /// Moves every assumption to both ends on the first paths, if there is an interim analysis, and selects those
    /// for the last analysis. Progress counts one per end.
    pub fn run_interim(&mut self, control: &Control<'_>) -> Result<(), RunError> {
        if let Some(paths) = self.interim {
            self.run(&self.mine(), paths, control)?;
            let ends: Vec<&[End; 2]> = self.trials.iter().map(|trial| &trial.ends).collect();
            self.last = ranked_first(&ends, self.most());
            // free places go to assumptions without an effect so far: an event that none of the first paths
            // met may matter on later ones
            let is_unseen =
                |place: &usize| !self.last.contains(place) && self.trials[*place].are_open.contains(&true);
            let n_free = self.most() - self.last.len();
            let unseen: Vec<usize> = (0..self.trials.len()).filter(is_unseen).take(n_free).collect();
            self.last.extend(unseen);
        }
        Ok(())
    }

    /// Moves the assumptions selected for the last analysis to both ends on all paths. Progress counts one per end.
    pub fn run_last(&mut self, control: &Control<'_>) -> Result<(), RunError> {
        let last = std::mem::take(&mut self.last);
        self.run(&last, self.base.paths, control)
    }

    /// Moves the assumptions with the indices `places` to both ends, on `paths` paths.
    fn run(&mut self, places: &BTreeSet<usize>, paths: u64, control: &Control<'_>) -> Result<(), RunError> {
        let silent = Control { progress: &|_| {}, ..*control };
        let mut trials = std::mem::take(&mut self.trials);
        for &place in places {
            trials[place].paths = paths;
            for is_high in [false, true] {
                self.run_end(RunKey { place, is_high, paths }, &mut trials[place], &silent)?;
                (control.progress)(1);
            }
        }
        self.trials = trials;
        Ok(())
    }

    /// Simulates one end of an assumption, unless a shard has done so.
    fn run_end(&mut self, run: RunKey, trial: &mut Trial, control: &Control<'_>) -> Result<(), RunError> {
        if trial.ends[run.side()].refused.is_some() {
            return Ok(());
        }
        let found = match self.known.remove(&run) {
            Some(found) => found,
            None => {
                if self.data.is_none() {
                    self.run_base(control)?;
                }
                let found = self.simulated(run, trial, control)?;
                self.found.push(found.clone());
                found
            }
        };
        trial.are_open[run.side()] = found.is_open;
        let end = &mut trial.ends[run.side()];
        (end.effects, end.refused) = (effects(&found.estimates), found.refused);
        Ok(())
    }

    /// Returns the scenario with an assumption at one end; a value that is drawn is fixed at that percentile.
    fn moved_to(&self, run: RunKey, trial: &Trial) -> Result<Scenario, Box<Refusal>> {
        let Assumption { path, keys, is_drawn, .. } = &trial.assumption;
        if *is_drawn {
            let pin = Pin { path: path.clone(), is_high: run.is_high };
            return Ok(Scenario { pin: Some(pin), ..self.base.clone() });
        }
        let document = self.case.document.assigned(keys, &trial.ends[run.side()].value);
        document.and_then(|document| document.read(&self.case.id))
    }

    /// Simulates one end of an assumption. The blocks of an interim analysis are kept for the last analysis.
    fn simulated(&self, run: RunKey, trial: &mut Trial, control: &Control<'_>) -> Result<Effect, RunError> {
        let found = |estimates, is_open| Ok(Effect { run, estimates, refused: None, is_open });
        let refused =
            |why| Ok(Effect { run, estimates: Estimates::new(), refused: Some(why), is_open: false });
        let part = trial.parts[run.side()].take();
        let mut scenario = match self.moved_to(run, trial) {
            Ok(scenario) => scenario,
            Err(refusal) => {
                let first = refusal.faults.first();
                return refused(first.map_or_else(String::new, |fault| fault.message.clone()));
            }
        };
        let [first, all] = self.data.as_ref().expect("the base is run first");
        let is_first = run.paths < self.base.paths;
        let base = if is_first { first } else { all };
        if scenario.model_digest() == self.base.model_digest() {
            // the value equals this end, so the base is its run
            return found(changes(base, base), false);
        }
        // insurers set premiums by the base, not by the moved assumption
        scenario.keep_premiums_of(&self.base);
        let (scenario, mut plan) = plan_paired(Some(&MOVING), &scenario, &self.base);
        match continued(&mut plan, &scenario, part, run.paths, control) {
            Ok((new, part)) => {
                trial.parts[run.side()] = is_first.then_some(part);
                found(changes(base, &new), is_first)
            }
            Err(RunError::Interrupted) => Err(RunError::Interrupted),
            Err(error) => refused(error.to_string()),
        }
    }

    /// Returns the analysis of all assumptions, ranked.
    pub fn judged(self) -> Sensitivity {
        let now = effects(&self.as_is);
        let mut not_moved = self.not_moved;
        let mut moved = Vec::new();
        for trial in self.trials {
            let [low, high] = trial.ends;
            let (assumption, paths) = (trial.assumption, trial.paths);
            let why = match (&low.refused, &high.refused) {
                (Some(_), Some(_)) => Some(NotMovedWhy::Refused),
                (None, None) if low.is_nothing() && high.is_nothing() => Some(NotMovedWhy::NoEffect),
                _ => None,
            };
            match why {
                Some(why) => not_moved.push(NotMoved {
                    assumption,
                    paths: (why == NotMovedWhy::NoEffect).then_some(paths),
                    why,
                    refused: low.refused,
                }),
                None => moved.push(Moved { assumption, paths, low, high }),
            }
        }
        not_moved.sort_by(|one, other| one.assumption.path.cmp(&other.assumption.path));
        let now_return = now.get(MOVING[0]).map_or(0.0, |now| now.value);
        let shown = |change: f64| change_as_shown(now_return, change, self.base.months);
        let rank = |moved: &Moved| {
            let of_others = [MOVING[1], MOVING[2]].map(|id| moved.farthest(id, |change| change));
            let of_return = moved.farthest(MOVING[0], shown);
            // sizes are not negative, so their bits have the same order
            (moved.paths, of_return.to_bits(), of_others.map(f64::to_bits))
        };
        moved.sort_by_cached_key(|moved| (Reverse(rank(moved)), moved.assumption.path.clone()));
        Sensitivity { paths: self.base.paths, interim_paths: self.interim, base: now, moved, not_moved }
    }
}

impl End {
    /// Creates the end of the range of key `path` that has this value, without effects.
    pub(super) fn new(path: &str, value: String) -> Self {
        Self { number: Amount::written(path, &value), value, effects: BTreeMap::new(), refused: None }
    }
}

/// Simulates `plan` up to `paths` paths, continuing `part` if there is one; returns the data and all blocks.
fn continued(
    plan: &mut Plan,
    scenario: &Scenario,
    part: Option<Part>,
    paths: u64,
    control: &Control<'_>,
) -> Result<(Data, Part), RunError> {
    plan.n_paths = paths;
    let mut part = part.map_or_else(|| run_blocks(plan, control, 0..0), Ok)?;
    let more = run_blocks(plan, control, part.n_blocks()..n_blocks(plan))?;
    follow(&mut part, more);
    let outcome = part.clone().into_outcome(plan, control)?;
    Ok((data_by_path(scenario, &outcome), part))
}

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

use super::super::run::plan_beside;
use super::assumption::Movable;
use super::found::{Estimates, Found, as_is, changes, effects};
use super::rank::ranked_first;
use super::{
    Assumption, End, MOVING, Moved, NotMoved, NotMovedWhy, Runs, Sensitivity, Workload, change_as_told,
};
use crate::engine::{Control, Part, RunError, n_blocks, run_blocks};
use crate::math::LANES;
use crate::plan::Plan;
use crate::scenario::{Amount, Case, Scenario};
use crate::stage::Pin;
use crate::stats::Data;
use crate::study::{MOST_PATHS, Shard, data_by_path};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of assumptions in the last analysis.
pub(super) const MOST: usize = 20;
/// Divisor of the number of paths for the interim analysis.
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
    /// Indices of the assumptions in the last analysis.
    pub(super) last: BTreeSet<usize>,
    /// Data of the base: on the paths of the interim analysis, and on all paths.
    pub(super) data: Option<[Data; 2]>,
    /// Figures of the unchanged scenario.
    pub(super) as_is: Estimates,
    /// Shard that this machine runs; `None` if it runs everything.
    pub(super) shard: Option<Shard>,
    /// Results from shards, by index and end of the assumption and by number of paths.
    pub(super) known: BTreeMap<(usize, bool, u64), Found>,
    /// Results of the runs that this machine has made.
    pub(super) found: Vec<Found>,
}

/// An assumption that is moved, with its results so far.
pub(super) struct Trial {
    pub(super) assumption: Assumption,
    /// Number of paths on which its ends were simulated.
    pub(super) paths: u64,
    pub(super) ends: [End; 2],
    /// True for each end at which more paths may still show an effect.
    pub(super) are_open: [bool; 2],
    /// Parts that the interim analysis left, for the last analysis to continue.
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
        let interim = (base.paths / PART).max(FEWEST);
        let interim = interim.next_multiple_of(LANES as u64);
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

    /// Returns the unchanged scenario, with as many paths as the last analysis has.
    pub fn base(&self) -> &Scenario {
        &self.base
    }

    /// Returns the planned runs; the interim analysis may leave fewer for the last one.
    pub fn workload(&self) -> Workload {
        let (n, paths) = (self.n_mine(), self.base.paths);
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
        let (_, mut plan) = plan_beside(&MOVING, base, base);
        let first = self.interim.unwrap_or(base.paths);
        let (first, part) = continued(&mut plan, base, None, first, control)?;
        let (all, _) = continued(&mut plan, base, Some(part), base.paths, control)?;
        self.as_is = as_is(&all);
        self.data = Some([first, all]);
        Ok(())
    }

    /// Moves every assumption on the first paths, if there is an interim analysis, and selects the
    /// assumptions for the last analysis. Progress counts one per end.
    pub fn run_interim(&mut self, control: &Control<'_>) -> Result<(), RunError> {
        if let Some(paths) = self.interim {
            let mine: Vec<bool> = (0..self.trials.len()).map(|place| self.is_mine(place)).collect();
            self.run(|place| mine[place], paths, control)?;
            let ends: Vec<&[End; 2]> = self.trials.iter().map(|trial| &trial.ends).collect();
            self.last = ranked_first(&ends, self.most());
            self.fill_free_places();
        }
        Ok(())
    }

    /// Fills places that no ranking uses with assumptions that showed no effect so far: an event that none of
    /// the first paths met may matter on later ones.
    fn fill_free_places(&mut self) {
        let n_free = self.most() - self.last.len();
        let unseen = self.trials.iter().enumerate();
        let unseen =
            unseen.filter(|(place, trial)| !self.last.contains(place) && trial.are_open.contains(&true));
        let unseen: Vec<usize> = unseen.map(|(place, _)| place).take(n_free).collect();
        self.last.extend(unseen);
    }

    /// Moves the assumptions that rank first on all paths. Progress counts one per end.
    pub fn run_last(&mut self, control: &Control<'_>) -> Result<(), RunError> {
        let last = std::mem::take(&mut self.last);
        self.run(|place| last.contains(&place), self.base.paths, control)
    }

    fn run(
        &mut self,
        is_run: impl Fn(usize) -> bool,
        paths: u64,
        control: &Control<'_>,
    ) -> Result<(), RunError> {
        let silent = Control { progress: &|_| {}, ..*control };
        let mut trials = std::mem::take(&mut self.trials);
        let chosen = trials.iter_mut().enumerate();
        for (place, trial) in chosen.filter(|(place, _)| is_run(*place)) {
            trial.paths = paths;
            for is_high in [false, true] {
                self.run_end(place, trial, is_high, &silent)?;
                (control.progress)(1);
            }
        }
        self.trials = trials;
        Ok(())
    }

    /// Simulates one end of an assumption on `trial.paths` paths, unless a shard has done so, and keeps the
    /// part for continuation.
    fn run_end(
        &mut self,
        place: usize,
        trial: &mut Trial,
        is_high: bool,
        control: &Control<'_>,
    ) -> Result<(), RunError> {
        let (paths, side) = (trial.paths, usize::from(is_high));
        if trial.ends[side].refused.is_some() {
            return Ok(());
        }
        let found = match self.known.remove(&(place, is_high, paths)) {
            Some(found) => found,
            None => {
                if self.data.is_none() {
                    self.run_base(control)?;
                }
                let (moved, part) = ((&trial.assumption, is_high), trial.parts[side].take());
                let (found, part) = self.simulated(moved, &trial.ends[side], part, paths, control)?;
                trial.parts[side] = part;
                let found = found.of(place, is_high, paths);
                self.found.push(found.clone());
                found
            }
        };
        trial.are_open[side] = found.is_open;
        trial.ends[side].effects = effects(&found.estimates);
        trial.ends[side].refused = found.refused;
        Ok(())
    }

    /// Returns the scenario with an assumption at one end. If the range is drawn, the draw is fixed at that
    /// percentile.
    fn moved_to(&self, (assumption, is_high): (&Assumption, bool), end: &End) -> Result<Scenario, String> {
        if assumption.is_drawn {
            let path = assumption.path.clone();
            return Ok(Scenario { pin: Some(Pin { path, is_high }), ..self.base.clone() });
        }
        let document = self.case.document.assigned(&assumption.keys, &end.value);
        let scenario = document.and_then(|document| document.read(&self.case.id));
        scenario.map_err(|refusal| {
            let why = refusal.faults.first();
            why.map_or_else(String::new, |fault| fault.message.clone())
        })
    }

    /// Simulates `end` of an assumption on `paths` paths, continuing `part`. Returns the effect, and the part
    /// to continue.
    fn simulated(
        &self,
        moved: (&Assumption, bool),
        end: &End,
        part: Option<Part>,
        paths: u64,
        control: &Control<'_>,
    ) -> Result<(Found, Option<Part>), RunError> {
        let mut scenario = match self.moved_to(moved, end) {
            Ok(scenario) => scenario,
            Err(why) => return Ok((Found::refused(why), None)),
        };
        let [first, all] = self.data.as_ref().expect("the base is run first");
        let is_first = paths < self.base.paths;
        let base = if is_first { first } else { all };
        if scenario.model_digest() == self.base.model_digest() {
            // the value equals this end, so the base is its run
            return Ok((Found::new(changes(base, base), false), None));
        }
        // insurers set premiums by the base, not by the moved assumption
        scenario.keep_premiums_of(&self.base);
        let (scenario, mut plan) = plan_beside(&MOVING, &scenario, &self.base);
        match continued(&mut plan, &scenario, part, paths, control) {
            Ok((new, part)) => {
                let found = Found::new(changes(base, &new), is_first);
                Ok((found, is_first.then_some(part)))
            }
            Err(RunError::Interrupted) => Err(RunError::Interrupted),
            Err(error) => Ok((Found::refused(error.to_string()), None)),
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
        let told = |change: f64| change_as_told(now_return, change, self.base.months);
        let as_is = |change: f64| change;
        let rank = |moved: &Moved| {
            let of_others = [MOVING[1], MOVING[2]].map(|id| moved.farthest(id, as_is));
            let of_return = moved.farthest(MOVING[0], told);
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

/// Simulates `paths` paths of `plan`, continuing `part` if there is one.
fn continued(
    plan: &mut Plan,
    scenario: &Scenario,
    part: Option<Part>,
    paths: u64,
    control: &Control<'_>,
) -> Result<(Data, Part), RunError> {
    plan.n_paths = paths;
    let mut part = match part {
        Some(part) => part,
        None => run_blocks(plan, control, 0..0)?,
    };
    let more = run_blocks(plan, control, part.n_blocks()..n_blocks(plan))?;
    part.append(more).expect("they begin where the others end");
    let outcome = part.clone().into_outcome(plan, control)?;
    Ok((data_by_path(scenario, &outcome), part))
}

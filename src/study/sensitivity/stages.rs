//! The runs of a sensitivity: the scenario as it is, an interim analysis, a last one.
//!
//! In: a case. Out: what each end of each range does. Not here: which values are one assumption (`assumption`), which
//! assumptions rank first (`rank`).
//!
//! ```text
//! interim analysis   every assumption, on the first tenth of the paths
//! last analysis      the assumptions that rank first, on all paths; the first tenth is not run again
//! ```

use super::super::run::plan_beside;
use super::rank::ranked_first;
use super::{
    Assumption, Effects, End, MOVING, Moved, NO_EFFECT, NotMoved, OF_OTHERS, Runs, Sensitivity,
    Workload, change_as_told,
};
use crate::engine::{Control, Part, RunError, n_blocks, run_blocks};
use crate::math::LANES;
use crate::plan::Plan;
use crate::scenario::{Case, Scenario};
use crate::stage::Pin;
use crate::stats::{Data, Figure, LEVEL, difference, estimate_at, look_up};
use crate::study::{MOST_PATHS, data_by_path};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Assumptions that the last analysis is of.
const MOST: usize = 20;
/// The interim analysis is of one path in so many,
const PART: u64 = 10;
/// and of so many at least.
const FEWEST: u64 = 1_000;

/// The runs of a case, as far as they are made.
pub(super) struct Stages<'a> {
    case: &'a Case,
    base: Scenario,
    trials: Vec<Trial>,
    not_moved: Vec<NotMoved>,
    /// Paths of the interim analysis, if there is one.
    interim: Option<u64>,
    /// Places of those that the last analysis is of.
    last: BTreeSet<usize>,
    /// What the first paths of the base left, and all of them.
    data: Option<[Data; 2]>,
}

/// An assumption to move.
struct Trial {
    assumption: Assumption,
    /// Paths that its ends were run on.
    paths: u64,
    ends: [End; 2],
    /// What the interim analysis left, for the last one to continue.
    parts: [Option<Part>; 2],
}

impl<'a> Stages<'a> {
    pub fn of(case: &'a Case) -> Self {
        let base = Scenario {
            paths: case.scenario.paths.min(MOST_PATHS),
            ..case.scenario.clone()
        };
        let (mut trials, mut not_moved) = (Vec::new(), Vec::new());
        for assumption in Assumption::all(&base) {
            // the law of a claim alone is the same whatever it shares with others
            let can_act = assumption.path != "correlation.roi" || base.assets.len() > 1;
            let why = match assumption.ends.clone() {
                Some(range) if can_act => {
                    trials.push(Trial {
                        assumption,
                        paths: 0,
                        ends: range.map(End::new),
                        parts: [None, None],
                    });
                    continue;
                }
                Some(_) => OF_OTHERS,
                None => "a choice: it has no range",
            };
            not_moved.push(NotMoved {
                assumption,
                paths: None,
                why: why.to_owned(),
            });
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
        }
    }

    /// The scenario as it is, with as many paths as the last analysis has.
    pub fn base(&self) -> &Scenario {
        &self.base
    }

    /// What is to be run; there may be less to do in the last analysis, which the interim one decides.
    pub fn workload(&self) -> Workload {
        let (n, paths) = (self.trials.len(), self.base.paths);
        let of = |n: usize, paths| Runs {
            n: 2 * n as u64,
            paths,
        };
        Workload {
            paths,
            interim: self.interim.map(|paths| of(n, paths)),
            last: match self.interim {
                Some(_) => of(self.last.len().min(MOST), paths),
                None => of(n, paths),
            },
        }
    }

    /// Simulates the scenario as it is.
    pub fn run_base(&mut self, control: &Control<'_>) -> Result<(), RunError> {
        let base = &self.base;
        let (_, mut plan) = plan_beside(&MOVING, base, base);
        let first = self.interim.unwrap_or(base.paths);
        let (first, part) = continued(&mut plan, base, None, first, control)?;
        let (all, _) = continued(&mut plan, base, Some(part), base.paths, control)?;
        self.data = Some([first, all]);
        Ok(())
    }

    /// Moves every assumption on the first paths, if there is an interim analysis, and chooses those of the last one; each
    /// end counts one.
    pub fn run_interim(&mut self, control: &Control<'_>) -> Result<(), RunError> {
        if let Some(paths) = self.interim {
            self.run(|_| true, paths, control)?;
            let ends: Vec<&[End; 2]> = self.trials.iter().map(|trial| &trial.ends).collect();
            self.last = ranked_first(&ends, MOST);
            self.fill_free_places();
        }
        Ok(())
    }

    /// Gives places that no ranking asks for to assumptions that moved nothing so far: an event that none of the first
    /// paths met may still move the others.
    fn fill_free_places(&mut self) {
        let n_free = MOST - self.last.len();
        let is_continued = |trial: &Trial| trial.parts.iter().any(Option::is_some);
        let unseen = self.trials.iter().enumerate();
        let unseen =
            unseen.filter(|(place, trial)| !self.last.contains(place) && is_continued(trial));
        let unseen: Vec<usize> = unseen.map(|(place, _)| place).take(n_free).collect();
        self.last.extend(unseen);
    }

    /// Moves those that rank first on all paths; each end counts one.
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
        let silent = Control {
            progress: &|_| {},
            ..*control
        };
        let mut trials = std::mem::take(&mut self.trials);
        let chosen = trials.iter_mut().enumerate();
        for (_, trial) in chosen.filter(|(place, _)| is_run(*place)) {
            trial.paths = paths;
            let assumption = &trial.assumption;
            let ends = trial.ends.iter_mut().zip(&mut trial.parts);
            for ((end, part), is_high) in ends.zip([false, true]) {
                let moved = (assumption, is_high);
                *part = self.run_end(moved, end, part.take(), paths, &silent)?;
                (control.progress)(1);
            }
        }
        self.trials = trials;
        Ok(())
    }

    /// The scenario with an assumption at one end; of a range that is drawn with its draw at that percentile.
    fn moved_to(
        &self,
        (assumption, is_high): (&Assumption, bool),
        end: &End,
    ) -> Result<Scenario, String> {
        if assumption.is_drawn {
            let path = assumption.path.clone();
            return Ok(Scenario {
                pin: Some(Pin { path, is_high }),
                ..self.base.clone()
            });
        }
        let document = self.case.document.assigned(&assumption.keys, &end.value);
        let scenario = document.and_then(|document| document.read(&self.case.id));
        scenario.map_err(|refusal| {
            let why = refusal.faults.first();
            why.map_or_else(String::new, |fault| fault.message.clone())
        })
    }

    /// Runs `end` of an assumption on so many paths, of which `part` are there; what they left is to be continued.
    fn run_end(
        &self,
        moved: (&Assumption, bool),
        end: &mut End,
        part: Option<Part>,
        paths: u64,
        control: &Control<'_>,
    ) -> Result<Option<Part>, RunError> {
        if end.refused.is_some() {
            return Ok(None);
        }
        let scenario = match self.moved_to(moved, end) {
            Ok(scenario) => scenario,
            Err(why) => {
                end.refuse(why);
                return Ok(None);
            }
        };
        let [first, all] = self.data.as_ref().expect("the base is run first");
        let base = if paths < self.base.paths { first } else { all };
        if scenario.model_digest() == self.base.model_digest() {
            // its value is that end, and was run
            end.effects = effects(base, base);
            return Ok(None);
        }
        let (scenario, mut plan) = plan_beside(&MOVING, &scenario, &self.base);
        let (new, part) = match continued(&mut plan, &scenario, part, paths, control) {
            Ok(found) => found,
            Err(RunError::Interrupted) => return Err(RunError::Interrupted),
            Err(error) => {
                end.refuse(error.to_string());
                return Ok(None);
            }
        };
        end.effects = effects(base, &new);
        Ok((paths < self.base.paths).then_some(part))
    }

    /// All assumptions, in their order.
    pub fn judged(self) -> Sensitivity {
        let [_, data] = self.data.expect("the base is run first");
        let now = MOVING.into_iter().filter_map(|id| {
            let found = estimate_at(&data, id, LEVEL)?.ok()?;
            Some((id, Figure::new(look_up(id)?.unit, &found)))
        });
        let now: Effects = now.collect();
        let mut not_moved = self.not_moved;
        let mut moved = Vec::new();
        for trial in self.trials {
            let [low, high] = trial.ends;
            let (assumption, paths) = (trial.assumption, trial.paths);
            let why = match (&low.refused, &high.refused) {
                (Some(why), Some(_)) => Some((why.clone(), None)),
                (None, None) if low.is_nothing() && high.is_nothing() => {
                    Some((NO_EFFECT.to_owned(), Some(paths)))
                }
                _ => None,
            };
            match why {
                Some((why, paths)) => not_moved.push(NotMoved {
                    assumption,
                    paths,
                    why,
                }),
                None => moved.push(Moved {
                    assumption,
                    paths,
                    low,
                    high,
                }),
            }
        }
        not_moved.sort_by(|one, other| one.assumption.path.cmp(&other.assumption.path));
        let now_return = now.get(MOVING[0]).map_or(0.0, |now| now.value);
        let told = |change: f64| change_as_told(now_return, change, self.base.months);
        let as_is = |change: f64| change;
        let rank = |moved: &Moved| {
            let of_others = [MOVING[1], MOVING[2]].map(|id| moved.farthest(id, as_is));
            let of_return = moved.farthest(MOVING[0], told);
            // sizes, whose bits are in their order
            (
                moved.paths,
                of_return.to_bits(),
                of_others.map(f64::to_bits),
            )
        };
        moved.sort_by_cached_key(|moved| (Reverse(rank(moved)), moved.assumption.path.clone()));
        Sensitivity {
            paths: self.base.paths,
            interim_paths: self.interim,
            base: now,
            moved,
            not_moved,
        }
    }
}

impl End {
    /// The end of a range that is `value`.
    pub(super) fn new(value: String) -> Self {
        Self {
            value,
            effects: Effects::new(),
            refused: None,
        }
    }

    /// There is no such scenario.
    fn refuse(&mut self, why: String) {
        self.effects.clear();
        self.refused = Some(why);
    }
}

/// New less base, by id of the measure.
fn effects(base: &Data, new: &Data) -> Effects {
    let effects = MOVING.into_iter().filter_map(|id| {
        let found = difference(base, new, id).ok()??;
        Some((id, Figure::new(found.measure.unit, &found.difference)))
    });
    effects.collect()
}

/// What `paths` paths of `plan` leave, those of `part` among them.
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

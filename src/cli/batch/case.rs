//! One scenario of a batch: from the cache, or simulated and judged.
//!
//! In: a scenario, what to make of its outcome. Out: bytes that are the same whether they were kept or
//! computed. Not here: what is expected of a scenario (`report`), which scenarios there are.

use super::{Budget, Progress};
use crate::cli::cache::{Cache, Key, Kind};
use crate::cli::simulate::{self, Simulator};
use crate::engine::{Control, Outcome, Part, RunError, n_blocks, run_blocks};
use crate::math::LANES;
use crate::math::bytes::{Reader, Writer};
use crate::plan::Plan;
use crate::report::{VALUE_VERSION, model_digest};
use crate::scenario::Scenario;

/// What to simulate.
pub(in crate::cli) struct Case<'a> {
    pub scenario: &'a Scenario,
    /// What else its line depends on: expectations, what it is compared with.
    pub depends: &'a [String],
    /// Go on with twice the paths until it is decided or these are reached.
    pub decide: Option<u64>,
    /// Outcomes that are in memory at once: its own, and those it is compared with.
    pub n_outcomes: u64,
}

/// A scenario that was simulated.
pub(in crate::cli) struct Simulated<'a> {
    pub scenario: &'a Scenario,
    pub outcome: &'a Outcome,
    /// How often fewer paths were looked at before.
    pub look: u32,
}

/// What is kept of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Finished {
    /// The bytes of `report.json`.
    pub report: Vec<u8>,
    /// Whatever the batch says of it.
    pub line: Vec<u8>,
}

/// A scenario that has been answered.
pub(in crate::cli) struct Ran {
    pub finished: Finished,
    pub is_from_cache: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Fault {
    Interrupted,
    Failed(String),
}

impl From<RunError> for Fault {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Interrupted => Self::Interrupted,
            error => Self::Failed(simulate::not_finite(&error)),
        }
    }
}

/// What all scenarios of a batch share.
pub(in crate::cli) struct Runner<'a> {
    pub simulator: &'a Simulator,
    pub cache: &'a Cache,
    pub budget: &'a Budget,
    pub progress: &'a Progress,
}

/// Whether what was simulated decides everything that is expected.
type IsDecided<'a> = dyn Fn(&Simulated<'_>) -> bool + Sync + 'a;
/// What is kept of it.
type Finish<'a> = dyn Fn(&Simulated<'_>) -> Result<Finished, Fault> + Sync + 'a;

impl Runner<'_> {
    /// Answers `case`, out of the cache if it was answered before.
    pub fn run(
        &self,
        case: &Case<'_>,
        is_decided: &IsDecided<'_>,
        finish: &Finish<'_>,
    ) -> Result<Ran, Fault> {
        let key = self.cache.keeps().then(|| self.key_of(case));
        let found = key.as_ref().and_then(|key| self.find(key));
        let is_from_cache = found.is_some();
        let finished = match found {
            Some(finished) => {
                self.progress.fewer(case.scenario.paths);
                finished
            }
            None => {
                let (finished, is_limited) = self.compute(case, is_decided, finish)?;
                // a machine with more memory would have gone on
                if let Some(key) = key.filter(|_| !is_limited) {
                    self.cache.keep(Kind::Result, &key, &finished.to_bytes());
                }
                finished
            }
        };
        self.progress.case();
        Ok(Ran {
            finished,
            is_from_cache,
        })
    }

    /// Everything that an answer depends on. Written out, a scenario has every value that was read or
    /// filled in, so nothing can be forgotten; where it stood in a file is not in it.
    fn key_of(&self, case: &Case<'_>) -> Key {
        let mut key = self.cache.key(Kind::Result);
        key.number(u64::from(VALUE_VERSION));
        key.text(format!("{:?}", case.scenario));
        key.number(case.decide.unwrap_or(0).max(case.scenario.paths));
        for text in case.depends {
            key.text(text);
        }
        key.finish()
    }

    fn find(&self, key: &Key) -> Option<Finished> {
        let bytes = self.cache.find(Kind::Result, key)?;
        let finished = Finished::from_bytes(&bytes);
        if finished.is_none() {
            let why = "it does not hold together";
            self.cache.is_damaged(Kind::Result, key, why);
        }
        finished
    }

    /// Simulates and judges; with it, whether fewer paths than were asked for had room.
    fn compute(
        &self,
        case: &Case<'_>,
        is_decided: &IsDecided<'_>,
        finish: &Finish<'_>,
    ) -> Result<(Finished, bool), Fault> {
        let (pool, scenario) = (&self.simulator.pool, case.scenario);
        let mut plan = pool.install(|| Plan::compile(scenario));
        let (most, needed) = self.affordable(&mut plan, case).map_err(Fault::Failed)?;
        // outside the pool: whoever waits must not keep a thread from what he waits for
        let _share = self.budget.take(needed);
        let mut blocks = Blocks::new(self, scenario, &plan);
        let judge = |outcome: &Outcome, look: u32| {
            is_decided(&Simulated {
                scenario,
                outcome,
                look,
            })
        };
        let simulated = pool.install(|| blocks.simulate(&mut plan, most, &judge));
        let (outcome, look) = simulated.map_err(Fault::from)?;
        blocks.keep();
        if self.simulator.is_stopped() {
            return Err(Fault::Interrupted);
        }
        let simulated = Simulated {
            scenario,
            outcome: &outcome,
            look,
        };
        let finished = pool.install(|| finish(&simulated))?;
        Ok((finished, most < case.decide.unwrap_or(0)))
    }

    /// As many paths as may be needed to decide `case` and fit into memory, and the bytes they need;
    /// errors with the remedy if not even its own paths do.
    fn affordable(&self, plan: &mut Plan, case: &Case<'_>) -> Result<(u64, u64), String> {
        let own = case.scenario.paths;
        let mut most = case.decide.unwrap_or(0).max(own);
        loop {
            match self.memory(plan, most, case.n_outcomes) {
                Ok(needed) => return Ok((most, needed)),
                Err(refusal) if most == own => return Err(refusal),
                // what is decided earlier needs no more
                Err(_) => most = (most / 2).max(own),
            }
        }
    }

    /// Bytes that `n_outcomes` of `most` paths need; errors with the remedy if there are not so many.
    fn memory(&self, plan: &mut Plan, most: u64, n_outcomes: u64) -> Result<u64, String> {
        let (n_paths, later) = (plan.n_paths, 0);
        plan.n_paths = most;
        let needed = self.simulator.needed_memory(plan, later);
        // each has its part of what there is
        let allowed = self.budget.most().map(|most| most / n_outcomes);
        let refused = allowed.filter(|allowed| needed > *allowed);
        let refusal = refused.map(|allowed| self.simulator.too_large(plan, later, allowed));
        plan.n_paths = n_paths;
        match refusal {
            None => Ok(needed.saturating_mul(n_outcomes)),
            Some(refusal) => Err(refusal),
        }
    }
}

/// Whole blocks of a model, from its first path on.
struct Blocks<'r> {
    runner: &'r Runner<'r>,
    key: Key,
    /// How many of them were kept before.
    n_kept: u64,
    whole: Option<Part>,
    to_keep: Option<Vec<u8>>,
}

/// Adds blocks of the same plan that were made to follow.
fn follow(whole: &mut Part, next: Part) {
    whole.append(next).expect("they begin where the others end");
}

impl<'r> Blocks<'r> {
    /// Those that an earlier run of the same model has kept.
    fn new(runner: &'r Runner<'r>, scenario: &Scenario, plan: &Plan) -> Self {
        let cache = runner.cache;
        let mut key = cache.key(Kind::Part);
        key.number(u64::from(VALUE_VERSION));
        key.text(model_digest(scenario));
        let key = key.finish();
        let read = |bytes: Vec<u8>| {
            let part = Part::from_bytes(&bytes)?;
            match part.fits(plan) && part.is_whole() && part.blocks().start == 0 {
                true => Ok(part),
                false => Err("it is of another scenario".to_owned()),
            }
        };
        let whole = cache.find(Kind::Part, &key).map(read);
        let whole = whole.and_then(|read| {
            read.inspect_err(|why| cache.is_damaged(Kind::Part, &key, why))
                .ok()
        });
        Self {
            runner,
            key,
            n_kept: whole.as_ref().map_or(0, Part::n_blocks),
            // blocks cannot be taken out again: a shorter run begins anew
            whole: whole.filter(|whole| whole.n_paths() as u64 <= plan.n_paths),
            to_keep: None,
        }
    }

    /// Simulates as many paths as the plan has, then twice as many whole blocks again and again until
    /// `is_decided` or there are `most` paths. The plan has as many paths as the outcome then, which
    /// comes with how often fewer were looked at before.
    fn simulate(
        &mut self,
        plan: &mut Plan,
        most: u64,
        is_decided: &dyn Fn(&Outcome, u32) -> bool,
    ) -> Result<(Outcome, u32), RunError> {
        let progress = self.runner.progress;
        let control = Control {
            progress: &|paths| progress.paths(paths),
            ..self.runner.simulator.control()
        };
        let mut whole = match self.whole.take() {
            Some(whole) => {
                progress.fewer(whole.n_paths() as u64);
                whole
            }
            None => run_blocks(plan, &control, 0..0)?,
        };
        let mut look = 0;
        loop {
            let n_whole = plan.n_paths / LANES as u64;
            let more = run_blocks(plan, &control, whole.n_blocks()..n_whole)?;
            follow(&mut whole, more);
            let rest = run_blocks(plan, &control, n_whole..n_blocks(plan))?;
            if plan.n_paths >= most {
                self.to_keep = self.bytes_of(&whole);
                follow(&mut whole, rest);
                return Ok((whole.into_outcome(plan, &control)?, look));
            }
            let mut all = whole.clone();
            follow(&mut all, rest);
            let outcome = all.into_outcome(plan, &control)?;
            if is_decided(&outcome, look) {
                self.to_keep = self.bytes_of(&whole);
                return Ok((outcome, look));
            }
            look += 1;
            let twice = (2 * plan.n_paths).next_multiple_of(LANES as u64).min(most);
            progress.more(twice - n_whole * LANES as u64);
            plan.n_paths = twice;
        }
    }

    /// The bytes to be kept, if these are more blocks than were.
    fn bytes_of(&self, whole: &Part) -> Option<Vec<u8>> {
        let cache = self.runner.cache;
        let is_worth_it = cache.keeps() && whole.n_blocks() > self.n_kept;
        let bytes = is_worth_it.then(|| whole.to_bytes())?;
        (bytes.len() as u64 <= cache.largest()).then_some(bytes)
    }

    /// Keeps what was simulated.
    fn keep(&mut self) {
        if let Some(bytes) = self.to_keep.take() {
            self.runner.cache.keep(Kind::Part, &self.key, &bytes);
        }
    }
}

impl Finished {
    fn to_bytes(&self) -> Vec<u8> {
        let mut into = Writer::with_capacity(self.report.len() + self.line.len() + 16);
        for bytes in [&self.report, &self.line] {
            into.length(bytes.len());
            into.raw(bytes);
        }
        into.into_bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let mut next = || {
            let length = from.length(1)?;
            from.raw(length).map(<[u8]>::to_vec)
        };
        let (report, line) = (next()?, next()?);
        from.is_empty().then_some(Self { report, line })
    }
}

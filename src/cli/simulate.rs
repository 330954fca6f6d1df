//! What every command that simulates needs: threads, a way to stop, a bar, enough memory.
//!
//! In: a plan. Out: its outcome, or an exit. Not here: what is done with it (`run`, `replay`).

use super::interrupt::{Writing, interrupted};
use super::load::Loaded;
use super::{Exit, interrupt, machine, terminal};
use crate::chart::CHARTS;
use crate::engine::{self, Control, Outcome, RunError, TriggerExposure, trigger_exposure};
use crate::figure::counted;
use crate::plan::{ExposurePlan, Plan};
use crate::report::{PICTURE_BYTES_PER_PATH, grouped};
use crate::scenario::Scenario;
use crate::stage::Level;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Share of the available memory that a run may take.
const MEMORY_SHARE: f64 = 0.8;

/// Bytes that a run takes whatever its paths: what it reads, its tables, its report.
const OF_ANY_RUN: u64 = 16 << 20;
/// Bytes of a picture that a thread draws: its dots, once more while they are packed, its letters.
const OF_A_PICTURE: u64 = 24 << 20;

/// What is said if a run ends before its files are written.
const NOTHING: &str = "nothing was written for this scenario";
/// What is said if it ends while the screen is printed.
const WRITTEN: &str = "the files of this scenario are written";

/// Simulates plans on a pool of threads until the user stops it.
pub(super) struct Simulator {
    pub level: Level,
    pub n_threads: usize,
    pub pool: rayon::ThreadPool,
    stop: &'static AtomicBool,
}

/// The SIMD level to run at.
pub(super) fn level() -> Result<Level, Exit> {
    machine::level().map_err(|message| terminal::fail(&message))
}

/// From now on another scenario is run.
pub(super) fn begin() {
    interrupt::leaves(NOTHING);
}

impl Simulator {
    /// On `threads` threads, or as many as there are cores, until the user asks to stop.
    pub fn new(level: Level, threads: Option<u16>) -> Result<Self, Exit> {
        begin();
        Self::until(interrupt::asked(), level, threads)
    }

    /// The same until `stop` is set.
    pub fn until(
        stop: &'static AtomicBool,
        level: Level,
        threads: Option<u16>,
    ) -> Result<Self, Exit> {
        let n_threads = threads.map_or_else(machine::threads, usize::from);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .map_err(|error| {
                terminal::fail(&format!("cannot start {n_threads} threads: {error}"))
            })?;
        // a thread takes its part of all addresses when it first asks for memory; what is left for a run is
        // looked at afterwards
        pool.broadcast(|_| drop(std::hint::black_box(Box::new(0_u8))));
        Ok(Self {
            level,
            n_threads,
            pool,
            stop,
        })
    }

    /// Refuses a run that would not fit.
    pub fn check_memory(&self, loaded: &Loaded, has_charts: bool) -> Result<(), Exit> {
        let scenario = loaded.scenario();
        let later_per_path = match has_charts {
            true => PICTURE_BYTES_PER_PATH,
            false => 0,
        };
        self.check_memory_of(&loaded.file, scenario, scenario.paths, later_per_path)
    }

    /// The same for `paths` paths of a scenario of `file`, of which `later_per_path` bytes each are
    /// kept afterwards.
    pub fn check_memory_of(
        &self,
        file: &Path,
        scenario: &Scenario,
        paths: u64,
        later_per_path: u64,
    ) -> Result<(), Exit> {
        let Some(allowed) = allowed_memory() else {
            return Ok(());
        };
        let mut plan = Plan::compile(scenario);
        plan.n_paths = paths;
        if self.needed_memory(&plan, later_per_path) <= allowed {
            return Ok(());
        }
        let refusal = self.too_large(&mut plan, later_per_path, allowed);
        Err(terminal::fail(&format!("{}: {refusal}", file.display())))
    }

    /// Bytes that a run of `plan` needs.
    pub fn needed_memory(&self, plan: &Plan, later_per_path: u64) -> u64 {
        let pictures = match later_per_path {
            0 => 0,
            _ => OF_A_PICTURE * self.n_threads.min(CHARTS.len()) as u64,
        };
        engine::estimate_memory(plan, self.n_threads, later_per_path) + OF_ANY_RUN + pictures
    }

    /// Says that `plan` needs more than the `allowed` bytes, and what fits.
    pub fn too_large(&self, plan: &mut Plan, later_per_path: u64, allowed: u64) -> String {
        let paths = plan.n_paths;
        let estimate = self.needed_memory(plan, later_per_path);
        plan.n_paths = 0;
        let fixed = self.needed_memory(plan, later_per_path);
        plan.n_paths = paths;
        let per_path = (estimate - fixed) as f64 / paths as f64;
        let fits = round_down((allowed.saturating_sub(fixed) as f64 / per_path) as u64);
        let remedy = match fits {
            0 if later_per_path > 0 => {
                "by this estimate not even one fits; take --no-charts, --threads 1 or fewer assets"
                    .to_owned()
            }
            0 => "by this estimate not even one fits; take --threads 1 or fewer assets".to_owned(),
            fits => format!("--paths {fits} fits"),
        };
        let needs = if paths == 1 { "needs" } else { "need" };
        format!(
            "{} {needs} about {} MB of memory, and {} MB can be had; {remedy}",
            counted(paths as usize, "path"),
            grouped(estimate >> 20),
            grouped(allowed >> 20),
        )
    }

    /// To run at the level that was asked for until the user stops it, without telling how far it is.
    pub fn control(&self) -> Control<'_> {
        Control {
            level: self.level,
            stop: self.stop,
            progress: &|_| {},
        }
    }

    /// Set once it is to stop.
    pub fn stop(&self) -> &AtomicBool {
        self.stop
    }

    /// Whether it is to stop: by the user, or by the clock of a batch.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Errors once the user has asked to stop.
    pub fn unless_stopped(&self) -> Result<(), Exit> {
        match self.stop.load(Ordering::Relaxed) {
            true => Err(interrupted()),
            false => Ok(()),
        }
    }

    /// Writes files with `write`, unless the user has asked to stop; says from then on that they are
    /// there.
    pub fn write(
        &self,
        write: impl FnOnce() -> Result<Option<Writing>, String>,
    ) -> Result<(), Exit> {
        self.unless_stopped()?;
        let _writing = write().map_err(|why| interrupt::or_fail(&why))?;
        interrupt::leaves(WRITTEN);
        Ok(())
    }

    /// How often the markets alone take the agents of `scenario` to their triggers, if they hold
    /// anything.
    pub fn exposure(&self, scenario: &Scenario) -> Result<Option<TriggerExposure>, RunError> {
        let plan = ExposurePlan::compile(scenario);
        let probe = |plan| trigger_exposure(&plan, &self.control());
        self.pool.install(|| plan.map(probe).transpose())
    }

    /// Simulates every path, with a bar on a terminal.
    pub fn run(&self, plan: &Plan) -> Result<Outcome, Exit> {
        let progress = if std::io::stderr().is_terminal() {
            ProgressBar::new(plan.n_paths).with_style(style())
        } else {
            ProgressBar::hidden()
        };
        let control = Control {
            progress: &|paths| progress.inc(paths),
            ..self.control()
        };
        let outcome = self.pool.install(|| engine::run(plan, &control));
        progress.finish_and_clear();
        outcome.map_err(|error| refused(&error))
    }
}

/// Says why there is no outcome.
pub(super) fn refused(error: &RunError) -> Exit {
    match error {
        RunError::Interrupted => interrupted(),
        RunError::NotFinite { .. } => terminal::fail(&not_finite(error)),
    }
}

/// What to do about a path that leaves the range of numbers.
pub(super) fn not_finite(error: &RunError) -> String {
    let why = match error {
        RunError::NotFinite {
            is_by_sales: true, ..
        } => {
            "the sales of agents move prices farther than a number can hold, and without them it would \
             not; nothing was written; lower `impact_of_10_percent` of the markets or, where there is a \
             [crisis], raise `crisis.depth`"
        }
        _ => {
            "the scenario's rates grow beyond what a number can hold; nothing was written; lower them \
             or shorten the horizon"
        }
    };
    format!("{error}: {why}")
}

/// Bytes that cases and runs may take, where the system says what can be had.
pub(super) fn allowed_memory() -> Option<u64> {
    machine::available_memory().map(|available| (available as f64 * MEMORY_SHARE) as u64)
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} paths, {eta} left")
        .expect("the template is valid")
}

/// The two leading digits of a number, the rest zeros.
fn round_down(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    number / unit * unit
}

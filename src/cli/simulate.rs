//! What every command that simulates needs: threads, a way to stop, a bar, enough memory.
//!
//! In: a plan. Out: its outcome, or an exit. Not here: what is done with it (`run`, `replay`).

use super::load::Loaded;
use super::{Exit, machine, terminal};
use crate::engine::{self, Control, Outcome, RunError};
use crate::plan::Plan;
use crate::report::{PICTURE_BYTES_PER_PATH, grouped};
use crate::stage::Level;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Share of the available memory that a run may take.
const MEMORY_SHARE: f64 = 0.8;

/// Simulates plans on a pool of threads until the user stops it.
pub(super) struct Simulator {
    pub level: Level,
    pub n_threads: usize,
    pub pool: rayon::ThreadPool,
    stop: Arc<AtomicBool>,
}

/// The SIMD level to run at.
pub(super) fn level() -> Result<Level, Exit> {
    machine::level().map_err(|message| terminal::fail(&message))
}

impl Simulator {
    /// On `threads` threads, or as many as there are cores.
    pub fn new(level: Level, threads: Option<u16>) -> Result<Self, Exit> {
        let n_threads = threads.map_or_else(machine::threads, usize::from);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .map_err(|error| {
                terminal::fail(&format!("cannot start {n_threads} threads: {error}"))
            })?;
        let stop = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&stop);
        ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed))
            .map_err(|error| terminal::fail(&format!("cannot listen for Ctrl-C: {error}")))?;
        Ok(Self {
            level,
            n_threads,
            pool,
            stop,
        })
    }

    /// Refuses a run that would not fit.
    pub fn check_memory(&self, loaded: &Loaded, has_charts: bool) -> Result<(), Exit> {
        let Some(available) = machine::available_memory() else {
            return Ok(());
        };
        let allowed = (available as f64 * MEMORY_SHARE) as u64;
        let later_per_path = match has_charts {
            true => PICTURE_BYTES_PER_PATH,
            false => 0,
        };
        let mut plan = Plan::compile(loaded.scenario());
        let mut needed = |paths: u64| {
            plan.n_paths = paths;
            engine::estimate_memory(&plan, self.n_threads, later_per_path)
        };
        let paths = loaded.scenario().paths;
        let estimate = needed(paths);
        if estimate <= allowed {
            return Ok(());
        }
        let fixed = needed(0);
        let per_path = (estimate - fixed) as f64 / paths as f64;
        let fits = round_down((allowed.saturating_sub(fixed) as f64 / per_path) as u64);
        let remedy = match fits {
            0 => "not even one fits; take fewer assets or --threads 1".to_owned(),
            fits => format!("--paths {fits} fits"),
        };
        Err(terminal::fail(&format!(
            "{}: {} paths need about {} MB of memory, and {} MB can be had; {remedy}",
            loaded.file.display(),
            grouped(paths),
            grouped(estimate >> 20),
            grouped(allowed >> 20),
        )))
    }

    /// Errors once the user has asked to stop.
    pub fn unless_stopped(&self) -> Result<(), Exit> {
        match self.stop.load(Ordering::Relaxed) {
            true => Err(interrupted()),
            false => Ok(()),
        }
    }

    /// Simulates every path, with a bar on a terminal.
    pub fn run(&self, plan: &Plan) -> Result<Outcome, Exit> {
        let progress = if std::io::stderr().is_terminal() {
            ProgressBar::new(plan.n_paths).with_style(style())
        } else {
            ProgressBar::hidden()
        };
        let control = Control {
            level: self.level,
            stop: &self.stop,
            progress: &|paths| progress.inc(paths),
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
        RunError::NotFinite { .. } => terminal::fail(&format!(
            "{error}: the scenario's rates grow beyond what a number can hold; nothing was \
             written; lower them or shorten the horizon"
        )),
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} paths, {eta} left")
        .expect("the template is valid")
}

fn interrupted() -> Exit {
    terminal::say("interrupted; nothing was written for this scenario\n");
    Exit::Interrupted
}

/// The two leading digits of a number, the rest zeros.
fn round_down(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    number / unit * unit
}

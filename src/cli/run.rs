//! `run`: simulate, report, draw.

use super::files::Batch;
use super::load::Loaded;
use super::{Exit, args, files, load, machine, terminal};
use crate::chart::{CHARTS, Kind, Theme};
use crate::engine::{self, Control, Outcome, RunError};
use crate::plan::Plan;
use crate::report::{About, PICTURE_BYTES_PER_PATH, Picture, Report, grouped, pictures};
use crate::stage::Level;
use indicatif::{ProgressBar, ProgressStyle};
use std::ffi::OsStr;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Share of the available memory that a run may take.
const MEMORY_SHARE: f64 = 0.8;

/// Simulates every scenario that was named and writes its folder.
pub(super) fn run(arguments: &args::Run) -> Exit {
    match prepare(arguments).and_then(|prepared| prepared.run_all(arguments)) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// Everything that is checked before the first path is simulated.
struct Prepared {
    level: Level,
    n_threads: usize,
    pool: rayon::ThreadPool,
    stop: Arc<AtomicBool>,
    scenarios: Vec<(Loaded, PathBuf)>,
}

fn prepare(arguments: &args::Run) -> Result<Prepared, Exit> {
    if arguments.json && arguments.reading.scenarios.len() > 1 {
        return Err(terminal::fail(
            "--json prints one report; name one scenario, or read the report.json of each",
        ));
    }
    let level = machine::level().map_err(|message| terminal::fail(&message))?;
    let reading = &arguments.reading;
    let loaded = load::load(&reading.scenarios, &reading.edits()).ok_or(Exit::Failed)?;
    let scenarios = with_folders(loaded, &arguments.out)?;
    let n_threads = arguments.threads.map_or_else(machine::threads, usize::from);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(n_threads)
        .build()
        .map_err(|error| terminal::fail(&format!("cannot start {n_threads} threads: {error}")))?;
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed))
        .map_err(|error| terminal::fail(&format!("cannot listen for Ctrl-C: {error}")))?;
    for (loaded, folder) in &scenarios {
        check_memory(loaded, n_threads, !arguments.no_charts)?;
        files::probe(folder).map_err(|message| terminal::fail(&message))?;
    }
    Ok(Prepared {
        level,
        n_threads,
        pool,
        stop,
        scenarios,
    })
}

/// Gives every scenario the folder of its file's stem; two of the same stem are refused.
fn with_folders(loaded: Vec<Loaded>, out: &Path) -> Result<Vec<(Loaded, PathBuf)>, Exit> {
    let mut scenarios: Vec<(Loaded, PathBuf)> = Vec::with_capacity(loaded.len());
    for one in loaded {
        let stem = one.file.file_stem().unwrap_or_default();
        let folder = out.join(stem);
        if [".", ".."].map(OsStr::new).contains(&stem) {
            return Err(terminal::fail(&format!(
                "{} has no name that a folder of results could have; rename it",
                one.file.display()
            )));
        }
        if let Some((other, _)) = scenarios.iter().find(|(_, taken)| *taken == folder) {
            let (first, second) = (other.file.display(), one.file.display());
            return Err(terminal::fail(&match other.file == one.file {
                true => format!("{first} is named twice; name it once"),
                false => format!(
                    "{first} and {second} would both be written to {}; run one of them with \
                     another --out",
                    folder.display()
                ),
            }));
        }
        scenarios.push((one, folder));
    }
    Ok(scenarios)
}

fn check_memory(loaded: &Loaded, n_threads: usize, has_charts: bool) -> Result<(), Exit> {
    let Some(available) = machine::available_memory() else {
        return Ok(());
    };
    let allowed = (available as f64 * MEMORY_SHARE) as u64;
    let later_per_path = match has_charts {
        true => PICTURE_BYTES_PER_PATH,
        false => 0,
    };
    let mut plan = Plan::compile(&loaded.scenario);
    let mut needed = |paths: u64| {
        plan.n_paths = paths;
        engine::estimate_memory(&plan, n_threads, later_per_path)
    };
    let paths = loaded.scenario.paths;
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

/// The two leading digits of a number, the rest zeros.
fn round_down(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    number / unit * unit
}

impl Prepared {
    fn run_all(&self, arguments: &args::Run) -> Result<Exit, Exit> {
        let mut exit = Exit::Done;
        for (index, (loaded, folder)) in self.scenarios.iter().enumerate() {
            if index > 0 {
                done(terminal::print("\n"))?;
            }
            let report = self.run_one(loaded, folder, arguments)?;
            if arguments.deny_warnings && deny(loaded, &report) {
                exit = Exit::No;
            }
        }
        Ok(exit)
    }

    fn run_one(
        &self,
        loaded: &Loaded,
        folder: &Path,
        arguments: &args::Run,
    ) -> Result<Report, Exit> {
        let begun = Instant::now();
        let plan = Plan::compile(&loaded.scenario);
        let outcome = self.simulate(&plan)?;
        let simulated = begun.elapsed();
        let report = self
            .pool
            .install(|| Report::new(&loaded.scenario, &outcome));
        let json = report.to_json();
        let drawn = match arguments.no_charts {
            true => Vec::new(),
            false => {
                let theme = match arguments.dark {
                    true => Theme::Dark,
                    false => Theme::Light,
                };
                let draw = || pictures(&loaded.scenario, &outcome, &report, theme);
                self.pool.install(draw)
            }
        };
        self.unless_stopped()?;
        let timing = serde_json::json!({
            "simulate_seconds": simulated.as_secs_f64(),
            "total_seconds": begun.elapsed().as_secs_f64(),
            "threads": self.n_threads,
            "simd": self.level.name(),
        });
        write_all(folder, &json, &format!("{timing:#}\n"), &drawn)
            .map_err(|message| terminal::fail(&message))?;
        if arguments.json {
            done(terminal::print(&json))?;
        } else {
            let footer = footer(folder, drawn.len(), loaded.scenario.seed);
            done(terminal::print(
                &(report.to_text(terminal::width()) + &footer),
            ))?;
        }
        Ok(report)
    }

    fn unless_stopped(&self) -> Result<(), Exit> {
        match self.stop.load(Ordering::Relaxed) {
            true => Err(interrupted()),
            false => Ok(()),
        }
    }

    fn simulate(&self, plan: &Plan) -> Result<Outcome, Exit> {
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
        outcome.map_err(|error| match error {
            RunError::Interrupted => interrupted(),
            RunError::NotFinite { .. } => terminal::fail(&format!(
                "{error}: the scenario's rates grow beyond what a number can hold; nothing was \
                 written; lower them or shorten the horizon"
            )),
        })
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

/// Whether the report has a warning that another scenario or more paths would not have; says which.
fn deny(loaded: &Loaded, report: &Report) -> bool {
    let denied: Vec<&str> = report
        .warnings
        .iter()
        .filter(|warning| warning.about != About::Version)
        .map(|warning| warning.id)
        .collect();
    if !denied.is_empty() {
        terminal::say(&format!(
            "denied: {} has warnings: {}\n",
            loaded.file.display(),
            denied.join(", ")
        ));
    }
    !denied.is_empty()
}

/// Writes the files of one run all together; pictures of an earlier run that it has not go.
fn write_all(folder: &Path, json: &str, timing: &str, drawn: &[Picture]) -> Result<(), String> {
    let mut batch = Batch::open(folder)?;
    batch.add("report.json", json.as_bytes())?;
    batch.add("timing.json", timing.as_bytes())?;
    for picture in drawn {
        batch.add(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
        batch.add(&format!("{}.png", picture.name), &picture.png)?;
    }
    let of_kind = |kind: &&Kind| ["svg", "png"].map(|ending| format!("{}.{ending}", kind.id));
    batch.commit(&CHARTS.iter().flat_map(of_kind).collect::<Vec<_>>())
}

/// What was written where; on two lines if one is too short.
fn footer(folder: &Path, n_charts: usize, seed: u64) -> String {
    let folder = format!("{}/", folder.display());
    let charts = match n_charts {
        0 => String::new(),
        1 => "  1 chart as SVG and PNG".to_owned(),
        n => format!("  {n} charts as SVG and PNG"),
    };
    let files = format!("report.json{charts}  seed {seed}");
    let length = folder.chars().count() + 2 + files.chars().count();
    match length <= terminal::width().min(80) {
        true => format!("{folder}  {files}\n"),
        false => format!("{folder}\n  {files}\n"),
    }
}

fn done(exit: Exit) -> Result<(), Exit> {
    match exit {
        Exit::Done => Ok(()),
        other => Err(other),
    }
}

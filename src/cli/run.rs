//! `run`: simulate, report, draw.

use super::files::Batch;
use super::interrupt::{self, Writing};
use super::load::Loaded;
use super::simulate::Simulator;
use super::{Exit, args, files, load, simulate, terminal};
use crate::chart::{CHARTS, Kind, Theme};
use crate::engine::{self, Outcome, TriggerExposure};
use crate::plan::Plan;
use crate::random::Seeds;
use crate::report::batch::{GatePart, GateVerdict, judge_all};
use crate::report::{
    About, Chosen, Picture, ReplayReport, Report, data_of, grouped, pictures, worst_crash,
};
use crate::scenario::Study;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Simulates every scenario that was named and writes its folder.
pub(super) fn run(arguments: &args::Run) -> Exit {
    match prepare(arguments).and_then(|prepared| prepared.run_all(arguments)) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// Everything that is checked before the first path is simulated.
struct Prepared {
    simulator: Simulator,
    scenarios: Vec<(Loaded, PathBuf)>,
}

fn prepare(arguments: &args::Run) -> Result<Prepared, Exit> {
    if arguments.json && arguments.reading.scenarios.len() > 1 {
        return Err(terminal::fail(
            "--json prints one report; name one scenario, or read the report.json of each",
        ));
    }
    let level = simulate::level()?;
    let reading = &arguments.reading;
    let loaded = load::load(&reading.scenarios, &reading.edits()).ok_or(Exit::Failed)?;
    let scenarios = with_folders(loaded, &arguments.out)?;
    let simulator = Simulator::new(level, arguments.threads)?;
    for (loaded, folder) in &scenarios {
        simulator.check_memory(loaded, !arguments.no_charts)?;
        files::probe(folder, &arguments.out).map_err(|why| interrupt::or_fail(&why))?;
    }
    Ok(Prepared {
        simulator,
        scenarios,
    })
}

/// Gives every scenario the folder of its file's stem; two of the same stem are refused.
pub(super) fn with_folders(
    loaded: Vec<Loaded>,
    out: &Path,
) -> Result<Vec<(Loaded, PathBuf)>, Exit> {
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

impl Prepared {
    fn run_all(&self, arguments: &args::Run) -> Result<Exit, Exit> {
        let mut exit = Exit::Done;
        for (index, (loaded, folder)) in self.scenarios.iter().enumerate() {
            if index > 0 {
                done(terminal::print("\n"))?;
            }
            let report = self.run_one(loaded, folder, arguments)?;
            let is_denied = arguments.deny_warnings && deny(loaded, &report);
            if is_denied || !are_met(&report.gates) {
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
        simulate::begin();
        let plan = Plan::compile(loaded.scenario());
        let outcome = self.simulator.run(&plan)?;
        let exposure = self.simulator.exposure(loaded.scenario());
        let exposure = exposure.map_err(|error| simulate::refused(&error))?;
        let simulated = begun.elapsed();
        let report = self
            .simulator
            .pool
            .install(|| judged_report(&loaded.study, &outcome, exposure.as_ref()));
        let json = report.to_json();
        let drawn = match arguments.no_charts {
            true => Vec::new(),
            false => {
                let theme = theme(arguments.dark);
                let worst = self.worst_crash(loaded, &plan, &outcome)?;
                let stop = self.simulator.stop();
                let scenario = loaded.scenario();
                let draw = || pictures(scenario, &outcome, &report, worst.as_ref(), theme, stop);
                self.simulator.pool.install(draw).unwrap_or_default()
            }
        };
        let timing = serde_json::json!({
            "simulate_seconds": simulated.as_secs_f64(),
            "total_seconds": begun.elapsed().as_secs_f64(),
            "threads": self.simulator.n_threads,
            "simd": self.simulator.level.name(),
        });
        let timing = format!("{timing:#}\n");
        let write = || write_all((folder, &arguments.out), &json, &timing, &drawn);
        self.simulator.write(write)?;
        if arguments.json {
            done(terminal::print(&json))?;
        } else {
            let footer = footer(folder, drawn.len(), loaded.scenario().seeds) + &cases(loaded);
            done(terminal::print(
                &(report.to_text(terminal::width()) + &footer),
            ))?;
        }
        Ok(report)
    }

    /// The path of the worst crash, simulated once more and followed; one block costs little.
    fn worst_crash(
        &self,
        loaded: &Loaded,
        plan: &Plan,
        outcome: &Outcome,
    ) -> Result<Option<ReplayReport>, Exit> {
        let Some(path) = worst_crash(outcome) else {
            return Ok(None);
        };
        let replay = engine::replay(plan, self.simulator.level, path)
            .map_err(|error| simulate::refused(&error))?;
        let chosen = Chosen::DeepestSale;
        Ok(Some(ReplayReport::new(
            loaded.scenario(),
            &replay,
            chosen,
            None,
        )))
    }
}

/// The report of the file as written, with what is expected of it.
fn judged_report(study: &Study, outcome: &Outcome, exposure: Option<&TriggerExposure>) -> Report {
    let written = &study.as_written;
    let data = data_of(&written.scenario, outcome);
    let gates = judge_all(&written.expectations, &study.sources, &data, 0);
    Report::of(&written.scenario, outcome, &data, exposure)
        .with_limits(&written.expectations)
        .with_gates(&gates)
}

/// Whether every gate passes; one that cannot be decided does not.
fn are_met(gates: &[GatePart]) -> bool {
    gates.iter().all(|gate| gate.verdict == GateVerdict::Pass)
}

/// The ground of PNG pictures.
pub(super) fn theme(is_dark: bool) -> Theme {
    match is_dark {
        true => Theme::Dark,
        false => Theme::Light,
    }
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
fn write_all(
    (folder, out): (&Path, &Path),
    json: &str,
    timing: &str,
    drawn: &[Picture],
) -> Result<Option<Writing>, String> {
    let mut batch = Batch::open(folder, out)?;
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
/// What the file says beyond what was run.
fn cases(loaded: &Loaded) -> String {
    let study = &loaded.study;
    if !study.is_matrix {
        return String::new();
    }
    let file = terminal::quoted(&load::shown(&loaded.file));
    let n_asked = study.as_written.expectations.len();
    let unasked = match study.n_expectations - n_asked {
        0 => String::new(),
        1 => " and asks 1 more gate".to_owned(),
        n => format!(" and asks {n} more gates"),
    };
    let n_cases = match study.cases.len() {
        1 => "its case".to_owned(),
        n => format!("its {} cases", grouped(n as u64)),
    };
    format!("This is the file as written: `tailwheel batch {file}` runs {n_cases}{unasked}.\n")
}

fn footer(folder: &Path, n_charts: usize, seeds: Seeds) -> String {
    let folder = format!("{}/", load::shown(folder));
    let charts = match n_charts {
        0 => String::new(),
        1 => "  1 chart as SVG and PNG".to_owned(),
        n => format!("  {n} charts as SVG and PNG"),
    };
    let files = format!("report.json{charts}  {seeds}");
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

//! Finishes a run: computes its report, prints it, draws charts, writes its folder, and sets the exit code.
//!
//! In: a run, simulated or merged. Out: its files, its screen, the status of its gates. Not here: simulating
//! it (`run`) or merging it (`merge`).

use super::load::{self, Loaded};
use super::output_folder::OutputFolder;
use super::{Exit, Stop, parts, run, stop, terminal};
use crate::page::Rendered;
use crate::record::id;
use crate::report::gate::GateVerdict;
use crate::report::judged;
use crate::report::{
    About, CommandPart, Format, Picture, ReplayReport, Report, Studies, Timing, screens, sketches, to_json,
};
use crate::study::{Lab, Run, Task};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Prints and writes all results of a run that has just been simulated, and that began at `begun`. Returns
/// [`Exit::No`] if a gate does not pass or a warning is denied.
pub(super) fn finish(
    lab: &Lab,
    loaded: &Loaded,
    folder: &Path,
    arguments: &run::Run,
    run: &Run<'_>,
    begun: Instant,
) -> Result<Exit, Stop> {
    let simulated = begun.elapsed();
    let mut report = with_paths(lab, run, judged_on(lab, loaded, run))?;
    if !arguments.no_bridge {
        report = report.with_bridge(lab.bridge(run)?);
    }
    let json = to_json(&report);
    // screen and page are made from the JSON as written, so that `report` reproduces them
    let mut report = Report::of_json(&json).expect("what was written can be read");
    report.command = Some(command(loaded, arguments));
    let output = Output {
        lab,
        target: OutputFolder::of(&arguments.work, folder.to_owned(), arguments.charts.no_charts),
        beside: folder,
        named: arguments.charts.ids(),
        format: arguments.format,
    };
    output.show(&report, &json, || {
        let timing = Timing {
            simulate_seconds: simulated.as_secs_f64(),
            total_seconds: begun.elapsed().as_secs_f64(),
            threads: lab.pool.current_num_threads(),
            simd: lab.level.name().to_owned(),
            command: report.command.clone(),
        };
        Some(Some(to_json(&timing)))
    })?;
    let is_denied = arguments.deny_warnings && deny(loaded, &report);
    // an inconclusive gate does not pass
    let has_failed = report.gates.iter().any(|gate| gate.verdict != GateVerdict::Pass);
    Ok(if is_denied || has_failed { Exit::No } else { Exit::Done })
}

/// Output of a report: its folder and charts, and the format to print.
pub(super) struct Output<'a> {
    pub lab: &'a Lab,
    pub target: OutputFolder<'a>,
    /// Folder with the results of `sensitivity` and `solve`, which the HTML page includes.
    pub beside: &'a Path,
    /// Ids of the charts to draw; all if empty.
    pub named: &'a [String],
    pub format: &'static Format<Report>,
}

impl Output<'_> {
    /// Prints and writes a report. `json` is its report.json. `timing` returns the text of timing.json once
    /// the charts are drawn: `Some(None)` deletes that file, `None` leaves it alone.
    pub fn show(
        &self,
        report: &Report,
        json: &str,
        timing: impl FnOnce() -> Option<Option<String>>,
    ) -> Result<(), Stop> {
        parts::check_read()?;
        if self.format.print.is_none() {
            terminal::print_rendered(&report.screen(terminal::form()))?;
        }
        let sketches = || self.lab.pool.install(|| sketches(report, self.named));
        let drawn = self.target.drawn(self.lab, sketches);
        let (timing, page) = (timing(), page(report, &drawn, self.beside));
        let mut texts = vec![
            // first in the list, so that it is renamed last and marks the folder as complete
            ("report.json", Some(json)),
            ("report.html", Some(page.as_str())),
        ];
        texts.extend(timing.as_ref().map(|timing| ("timing.json", timing.as_deref())));
        parts::check_read()?;
        self.target.write(self.lab, &texts, &drawn)?;
        let printed = match self.format.print {
            Some(print) => terminal::print(&print(report)),
            None => terminal::print_rendered(&self.files(report, &drawn)),
        };
        printed.map(drop)
    }

    /// Lists the written files, and requested charts that have nothing to show.
    fn files(&self, report: &Report, drawn: &[Picture]) -> Rendered {
        let is_drawn = |id: &&String| drawn.iter().any(|picture| picture.name == **id);
        let empty = self.named.iter().filter(|id| !is_drawn(id));
        let facts = serde_json::json!({
            "folder": format!("{}/", load::shown(&self.target.folder)),
            "file": report.file(),
            "n_charts": drawn.len(),
            "empty": empty.collect::<Vec<&String>>(),
            "command": report.command,
        });
        screens::rendered("run_files.txt.j2", &facts, terminal::form())
    }
}

/// Reports several scenarios by `report`, an empty line between them. Returns [`Exit::No`] if `report` does so once.
pub(super) fn each<T>(
    scenarios: impl IntoIterator<Item = T>,
    mut report: impl FnMut(T) -> Result<Exit, Stop>,
) -> Result<Exit, Stop> {
    let mut exit = Exit::Done;
    for (index, scenario) in scenarios.into_iter().enumerate() {
        if index > 0 {
            terminal::print("\n")?;
        }
        if report(scenario)? == Exit::No {
            exit = Exit::No;
        }
    }
    Ok(exit)
}

/// Refuses to print `n` reports, if several, in a format for programs. `remedy` is part of the message.
pub(super) fn refuse_several(n: usize, is_screen: bool, remedy: &str) -> Result<(), Stop> {
    if n <= 1 || is_screen {
        return Ok(());
    }
    Err(stop!("--json and --format print a single report; {remedy}, or read each report.json"))
}

/// Computes the report of a run and judges its gates, while a progress bar is shown.
pub(super) fn judged_on(lab: &Lab, loaded: &Loaded, run: &Run<'_>) -> Report {
    let study = &loaded.study;
    let expected = &study.as_written.expectations;
    lab.work(Task::new("statistics", 2, "steps"), |control| {
        let data = run.data();
        (control.progress)(1);
        let (report, _) = judged(expected, &study.sources, run, &data);
        (control.progress)(1);
        report
    })
}

/// Adds the worst crash and the median path of the run to `report`.
pub(super) fn with_paths(lab: &Lab, run: &Run<'_>, report: Report) -> Result<Report, Stop> {
    let scenario = &*run.scenario;
    let wealth = report.measures.get(id::REAL_WEALTH_P50);
    let median = wealth.map(|wealth| lab.median_path(run, wealth.value, report.month_of_median_ruin()));
    let median = median.transpose()?.flatten();
    let worst = lab.worst_crash(run)?;
    let part = |replay| ReplayReport { scenario, replay };
    Ok(report.with_paths(worst.as_ref().map(part), median.as_ref().map(part)))
}

/// HTML page of a run with its charts, and with results of `sensitivity` and `solve` in `folder` about the
/// same model.
fn page(report: &Report, drawn: &[Picture], folder: &Path) -> String {
    let [sensitivity, solve] = ["sensitivity", "solve"].map(|study| {
        let file = folder.join(study).join(format!("{study}.json"));
        fs::read_to_string(file).ok()
    });
    let beside = Studies::of(report, sensitivity.as_deref(), solve.as_deref());
    report.to_html(drawn, &beside)
}

/// True if `--deny-warnings` denies the report: it has a warning about the scenario or its sampling. Prints
/// the ids of such warnings, to explain the exit code.
fn deny(loaded: &Loaded, report: &Report) -> bool {
    let about_this = report.warnings.iter().filter(|warning| warning.about != About::Version);
    let denied: Vec<&str> = about_this.map(|warning| warning.id.as_str()).collect();
    if !denied.is_empty() {
        terminal::say(&format!("denied: {} has warnings: {}\n", loaded.file.display(), denied.join(", ")));
    }
    !denied.is_empty()
}

/// Command line that reproduces this report, with the numbers of cases and gates of the file that were not run.
fn command(loaded: &Loaded, arguments: &run::Run) -> CommandPart {
    let edits =
        arguments.work.edits.all().into_iter().map(|edit| format!(" --set {}", terminal::quoted(&edit)));
    let file = load::typed(&loaded.file);
    let bridge = if arguments.no_bridge { " --no-bridge" } else { "" };
    let study = &loaded.study;
    let assets = &study.as_written.scenario.assets;
    CommandPart {
        line: format!("tailwheel run {file}{}{bridge}", edits.collect::<String>()),
        file,
        edits: arguments.work.edits.assignments.clone(),
        cases: study.is_matrix.then_some(study.n_cases),
        gates_of_cases: study.n_expectations - study.as_written.expectations.len(),
        is_flywheel: assets.iter().any(|asset| asset.kind.facts().pays_for_more),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::cli::load::How;
    use crate::cli::run::job;
    use crate::cli::{Cli, Command};
    use crate::stage::Level;
    use crate::study::Progress;
    use clap::Parser;
    use std::path::PathBuf;
    use std::sync::{Arc, Mutex};

    /// Returns what is asked of the shipped scenario `file` on so many paths, and the scenario.
    pub(in crate::cli) fn asked(file: &str, paths: &str) -> (run::Run, Loaded) {
        let file = format!("{}/scenarios/{file}", env!("CARGO_MANIFEST_DIR"));
        let command = Cli::parse_from(["tailwheel", "run", &file, "--paths", paths]).command;
        let Command::Run(arguments) = command else { panic!("it is a run") };
        let loaded = load::load(&arguments.scenarios, &arguments.work.edits, How::AsWritten, None);
        (arguments, loaded.expect("valid").remove(0))
    }

    #[test]
    fn statistics_and_charts_are_tasks_that_end_with_all_of_them_done() {
        let (arguments, loaded) = asked("four-claims.toml", "300");
        let tasks = Arc::new(Mutex::new(Vec::<(String, u64, u64)>::new()));
        let (begun, done) = (Arc::clone(&tasks), Arc::clone(&tasks));
        let lab = Lab::new(Level::detect(), 2, Box::leak(Box::default())).expect("threads");
        let lab = Lab {
            progress: Progress {
                task: Box::new(move |task| {
                    let task = task.map(|task| (task.label.clone(), 0, task.total.get()));
                    begun.lock().unwrap().extend(task);
                }),
                done: Box::new(move |n| done.lock().unwrap().last_mut().unwrap().1 += n),
                planned: Box::new(|_| {}),
            },
            ..lab
        };
        let run = lab.alone("simulating", &job(&lab, loaded.scenario(), &arguments)).expect("it runs");
        let report = judged_on(&lab, &loaded, &run);
        let target = OutputFolder::of(&arguments.work, PathBuf::new(), false);
        let n = target.drawn(&lab, || sketches(&report, &[])).len() as u64;
        assert!(n > 3, "{n} charts");
        let task = |label: &str, total| (label.to_owned(), total, total);
        assert_eq!(
            *tasks.lock().unwrap(),
            [task("simulating", 300), task("statistics", 2), task("charts", n)]
        );
    }
}

//! The `sensitivity` command: finds the assumptions that change the result most.

use super::args::RunArguments;
use super::load::{How, Loaded};
use super::merge::Merge;
use super::output_folder::OutputFolder;
use super::shards::{Collected, Question, RequestedShard, Study};
use super::{Exit, Stop, load, simulate, terminal};
use crate::figure::counted;
use crate::report::{SensitivityReport, to_json};
use crate::study::{self, Findings, Lab, Runs, Shard, Workload};
use clap::Args;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Show which assumptions change the result most
#[derive(Debug, Args)]
pub(super) struct Sensitivity {
    /// Scenario file
    pub scenario: PathBuf,
    /// Print sensitivity.json instead of the screen
    #[arg(long)]
    pub json: bool,
    /// Write no charts
    #[arg(long)]
    pub no_charts: bool,
    /// Simulate only the assumptions of shard I of N and write one file for `merge` [--out is then shards]
    #[arg(long, value_name = "I/N", conflicts_with_all = ["json", "no_charts", "dark"])]
    pub shard: Option<Shard>,
    #[command(flatten)]
    pub work: RunArguments,
}

/// Varies every assumption of the scenario. With `--shard`, varies those of one shard and writes its results,
/// unless its file exists already.
pub(super) fn run(arguments: &Sensitivity) -> Result<Exit, Stop> {
    let work = &arguments.work;
    let files = [arguments.scenario.clone()];
    let loaded = load::load(&files, &work.edits, How::AsWritten, None)?;
    let (one, case) = (&loaded[0], &loaded[0].study.as_written);
    if let Some(shard) = arguments.shard {
        let asked = RequestedShard {
            shard,
            question: Question::new(Study::Sensitivity, &files, &work.edits, &loaded),
            folder: work.out.join(format!("sensitivity-{}", one.folder(Path::new(""))?.display())),
            out: &work.out,
        };
        return asked.answer(work.threads, |lab| Ok(lab.sensitivity_shard(case, shard, announcing())?));
    }
    let target = OutputFolder::of(work, one.folder(&work.out)?.join("sensitivity"), arguments.no_charts);
    target.probe()?;
    let lab = simulate::lab_of_one(work.threads)?;
    let found = lab.sensitivity(case, announcing())?;
    show(&lab, &target, one, work.edits.assignments.clone(), found, arguments.json)
}

/// Merges the results of all shards, and writes and prints the sensitivity study.
pub(super) fn merge(collected: &Collected, arguments: &Merge) -> Result<Exit, Stop> {
    let loaded = &collected.question.loaded()?[0];
    let target = OutputFolder::of_merge(arguments, loaded.folder(arguments.out())?.join("sensitivity"));
    target.probe()?;
    let all: Vec<Findings> = collected.found()?;
    let lab = simulate::lab_of_one(arguments.threads)?;
    let announce = |runs: Runs| {
        terminal::say(&format!(
            "merge simulates {}: no shard could know that these assumptions rank first\n",
            shown(&runs)
        ));
    };
    let found = lab.merged_sensitivity(&loaded.study.as_written, all, announce)?;
    let edits = collected.question.set.clone();
    show(&lab, &target, loaded, edits, found, arguments.format.as_deref() == Some("json"))
}

/// Writes and prints the result of the sensitivity study.
fn show(
    lab: &Lab,
    target: &OutputFolder<'_>,
    loaded: &Loaded,
    edits: Vec<String>,
    found: study::Sensitivity,
    is_json: bool,
) -> Result<Exit, Stop> {
    let report = SensitivityReport::new(loaded.scenario(), load::shown(&loaded.file), edits, found);
    let (json, screen) = (to_json(&report), |form| report.screen(form));
    target.show(lab, "sensitivity", &json, || report.sketch(), screen, is_json)
}

/// Returns the callback that prints the remaining runs and their estimated time, once the first run is done.
fn announcing() -> impl FnOnce(&Workload) {
    let begun = Instant::now();
    move |work: &Workload| {
        if work.last.n > 0 {
            terminal::say(&announcement(work, begun.elapsed()));
        }
    }
}

/// Text such as `40 runs of 20,000 paths`.
fn shown(runs: &Runs) -> String {
    format!("{} of {}", counted(runs.n as usize, "run"), counted(runs.paths as usize, "path"))
}

/// Text such as `152 runs of 2,048 paths, then 40 runs of 20,000 paths: about 45 seconds`. `took` is the time
/// of one run of the unchanged scenario.
fn announcement(work: &Workload, took: Duration) -> String {
    let interim = work.interim.map_or_else(String::new, |interim| format!("{}, then ", shown(&interim)));
    let seconds = took.mul_f64(work.in_runs()).as_secs();
    let time = match seconds {
        0 => "less than a second".to_owned(),
        1..120 => format!("about {}", counted(seconds as usize, "second")),
        _ => format!("about {}", counted((seconds / 60) as usize, "minute")),
    };
    format!("{interim}{}: {time}\n", shown(&work.last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_announced_is_that_of_one_run_times_their_number() {
        let work = Workload {
            paths: 20_480,
            interim: Some(Runs { n: 150, paths: 2_048 }),
            last: Runs { n: 40, paths: 20_480 },
        };
        // 150 tenths of a run, then 40 without the tenth that is there
        let said = announcement(&work, Duration::from_secs(2));
        assert_eq!(said, "150 runs of 2,048 paths, then 40 runs of 20,480 paths: about 102 seconds\n");
        let few = Workload { paths: 33, interim: None, last: Runs { n: 2, paths: 33 } };
        let said = announcement(&few, Duration::from_millis(400));
        assert_eq!(said, "2 runs of 33 paths: less than a second\n");
        let said = announcement(&few, Duration::from_secs(80));
        assert_eq!(said, "2 runs of 33 paths: about 2 minutes\n");
    }
}

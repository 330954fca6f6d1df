//! The `sensitivity` command: finds the assumptions that change the result most.

use super::load::{How, Loaded};
use super::shards::{Asked, Question, Study};
use super::{Exit, args, files, load, shards, simulate, terminal};
use crate::figure::counted;
use crate::report::SensitivityReport;
use crate::report::screens::files_written;
use crate::study::{Findings, Lab, Runs, Sensitivity, Shard, Workload};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Varies every assumption of the scenario, or the assumptions of one shard.
pub(super) fn run(arguments: &args::Sensitivity) -> Result<Exit, Exit> {
    if let Some(shard) = arguments.shard {
        return run_shard(arguments, shard);
    }
    let work = &arguments.work;
    let loaded = load::one(&arguments.scenario, &work.edits)?;
    let folder = folder(&loaded, &work.out)?;
    files::probe(&folder, &work.out)?;
    let lab = simulate::lab_of_one(work.threads)?;
    let found = lab.sensitivity(&loaded.study.as_written, announcing())?;
    let shown = Shown {
        folder,
        out: &work.out,
        dark: work.dark,
        no_charts: arguments.no_charts,
        json: arguments.json,
    };
    shown.show(&lab, &loaded, found)
}

/// Simulates one shard and writes its findings, unless its file exists already.
fn run_shard(arguments: &args::Sensitivity, shard: Shard) -> Result<Exit, Exit> {
    let work = &arguments.work;
    let files = [arguments.scenario.clone()];
    let recorded = load::recorded(&files, &work.edits, How::AsWritten);
    let (loaded, texts) = recorded.ok_or(Exit::Failed)?;
    // the folder is named after the scenario file
    let name = folder(&loaded[0], Path::new(""))?;
    let stem = name.parent().unwrap_or(&name).display().to_string();
    let asked = Asked {
        shard,
        question: Question::new(Study::Sensitivity, &files, &work.edits, texts),
        folder: work.out.join(format!("sensitivity-{stem}")),
        out: &work.out,
    };
    if let Some(exit) = asked.is_there()? {
        return Ok(exit);
    }
    let lab = simulate::lab_of_one(work.threads)?;
    let case = &loaded[0].study.as_written;
    let found = lab.sensitivity_shard(case, shard, announcing())?;
    asked.write(&found)
}

/// Merges the findings of all shards and shows the sensitivity.
pub(super) fn merge(
    collected: &shards::Collected,
    out: &Path,
    arguments: &args::Merge,
) -> Result<Exit, Exit> {
    let question = &collected.question;
    let loaded = question.loaded()?;
    let folder = folder(&loaded[0], out)?;
    files::probe(&folder, out)?;
    let all: Vec<Findings> = collected.found()?;
    let lab = simulate::lab_of_one(arguments.threads)?;
    let announce = |runs: Runs| {
        let (n, paths) = (counted(runs.n as usize, "run"), counted(runs.paths as usize, "path"));
        let said = format!(
            "merge simulates {n} of {paths}: no shard could know that these assumptions rank first\n"
        );
        terminal::say(&said);
    };
    let found = lab.merged_sensitivity(&loaded[0].study.as_written, all, announce)?;
    let shown = Shown {
        folder,
        out,
        dark: arguments.dark,
        no_charts: arguments.charts.no_charts,
        json: arguments.is_json(),
    };
    shown.show(&lab, &loaded[0], found)
}

/// Returns the folder for the results, inside `out`.
fn folder(loaded: &Loaded, out: &Path) -> Result<PathBuf, String> {
    Ok(loaded.folder(out)?.join("sensitivity"))
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

/// Output options of a sensitivity and the folder for its files.
struct Shown<'a> {
    folder: PathBuf,
    out: &'a Path,
    dark: bool,
    no_charts: bool,
    json: bool,
}

impl Shown<'_> {
    /// Writes and prints the sensitivity.
    fn show(&self, lab: &Lab, loaded: &Loaded, found: Sensitivity) -> Result<Exit, Exit> {
        let folder = &self.folder;
        let report = SensitivityReport::new(&loaded.study.as_written.scenario, found);
        let sketch = report.sketch().filter(|_| !self.no_charts);
        let pictures = simulate::drawn(lab, self.dark, sketch.into_iter().collect());
        let json = report.to_json();
        let texts = [("sensitivity.json", Some(json.as_str()))];
        simulate::write(lab, (folder, self.out), &texts, &pictures)?;
        if self.json {
            return Ok(terminal::print(&json));
        }
        let mut files = vec!["sensitivity.json"];
        files.extend(pictures.iter().map(|_| "tornado.svg and .png"));
        let form = terminal::form();
        let written = files_written(&load::shown(folder), &files, form);
        Ok(terminal::print_rendered(&report.screen(form).then(&written)))
    }
}

/// Text such as `152 runs of 2,048 paths, then 40 runs of 20,000 paths: about 45 seconds`. `took` is the time
/// of one run of the unchanged scenario.
fn announcement(work: &Workload, took: Duration) -> String {
    let runs = |runs: &Runs| {
        let [n, paths] = [(runs.n, "run"), (runs.paths, "path")];
        format!("{} of {}", counted(n.0 as usize, n.1), counted(paths.0 as usize, paths.1))
    };
    let interim = work.interim.as_ref();
    let interim = interim.map_or_else(String::new, |interim| format!("{}, then ", runs(interim)));
    let seconds = took.mul_f64(work.in_runs()).as_secs();
    let time = match seconds {
        0 => "less than a second".to_owned(),
        1..120 => format!("about {}", counted(seconds as usize, "second")),
        _ => format!("about {}", counted((seconds / 60) as usize, "minute")),
    };
    format!("{interim}{}: {time}\n", runs(&work.last))
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

//! The `run` command: simulates scenarios and reports them.
//!
//! In: scenarios. Out: their runs, finished one after the other. Not here: reports and files of a run
//! (`finish`), parts of a run (`part`).

use super::args;
use super::finish::{self, Clock, Finish};
use super::load::{self, How, Loaded};
use super::{Exit, files, part, simulate};
use crate::scenario::Scenario;
use crate::study::{Lab, Later, Point};
use std::path::{Path, PathBuf};

/// Simulates every named scenario and writes its folder. Everything that can be checked is checked before the
/// first path is simulated.
pub(super) fn run(arguments: &args::Run) -> Result<Exit, Exit> {
    if let Some(cut) = arguments.cut() {
        return part::run(arguments, cut);
    }
    simulate::begin();
    finish::refuse_several(arguments.scenarios.len(), arguments.shown(), "write one scenario")?;
    let edits = &arguments.work.edits;
    let loaded = load::load(&arguments.scenarios, edits, How::AsWritten)?;
    let scenarios = with_folders(&loaded, &arguments.work.out)?;
    let lab = simulate::lab_of_one(arguments.work.threads)?;
    for (loaded, folder) in &scenarios {
        let point = point(&lab, loaded.scenario(), arguments);
        simulate::check(&lab, &point, &loaded.file)?;
        files::probe(folder, &arguments.work.out)?;
    }
    finish::each(&scenarios, |(loaded, folder)| run_one(&lab, loaded, folder, arguments))
}

/// Pairs every scenario with its results folder, named after the file's stem. Errors if two share a folder.
pub(super) fn with_folders<'a>(
    loaded: &'a [Loaded],
    out: &Path,
) -> Result<Vec<(&'a Loaded, PathBuf)>, String> {
    let mut scenarios: Vec<(&Loaded, PathBuf)> = Vec::with_capacity(loaded.len());
    for one in loaded {
        let folder = one.folder(out)?;
        if let Some((other, _)) = scenarios.iter().find(|(_, taken)| *taken == folder) {
            let (first, second) = (other.file.display(), one.file.display());
            return Err(if other.file == one.file {
                format!("{first} is written twice; write it once")
            } else {
                format!(
                    "{first} and {second} would both write to {}; run one of them with \
                     another --out",
                    folder.display()
                )
            });
        }
        scenarios.push((one, folder));
    }
    Ok(scenarios)
}

fn run_one(lab: &Lab, loaded: &Loaded, folder: &Path, arguments: &args::Run) -> Result<Exit, Exit> {
    let clock = Clock::start();
    simulate::begin();
    let run = lab.alone("simulating", &point(lab, loaded.scenario(), arguments))?;
    let run = lab.exposed(run)?;
    let finish = Finish { lab, loaded, folder, arguments, is_sound: &|| Ok(()) };
    finish.run(&run, clock.simulated())
}

/// Describes the run of a scenario, with the memory that drawing its charts takes later.
pub(super) fn point<'s>(lab: &Lab, scenario: &'s Scenario, arguments: &args::Run) -> Point<'s> {
    let later = if arguments.charts.no_charts {
        Later::default()
    } else {
        Later { bytes: simulate::bytes_of_pictures(lab), ..Later::default() }
    };
    Point { later, ..Point::of(scenario) }
}

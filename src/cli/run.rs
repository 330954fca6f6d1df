//! The `run` command: simulates scenarios and reports them.
//!
//! In: scenarios. Out: their runs, finished one after the other. Not here: reports and files of a run
//! (`finish`), parts of a run (`part`).

use super::args;
use super::finish;
use super::load::{self, How, Loaded};
use super::{Exit, files, part, simulate};
use crate::scenario::Scenario;
use crate::study::{Lab, Later, Point};
use std::path::Path;
use std::time::Instant;

/// Simulates every named scenario and writes its folder. Everything that can be checked is checked before the
/// first path is simulated.
pub(super) fn run(arguments: &args::Run) -> Result<Exit, Exit> {
    if let Some(cut) = arguments.cut() {
        return part::run(arguments, cut);
    }
    simulate::begin();
    finish::refuse_several(arguments.scenarios.len(), arguments.shown(), "write one scenario")?;
    let edits = &arguments.work.edits;
    let loaded = load::load(&arguments.scenarios, edits, How::AsWritten, None)?;
    let scenarios = load::with_folders(&loaded, &arguments.work.out)?;
    let lab = simulate::lab_of_one(arguments.work.threads)?;
    for (loaded, folder) in &scenarios {
        let point = point(&lab, loaded.scenario(), arguments);
        simulate::check(&lab, &point, &loaded.file)?;
        files::probe(folder, &arguments.work.out)?;
    }
    finish::each(&scenarios, |(loaded, folder)| run_one(&lab, loaded, folder, arguments))
}

fn run_one(lab: &Lab, loaded: &Loaded, folder: &Path, arguments: &args::Run) -> Result<Exit, Exit> {
    let begun = Instant::now();
    simulate::begin();
    let run = lab.alone("simulating", &point(lab, loaded.scenario(), arguments))?;
    let run = lab.exposed(run)?;
    finish::finish(lab, loaded, (folder, arguments), &run, begun)
}

/// Describes the run of a scenario to the lab, with the memory that its charts take after the simulation.
pub(super) fn point<'s>(lab: &Lab, scenario: &'s Scenario, arguments: &args::Run) -> Point<'s> {
    let bytes = if arguments.charts.no_charts { 0 } else { simulate::bytes_of_pictures(lab) };
    Point { later: Later { bytes, ..Later::default() }, ..Point::of(scenario) }
}

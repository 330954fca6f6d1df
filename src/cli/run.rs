//! The `run` command: simulates scenarios and reports them.
//!
//! In: scenarios. Out: their runs, finished one after the other. Not here: reports and files of a run
//! (`finish`), parts of a run (`part`).

use super::args::{self, Charts, RunArguments};
use super::load::{self, How};
use super::part::cut::{self, Cut};
use super::{Exit, files, finish, part, simulate};
use crate::report::{FORMATS, Format, Report};
use crate::scenario::Scenario;
use crate::study::{Job, Lab, Later};
use clap::Args;
use clap::builder::ArgPredicate;
use std::path::PathBuf;
use std::time::Instant;

/// Simulate scenarios and report the results
#[derive(Debug, Args)]
pub(super) struct Run {
    /// Scenario files; - reads standard input
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    #[command(flatten)]
    pub work: RunArguments,
    #[command(flatten)]
    pub charts: Charts,
    /// Leave out the steps from claim to outcome; each step costs a run of at most 20,000 paths
    #[arg(long)]
    pub no_bridge: bool,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT", value_parser = args::formats(FORMATS),
        default_value_if("json", ArgPredicate::IsPresent, "json"))]
    pub format: &'static Format<Report>,
    /// Same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Exit with code 1 if a report has a warning
    #[arg(long)]
    pub deny_warnings: bool,
    /// Simulate only part K of N and write one file for `merge` [--out is then parts]
    #[arg(long, value_name = "K/N", value_parser = cut::part)]
    pub part: Option<Cut>,
    /// Simulate only blocks A to B-1, of 256 paths each, and write one file for `merge`
    #[arg(long, value_name = "A..B", value_parser = cut::blocks, conflicts_with = "part")]
    pub blocks: Option<Cut>,
}

/// Simulates every named scenario and writes its folder. Everything that can be checked is checked before the
/// first path is simulated.
pub(super) fn run(arguments: &Run) -> Result<Exit, Exit> {
    if let Some(cut) = arguments.part.as_ref().or(arguments.blocks.as_ref()) {
        return part::run(arguments, cut);
    }
    simulate::begin();
    finish::refuse_several(
        arguments.scenarios.len(),
        arguments.format.print.is_none(),
        "write one scenario",
    )?;
    let edits = &arguments.work.edits;
    let loaded = load::load(&arguments.scenarios, edits, How::AsWritten, None)?;
    let scenarios = load::with_folders(&loaded, &arguments.work.out)?;
    let lab = simulate::lab_of_one(arguments.work.threads)?;
    for (loaded, folder) in &scenarios {
        let job = job(&lab, loaded.scenario(), arguments);
        simulate::check(&lab, &job, &loaded.file)?;
        files::probe(folder, &arguments.work.out)?;
    }
    finish::each(&scenarios, |(loaded, folder)| {
        let begun = Instant::now();
        simulate::begin();
        let run = lab.alone("simulating", &job(&lab, loaded.scenario(), arguments))?;
        let run = lab.exposed(run)?;
        finish::finish(&lab, loaded, (folder, arguments), &run, begun)
    })
}

/// Describes the run of a scenario, and the memory that its charts take afterwards, to the lab that simulates it.
pub(super) fn job<'s>(lab: &Lab, scenario: &'s Scenario, arguments: &Run) -> Job<'s> {
    let bytes = if arguments.charts.no_charts { 0 } else { simulate::bytes_of_pictures(lab) };
    Job { later: Later { bytes, ..Later::default() }, ..Job::of(scenario) }
}

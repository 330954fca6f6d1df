//! The `report` command: prints and writes the results of a run again from its report.json.
//!
//! In: a report.json. Out: its screen, page and charts. Not here: their contents (`finish`).

use super::args::{self, Charts};
use super::finish::Output;
use super::output_folder::OutputFolder;
use super::{Exit, Stop, files, load, simulate, stop, terminal};
use crate::report::{self, FORMATS, Format, Timing, to_json};
use clap::Args;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Print and write a run's results again from its report.json
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The report.json of a run
    #[arg(value_name = "REPORT")]
    pub file: PathBuf,
    /// Folder to write into [default: that of the report]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub charts: Charts,
    /// Draw PNG charts on a dark background
    #[arg(long)]
    pub dark: bool,
    /// Worker threads; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = args::few)]
    pub threads: Option<u16>,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT", value_parser = args::formats(FORMATS))]
    pub format: &'static Format<report::Report>,
}

/// Prints the results in a report and writes all of their files, into `--out` or beside the report.
pub(super) fn run(arguments: &Report) -> Result<Exit, Stop> {
    let mut report = read(&arguments.file)?;
    let beside = files::parent_folder(&arguments.file);
    let folder = arguments.out.as_deref().unwrap_or(beside);
    // timing.json records the typed command, if it is still beside the report
    let timing = fs::read_to_string(beside.join("timing.json")).ok();
    let known = timing.as_ref().and_then(|text| serde_json::from_str::<Timing>(text).ok());
    report.command = known.and_then(|timing| timing.command);
    let no_charts = arguments.charts.no_charts;
    let target = OutputFolder { folder: folder.to_owned(), out: folder, is_dark: arguments.dark, no_charts };
    target.probe()?;
    let lab = simulate::lab_of_one(arguments.threads)?;
    let output =
        Output { lab: &lab, target, beside, named: arguments.charts.ids(), format: arguments.format };
    // a timing.json in another folder belongs to another run
    let is_elsewhere = fs::canonicalize(folder).ok() != fs::canonicalize(beside).ok();
    output.show(&report, &to_json(&report), || is_elsewhere.then_some(timing))?;
    Ok(Exit::Done)
}

/// Reads the report in a file. The error contains the remedy.
fn read(file: &Path) -> Result<report::Report, Stop> {
    let name = load::shown(file);
    let text = fs::read_to_string(file).map_err(|error| match error.kind() {
        _ if file.is_dir() => format!("{name} is a folder; name the report.json in it"),
        ErrorKind::NotFound => {
            format!("{name}: there is no such file; `tailwheel run` writes a report.json")
        }
        _ => format!("cannot read {name}: {}", terminal::reason(&error)),
    })?;
    report::Report::of_json(&text).map_err(|why| {
        stop!(
            "{name} is no report that this version reads: {why}; run its scenario again with `tailwheel run`"
        )
    })
}

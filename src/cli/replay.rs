//! The `replay` command: explains one path.

use super::args::{self, RunArguments};
use super::output_folder::OutputFolder;
use super::{Exit, Stop, load, simulate, stop, terminal};
use crate::figure::counted;
use crate::form::whole_number;
use crate::report::replay::{Detail, ReplayFacts, screen};
use crate::report::{Format, ReplayReport, to_json};
use crate::scenario::Scenario;
use crate::units::YearMonth;
use clap::Args;
use std::path::PathBuf;

/// Output formats of the month-by-month account of one path: the screen, or JSON.
const FORMATS: &[Format<ReplayFacts>] =
    &[Format::SCREEN, Format { id: "json", help: "replay.json", print: Some(to_json) }];

/// Show one path by month and its worst crash by sale
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").args(["path", "worst"]).required(true))]
pub(super) struct Replay {
    /// Scenario file
    pub scenario: PathBuf,
    /// Number of the path, starting at 0
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    pub path: Option<String>,
    /// Simulate all paths and choose the one on which agents' sales cost the largest share of wealth. Without
    /// such sales, choose the path whose money runs out first, or else the one with the lowest final wealth.
    #[arg(long)]
    pub worst: bool,
    /// Month of the crash to show, by number or date, e.g. 19 or 2028-07 [default: the month in which sales cost most]
    #[arg(long, value_name = "T")]
    pub month: Option<String>,
    /// Print every month of the path, one line each
    #[arg(long, conflicts_with = "ledger")]
    pub months: bool,
    /// Print every sale of the month that is explained
    #[arg(long, conflicts_with = "ledger")]
    pub sales: bool,
    /// Print every posting of the path, or of --month alone, with each balance before and after; write
    /// ledger.csv
    #[arg(long)]
    pub ledger: bool,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT", value_parser = args::formats(FORMATS))]
    pub format: &'static Format<ReplayFacts>,
    #[command(flatten)]
    pub work: RunArguments,
}

/// Prints and writes what happens on the requested path, or on the one that `--worst` selects.
pub(super) fn run(arguments: &Replay) -> Result<Exit, Stop> {
    let work = &arguments.work;
    let loaded = load::one(&arguments.scenario, &work.edits)?;
    let mut target = OutputFolder::of(work, loaded.folder(&work.out)?, false);
    let scenario = loaded.scenario();
    let asked = arguments.path.as_deref().map(|text| path_of(scenario, text)).transpose()?;
    let month = arguments.month.as_deref().map(|text| month_of(scenario, text)).transpose()?;
    target.probe()?;
    let lab = simulate::lab_of_one(work.threads)?;
    let (replay, chosen) = lab.follow(scenario, asked)?;
    target.folder.push(format!("replay-{}", replay.path));
    let report = ReplayReport { scenario, replay: &replay };
    let facts = report.facts(chosen, month);
    let pictures = target.drawn(&lab, || facts.sketch().into_iter().collect());
    let json = to_json(&facts);
    let is_left = !arguments.ledger && target.folder.join("ledger.csv").is_file();
    let csv = arguments.ledger.then(|| report.to_ledger_csv());
    let texts = [("replay.json", Some(json.as_str())), ("ledger.csv", csv.as_deref())];
    target.write(&lab, &texts, &pictures)?;
    if is_left {
        // it may belong to another scenario
        let removed = "ledger.csv of an earlier replay is removed, --ledger writes it";
        terminal::say(&format!("{}: {removed}\n", target.folder.display()));
    }
    if let Some(print) = arguments.format.print {
        return terminal::print(&print(&facts));
    }
    let detail = Detail { months: arguments.months, sales: arguments.sales };
    let shown = |form| {
        if arguments.ledger { report.to_ledger(&facts, month, form) } else { screen(&facts, detail, form) }
    };
    target.print(shown, &texts, &pictures, ", ")
}

/// Parses the number of a path. Errors if the scenario has fewer paths.
fn path_of(scenario: &Scenario, text: &str) -> Result<u64, Stop> {
    let Some(path) = whole_number(text) else {
        return Err(stop!(
            "`{text}` is no path: write its number, from 0 to {}, as in --path 0",
            scenario.paths - 1
        ));
    };
    if path < scenario.paths {
        return Ok(path);
    }
    Err(stop!(
        "there is no path {path}: the scenario has {}, numbered from 0 to {}; --paths simulates \
         more of them",
        counted(scenario.paths as usize, "path"),
        scenario.paths - 1
    ))
}

/// Parses a month, given by number (from 1) or by date. Errors if the month is outside the scenario's
/// horizon.
fn month_of(scenario: &Scenario, text: &str) -> Result<u32, Stop> {
    let last = scenario.start.plus(scenario.months - 1);
    let range = format!("months go from 1 to {}, which is {} to {last}", scenario.months, scenario.start);
    let number = whole_number(text);
    let date = text.parse::<YearMonth>().ok();
    if number.is_none() && date.is_none() {
        return Err(stop!(
            "`{text}` is no month: write its number or its date, as in --month 19 or --month \
             2028-07; {range}"
        ));
    }
    let is_meant =
        |month: &u32| number == Some(u64::from(*month)) || date == Some(scenario.start.plus(month - 1));
    let mut months = 1..=scenario.months;
    months.find(is_meant).ok_or_else(|| stop!("the scenario has no month {text}: {range}"))
}

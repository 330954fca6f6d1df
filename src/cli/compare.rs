//! `compare`: scenarios on the same random numbers, or two reports.

use super::interrupt;
use super::load::Loaded;
use super::simulate::Simulator;
use super::{Exit, args, files, load, run, simulate, terminal};
use crate::random::Seeds;
use crate::report::batch::EditPart;
use crate::report::compare::{Comparing, Comparison, ReportFile, Reports, Side};
use crate::report::grouped;
use crate::scenario::Scenario;
use crate::stats::Data;
use crate::study::Point;
use sides::Compared;
use std::path::{Path, PathBuf};

mod names;
mod sides;
mod why;

/// Bytes per path and column that comparing takes beside an outcome: sorted columns of the base, of
/// the new run and of a step between them, each with its paths, and what a few measures make of
/// them.
const BYTES_PER_PATH_AND_COLUMN: u64 = 3 * (8 + 8 + 4 + 16);
/// Columns of a run besides those of its assets.
const COLUMNS: u64 = 20;

/// Compares what was named.
pub(super) fn run(arguments: &args::Compare) -> Exit {
    let is_report = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "json");
    let n_reports = arguments
        .files
        .iter()
        .filter(|file| is_report(file))
        .count();
    let compared = match (n_reports, arguments.files.as_slice()) {
        (0, _) => scenarios(arguments),
        (2, [base, new]) => reports(arguments, base, new),
        _ => Err(terminal::fail(
            "two report.json files compare with each other, and with nothing else",
        )),
    };
    match compared {
        Ok(exit) | Err(exit) => exit,
    }
}

fn scenarios(arguments: &args::Compare) -> Result<Exit, Exit> {
    let refuse = |message: String| terminal::fail(&message);
    why::check(arguments.why.as_deref()).map_err(refuse)?;
    let level = simulate::level()?;
    let loaded = load::load(&arguments.files, &arguments.edits.all()).ok_or(Exit::Failed)?;
    let compared = sides::chosen(&loaded, arguments.base.as_deref()).map_err(refuse)?;
    compared.check().map_err(refuse)?;
    let simulator = Simulator::new(level, arguments.threads)?;
    for side in compared.all() {
        let scenario = Scenario {
            paths: compared.base.case.scenario.paths,
            ..side.case.scenario.clone()
        };
        simulator.check(&point(&simulator, &scenario), side.file)?;
    }
    let folder = arguments.out.join(compared.folder());
    files::probe(&folder, &arguments.out).map_err(|why| interrupt::or_fail(&why))?;
    let comparison = Runs::new(&simulator, &compared)?.compare(arguments)?;
    let picture = match arguments.no_charts {
        true => None,
        false => comparison.picture(run::theme(arguments.dark), simulator.lab.stop),
    };
    let json = comparison.to_json();
    let place = (folder.as_path(), arguments.out.as_path());
    let markdown = comparison.to_markdown();
    let texts = [("compare.json", json.as_str()), ("compare.md", &markdown)];
    simulator.write(place, &texts, picture.as_slice())?;
    let footer = footer(&folder, picture.is_some(), comparison.seeds);
    let shown = show(arguments.format, &comparison, &json, &footer);
    Ok(
        match (shown, arguments.expect_equal && !comparison.is_equal()) {
            (Exit::Done, true) => Exit::No,
            (exit, _) => exit,
        },
    )
}

/// A side with what comparing takes beside its outcome.
fn point<'s>(simulator: &Simulator, scenario: &'s Scenario) -> Point<'s> {
    let n_columns = COLUMNS + scenario.assets.len() as u64;
    simulator.point(scenario, BYTES_PER_PATH_AND_COLUMN * n_columns)
}

/// The base as it was run, and everything to run another beside it.
struct Runs<'a> {
    simulator: &'a Simulator,
    compared: &'a Compared<'a>,
    base: Data,
}

impl<'a> Runs<'a> {
    fn new(simulator: &'a Simulator, compared: &'a Compared<'a>) -> Result<Self, Exit> {
        let run = simulator.run(&point(simulator, &compared.base.case.scenario))?;
        Ok(Self {
            simulator,
            compared,
            base: simulator.lab.pool.install(|| run.data_by_path()),
        })
    }

    /// Runs `scenario` beside the base.
    fn beside(&self, scenario: &Scenario) -> Result<(Scenario, Data), Exit> {
        let base = &self.compared.base.case.scenario;
        let run = self.simulator.beside(scenario, base)?;
        let data = self.simulator.lab.pool.install(|| run.data_by_path());
        Ok((run.scenario.into_owned(), data))
    }

    fn compare(&self, arguments: &args::Compare) -> Result<Comparison, Exit> {
        let base = &self.compared.base;
        let of_base = Side {
            id: &base.case.id,
            name: &base.name,
            scenario: &base.case.scenario,
            data: &self.base,
        };
        let mut comparing = Comparing::new(&self.compared.title, &of_base);
        let asked = why::Asked::of(arguments, self.compared.new.len());
        // the runs themselves are kept only where their steps will be asked for
        let mut kept = Vec::new();
        for new in &self.compared.new {
            let (scenario, data) = self.beside(&new.case.scenario)?;
            let edits = base.case.document.edits_to(&new.case.document);
            let edits = EditPart::all(&edits, new.sources);
            let side = Side {
                id: &new.case.id,
                name: &new.name,
                scenario: &scenario,
                data: &data,
            };
            let remarks = self.compared.remarks(new);
            let add = || comparing.add(&of_base, &side, edits, remarks);
            let added = self.simulator.lab.pool.install(add);
            added.map_err(|why| terminal::fail(&why.to_string()))?;
            if asked.is_asked() {
                kept.push(data);
            }
        }
        let mut comparison = comparing.judged();
        for ((new, data), place) in self.compared.new.iter().zip(&kept).zip(0..) {
            let why = why::explain(self, &comparison, place, new, data, &asked)?;
            comparison.cases[place].why = why;
        }
        Ok(comparison)
    }
}

fn show(format: args::Shown, comparison: &Comparison, json: &str, footer: &str) -> Exit {
    match format {
        args::Shown::Json => terminal::print(json),
        args::Shown::Markdown => terminal::print(&comparison.to_markdown()),
        args::Shown::Text => {
            let text = comparison.pages().to_styled(terminal::width());
            terminal::print(&(text + footer))
        }
    }
}

fn reports(arguments: &args::Compare, base: &Path, new: &Path) -> Result<Exit, Exit> {
    let mut named = names::of_files(&[base, new]).into_iter();
    let mut read = |file: &Path| {
        let said = |why: String| terminal::fail(&format!("{}: {why}", file.display()));
        let bytes = load::read(file).map_err(said)?;
        ReportFile::read(&named.next().unwrap_or_default(), &bytes).map_err(said)
    };
    let (base, new) = (read(base)?, read(new)?);
    let compared = Reports::compare(&base, &new).map_err(|why| terminal::fail(&why))?;
    let comparison = match compared {
        Reports::Equal { n_measures } => {
            let shown = match arguments.format {
                args::Shown::Json => {
                    format!("{{\n  \"equal\": true,\n  \"measures\": {n_measures}\n}}\n")
                }
                _ => format!(
                    "equal to the last bit: {} figures\n",
                    grouped(n_measures as u64)
                ),
            };
            return Ok(terminal::print(&shown));
        }
        Reports::Different(comparison) => comparison,
    };
    let shown = show(arguments.format, &comparison, &comparison.to_json(), "");
    Ok(match shown {
        Exit::Done => Exit::No,
        exit => exit,
    })
}

fn footer(folder: &Path, has_picture: bool, seeds: Seeds) -> String {
    let picture = match has_picture {
        true => "  comparison.svg and .png",
        false => "",
    };
    format!(
        "\n{}/\n  compare.json  compare.md{picture}  {seeds}\n",
        folder.display()
    )
}

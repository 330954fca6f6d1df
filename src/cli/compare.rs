//! `compare`: scenarios on the same random numbers, or two reports.

use super::files::Batch;
use super::interrupt::{self, Writing};
use super::load::Loaded;
use super::simulate::Simulator;
use super::{Exit, args, files, load, run, simulate, terminal};
use crate::plan::Plan;
use crate::random::Seeds;
use crate::report::batch::EditPart;
use crate::report::compare::{Comparing, Comparison, ReportFile, Reports, Side};
use crate::report::{Picture, data_by_path, grouped};
use crate::scenario::Scenario;
use crate::stats::Data;
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

/// Files that an earlier comparison may have left.
const PICTURES: [&str; 2] = ["comparison.svg", "comparison.png"];

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
        let n_columns = COLUMNS + side.case.scenario.assets.len() as u64;
        let paths = compared.base.case.scenario.paths;
        let later = BYTES_PER_PATH_AND_COLUMN * n_columns;
        simulator.check_memory_of(side.file, &side.case.scenario, paths, later)?;
    }
    let folder = arguments.out.join(compared.folder());
    files::probe(&folder, &arguments.out).map_err(|why| interrupt::or_fail(&why))?;
    let comparison = Runs::new(&simulator, &compared)?.compare(arguments)?;
    let picture = match arguments.no_charts {
        true => None,
        false => comparison.picture(run::theme(arguments.dark), simulator.stop()),
    };
    let json = comparison.to_json();
    let place = (folder.as_path(), arguments.out.as_path());
    simulator.write(|| write(place, &comparison, &json, picture.as_ref()))?;
    let footer = footer(&folder, picture.is_some(), comparison.seeds);
    let shown = show(arguments.format, &comparison, &json, &footer);
    Ok(
        match (shown, arguments.expect_equal && !comparison.is_equal()) {
            (Exit::Done, true) => Exit::No,
            (exit, _) => exit,
        },
    )
}

/// The base as it was run, and everything to run another beside it.
struct Runs<'a> {
    simulator: &'a Simulator,
    compared: &'a Compared<'a>,
    base: Data,
}

impl<'a> Runs<'a> {
    fn new(simulator: &'a Simulator, compared: &'a Compared<'a>) -> Result<Self, Exit> {
        let scenario = &compared.base.case.scenario;
        let outcome = simulator.run(&Plan::compile(scenario))?;
        let base = simulator.pool.install(|| data_by_path(scenario, &outcome));
        Ok(Self {
            simulator,
            compared,
            base,
        })
    }

    /// Runs `scenario` on the seed and the paths of the base, and on its draws.
    fn beside(&self, scenario: &Scenario) -> Result<(Scenario, Data), Exit> {
        let base = &self.compared.base.case.scenario;
        let mut scenario = scenario.clone();
        (scenario.seeds, scenario.paths) = (base.seeds, base.paths);
        let outcome = self.simulator.run(&Plan::compile_beside(&scenario, base))?;
        let pool = &self.simulator.pool;
        let data = pool.install(|| data_by_path(&scenario, &outcome));
        Ok((scenario, data))
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
            let added = self.simulator.pool.install(add);
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
            let text = comparison.to_text(terminal::width());
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

/// Writes the files of a comparison all together; a picture of an earlier one goes if this has none.
fn write(
    (folder, out): (&Path, &Path),
    comparison: &Comparison,
    json: &str,
    picture: Option<&Picture>,
) -> Result<Option<Writing>, String> {
    let mut batch = Batch::open(folder, out)?;
    batch.add("compare.json", json.as_bytes())?;
    batch.add("compare.md", comparison.to_markdown().as_bytes())?;
    if let Some(picture) = picture {
        batch.add(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
        batch.add(&format!("{}.png", picture.name), &picture.png)?;
    }
    batch.commit(&PICTURES.map(str::to_owned))
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

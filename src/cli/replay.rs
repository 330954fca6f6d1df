//! `replay`: one path explained.

use super::files::Batch;
use super::interrupt::{self, Writing};
use super::load::Loaded;
use super::simulate::Simulator;
use super::{Exit, args, files, load, run, simulate, terminal};
use crate::engine;
use crate::plan::Plan;
use crate::record::WEALTH;
use crate::report::{Chosen, Picture, ReplayReport, grouped, worst_crash};
use crate::scenario::Scenario;
use std::path::{Path, PathBuf};

/// Files that an earlier replay of the same path may have left.
const PICTURES: [&str; 2] = ["crash_anatomy.svg", "crash_anatomy.png"];

/// Follows the path that was asked for, or the worst one.
pub(super) fn run(arguments: &args::Replay) -> Exit {
    match follow(arguments) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn follow(arguments: &args::Replay) -> Result<Exit, Exit> {
    let level = simulate::level()?;
    let files = std::slice::from_ref(&arguments.scenario);
    let loaded = load::load(files, &arguments.edits.all()).ok_or(Exit::Failed)?;
    let (loaded, folder) = run::with_folders(loaded, &arguments.out)?
        .pop()
        .ok_or(Exit::Failed)?;
    let scenario = loaded.scenario();
    let refuse = |message: String| terminal::fail(&message);
    let asked = arguments
        .path
        .as_deref()
        .map(|text| path_of(scenario, text));
    let asked = asked.transpose().map_err(refuse)?;
    let month = arguments
        .month
        .as_deref()
        .map(|text| month_of(scenario, text));
    let month = month.transpose().map_err(refuse)?;
    files::probe(&folder, &arguments.out).map_err(|why| interrupt::or_fail(&why))?;
    let plan = Plan::compile(scenario);
    let simulator = Simulator::new(level, arguments.threads)?;
    let (path, chosen) = match asked {
        Some(path) => (path, Chosen::Asked),
        None => worst(&loaded, &plan, &simulator)?,
    };
    let replay = engine::replay(&plan, level, path).map_err(|error| simulate::refused(&error))?;
    let report = ReplayReport::new(scenario, &replay, chosen, month);
    let picture = report.picture(run::theme(arguments.dark), simulator.stop());
    let folder = folder.join(format!("replay-{path}"));
    let json = report.to_json();
    simulator.write(|| write((&folder, &arguments.out), &json, picture.as_ref()))?;
    Ok(match arguments.format {
        args::Format::Json => terminal::print(&json),
        args::Format::Text => {
            let text = report.to_text(terminal::width(), month);
            terminal::print(&(text + &footer(&folder, picture.is_some())))
        }
    })
}

/// The path of the worst crash of all, or the poorest one if there is none.
fn worst(loaded: &Loaded, plan: &Plan, simulator: &Simulator) -> Result<(u64, Chosen), Exit> {
    simulator.check_memory(loaded, false)?;
    let outcome = simulator.run(plan)?;
    if let Some(path) = worst_crash(&outcome) {
        return Ok((path, Chosen::DeepestSale));
    }
    let chosen = match plan.legend.crash {
        Some(_) => Chosen::LowestWealthWithoutSales,
        None => Chosen::LowestWealth,
    };
    let (poorest, _) = outcome.least(WEALTH).expect("a run has at least one path");
    Ok((poorest, chosen))
}

/// The path that is meant by a number; refuses one that the scenario has not.
fn path_of(scenario: &Scenario, text: &str) -> Result<u64, String> {
    let Ok(path) = text.parse::<u64>() else {
        return Err(format!(
            "`{text}` is no path: write its number, from 0 to {}, as in --path 0",
            scenario.paths - 1
        ));
    };
    if path < scenario.paths {
        return Ok(path);
    }
    Err(match scenario.paths {
        1 => format!("there is no path {path}: the scenario has one path, number 0"),
        paths => format!(
            "there is no path {path}: the scenario has {} paths, numbered from 0 to {}; --paths \
             simulates more of them",
            grouped(paths),
            paths - 1
        ),
    })
}

/// The month that is meant by a number or a date.
fn month_of(scenario: &Scenario, text: &str) -> Result<u32, String> {
    let last = scenario.start.plus(scenario.months - 1);
    let range = format!(
        "months go from 1 to {}, which is {} to {last}",
        scenario.months, scenario.start
    );
    let meant = match text.split_once('-') {
        None => text.parse().ok(),
        Some((year, month)) => {
            let (year, month) = (year.parse::<u16>().ok(), month.parse::<u8>().ok());
            year.zip(month)
                .filter(|(_, month)| (1..=12).contains(month))
                .map(|(year, month)| {
                    let count = |year: u16, month: u8| i64::from(year) * 12 + i64::from(month);
                    let start = scenario.start;
                    count(year, month) - count(start.year(), start.month()) + 1
                })
        }
    };
    match meant {
        None => Err(format!(
            "`{text}` is no month: write its number or its date, as in --month 19 or --month \
             2028-07; {range}"
        )),
        Some(month) => u32::try_from(month)
            .ok()
            .filter(|month| (1..=scenario.months).contains(month))
            .ok_or_else(|| format!("the scenario has no month {text}: {range}")),
    }
}

/// Writes the files of one replay all together; a picture of an earlier one goes if this has none.
fn write(
    (folder, out): (&Path, &Path),
    json: &str,
    picture: Option<&Picture>,
) -> Result<Option<Writing>, String> {
    let mut batch = Batch::open(folder, out)?;
    batch.add("replay.json", json.as_bytes())?;
    if let Some(picture) = picture {
        batch.add(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
        batch.add(&format!("{}.png", picture.name), &picture.png)?;
    }
    batch.commit(&PICTURES.map(str::to_owned))
}

fn footer(folder: &Path, has_picture: bool) -> String {
    let picture = match has_picture {
        true => ", crash_anatomy.svg and .png",
        false => "",
    };
    let folder: PathBuf = folder.to_owned();
    format!("\n{}/\n  replay.json{picture}\n", folder.display())
}

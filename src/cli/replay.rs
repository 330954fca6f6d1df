//! `replay`: one path explained.

use super::interrupt;
use super::load::Loaded;
use super::simulate::Simulator;
use super::{Exit, args, files, load, run, simulate, terminal};
use crate::engine;
use crate::plan::Plan;
use crate::record::WEALTH;
use crate::report::{Chosen, ReplayReport, grouped, worst_crash};
use crate::scenario::Scenario;
use std::path::Path;

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
        None => worst(&loaded, &simulator)?,
    };
    let replay =
        engine::replay(&plan, level, path).map_err(|error| simulate::refused(&error.into()))?;
    let report = ReplayReport::new(scenario, &replay, chosen, month);
    let picture = report.picture(run::theme(arguments.dark), simulator.lab.stop);
    let folder = folder.join(format!("replay-{path}"));
    let json = report.to_json();
    let place = (folder.as_path(), arguments.out.as_path());
    simulator.write(place, &[("replay.json", &json)], picture.as_slice())?;
    Ok(match arguments.format {
        args::Format::Json => terminal::print(&json),
        args::Format::Text => {
            let text = report.to_text(terminal::width(), month);
            terminal::print(&(text + &footer(&folder, picture.is_some())))
        }
    })
}

/// The path of the worst crash of all, or the poorest one if there is none.
fn worst(loaded: &Loaded, simulator: &Simulator) -> Result<(u64, Chosen), Exit> {
    let point = simulator.point(loaded.scenario(), 0);
    simulator.check(&point, &loaded.file)?;
    let run = simulator.run(&point)?;
    if let Some(path) = worst_crash(&run.outcome) {
        return Ok((path, Chosen::DeepestSale));
    }
    let chosen = match run.plan.legend.crash {
        Some(_) => Chosen::LowestWealthWithoutSales,
        None => Chosen::LowestWealth,
    };
    let (poorest, _) = run
        .outcome
        .least(WEALTH)
        .expect("a run has at least one path");
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

fn footer(folder: &Path, has_picture: bool) -> String {
    let picture = match has_picture {
        true => ", crash_anatomy.svg and .png",
        false => "",
    };
    format!("\n{}/\n  replay.json{picture}\n", folder.display())
}

//! `sensitivity`: what moves the answer.

use super::interrupt;
use super::simulate::Simulator;
use super::{Exit, args, files, load, run, simulate, terminal};
use crate::report::SensitivityReport;

/// Moves every filled-in value of the scenario.
pub(super) fn run(arguments: &args::Sensitivity) -> Exit {
    match moved(arguments) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn moved(arguments: &args::Sensitivity) -> Result<Exit, Exit> {
    let level = simulate::level()?;
    let files = std::slice::from_ref(&arguments.scenario);
    let loaded = load::load(files, &arguments.edits.all()).ok_or(Exit::Failed)?;
    let (loaded, folder) = run::with_folders(loaded, &arguments.out)?
        .pop()
        .ok_or(Exit::Failed)?;
    let folder = folder.join("sensitivity");
    files::probe(&folder, &arguments.out).map_err(|why| interrupt::or_fail(&why))?;
    let simulator = Simulator::new(level, arguments.threads)?;
    let case = &loaded.study.as_written;
    let found = simulator.sensitivity(case, &loaded.file)?;
    let report = SensitivityReport::new(&case.scenario, &found);
    let picture = report.picture(run::theme(arguments.dark), simulator.lab.stop);
    let json = report.to_json();
    let place = (folder.as_path(), arguments.out.as_path());
    simulator.write(place, &[("sensitivity.json", &json)], picture.as_slice())?;
    if arguments.json {
        return Ok(terminal::print(&json));
    }
    let drawn = match picture {
        Some(_) => "  tornado.svg and .png",
        None => "",
    };
    let footer = format!("\n{}/\n  sensitivity.json{drawn}\n", folder.display());
    Ok(terminal::print(
        &(report.to_text(terminal::width()) + &footer),
    ))
}

//! `sensitivity`: what moves the answer.

use super::{Exit, args, files, load, run, simulate, terminal};
use crate::report::SensitivityReport;

/// Moves every filled-in value of the scenario.
pub(super) fn run(arguments: &args::Sensitivity) -> Result<Exit, Exit> {
    let work = &arguments.work;
    let loaded = load::one(&arguments.scenario, &work.edits)?;
    let folder = loaded.folder(&work.out)?.join("sensitivity");
    files::probe(&folder, &work.out)?;
    let lab = simulate::lab_of_one(work.threads)?;
    let case = &loaded.study.as_written;
    let report = SensitivityReport::new(&case.scenario, lab.sensitivity(case)?);
    let draw = || report.picture(run::theme(work.dark), lab.stop);
    let picture = simulate::drawn(&lab, draw);
    let json = report.to_json();
    let texts = [("sensitivity.json", Some(json.as_str()))];
    simulate::write(&lab, (&folder, &work.out), &texts, picture.as_slice())?;
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

//! The `report` command: prints and writes the results of a run again from its report.json.
//!
//! In: a report.json. Out: its screen, page and charts. Not here: their contents (`finish`).

use super::args::{self, RunFormat};
use super::target::Target;
use super::{Exit, finish, load, simulate, terminal};
use crate::report::{Report, Timing};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Prints the screen and writes every file, into `--out` or beside the report.
pub(super) fn run(arguments: &args::Report) -> Result<Exit, Exit> {
    let mut report = read(&arguments.file)?;
    let beside =
        arguments.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = arguments.out.as_deref().unwrap_or(beside);
    // timing.json records the typed command, if it is still beside the report
    let timing = fs::read_to_string(beside.join("timing.json")).ok();
    let known = timing.as_ref().and_then(|text| serde_json::from_str::<Timing>(text).ok());
    report.command = known.and_then(|timing| timing.command);
    let no_charts = arguments.charts.no_charts;
    let target = Target { folder: folder.to_owned(), out: folder, is_dark: arguments.dark, no_charts };
    target.probe()?;
    let lab = simulate::lab_of_one(arguments.threads)?;
    if arguments.format == RunFormat::Text {
        terminal::print_rendered(&report.screen(terminal::form())).done()?;
    }
    let drawn = finish::drawn(&lab, &target, &report, &arguments.charts.named);
    let (json, page) = (report.to_json(), finish::page(&report, &drawn, beside));
    let mut texts = vec![
        // first in the list, so that it is renamed last and marks the folder as complete
        ("report.json", Some(json.as_str())),
        ("report.html", Some(page.as_str())),
    ];
    if fs::canonicalize(folder).ok() != fs::canonicalize(beside).ok() {
        // a timing.json in another folder belongs to another run
        texts.push(("timing.json", timing.as_deref()));
    }
    target.write(&lab, &texts, &drawn)?;
    Ok(match arguments.format {
        RunFormat::Json => terminal::print(&json),
        RunFormat::Csv => terminal::print(&report.to_csv()),
        RunFormat::Text => {
            terminal::print_rendered(&finish::files(&report, folder, &arguments.charts.named, &drawn))
        }
    })
}

/// Reads the report in a file. The error contains the remedy.
fn read(file: &Path) -> Result<Report, String> {
    let name = load::shown(file);
    let text = fs::read_to_string(file).map_err(|error| match error.kind() {
        _ if file.is_dir() => format!("{name} is a folder; name the report.json in it"),
        ErrorKind::NotFound => {
            format!("{name}: there is no such file; `tailwheel run` writes a report.json")
        }
        _ => format!("cannot read {name}: {error}"),
    })?;
    Report::of_json(&text).map_err(|why| {
        format!(
            "{name} is no report that this version reads: {why}; run its scenario again with `tailwheel run`"
        )
    })
}

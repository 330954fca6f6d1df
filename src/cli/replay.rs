//! The `replay` command: explains one path.

use super::{Exit, args, files, load, simulate, terminal};
use crate::figure::counted;
use crate::form::whole_number;
use crate::report::replay::{Detail, screen};
use crate::report::{ReplayReport, screens};
use crate::scenario::Scenario;
use crate::units::YearMonth;

/// Explains the requested path, or the worst one.
pub(super) fn run(arguments: &args::Replay) -> Result<Exit, Exit> {
    let work = &arguments.work;
    let loaded = load::one(&arguments.scenario, &work.edits)?;
    let folder = loaded.folder(&work.out)?;
    let scenario = loaded.scenario();
    let asked = arguments.path.as_deref();
    let asked = asked.map(|text| path_of(scenario, text)).transpose()?;
    let month = arguments.month.as_deref();
    let month = month.map(|text| month_of(scenario, text)).transpose()?;
    files::probe(&folder, &work.out)?;
    let lab = simulate::lab_of_one(work.threads)?;
    let (replay, chosen) = lab.follow(scenario, asked)?;
    let folder = folder.join(format!("replay-{}", replay.path));
    let report = ReplayReport { scenario, replay: &replay };
    let facts = report.facts(chosen, month);
    let sketch = facts.sketch().into_iter().collect();
    let pictures = simulate::drawn(&lab, work.dark, sketch);
    let json = facts.to_json();
    let is_left = !arguments.ledger && folder.join("ledger.csv").is_file();
    let csv = arguments.ledger.then(|| report.to_ledger_csv());
    let texts = [("replay.json", Some(json.as_str())), ("ledger.csv", csv.as_deref())];
    simulate::write(&lab, (&folder, &work.out), &texts, &pictures)?;
    if is_left {
        // it may belong to another scenario
        let removed = "ledger.csv of an earlier replay is removed, --ledger writes it";
        terminal::say(&format!("{}: {removed}\n", folder.display()));
    }
    Ok(match arguments.format {
        args::Format::Json => terminal::print(&json),
        args::Format::Text => {
            let form = terminal::form();
            let detail = Detail { months: arguments.months, sales: arguments.sales };
            let shown = match arguments.ledger {
                true => report.to_ledger(&facts, month, form),
                false => screen(&facts, detail, form),
            };
            let files = [
                (true, "replay.json"),
                (arguments.ledger, "ledger.csv"),
                (!pictures.is_empty(), "crash_anatomy.svg, .png"),
            ];
            let files = files.into_iter().filter(|(is_there, _)| *is_there);
            let files: Vec<String> = files.map(|(_, name)| name.to_owned()).collect();
            terminal::print_rendered(&shown.then(&screens::files_written(
                &load::shown(&folder),
                &files,
                form,
            )))
        }
    })
}

/// Parses the number of a path. Errors if the scenario has fewer paths.
fn path_of(scenario: &Scenario, text: &str) -> Result<u64, String> {
    let Some(path) = whole_number(text) else {
        return Err(format!(
            "`{text}` is no path: write its number, from 0 to {}, as in --path 0",
            scenario.paths - 1
        ));
    };
    if path < scenario.paths {
        return Ok(path);
    }
    Err(format!(
        "there is no path {path}: the scenario has {}, numbered from 0 to {}; --paths simulates \
         more of them",
        counted(scenario.paths as usize, "path"),
        scenario.paths - 1
    ))
}

/// Parses a month, given by number (from 1) or by date. Errors if the month is outside the scenario's
/// horizon.
fn month_of(scenario: &Scenario, text: &str) -> Result<u32, String> {
    let last = scenario.start.plus(scenario.months - 1);
    let range = format!("months go from 1 to {}, which is {} to {last}", scenario.months, scenario.start);
    let number = whole_number(text);
    let date = text.parse::<YearMonth>().ok();
    if number.is_none() && date.is_none() {
        return Err(format!(
            "`{text}` is no month: write its number or its date, as in --month 19 or --month \
             2028-07; {range}"
        ));
    }
    let is_meant =
        |month: &u32| number == Some(u64::from(*month)) || date == Some(scenario.start.plus(month - 1));
    let mut months = 1..=scenario.months;
    months.find(is_meant).ok_or_else(|| format!("the scenario has no month {text}: {range}"))
}

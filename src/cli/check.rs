//! The `check` command: validates scenarios without simulating them.

use super::args::Format;
use super::{Exit, annotate, args, discover, load, terminal};
use crate::form::Colour;
use crate::report::batch::{CHECK_SCHEMA, CheckReport, Checked, CheckedFile, FaultPart};
use crate::report::{doubts_of_study, to_json};
use crate::scenario::Study;
use std::path::Path;

/// Prints every fault of every file, or a summary if all files are valid.
pub(super) fn run(arguments: &args::Check) -> Result<Exit, Exit> {
    let found = discover::scenario_files(&arguments.scenarios);
    let edits = arguments.edits.all();
    let unread = found.faults.iter().map(|(folder, why)| unread_folder(folder, why, arguments.format));
    let files = found.files.iter().map(|file| check(file, &edits, arguments.format));
    let report = CheckReport { schema: CHECK_SCHEMA, files: unread.chain(files).collect() };
    let printed = print(&report, arguments.format);
    if let Some(how) = arguments.annotate {
        annotate::annotate(how, report.annotations(), None);
    }
    printed?;
    Ok(if report.is_valid() { Exit::Done } else { Exit::Failed })
}

/// Returns the result for a named folder that cannot be read or has no scenario, and prints it in text
/// format.
fn unread_folder(folder: &Path, why: &str, format: Format) -> CheckedFile {
    let file = load::shown(folder);
    if format == Format::Text {
        terminal::fail(&format!("{file}: {why}"));
    }
    let faults = vec![FaultPart::of_file("file", why)];
    CheckedFile { file, result: Checked::Invalid { faults } }
}

/// Reads one file. In text format, its faults and warnings are printed at once.
fn check(found: &discover::Scenario, edits: &[String], format: Format) -> CheckedFile {
    let (file, attempt) = found.read(edits);
    let say = |text: &dyn Fn() -> String| {
        if format == Format::Text {
            terminal::say(&(text() + "\n"));
        }
    };
    let result = match attempt {
        Ok(study) => {
            let warnings = doubts_of_study(&study);
            warnings.iter().for_each(|text| say(&|| format!("warning: {file}: {text}")));
            understood(&study, warnings)
        }
        Err(refusal) => {
            say(&|| refusal.render(Colour::Styled));
            Checked::Invalid { faults: FaultPart::all(&refusal.faults, &refusal.sources) }
        }
    };
    CheckedFile { file, result }
}

fn understood(study: &Study, warnings: Vec<String>) -> Checked {
    let scenario = &study.as_written.scenario;
    Checked::Valid {
        title: scenario.title.clone(),
        assets: scenario.assets.len(),
        months: scenario.months,
        paths: scenario.paths,
        filled_in: scenario.filled_in.len(),
        cases: usize::from(study.is_matrix) * study.cases.len(),
        expectations: study.n_expectations,
        warnings,
    }
}

fn print(report: &CheckReport, format: Format) -> Result<Exit, Exit> {
    match format {
        Format::Json => terminal::print(&to_json(report)),
        // if any file is invalid, only the faults are printed
        _ if report.is_valid() => terminal::print_rendered(&report.screen()),
        _ => Ok(Exit::Done),
    }
}

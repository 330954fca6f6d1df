//! The `check` command: validates scenarios without simulating them.

use super::args::{self, Annotate, Edits};
use super::{Exit, Stop, annotate, discover, load, terminal};
use crate::form::Colour;
use crate::report::batch::{CHECK_SCHEMA, CheckReport, Checked, CheckedFile, FaultPart};
use crate::report::{Format, doubts_of_study, to_json};
use clap::Args;
use std::path::{Path, PathBuf};

/// Formats of the results of `check`.
const FORMATS: &[Format<CheckReport>] = &[
    Format { id: "text", help: "One line per file, and errors with their lines", print: None },
    Format { id: "json", help: "Files, errors and places for programs", print: Some(to_json) },
];

/// Validate scenarios without simulating them
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Scenario files or folders of them
    #[arg(required = true, value_name = "SCENARIO|FOLDER")]
    pub scenarios: Vec<PathBuf>,
    #[command(flatten)]
    pub edits: Edits,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT", value_parser = args::formats(FORMATS))]
    pub format: &'static Format<CheckReport>,
    /// Show errors at their lines in a code review
    #[arg(long, value_enum, value_name = "SERVICE")]
    pub annotate: Option<Annotate>,
}

/// Prints every fault of every file, or a summary if all files are valid.
pub(super) fn run(arguments: &Check) -> Result<Exit, Stop> {
    let found = discover::scenario_files(&arguments.scenarios);
    let (edits, print) = (arguments.edits.all(), arguments.format.print);
    let unread = found.faults.iter().map(|(folder, why)| unread_folder(folder, why, print.is_none()));
    let files = found.files.iter().map(|file| check(file, &edits, print.is_none()));
    let report = CheckReport { schema: CHECK_SCHEMA, files: unread.chain(files).collect() };
    let printed = match print {
        Some(print) => terminal::print(&print(&report)),
        None if report.is_valid() => terminal::print_rendered(&report.screen()),
        // if any file is invalid, only the faults are printed
        None => Ok(Exit::Done),
    };
    if let Some(how) = arguments.annotate {
        annotate::annotate(how, report.annotations(), None);
    }
    printed?;
    Ok(if report.is_valid() { Exit::Done } else { Exit::Failed })
}

/// Returns the result for a named folder that has no scenario or cannot be read. If `is_screen`, prints it at once.
fn unread_folder(folder: &Path, why: &str, is_screen: bool) -> CheckedFile {
    let file = load::shown(folder);
    if is_screen {
        terminal::error(&format!("{file}: {why}"));
    }
    let faults = vec![FaultPart::of_file("file", why)];
    CheckedFile { file, result: Checked::Invalid { faults } }
}

/// Reads and validates one file. If `is_screen`, prints its faults and warnings at once.
fn check(found: &discover::Scenario, edits: &[String], is_screen: bool) -> CheckedFile {
    let (file, attempt) = found.read(edits);
    let say = |text: &dyn Fn() -> String| {
        if is_screen {
            terminal::say(&(text() + "\n"));
        }
    };
    let result = match attempt {
        Ok(study) => {
            let warnings = doubts_of_study(&study);
            warnings.iter().for_each(|text| say(&|| format!("warning: {file}: {text}")));
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
        Err(refusal) => {
            say(&|| refusal.render(Colour::Styled));
            let mut faults = FaultPart::all(&refusal.faults, &refusal.sources);
            // a program that reads only messages finds the file there too
            for (part, fault) in faults.iter_mut().zip(&refusal.faults) {
                part.message = fault.title(&file);
            }
            Checked::Invalid { faults }
        }
    };
    CheckedFile { file, result }
}

//! `check`: validate without simulating.

use super::{Exit, args, load, terminal};
use crate::report::grouped;
use crate::scenario::Study;

/// Says every fault of every file, or what was understood.
pub(super) fn run(arguments: &args::Check) -> Exit {
    let reading = &arguments.reading;
    let Some(scenarios) = load::load(&reading.scenarios, &reading.edits()) else {
        return Exit::Failed;
    };
    for loaded in &scenarios {
        let scenario = loaded.scenario();
        let exit = terminal::print(&format!(
            "{}: valid; {}, {}, {}, {} filled in from the catalog{}\n",
            loaded.file.display(),
            counted(scenario.assets.len() as u64, "asset"),
            counted(u64::from(scenario.months), "month"),
            counted(scenario.paths, "path"),
            counted(scenario.filled_in.len() as u64, "value"),
            cases(&loaded.study),
        ));
        if exit != Exit::Done {
            return exit;
        }
    }
    Exit::Done
}

/// `, 200 cases, 3 expectations`, if the file has any.
fn cases(study: &Study) -> String {
    let mut text = String::new();
    if study.is_matrix {
        text = format!(", {}", counted(study.cases.len() as u64, "case"));
    }
    if study.n_expectations > 0 {
        let expectations = counted(study.n_expectations as u64, "expectation");
        text.push_str(&format!(", {expectations}"));
    }
    text
}

/// `1 asset`, `100,000 paths`
fn counted(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(number))
}

//! The `merge` command: combines what several machines simulated into one result.
//!
//! In: folders. Out: what the command would have written and printed on one machine. Not here: merging one
//! kind of result (`parts`, `sensitivity`, `compare`, `batch`).

mod check;
mod folders;
mod parts;
mod runs;

use super::args::{self, Annotate, Charts, Edits, RunArguments};
use super::compare::{self, FailOn};
use super::parts::find;
use super::run::Run;
use super::shards::{Collected, Study};
use super::{Exit, Stop, batch, load, sensitivity, simulate, stop};
use crate::figure::uncapital;
use crate::report::{FORMATS, Format};
use clap::Args;
use clap::builder::{ArgPredicate, PossibleValuesParser};
use folders::Contents;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Merge the parts of a run, or the shards of a study or batch, into one result
#[derive(Debug, Args)]
pub(super) struct Merge {
    /// Folders with the parts of runs, all shards of one study, or the shards of one batch
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// Folder for the results, or of the batch [default: output, or output/batch]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Format to print for a run or a study [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = formats(),
        default_value_if("json", ArgPredicate::IsPresent, "json"))]
    pub format: Option<String>,
    /// Same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Worker threads; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = args::few)]
    pub threads: Option<u16>,
    /// Draw PNG charts on a dark background
    #[arg(long)]
    pub dark: bool,
    #[command(flatten)]
    pub charts: Charts,
    /// List parts and gaps without merging; exit with code 1 if a part is missing
    #[arg(long, help_heading = "For runs")]
    pub check: bool,
    /// Report only the paths before the first gap
    #[arg(long, conflicts_with = "check", help_heading = "For runs")]
    pub prefix: bool,
    /// Leave out the steps from claim to outcome; each step costs a run of at most 20,000 paths
    #[arg(long, help_heading = "For runs")]
    pub no_bridge: bool,
    /// Exit with code 1 if a report has a warning
    #[arg(long, help_heading = "For runs")]
    pub deny_warnings: bool,
    /// Exit with code 1 if a comparison finds a difference
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "For comparisons")]
    pub fail_on: Option<FailOn>,
    /// Show findings in the code review on GitHub
    #[arg(long, value_enum, value_name = "SERVICE", help_heading = "For batches")]
    pub annotate: Option<Annotate>,
}

/// Returns a parser of the formats of runs and of comparisons, each with its help.
fn formats() -> PossibleValuesParser {
    let both = [("text", "Screen text"), ("json", "report.json, sensitivity.json or compare.json")];
    let of_runs = FORMATS.iter().map(|one| (one.id, format!("For a run: {}", uncapital(one.help))));
    let of_comparisons =
        compare::FORMATS.iter().map(|one| (one.id, format!("For a comparison: {}", one.help)));
    let of_one = of_runs.chain(of_comparisons).filter(|one| both.iter().all(|(id, _)| *id != one.0));
    args::values(both.map(|(id, help)| (id, help.to_owned())).into_iter().chain(of_one))
}

impl Merge {
    /// Folder for the results of runs and studies: `--out`, or its default.
    pub fn out(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("output"))
    }

    /// Returns the format to print, out of `formats`.
    pub fn format<T>(&self, formats: &'static [Format<T>]) -> &'static Format<T> {
        Format::named(formats, self.format.as_deref().unwrap_or_default())
    }

    /// Returns the arguments of a `run` of `file` that would print the report that this merge prints.
    fn as_run(&self, file: PathBuf, edits: Edits) -> Run {
        Run {
            scenarios: vec![file],
            work: RunArguments { edits, out: self.out().to_owned(), threads: self.threads, dark: self.dark },
            charts: self.charts.clone(),
            no_bridge: self.no_bridge,
            format: self.format(FORMATS),
            json: false,
            deny_warnings: self.deny_warnings,
            part: None,
            blocks: None,
        }
    }

    /// Returns the text of the option, such as `--format json`, and true if none of `formats` has this format.
    fn format_beyond<T>(&self, formats: &[Format<T>]) -> (String, bool) {
        let id = self.format.as_deref().unwrap_or("text");
        (format!("--format {id}"), formats.iter().all(|format| format.id != id))
    }
}

/// Merges the contents of the folders: shards of a batch, shards of a study, or parts of runs.
pub(super) fn run(arguments: &Merge) -> Result<Exit, Stop> {
    let Contents { parts, shards, batches } = Contents::of(&arguments.folders)?;
    if !batches.is_empty() {
        refuse_of_runs(arguments)?;
        refuse_of_studies(arguments)?;
        return batch::merge(&batches, arguments);
    }
    if shards.is_empty() {
        return of_parts(parts, arguments);
    }
    refuse_of_runs(arguments)?;
    refuse(
        &[("--annotate", arguments.annotate.is_some())],
        "a batch, but the folders hold shards of a study",
    )?;
    let collected = Collected::read(&shards)?;
    match collected.question.command {
        Study::Compare => compare::merge(&collected, arguments),
        Study::Sensitivity => {
            refuse_of_comparisons(arguments, "`compare`, but the folders hold shards of `sensitivity`")?;
            sensitivity::merge(&collected, arguments)
        }
    }
}

/// Merges the parts of runs at `paths`, or lists them with `--check`. Errors if there are none.
fn of_parts(paths: Vec<PathBuf>, arguments: &Merge) -> Result<Exit, Stop> {
    if paths.is_empty() {
        let folders: Vec<String> = arguments.folders.iter().map(|folder| load::shown(folder)).collect();
        return Err(stop!(
            "there is nothing to merge in {}; write the folders of `run --part` or `run --blocks`, or of `sensitivity`, \
             `compare` or `batch` with --shard",
            folders.join(", ")
        ));
    }
    let lab = simulate::lab_of_one(arguments.threads)?;
    let begun = Instant::now();
    let found = lab.pool.install(|| find(paths));
    refuse(&[("--annotate", arguments.annotate.is_some())], "a batch, but the folders hold parts of a run")?;
    refuse_of_comparisons(arguments, "a comparison, but the folders hold parts of a run")?;
    if arguments.check {
        check::run(found.into_iter())
    } else {
        parts::report(&lab, begun, found.into_values(), arguments)
    }
}

/// Refuses options that apply only to parts of runs, for a merge of something else.
fn refuse_of_runs(arguments: &Merge) -> Result<(), Stop> {
    if arguments.check {
        return Err(stop!(
            "--check applies to parts of a run, but the folders hold shards; leave it out: `merge` lists missing shards"
        ));
    }
    let (format, is_beyond) = arguments.format_beyond(compare::FORMATS);
    let given = [
        ("--prefix", arguments.prefix),
        ("--no-bridge", arguments.no_bridge),
        ("--charts", !arguments.charts.named.is_empty()),
        ("--deny-warnings", arguments.deny_warnings),
        (format.as_str(), is_beyond),
    ];
    refuse(&given, "parts of a run, but the folders hold shards")
}

/// Refuses options that apply only to runs and studies, for a merge of a batch's shards.
fn refuse_of_studies(arguments: &Merge) -> Result<(), Stop> {
    let given = [
        ("--json", arguments.json),
        ("--format", arguments.format.is_some()),
        ("--fail-on", arguments.fail_on.is_some()),
        ("--no-charts", arguments.charts.no_charts),
        ("--dark", arguments.dark),
        ("--threads", arguments.threads.is_some()),
    ];
    refuse(&given, "a run or a study, but the folders hold shards of a batch")
}

/// Refuses options that apply only to a comparison; `of` is the message's text on where they apply.
fn refuse_of_comparisons(arguments: &Merge, of: &str) -> Result<(), Stop> {
    let (format, is_beyond) = arguments.format_beyond(FORMATS);
    refuse(&[(format.as_str(), is_beyond), ("--fail-on", arguments.fail_on.is_some())], of)
}

fn refuse(given: &[(&str, bool)], of: &str) -> Result<(), Stop> {
    let refused = given.iter().find(|(_, is_given)| *is_given);
    refused.map_or(Ok(()), |(option, _)| Err(stop!("{option} applies to {of}; leave it out")))
}

#[cfg(test)]
mod tests;

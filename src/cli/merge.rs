//! The `merge` command: combines what several machines simulated into one result.
//!
//! In: folders. Out: what the command would have written and printed on one machine. Not here: merging one
//! kind of result (`parts`, `sensitivity`, `compare`, `batch`).

mod check;
mod folders;
mod parts;
mod runs;
mod tiling;

use super::args::Format;
use super::parts::find;
use super::shards::{Collected, Study};
use super::{Exit, args, batch, compare, load, sensitivity, simulate};
use folders::Contents;
use std::path::PathBuf;
use std::time::Instant;

/// Merges the contents of the folders: shards of a batch, shards of a study, or parts of runs.
pub(super) fn run(arguments: &args::Merge) -> Result<Exit, Exit> {
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
    refuse_of_batches(arguments, "a batch, but the folders hold shards of a study")?;
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
fn of_parts(paths: Vec<PathBuf>, arguments: &args::Merge) -> Result<Exit, Exit> {
    if paths.is_empty() {
        let folders: Vec<String> = arguments.folders.iter().map(|folder| load::shown(folder)).collect();
        return Err(format!(
            "there is nothing to merge in {}; write the folders of `run --part` or `run --blocks`, or of `sensitivity`, \
             `compare` or `batch` with --shard",
            folders.join(", ")
        )
        .into());
    }
    simulate::begin();
    let lab = simulate::lab_of_one(arguments.threads)?;
    let begun = Instant::now();
    let found = lab.pool.install(|| find(paths));
    refuse_of_batches(arguments, "a batch, but the folders hold parts of a run")?;
    refuse_of_comparisons(arguments, "a comparison, but the folders hold parts of a run")?;
    if arguments.check {
        check::run(found.into_iter())
    } else {
        parts::report(&lab, begun, found.into_values(), arguments)
    }
}

/// Refuses options that apply only to parts of runs, for a merge of something else.
fn refuse_of_runs(arguments: &args::Merge) -> Result<(), String> {
    if arguments.check {
        return Err(
            "--check applies to parts of a run, but the folders hold shards; leave it out: `merge` lists missing shards"
                .to_owned(),
        );
    }
    let given = [
        ("--prefix", arguments.prefix),
        ("--no-bridge", arguments.no_bridge),
        ("--charts", !arguments.charts.named.is_empty()),
        ("--deny-warnings", arguments.deny_warnings),
        ("--format csv", arguments.format == Some(Format::Csv)),
    ];
    refuse(&given, "parts of a run, but the folders hold shards")
}

/// Refuses options that apply only to runs and studies, for a merge of a batch's shards.
fn refuse_of_studies(arguments: &args::Merge) -> Result<(), String> {
    let given = [
        ("--format", arguments.format.is_some()),
        ("--json", arguments.json),
        ("--fail-on", arguments.fail_on.is_some()),
        ("--no-charts", arguments.charts.no_charts),
        ("--dark", arguments.dark),
        ("--threads", arguments.threads.is_some()),
    ];
    refuse(&given, "a run or a study, but the folders hold shards of a batch")
}

/// Refuses options that apply only to a batch; `of` is the message's text on where they apply.
fn refuse_of_batches(arguments: &args::Merge, of: &str) -> Result<(), String> {
    refuse(&[("--annotate", arguments.annotate.is_some())], of)
}

/// Refuses options that apply only to a comparison; `of` is the message's text on where they apply.
fn refuse_of_comparisons(arguments: &args::Merge, of: &str) -> Result<(), String> {
    let is_markdown = arguments.format == Some(Format::Markdown);
    refuse(&[("--format markdown", is_markdown), ("--fail-on", arguments.fail_on.is_some())], of)
}

fn refuse(given: &[(&str, bool)], of: &str) -> Result<(), String> {
    match given.iter().find(|(_, is_given)| *is_given) {
        None => Ok(()),
        Some((option, _)) => Err(format!("{option} applies to {of}; leave it out")),
    }
}

#[cfg(test)]
mod tests;

//! `merge`: one result of what several machines simulated.
//!
//! In: folders. Out: what the command without `--shard` would have written and printed. Not here: what each kind of result is
//! made of (`sensitivity`, `compare`, `batch`).

use super::shards::{Collected, Study, found_in};
use super::{Exit, args, batch, compare, sensitivity};
use std::path::{Path, PathBuf};

/// The default of `--out` for studies.
const OUT: &str = "output";

/// Merges what the folders hold.
pub(super) fn run(arguments: &args::Merge) -> Result<Exit, Exit> {
    let is_batch = |folder: &&PathBuf| batch::is_result(folder);
    let n_batches = arguments.folders.iter().filter(is_batch).count();
    if n_batches > 0 {
        // one without results is named by who reads it
        refuse_of_studies(arguments)?;
        return batch::merge(arguments);
    }
    let shards = found_in(&arguments.folders)?;
    if shards.is_empty() {
        return Err(nothing(&arguments.folders).into());
    }
    if arguments.annotate.is_some() {
        return Err(
            "--annotate is of a batch, and these are shards of a study; leave it out"
                .to_owned()
                .into(),
        );
    }
    let collected = Collected::read(&shards)?;
    let out = arguments.out.as_deref().unwrap_or(Path::new(OUT));
    match collected.question.command {
        Study::Compare => compare::merge(&collected, out, arguments),
        Study::Sensitivity => {
            refuse_of_comparisons(arguments)?;
            sensitivity::merge(&collected, out, arguments)
        }
    }
}

/// Says that there is nothing to merge, and what would be.
fn nothing(folders: &[PathBuf]) -> String {
    let folders: Vec<String> = folders
        .iter()
        .map(|folder| folder.display().to_string())
        .collect();
    format!(
        "there is no shard in {}: merge takes the folders that `sensitivity`, `compare` and `batch` wrote with --shard",
        folders.join(", ")
    )
}

/// Refuses options that a batch does not have.
fn refuse_of_studies(arguments: &args::Merge) -> Result<(), String> {
    let given = [
        ("--format", arguments.format.is_some()),
        ("--fail-on", arguments.fail_on.is_some()),
        ("--no-charts", arguments.no_charts),
        ("--dark", arguments.dark),
        ("--threads", arguments.threads.is_some()),
    ];
    refuse(&given, "a study, and these are shards of a batch")
}

/// Refuses options that only a comparison has.
fn refuse_of_comparisons(arguments: &args::Merge) -> Result<(), String> {
    let given = [
        (
            "--format markdown",
            arguments.format == Some(args::Shown::Markdown),
        ),
        ("--fail-on", arguments.fail_on.is_some()),
        ("--no-charts", arguments.no_charts),
    ];
    refuse(&given, "`compare`, and these are shards of `sensitivity`")
}

fn refuse(given: &[(&str, bool)], of: &str) -> Result<(), String> {
    match given.iter().find(|(_, is_given)| *is_given) {
        None => Ok(()),
        Some((option, _)) => Err(format!("{option} is of {of}; leave it out")),
    }
}

//! Scenarios whose results `--update-baseline` or `--accept` writes to the baseline.
//!
//! In: arguments, the scenarios that exist. Out: ids. Not here: the new lines (`compared`).

use super::Batch;
use super::intake::Intake;
use crate::cli::discover;
use crate::figure::counted;
use crate::report::batch::{Baseline, BatchReport};
use crate::units::spelled_out;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Returns the ids whose lines in the baseline `--update-baseline` or `--accept` rewrite, out of `entries`
/// and the `missing` ids, whose scenarios no longer exist; empty without a baseline.
///
/// Errors if an `--accept` matches nothing, or if the baseline would lose lines whose files still exist.
pub(super) fn accepted(
    arguments: &Batch,
    baseline: Option<&Baseline>,
    entries: &[Intake],
    missing: &[String],
) -> Result<BTreeSet<String>, String> {
    let Some(baseline) = baseline else {
        return Ok(BTreeSet::new());
    };
    let ids: BTreeSet<String> = entries.iter().map(|entry| &entry.id).chain(missing).cloned().collect();
    if arguments.update_baseline {
        loses_nothing("--update-baseline", baseline, entries)?;
        return Ok(ids);
    }
    let mut accepted = BTreeSet::new();
    for asked in &arguments.accept {
        let mut named = ids.iter().filter(|id| is_named(id, asked)).peekable();
        if named.peek().is_none() {
            return Err(format!(
                "--accept {}: there is no such scenario, file or folder; --list prints all ids, and an id is written whole \
                 or up to one of its `/`",
                spelled_out(asked)
            ));
        }
        accepted.extend(named.cloned());
    }
    let gone = missing.iter().filter(|id| accepted.contains(*id));
    let lines = gone.filter_map(|id| Some((id.clone(), baseline.entries.get(id)?.clone())));
    loses_nothing("--accept", &Baseline { entries: lines.collect() }, entries)?;
    Ok(accepted)
}

/// Marks the `accepted` changes in `report`, so that they no longer count as differences from the baseline.
pub(super) fn settle(report: &mut BatchReport, accepted: &BTreeSet<String>) {
    let (removed, missing) = report.missing.drain(..).partition(|id| accepted.contains(id));
    (report.removed, report.missing) = (removed, missing);
    report.not_named.retain(|id| report.missing.contains(id));
    for case in report.cases.iter_mut().filter(|case| accepted.contains(&case.id)) {
        // a scenario that was not simulated keeps its line: it is neither stale nor accepted
        case.is_accepted = case.is_stale;
        case.is_stale = false;
    }
}

/// Returns those of the baseline ids `missing` whose files still exist but were not passed to this batch.
pub(super) fn not_named(baseline: &Baseline, entries: &[Intake], missing: &[String]) -> Vec<String> {
    let lost = lost_files(baseline, entries);
    let is_lost = |id: &&String| baseline.entries.get(*id).is_some_and(|line| lost.contains(&*line.file));
    missing.iter().filter(is_lost).cloned().collect()
}

/// True if `asked`, an argument of `--accept`, is `id` itself, or a file or folder that contains it.
fn is_named(id: &str, asked: &str) -> bool {
    let asked = asked.strip_suffix('/').unwrap_or(asked);
    let rest = id.strip_prefix(asked);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns the files of the baseline that still exist but were not passed to this batch.
fn lost_files<'b>(baseline: &'b Baseline, entries: &[Intake]) -> BTreeSet<&'b str> {
    let real = |file: &str| discover::identity(Path::new(file));
    // each file is resolved on disk once, however many cases it has
    let named: BTreeSet<&str> = entries.iter().map(|entry| &*entry.file).collect();
    let named: BTreeSet<PathBuf> = named.into_iter().map(real).collect();
    let files: BTreeSet<&str> = baseline.entries.values().map(|line| &*line.file).collect();
    let is_there = |file: &&str| Path::new(file).is_file() && !named.contains(&real(file));
    files.into_iter().filter(is_there).collect()
}

/// Refuses a `flag` that would drop baseline entries whose files still exist but were not passed.
fn loses_nothing(flag: &str, baseline: &Baseline, entries: &[Intake]) -> Result<(), String> {
    let lost = lost_files(baseline, entries);
    let lines: Vec<&str> =
        baseline.entries.values().map(|line| &*line.file).filter(|file| lost.contains(file)).collect();
    let Some(first) = lines.first() else {
        return Ok(());
    };
    Err(format!(
        "{flag} would lose {} of files that are still there, {first} first: name all folders and files that the baseline is of",
        counted(lines.len(), "scenario")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_named_whole_or_up_to_a_slash() {
        let id = "sub/matrix/residence=germany,spend=1000";
        for asked in ["sub", "sub/", "sub/matrix", id] {
            assert!(is_named(id, asked), "{asked}");
        }
        for asked in ["su", "matrix", "sub/matrix/residence=germany", "", "other"] {
            assert!(!is_named(id, asked), "{asked}");
        }
    }
}

//! Reads the baseline of a batch, compares results with it, and updates the lines that the user accepts.
//!
//! In: arguments, a baseline file, results of the batch. Out: [`AgainstPart`]s, the new file. Not here: the test of
//! whether a measure has changed (`report::batch`).

use super::intake::Intake;
use super::{Batch, outputs};
use crate::cli::{Stop, discover, files, load, stop, terminal};
use crate::figure::counted;
use crate::report::VALUE_VERSION;
use crate::report::batch::{
    self, AgainstPart, Baseline, BaselineLine, BatchReport, CasePart, How, State, Update, Why, asked_of,
};
use crate::report::edit::PlacedEdit;
use crate::scenario::{self, Document, Study};
use crate::study::{Terms, Unlike};
use crate::units::spelled_out;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Reads the baseline that `--baseline` names; `None` without that option. With `--update-baseline`, a
/// missing file counts as an empty baseline.
///
/// Errors if the file cannot be read, or if it is missing or empty without `--update-baseline`.
pub(super) fn read(arguments: &Batch) -> Result<Option<Baseline>, Stop> {
    let Some(path) = &arguments.baseline else {
        return Ok(None);
    };
    let shown = load::shown(path);
    if arguments.update_baseline {
        files::refuse_missing(files::parent_folder(path), path)?;
    }
    let text = match files::read_bounded(path, outputs::LARGEST) {
        Ok(bytes) => {
            String::from_utf8(bytes).map_err(|_| format!("{shown}: it is not a baseline: not UTF-8 text"))?
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return if arguments.update_baseline {
                Ok(Some(Baseline::default()))
            } else {
                Err(stop!("there is no baseline {shown}; --update-baseline writes it"))
            };
        }
        Err(error) => return Err(Stop::at(path, "read", &error, "")),
    };
    let baseline = Baseline::from_lines(&text).map_err(|fault| format!("{shown}: {fault}"))?;
    if baseline.entries.is_empty() && !arguments.update_baseline {
        Err(stop!("{shown} has no scenario to compare with; --update-baseline writes them"))
    } else {
        Ok(Some(baseline))
    }
}

/// Ids of all scenarios that the batch found, before filters and shards are applied.
pub(super) struct KnownIds {
    pub ids: BTreeSet<String>,
    /// Files that cannot be read: their ids, to which no name of a `[[case]]` is added. The empty text stands for an
    /// unreadable folder.
    unread: BTreeSet<String>,
}

impl KnownIds {
    pub fn of(entries: &[Intake]) -> Self {
        let unread = entries.iter().filter(|entry| entry.case().is_none());
        Self {
            ids: entries.iter().map(|entry| entry.id.clone()).collect(),
            unread: unread.map(|entry| entry.stem.clone()).collect(),
        }
    }

    /// Returns the ids of the baseline whose scenarios no longer exist. An id that may belong to an
    /// unreadable file does not count. After an unreadable folder, which may contain any id, there are none.
    pub fn missing(&self, baseline: &Baseline) -> Vec<String> {
        let is_unread = |id: &str| {
            let mut begins = id.match_indices('/').map(|(at, _)| &id[..at]);
            self.unread.contains("")
                || self.unread.contains(id)
                || begins.any(|begin| self.unread.contains(begin))
        };
        baseline.entries.keys().filter(|id| !self.ids.contains(*id) && !is_unread(id)).cloned().collect()
    }
}

/// Compares the result `part` of a scenario with its line in the baseline; without a line it counts as new.
pub(super) fn compare(baseline: &Baseline, study: &Study, case: &scenario::Case, part: &mut CasePart) {
    let (entry, line) = (baseline.entries.get(&case.id), line(part, case));
    part.is_stale = entry != line.as_ref();
    let Some((entry, line)) = entry.zip(line) else {
        part.against = Some(AgainstPart::of(How::New));
        return;
    };
    part.gate_edits = batch::gate_edits(&entry.gates, &line.gates, &part.gates);
    let before = Document::from_json(&entry.keys).ok();
    let old = before.as_ref().and_then(|keys| keys.read(&case.id).ok());
    let edits = before.map(|before| before.edits_to(&case.document));
    let terms = Terms::from(&case.scenario);
    let terms_before = Terms {
        currency: entry.currency.clone(),
        // if this version cannot read the old keys, they are assumed to have the same terms
        ..old.as_ref().map_or_else(|| terms.clone(), Terms::from)
    };
    let why = |Unlike { key, values: [was, is] }| Why::Unlike { key: key.to_owned(), was, is };
    let seen = AgainstPart {
        why: terms_before.unlike(&terms).into_iter().map(why).collect(),
        edits: PlacedEdit::all(&edits.unwrap_or_default(), &study.sources),
        pays_otherwise: old.is_some_and(|old| !old.pays_like(&case.scenario)),
        ..AgainstPart::default()
    };
    let critical = batch::critical_score(baseline.n_figures());
    part.against = Some(batch::against(entry, &line, seen, critical));
}

/// Returns the ids whose lines in the baseline `--update-baseline` or `--accept` rewrite, out of `entries`
/// and the `missing` ids, whose scenarios no longer exist; empty without a baseline.
///
/// Errors if an `--accept` matches nothing, or if the baseline would lose lines whose files still exist.
pub(super) fn accepted(
    arguments: &Batch,
    baseline: Option<&Baseline>,
    entries: &[Intake],
    missing: &[String],
) -> Result<BTreeSet<String>, Stop> {
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
            return Err(stop!(
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
fn settle(report: &mut BatchReport, accepted: &BTreeSet<String>) {
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
fn loses_nothing(flag: &str, baseline: &Baseline, entries: &[Intake]) -> Result<(), Stop> {
    let lost = lost_files(baseline, entries);
    let lines: Vec<&str> =
        baseline.entries.values().map(|line| &*line.file).filter(|file| lost.contains(file)).collect();
    let Some(first) = lines.first() else {
        return Ok(());
    };
    Err(stop!(
        "{flag} would lose {} of files that are still there, {first} first: name all folders and files that the baseline is of",
        counted(lines.len(), "scenario")
    ))
}

/// Writes the `accepted` results of this batch to the baseline, marks them in `report`, and returns how the lines
/// change; `None` if nothing is accepted.
///
/// A scenario that was not simulated or not accepted keeps its line. An accepted scenario that no longer
/// exists loses its line. Errors if the file cannot be written.
pub(super) fn update(
    report: &mut BatchReport,
    entries: &[Intake],
    baseline: Option<&Baseline>,
    accepted: &BTreeSet<String>,
    arguments: &Batch,
) -> Result<Option<Update>, Stop> {
    let Some(baseline) = baseline.filter(|_| !accepted.is_empty()) else {
        return Ok(None);
    };
    let mut lines = BTreeMap::new();
    for (part, entry) in report.cases.iter().zip(entries).filter(|(part, _)| accepted.contains(&part.id)) {
        let line = entry.case().and_then(|(_, case)| line(part, case));
        lines.extend(line.map(|line| (part.id.clone(), line)));
    }
    let gone = report.missing.iter().filter(|id| accepted.contains(*id));
    let updated = baseline.updated(lines, &gone.cloned().collect::<Vec<_>>());
    if let Some(path) = &arguments.baseline {
        files::write(path, updated.to_lines().as_bytes())?;
        terminal::leaves("the baseline is written");
    }
    settle(report, accepted);
    Ok(Some(baseline.moved_to(&updated)))
}

/// Line of the baseline for `case` with the result `part`; `None` if the case was not simulated.
fn line(part: &CasePart, case: &scenario::Case) -> Option<BaselineLine> {
    let State::Simulated { model_digest, currency, paths, seeds, figures, .. } = &part.state else {
        return None;
    };
    let of_gates = part.gates.iter().filter_map(|gate| Some((&gate.measure, gate.answer.as_ref()?)));
    Some(BaselineLine {
        file: part.file.clone(),
        model_digest: model_digest.clone(),
        value_version: VALUE_VERSION,
        paths: *paths,
        seeds: *seeds,
        currency: currency.clone(),
        gates: asked_of(&case.expectations),
        figures: figures.iter().chain(of_gates).map(|(id, answer)| (id.clone(), answer.into())).collect(),
        keys: case.document.to_json(),
    })
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

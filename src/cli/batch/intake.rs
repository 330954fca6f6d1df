//! What a batch is about: every case of every file, and every file that cannot be read.
//!
//! In: files. Out: [`Entry`]s in the order of their ids. Not here: finding the files (`discover`),
//! simulating them (`simulated`), which ids are of two files (`twins`).

use super::names::Names;
use crate::cli::discover::{Found, Scenario, identity};
use crate::cli::load;
use crate::cli::twins::Ids;
use crate::report::batch::{Baseline, FaultPart};
use crate::scenario::{Case, Study};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One case of a file, or a file that cannot be read.
pub(super) struct Entry {
    pub id: String,
    /// What the ids of all cases of the file begin with.
    pub stem: String,
    /// The file as messages show it.
    pub file: String,
    /// The file, however it was named.
    pub path: PathBuf,
    pub content: Content,
}

pub(super) enum Content {
    /// `study.cases[case]`
    Case {
        study: Arc<Study>,
        case: usize,
    },
    Invalid(Vec<FaultPart>),
}

impl Entry {
    /// The case and the study it is of, if the file could be read.
    pub fn case(&self) -> Option<(&Study, &Case)> {
        match &self.content {
            Content::Case { study, case } => Some((study, &study.cases[*case])),
            Content::Invalid(_) => None,
        }
    }

    /// A file or folder that cannot be read.
    pub fn invalid(id: String, file: String, faults: Vec<FaultPart>) -> Self {
        Self {
            stem: id.clone(),
            id,
            path: identity(Path::new(&file)),
            file,
            content: Content::Invalid(faults),
        }
    }
}

/// Reads everything that was `found`; ids are in order and each stands once.
///
/// Of cases with the same id none is simulated: whichever was taken, a baseline could not tell them
/// apart. What the `baseline` has is called as there, and nothing is called as another file there.
pub(super) fn read_all(found: &Found, edits: &[String], baseline: Option<&Baseline>) -> Vec<Entry> {
    let names = Names::of(baseline);
    let mut entries: Vec<Entry> = Vec::new();
    for file in &found.files {
        entries.extend(read(file, edits, &names));
    }
    entries.extend(found.faults.iter().map(|(folder, why)| {
        let folder = load::shown(folder);
        let fault = FaultPart::of_file("file", why);
        // a folder has no scenario whose id it could be
        Entry::invalid(format!("{folder}/"), folder, vec![fault])
    }));
    refuse_twins(&mut entries, &names);
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
}

fn read(found: &Scenario, edits: &[String], names: &Names<'_>) -> Vec<Entry> {
    let (file, attempt) = load::read_found(found, edits);
    let path = identity(&found.path);
    let mut stem = found.id.clone();
    let study = match attempt {
        Ok(mut study) => {
            stem = names.rename(&mut study.cases, &found.id, &path);
            Arc::new(study)
        }
        Err(refusal) => {
            let mut faults = FaultPart::all(&refusal.faults, &refusal.sources);
            for fault in &mut faults {
                // the file is named beside every fault
                if let Some(rest) = fault.message.strip_prefix(&format!("{file}: ")) {
                    fault.message = rest.to_owned();
                }
            }
            return vec![Entry {
                path,
                ..Entry::invalid(stem, file, faults)
            }];
        }
    };
    let entry = |case: usize| Entry {
        id: study.cases[case].id.clone(),
        stem: stem.clone(),
        file: file.clone(),
        path: path.clone(),
        content: Content::Case {
            study: Arc::clone(&study),
            case,
        },
    };
    (0..study.cases.len()).map(entry).collect()
}

/// Makes cases of the same id faults of their files; of each file one entry, with what else is wrong.
fn refuse_twins(entries: &mut Vec<Entry>, names: &Names<'_>) {
    let mut ids = Ids::default();
    for entry in entries.iter() {
        ids.add(&entry.id, &entry.path, &entry.file);
    }
    for entry in entries.iter().filter(|entry| entry.case().is_some()) {
        if let Some((path, file)) = names.owner(&entry.id) {
            ids.add(&entry.id, &path, &file);
        }
    }
    let mut refused: Vec<Entry> = Vec::new();
    for entry in std::mem::take(entries) {
        let Some(fault) = ids.fault(&entry.id, &entry.path) else {
            entries.push(entry);
            continue;
        };
        let known = refused.last_mut().filter(|last| last.path == entry.path);
        match known.map(|last| &mut last.content) {
            Some(Content::Invalid(faults)) => faults.push(fault),
            _ => refused.push(ambiguous(entry, fault)),
        }
    }
    entries.extend(refused);
}

/// A file with an id that leaves open which scenario is meant.
fn ambiguous(entry: Entry, fault: FaultPart) -> Entry {
    let mut faults = match entry.content {
        Content::Invalid(faults) => faults,
        Content::Case { .. } => Vec::new(),
    };
    faults.push(fault);
    Entry {
        stem: entry.stem,
        path: entry.path,
        ..Entry::invalid(entry.file.clone(), entry.file, faults)
    }
}

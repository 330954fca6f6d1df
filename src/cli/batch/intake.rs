//! What a batch is about: every case of every file, and every file that cannot be read.
//!
//! In: files. Out: [`Entry`]s in the order of their ids. Not here: finding the files (`discover`),
//! simulating them (`case`).

use crate::cli::discover::Found;
use crate::cli::load;
use crate::report::batch::{FaultPart, NotePart};
use crate::scenario::{Case, Study, stem};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// One case of a file, or a file that cannot be read.
pub(super) struct Entry {
    pub id: String,
    /// Name of the file without folder and ending: what the ids of all its cases begin with.
    pub stem: String,
    /// The file as messages show it.
    pub file: String,
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
            stem: stem(&file),
            id,
            file,
            content: Content::Invalid(faults),
        }
    }
}

/// Reads everything that was `found`; ids are in order and each stands once.
///
/// Files of one stem would give their cases the same ids, so none of them is read: whichever was
/// taken, a baseline could not tell them apart.
pub(super) fn read_all(found: &Found, edits: &[String]) -> Vec<Entry> {
    let mut by_stem: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
    for file in &found.files {
        by_stem
            .entry(stem(&load::shown(file)))
            .or_default()
            .push(file);
    }
    let mut entries: Vec<Entry> = Vec::new();
    for (stem, files) in by_stem {
        match files[..] {
            [file] => entries.extend(read(file, edits, &stem)),
            _ => entries.extend(files.iter().map(|file| ambiguous(file, &files, &stem))),
        }
    }
    entries.extend(found.faults.iter().map(|(folder, why)| {
        let folder = load::shown(folder);
        let fault = FaultPart::of_file("file", why);
        Entry::invalid(folder.clone(), folder, vec![fault])
    }));
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
}

fn read(file: &Path, edits: &[String], stem: &str) -> Vec<Entry> {
    let (file, attempt) = load::read_one(file, edits);
    if stem.chars().any(char::is_control) {
        let why = "its name has a control character, which no id can have; rename it";
        let id = stem.replace(char::is_control, " ");
        return vec![Entry::invalid(
            id,
            file,
            vec![FaultPart::of_file("id", why)],
        )];
    }
    let study = match attempt {
        Ok(study) => Arc::new(study),
        Err(refusal) => {
            let mut faults = FaultPart::all(&refusal.faults, &refusal.sources);
            for fault in &mut faults {
                // the file is named beside every fault
                if let Some(rest) = fault.message.strip_prefix(&format!("{file}: ")) {
                    fault.message = rest.to_owned();
                }
            }
            return vec![Entry::invalid(stem.to_owned(), file, faults)];
        }
    };
    let entry = |case: usize| Entry {
        id: study.cases[case].id.clone(),
        stem: stem.to_owned(),
        file: file.clone(),
        content: Content::Case {
            study: Arc::clone(&study),
            case,
        },
    };
    (0..study.cases.len()).map(entry).collect()
}

/// A file whose name leaves open which scenario an id means.
fn ambiguous(file: &Path, all: &[&Path], stem: &str) -> Entry {
    let others: Vec<String> = all
        .iter()
        .filter(|other| **other != file)
        .map(|other| load::shown(other))
        .collect();
    let file = load::shown(file);
    let mut fault = FaultPart::of_file(
        "id",
        format!(
            "two scenarios have the id `{stem}`: this file and {}",
            others.join(", ")
        ),
    );
    fault.notes.push(NotePart {
        name: "write".to_owned(),
        text: "another name for one of them: the name of a file without its folder and ending is \
               the id of its scenario"
            .to_owned(),
    });
    let id = file.strip_suffix(".toml").unwrap_or(&file).to_owned();
    Entry {
        stem: stem.to_owned(),
        ..Entry::invalid(id, file, vec![fault])
    }
}

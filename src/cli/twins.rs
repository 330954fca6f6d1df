//! Cases of one id: a baseline, a filter or a report could not tell them apart.
//!
//! In: ids with the files they are of. Out: a fault for each that leaves open which case is meant. Not
//! here: what a file's cases are called (`discover`, `load`).

use crate::report::batch::{FaultPart, NotePart};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The stable word of such a fault.
pub(super) const CODE: &str = "id";

/// Ids and their files: by where these are, as messages show them, for two may be shown alike.
#[derive(Default)]
pub(super) struct Ids(BTreeMap<String, BTreeMap<PathBuf, String>>);

impl Ids {
    /// `id` is one of the file at `path`, which messages call `file`.
    pub fn add(&mut self, id: &str, path: &Path, file: &str) {
        let files = self.0.entry(id.to_owned()).or_default();
        if !files.contains_key(path) {
            files.insert(path.to_owned(), file.to_owned());
        }
    }

    /// What is wrong with `id` of the file at `path`, if another file has it too.
    pub fn fault(&self, id: &str, path: &Path) -> Option<FaultPart> {
        let others = self.0.get(id)?.iter().filter(|(other, _)| *other != path);
        let others: Vec<&str> = others.map(|(_, file)| file.as_str()).collect();
        if others.is_empty() {
            return None;
        }
        let mut fault = FaultPart::of_file(
            CODE,
            format!(
                "two scenarios have the id `{id}`: one of this file and one of {}",
                others.join(", ")
            ),
        );
        fault.notes.push(NotePart {
            name: "write".to_owned(),
            text: "another name for one of them, or name a folder above both: the id of a scenario is \
                   the path of its file below the folder that was named, without its ending"
                .to_owned(),
        });
        Some(fault)
    }
}

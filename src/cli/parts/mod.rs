//! Files of the parts of runs: finds, opens and writes them, and identifies the run of each.
//!
//! In: paths, scenarios that were read. Out: opened files, differences between runs. Not here: the format of
//! a file (`engine`), simulating a part (`part`), merging parts (`merge`).

mod file;

pub(super) use file::{note_of, open, remedy, write, write_opened};

use super::args::Edits;
use super::load::{self, How, Loaded, Text};
use super::{Stop, stop};
use crate::engine::{Failure, Opened, Origin, PartHead, Unusable};
use crate::report::VALUE_VERSION;
use crate::scenario::Document;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Files of parts of one scenario that were found in a folder.
#[derive(Default)]
pub(super) struct PartFiles {
    /// Complete files with their paths, in the order of their blocks.
    pub whole: Vec<(PathBuf, Opened)>,
    pub unusable: Vec<(PathBuf, Unusable)>,
}

/// Opens the files of parts at `paths` in the current thread pool. Groups them by the name of their scenario.
pub(super) fn find(paths: Vec<PathBuf>) -> BTreeMap<String, PartFiles> {
    let opened: Vec<_> = paths.into_par_iter().map(|path| (open(&path), path)).collect();
    let mut found: BTreeMap<String, PartFiles> = BTreeMap::new();
    for (opened, path) in opened {
        match opened {
            Ok(file) => {
                found.entry(stem(&file.head)).or_default().whole.push((path, file));
            }
            Err((head, why)) => {
                let name = head.as_deref().map_or_else(|| folder_name(&path), stem);
                found.entry(name).or_default().unusable.push((path, why));
            }
        }
    }
    for group in found.values_mut() {
        group.whole.sort_by_key(|(path, file)| {
            let blocks = file.blocks();
            (blocks.start, blocks.end, path.clone())
        });
    }
    found
}

/// True for the name of a part's file, such as `00003-of-00064.part`; false for a temporary file or a
/// checkpoint.
pub(super) fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && name.ends_with(".part")
}

/// Name of the scenario that a part of a run belongs to: its file name without folder and ending.
fn stem(head: &PartHead) -> String {
    Path::new(&head.origin.file).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn folder_name(path: &Path) -> String {
    path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned()
}

/// First read failure of the files being merged, and the name of their scenario file; `None` without a merge.
static READ: Mutex<Option<(Failure, String)>> = Mutex::new(None);

/// Registers where later failures to read the parts of scenario `file` are recorded, for [`check_read`].
pub(super) fn reads(failure: Failure, file: String) {
    *READ.lock().unwrap_or_else(PoisonError::into_inner) = Some((failure, file));
}

/// Errors if reading a file that is being merged has failed.
///
/// Computing with numbers that cannot be read may panic. Such a panic is no internal error of the program.
pub(super) fn check_read() -> Result<(), Stop> {
    let read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.as_ref().and_then(|(failure, file)| Some((failure.get()?, file))).map_or(Ok(()), |(why, file)| {
        Err(stop!(
            "a part of {file} can no longer be read: {why}; nothing was written for it; `tailwheel merge --check` lists \
             damaged parts"
        ))
    })
}

/// The scenario of a run with its texts, which the file of each part contains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunTexts {
    /// Path of the scenario file as typed.
    pub file: String,
    pub edits: Edits,
    pub texts: Vec<Text>,
    /// The scenario with all edits, as a TOML document in a canonical order.
    pub document: String,
}

impl RunTexts {
    /// Reads the scenario that a part's file contains. Errors if it cannot be decoded.
    pub fn of(file: &Opened) -> Result<Self, Unusable> {
        let texts = file.texts()?;
        serde_json::from_slice(&texts)
            .map_err(|_| Unusable::Damaged("its texts of the scenario cannot be read".to_owned()))
    }

    /// Reads the scenario from the stored texts with `edits`. Errors if it has faults.
    pub fn loaded(&self, edits: &Edits) -> Result<Loaded, Stop> {
        let texts = self.texts.iter().map(|text| (text.name.clone(), text.text.clone())).collect();
        let files = [PathBuf::from(&self.file)];
        load::load(&files, edits, How::AsWritten, Some(&texts)).map(|mut all| all.remove(0))
    }
}

/// Returns the identity of the run of a scenario, and the scenario as its parts store it.
pub(super) fn origin_of(loaded: &Loaded, edits: &Edits) -> (Origin, RunTexts) {
    let scenario = loaded.scenario();
    let file = loaded.file.to_string_lossy().into_owned();
    let origin = Origin {
        value_version: VALUE_VERSION,
        model_digest: scenario.model_digest().to_string(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        file: file.clone(),
        title: scenario.title.clone(),
        seed: scenario.seeds.world,
        parameter_seed: scenario.seeds.parameters,
        // without the places of gates in the file
        gates_digest: digest(&serde_json::json!(loaded.study.as_written.expectations).to_string()),
        identity_digest: digest(&scenario.identity()),
        paths: scenario.paths,
    };
    let (edits, texts) = (edits.clone(), loaded.texts.clone());
    (origin, RunTexts { file, edits, texts, document: scenario.canonical_document() })
}

/// First property in which the run `there` differs from the run `here`, as text that continues a sentence after
/// "its"; `None` if the runs are the same. `documents` returns the canonical scenarios of both runs, to name a
/// key that differs.
pub(super) fn difference(
    here: &Origin,
    there: &Origin,
    documents: impl FnOnce() -> Option<[String; 2]>,
) -> Option<String> {
    let is = |what: &str, here: String, there: String| {
        (here != there).then(|| format!("{what} is {there}, not {here}"))
    };
    let quoted = |title: &str| format!("\"{title}\"");
    let model = || {
        documents().and_then(|[here, there]| key(&here, &there)).unwrap_or_else(|| "model differs".to_owned())
    };
    let gates = || "gates ([[expect]]) differ".to_owned();
    let keys = || "scenario has other keys for the same model".to_owned();
    is("results version", here.value_version.to_string(), there.value_version.to_string())
        .or_else(|| is("program version", here.program_version.clone(), there.program_version.clone()))
        .or_else(|| (here.model_digest != there.model_digest).then(model))
        .or_else(|| is("number of paths", here.paths.to_string(), there.paths.to_string()))
        .or_else(|| is("title", quoted(&here.title), quoted(&there.title)))
        .or_else(|| (here.gates_digest != there.gates_digest).then(gates))
        .or_else(|| (here.identity_digest != there.identity_digest).then(keys))
}

/// Text on the first key in which two documents differ; `None` if no key differs or a document is unreadable.
fn key(here: &str, there: &str) -> Option<String> {
    let edits = Document::from_toml(here)?.edits_to(&Document::from_toml(there)?);
    let edit = edits.first()?;
    let of = |value: &Option<String>| value.clone().unwrap_or_else(|| "absent".to_owned());
    Some(format!("`{}` is {}, not {}", edit.key, of(&edit.to), of(&edit.from)))
}

fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

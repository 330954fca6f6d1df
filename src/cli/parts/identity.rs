//! Identity of the run that a part belongs to, and the texts from which `merge` reads its scenario again.
//!
//! In: a scenario that was read, or a part's file. Out: [`Origin`], [`RunTexts`], differences. Not here: files
//! (`file`).

use crate::cli::Exit;
use crate::cli::args::Edits;
use crate::cli::load::{self, How, Loaded, Text};
use crate::engine::{Opened, Origin};
use crate::report::VALUE_VERSION;
use crate::scenario::Document;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The scenario of a run with its texts, which the file of each part contains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct RunTexts {
    /// Path of the scenario file as typed.
    pub file: String,
    pub edits: Edits,
    pub texts: Vec<Text>,
    /// The scenario with all edits, as a TOML document in a canonical order.
    pub document: String,
}

impl RunTexts {
    /// Reads the scenario that a part's file contains. Errors if it cannot be decoded.
    pub fn of(file: &Opened) -> Result<Self, String> {
        serde_json::from_slice(&file.texts()?)
            .map_err(|_| "its texts of the scenario cannot be read".to_owned())
    }

    /// Reads the scenario from the stored texts with `edits`. Errors if it has faults, which are printed.
    pub fn loaded(&self, edits: &Edits) -> Result<Loaded, Exit> {
        let texts = self.texts.iter().map(|text| (text.name.clone(), text.text.clone())).collect();
        let files = [PathBuf::from(&self.file)];
        load::load(&files, edits, How::AsWritten, Some(&texts)).map(|mut all| all.remove(0))
    }
}

/// Returns the identity of the run of a scenario, and the scenario as its parts store it.
pub(in crate::cli) fn origin_of(loaded: &Loaded, edits: &Edits) -> (Origin, RunTexts) {
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
pub(in crate::cli) fn difference(
    here: &Origin,
    there: &Origin,
    documents: impl FnOnce() -> Option<[String; 2]>,
) -> Option<String> {
    let is = |what: &str, here: String, there: String| {
        (here != there).then(|| format!("{what} is {there}, not {here}"))
    };
    let quoted = |title: &str| format!("\"{title}\"");
    let model = || documents().and_then(key).unwrap_or_else(|| "model differs".to_owned());
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
fn key([here, there]: [String; 2]) -> Option<String> {
    let [here, there] = [here, there].map(|text| Document::from_toml(&text));
    let edits = here?.edits_to(&there?);
    let edit = edits.first()?;
    let of = |value: &Option<String>| value.clone().unwrap_or_else(|| "absent".to_owned());
    Some(format!("`{}` is {}, not {}", edit.key, of(&edit.to), of(&edit.from)))
}

fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

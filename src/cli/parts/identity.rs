//! Identity of the run that a part belongs to, and the texts from which `merge` reads its scenario again.
//!
//! In: a scenario that was read, or the first line of a part's file. Out: [`Identity`], [`Written`],
//! differences. Not here: files (`file`).

use crate::cli::Exit;
use crate::cli::args::Edits;
use crate::cli::load::{self, How, Loaded, Text};
use crate::engine::{Head, Opened, Origin};
use crate::report::VALUE_VERSION;
use crate::scenario::Document;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The scenario of a run with its texts, which the file of each part contains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Written {
    /// Path of the scenario file as typed.
    pub file: String,
    pub edits: Edits,
    pub texts: Vec<Text>,
    /// Canonical document of the scenario with all edits, in TOML.
    pub document: String,
}

impl Written {
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

/// Properties by which the files of parts show whether they belong to the same run.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) struct Identity {
    pub origin: Origin,
    pub model_digest: String,
    pub value_version: u32,
}

impl Identity {
    /// Returns the identity of the run of a scenario, and the scenario as its parts store it.
    pub fn of(loaded: &Loaded, edits: &Edits) -> (Self, Written) {
        let scenario = loaded.scenario();
        let file = loaded.file.to_string_lossy().into_owned();
        let origin = Origin {
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
        let identity =
            Self { origin, model_digest: scenario.model_digest().to_string(), value_version: VALUE_VERSION };
        let written = Written {
            file,
            edits: edits.clone(),
            texts: loaded.texts.clone(),
            document: scenario.canonical_document(),
        };
        (identity, written)
    }

    /// Returns the identity of the run that the first line of a part's file contains.
    pub fn of_head(head: &Head) -> Self {
        Self {
            origin: head.origin.clone(),
            model_digest: head.model_digest.clone(),
            value_version: head.value_version,
        }
    }

    /// First property in which the run `other` differs from this one, as text that continues a sentence after
    /// "its"; `None` if the runs are the same. `documents` returns the canonical documents of both, to name a
    /// key that differs.
    pub fn difference(
        &self,
        other: &Self,
        documents: impl FnOnce() -> Option<[String; 2]>,
    ) -> Option<String> {
        let (here, there) = (&self.origin, &other.origin);
        let is = |what: &str, here: String, there: String| {
            (here != there).then(|| format!("{what} is {there}, not {here}"))
        };
        let quoted = |title: &str| format!("\"{title}\"");
        let model = || documents().and_then(key).unwrap_or_else(|| "model differs".to_owned());
        let gates = || "gates ([[expect]]) differ".to_owned();
        let keys = || "scenario has other keys for the same model".to_owned();
        is("results version", self.value_version.to_string(), other.value_version.to_string())
            .or_else(|| is("program version", here.program_version.clone(), there.program_version.clone()))
            .or_else(|| (self.model_digest != other.model_digest).then(model))
            .or_else(|| is("number of paths", here.paths.to_string(), there.paths.to_string()))
            .or_else(|| is("title", quoted(&here.title), quoted(&there.title)))
            .or_else(|| (here.gates_digest != there.gates_digest).then(gates))
            .or_else(|| (here.identity_digest != there.identity_digest).then(keys))
    }
}

/// Text on the first key in which two documents differ; `None` if there is none or one is unreadable.
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

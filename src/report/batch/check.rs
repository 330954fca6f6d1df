//! What `check` found, as values and as JSON.
//!
//! In: files, each with its faults or what was understood. Out: [`CheckReport`]. Not here: SARIF
//! (`sarif`), annotations (`annotate`).

use super::FaultPart;
use schemars::JsonSchema;
use serde::Serialize;

/// Version of the format; keys are only added within it.
pub const CHECK_SCHEMA: &str = "tailwheel-check/1";

/// Every file that was checked.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CheckReport {
    #[schemars(extend("const" = CHECK_SCHEMA))]
    pub schema: &'static str,
    /// In the order in which they were named.
    pub files: Vec<CheckedFile>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CheckedFile {
    /// As it was named, with `/` between folders.
    pub file: String,
    #[serde(flatten)]
    pub result: Checked,
}

/// What was understood of a file, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Checked {
    Valid {
        title: String,
        assets: usize,
        months: u32,
        paths: u64,
        /// Values that the catalog gave.
        filled_in: usize,
        /// Variants and combinations of axes; 0 if it has none.
        cases: usize,
        expectations: usize,
        /// Sentences about what is valid and perhaps not meant.
        warnings: Vec<String>,
    },
    Invalid {
        faults: Vec<FaultPart>,
    },
}

impl CheckReport {
    pub fn new(files: Vec<CheckedFile>) -> Self {
        Self {
            schema: CHECK_SCHEMA,
            files,
        }
    }

    /// Whether no file has a fault.
    pub fn is_valid(&self) -> bool {
        self.files.iter().all(|file| file.faults().is_empty())
    }

    /// Sorted keys, one object.
    pub fn to_json(&self) -> String {
        let value = serde_json::to_value(self).expect("a report has text keys and plain values");
        let mut text = serde_json::to_string_pretty(&value).expect("a value can be written");
        text.push('\n');
        text
    }
}

impl CheckedFile {
    /// What is wrong with it.
    pub fn faults(&self) -> &[FaultPart] {
        match &self.result {
            Checked::Invalid { faults } => faults,
            Checked::Valid { .. } => &[],
        }
    }
}

//! Sensitivity to assumptions: `sensitivity.json` and its screen.
//!
//! In: [`Sensitivity`]. Out: [`SensitivityReport`]. Not here: the runs (`study`), sentences (`templates`),
//! its chart (`pictures`).

mod view;

use super::json::reread;
use super::screens::rendered;
use crate::engine::VALUE_VERSION;
use crate::page::{Form, Rendered};
use crate::random::Seeds;
use crate::scenario::Scenario;
use crate::study::{NotMovedWhy, Sensitivity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
pub(super) use view::{Range, SensitivityView, is_beyond_error};

/// Version of the format of `sensitivity.json`. Within a version, no key changes its meaning.
pub const SENSITIVITY_SCHEMA: &str = "tailwheel-sensitivity/2";

/// Effects of the assumptions of a scenario, each moved alone to both ends of its range: `sensitivity.json`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SensitivityReport {
    #[schemars(extend("const" = SENSITIVITY_SCHEMA))]
    schema: String,
    value_version: u32,
    pub(super) title: String,
    pub(super) model_digest: String,
    pub(super) currency: String,
    #[serde(flatten)]
    pub(super) seeds: Seeds,
    /// Horizon in months. Below 12, the screen shows the return of the whole horizon instead of the yearly
    /// return.
    pub(super) months: u32,
    /// Scenario file as typed.
    #[serde(default)]
    file: String,
    /// Edits of the scenario by `--set`.
    #[serde(default)]
    edits: Vec<String>,
    counts: Counts,
    #[serde(flatten)]
    pub(super) found: Sensitivity,
}

/// Numbers of assumptions by the result of moving each to the ends of its range.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
struct Counts {
    /// Number of assumptions whose move changes a measure.
    moved: usize,
    /// Number of assumptions in `moved` whose effects were measured on all paths.
    judged_on_all_paths: usize,
    no_effect: usize,
    no_range: usize,
    one_asset: usize,
    refused: usize,
}

impl Counts {
    fn of(found: &Sensitivity) -> Self {
        let left = |why: NotMovedWhy| found.not_moved.iter().filter(|one| one.why == why).count();
        let on_all = found.moved.iter().filter(|one| one.paths == found.paths);
        Self {
            moved: found.moved.len(),
            judged_on_all_paths: on_all.count(),
            no_effect: left(NotMovedWhy::NoEffect),
            no_range: left(NotMovedWhy::NoRange),
            one_asset: left(NotMovedWhy::OneAsset),
            refused: left(NotMovedWhy::Refused),
        }
    }
}

impl SensitivityReport {
    /// Builds the report from the results for `scenario`, with its file and edits as typed. Errors are rounded as in
    /// the file.
    pub fn new(scenario: &Scenario, file: String, edits: Vec<String>, found: Sensitivity) -> Self {
        reread(&Self {
            schema: SENSITIVITY_SCHEMA.to_owned(),
            value_version: VALUE_VERSION,
            title: scenario.title.clone(),
            model_digest: scenario.model_digest().to_string(),
            currency: scenario.currency.clone(),
            seeds: scenario.seeds,
            months: scenario.months,
            file,
            edits,
            counts: Counts::of(&found),
            found,
        })
    }

    /// Renders the screen that `sensitivity` prints.
    pub fn screen(&self, form: Form) -> Rendered {
        rendered("sensitivity.txt.j2", &SensitivityView::of(self), form)
    }
}

#[cfg(test)]
pub(super) mod tests;

//! What moves the outcome: `sensitivity.json`, its screen and its picture.
//!
//! In: [`Sensitivity`]. Out: [`SensitivityReport`]. Not here: the runs (`study`), sentences (`templates`), drawing
//! (`chart`).

mod view;

use super::json::{reread, to_json};
use super::pictures::tornado::{self, Moved as Bar, Tornado};
use super::pictures::{Picture, drawn_with};
use super::screens::rendered;
use crate::chart::{Stamp, Theme};
use crate::engine::VALUE_VERSION;
use crate::figure::of_key;
use crate::page::{Form, Rendered};
use crate::random::Seeds;
use crate::scenario::Scenario;
use crate::study::{End, NotMovedWhy, Sensitivity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::atomic::AtomicBool;
use view::View;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const SENSITIVITY_SCHEMA: &str = "tailwheel-sensitivity/2";

/// Every assumption of a scenario, moved alone to both ends of its range.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SensitivityReport {
    #[schemars(extend("const" = SENSITIVITY_SCHEMA))]
    schema: String,
    value_version: u32,
    title: String,
    model_digest: String,
    currency: String,
    #[serde(flatten)]
    seeds: Seeds,
    /// Length of the simulation; below 12 a screen shows the return of all months instead of that of a year.
    months: u32,
    counts: Counts,
    #[serde(flatten)]
    found: Sensitivity,
}

/// Numbers of assumptions.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
struct Counts {
    /// Those that move a figure.
    moved: usize,
    /// Those of `moved` that were judged on all paths.
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
    /// Of what was `found` of `scenario`, as its file has it.
    pub fn new(scenario: &Scenario, found: Sensitivity) -> Self {
        reread(&Self {
            schema: SENSITIVITY_SCHEMA.to_owned(),
            value_version: VALUE_VERSION,
            title: scenario.title.clone(),
            model_digest: scenario.model_digest().to_string(),
            currency: scenario.currency.clone(),
            seeds: scenario.seeds,
            months: scenario.months,
            counts: Counts::of(&found),
            found,
        })
    }

    /// The bytes of `sensitivity.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// The screen.
    pub fn screen(&self, form: Form) -> Rendered {
        rendered("sensitivity.txt.j2", &View::of(self), form)
    }

    /// The assumptions that move the median return most; `None` if none does, or once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let view = View::of(self);
        let seen = |end: &End| match &end.number {
            Some(amount) => of_key(amount.number, &amount.unit.unit, &self.currency),
            None => end.value.clone(),
        };
        let bars = view.ranked.iter().map(|one| Bar {
            name: one.moved.assumption.label.clone(),
            ends: one.moved.ends().map(seen),
            effects: one.moved.ends().map(|end| self.effect_on_return(end)),
        });
        let chart = Tornado {
            base: view.base_return?,
            is_per_year: self.months >= 12,
            bars: bars.collect(),
            n_winners: view.n_winners,
        };
        let stamp = Stamp::new(
            &self.title,
            self.seeds,
            self.found.paths,
            &self.model_digest,
        );
        (!chart.bars.is_empty())
            .then(|| drawn_with(&tornado::KIND, &chart.spec(), &stamp, theme, stop))?
    }
}

#[cfg(test)]
mod tests;

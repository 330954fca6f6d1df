//! What moves the answer: `sensitivity.json`, its screen and its picture.
//!
//! In: [`Sensitivity`]. Out: [`SensitivityReport`]. Not here: the runs (`study`), drawing (`chart`).

use super::build::model_digest;
use super::document::FilledInPart;
use super::json::to_json;
use super::measure::{Measure, measure, seen_through};
use super::pictures::{Moved as Bar, Picture, TORNADO, Tornado, drawn_with, measured};
use crate::chart::{Stamp, Theme};
use crate::engine::VALUE_VERSION;
use crate::figure::{counted, difference};
use crate::page::{Block, Document, Text};
use crate::random::Seeds;
use crate::scenario::Scenario;
use crate::stats::{Estimate, as_told, look_up};
use crate::study::{Effects, End, MOVING, Moved, Sensitivity, change_as_told};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const SENSITIVITY_SCHEMA: &str = "tailwheel-sensitivity/1";

/// Values that a screen shows.
const SHOWN: usize = 12;

/// Every filled-in value of a scenario and what it moves.
pub struct SensitivityReport {
    scenario: Scenario,
    found: Sensitivity,
}

impl SensitivityReport {
    /// Of what was `found` of `scenario`.
    pub fn new(scenario: &Scenario, found: Sensitivity) -> Self {
        Self {
            scenario: scenario.clone(),
            found,
        }
    }

    /// The bytes of `sensitivity.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        let (scenario, found) = (&self.scenario, &self.found);
        let moved = found.moved.iter().map(MovedPart::from);
        let not_moved = found.not_moved.iter().map(|(value, why)| NotMovedPart {
            value: value.into(),
            why: why.clone(),
        });
        to_json(&SensitivityPart {
            schema: SENSITIVITY_SCHEMA,
            value_version: VALUE_VERSION,
            title: scenario.title.clone(),
            model_digest: model_digest(scenario),
            currency: scenario.currency.clone(),
            seeds: scenario.seeds,
            paths: found.paths,
            base: by_id(&found.base),
            moved: moved.collect(),
            not_moved: not_moved.collect(),
        })
    }

    /// The screen, on a terminal of `width` columns.
    pub fn to_text(&self, width: usize) -> String {
        let (found, currency) = (&self.found, &self.scenario.currency);
        let mut page = Document::new(self.scenario.title.as_str());
        let paths = counted(found.paths as usize, "path");
        page.fine(format!(
            "Every filled-in value moved alone to both ends of its range · {paths} each, shared"
        ));
        page.gap();
        let now = MOVING.into_iter().filter_map(|id| {
            let shown = self.now(id)?.shown(currency).whole();
            Some(match id == MOVING[0] {
                true => format!("{} {shown} {}", title(id), self.span()),
                false => format!("{} {shown}", title(id)),
            })
        });
        page.sentence(format!("As it is: {}.", now.collect::<Vec<_>>().join("; ")));
        page.gap();
        if found.moved.is_empty() {
            page.sentence("No filled-in value has a range.");
        }
        for Moved { value, ends } in found.moved.iter().take(SHOWN) {
            page.sentence(format!(
                "{} = {} (grade {})",
                value.path, value.value, value.grade
            ));
            let told = ends.each_ref().map(|end| {
                let told = self.told(end);
                Text::from(format!("  {}: {told}", end.value))
            });
            page.push(Block::List(told.to_vec()));
        }
        page.gap();
        let n_more = found.moved.len().saturating_sub(SHOWN);
        if n_more > 0 {
            page.sentence(format!(
                "{} that move the median less: sensitivity.json.",
                counted(n_more, "value")
            ));
        }
        let keys = found.not_moved.iter().map(|(left, _)| left.path.as_str());
        let keys: Vec<&str> = keys.collect();
        if !keys.is_empty() {
            page.sentence(format!(
                "Not moved, for want of a range that can be run: {}.",
                keys.join(", ")
            ));
        }
        page.fine(
            "± is 95 % from sampling, paired. Values move one at a time: what two do together is not seen.",
        );
        page.to_text(width)
    }

    /// `a year after inflation`
    fn span(&self) -> &'static str {
        match self.scenario.months {
            0..12 => "in all after inflation",
            _ => "a year after inflation",
        }
    }

    /// `median return −2.1 ± 0.1 pt; chance of a loss +3.0 ± 0.2 pt`
    fn told(&self, end: &End) -> String {
        let effects = match &end.effects {
            Ok(effects) => effects,
            Err(why) => return format!("cannot be: {why}"),
        };
        let told = MOVING[..2].iter().filter_map(|id| {
            let effect = self.effect(effects, id)?;
            let currency = &self.scenario.currency;
            let change = difference(effect.unit, currency, effect.quantity()).whole();
            Some(format!("{} {change}", title(id)))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    /// A figure of the scenario as it is, a return as it is told.
    fn now(&self, id: &'static str) -> Option<Measure> {
        let now = by_id(&self.found.base).remove(id)?;
        let told = |rate| as_told(rate, self.scenario.months);
        match id == MOVING[0] {
            true => Some(seen_through(&now, told)),
            false => Some(now),
        }
    }

    /// By how much a figure differs there, a return as it is told.
    fn effect(&self, effects: &Effects, id: &'static str) -> Option<Measure> {
        let change = by_id(effects).remove(id)?;
        let now = by_id(&self.found.base).remove(id)?.value;
        let told = |change| change_as_told(now, change, self.scenario.months);
        match id == MOVING[0] {
            true => Some(seen_through(&change, told)),
            false => Some(change),
        }
    }

    /// The values that move the median return most; nothing if none does, or once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let bars = self.found.moved.iter().filter_map(|moved| {
            let ends = moved.ends.each_ref();
            let effects = ends.map(|end| self.effect(end.effects.as_ref().ok()?, MOVING[0]));
            let effects = effects.map(|effect| effect.as_ref().map(measured));
            effects.iter().any(Option::is_some).then(|| Bar {
                name: moved.value.path.clone(),
                ends: ends.map(|end| end.value.clone()),
                effects,
            })
        });
        let chart = Tornado {
            base: measured(&self.now(MOVING[0])?),
            span: self.span(),
            bars: bars.collect(),
        };
        let stamp = Stamp {
            scenario: self.scenario.title.clone(),
            seeds: self.scenario.seeds,
            n_paths: self.found.paths,
            digest: model_digest(&self.scenario),
        };
        (!chart.bars.is_empty()).then(|| drawn_with(&TORNADO, &chart, &stamp, theme, stop))?
    }
}

/// What moves the answer: every value that was filled in, moved alone to both ends of its range.
#[derive(Serialize, JsonSchema)]
pub(super) struct SensitivityPart {
    #[schemars(extend("const" = SENSITIVITY_SCHEMA))]
    schema: &'static str,
    value_version: u32,
    title: String,
    model_digest: String,
    currency: String,
    #[serde(flatten)]
    seeds: Seeds,
    /// Of every run.
    paths: u64,
    /// The scenario as it is, by id of the measure.
    base: BTreeMap<&'static str, Measure>,
    /// The one that moves the median return most first.
    moved: Vec<MovedPart>,
    not_moved: Vec<NotMovedPart>,
}

/// A value that was moved.
#[derive(Serialize, JsonSchema)]
struct MovedPart {
    #[serde(flatten)]
    value: FilledInPart,
    low: EndPart,
    high: EndPart,
}

/// An end of a range.
#[derive(Serialize, JsonSchema)]
struct EndPart {
    /// As it could be written.
    value: String,
    /// New less base with the paired error, by id of the measure.
    effects: BTreeMap<&'static str, Measure>,
    /// Why there is no such scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

/// A value without a range that can be run.
#[derive(Serialize, JsonSchema)]
struct NotMovedPart {
    #[serde(flatten)]
    value: FilledInPart,
    why: String,
}

impl From<&Moved> for MovedPart {
    fn from(moved: &Moved) -> Self {
        let [low, high] = moved.ends.each_ref().map(|end| EndPart {
            value: end.value.clone(),
            effects: end.effects.as_ref().map(by_id).unwrap_or_default(),
            refused: end.effects.as_ref().err().cloned(),
        });
        Self {
            value: (&moved.value).into(),
            low,
            high,
        }
    }
}

fn by_id(effects: &Effects) -> BTreeMap<&'static str, Measure> {
    let part = |(id, estimate): (&'static str, &Option<Estimate>)| {
        let kind = look_up(id)?;
        Some((id, measure(kind.unit, estimate.as_ref()?)))
    };
    MOVING.into_iter().zip(effects).filter_map(part).collect()
}

/// What a screen calls a figure.
fn title(id: &str) -> &'static str {
    match id {
        "cagr.real.p50" => "median return",
        "loss.probability" => "chance of a loss",
        _ => "shortfall 95 %",
    }
}

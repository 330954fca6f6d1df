//! What moves the answer: plain values, written as `sensitivity.json`, and its lines on a screen.
//!
//! In: [`Sensitivity`]. Out: [`SensitivityReport`]. Not here: the runs (`study`), drawing (`chart`).

use super::build::{measure, model_digest};
use super::document::{FilledInPart, Measure};
use super::json::to_json;
use super::pictures::{Moved as Bar, Picture, Tornado, drawn_with, first_letters, measured};
use crate::chart::{Stamp, Theme};
use crate::engine::VALUE_VERSION;
use crate::figure::{counted, points};
use crate::page::{Block, Document, Text};
use crate::random::Seeds;
use crate::scenario::Scenario;
use crate::stats::{Estimate, look_up};
use crate::study::{Effects, End, MOVING, Sensitivity};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const SENSITIVITY_SCHEMA: &str = "tailwheel-sensitivity/1";

/// Values that a screen shows.
const SHOWN: usize = 12;

/// Every filled-in value of a scenario and what it moves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SensitivityReport {
    pub schema: &'static str,
    pub value_version: u32,
    pub title: String,
    pub model_digest: String,
    pub currency: String,
    #[serde(flatten)]
    pub seeds: Seeds,
    /// Of every run.
    pub paths: u64,
    /// Figures of the scenario as it is, by id.
    pub base: BTreeMap<&'static str, Measure>,
    /// The value that moves the median return most first.
    pub moved: Vec<MovedPart>,
    pub not_moved: Vec<NotMovedPart>,
}

/// A value that was moved to both ends of its range.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MovedPart {
    #[serde(flatten)]
    pub value: FilledInPart,
    pub low: EndPart,
    pub high: EndPart,
}

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EndPart {
    /// As it could be written.
    pub value: String,
    /// By how much the figures differ there, by id, with the paired errors.
    pub effects: BTreeMap<&'static str, Measure>,
    /// Why there is no such scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// A value that was left as it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotMovedPart {
    #[serde(flatten)]
    pub value: FilledInPart,
    pub why: String,
}

impl SensitivityReport {
    /// Of what was `found` of `scenario`.
    pub fn new(scenario: &Scenario, found: &Sensitivity) -> Self {
        Self {
            schema: SENSITIVITY_SCHEMA,
            value_version: VALUE_VERSION,
            title: scenario.title.clone(),
            model_digest: model_digest(scenario),
            currency: scenario.currency.clone(),
            seeds: scenario.seeds,
            paths: found.paths,
            base: by_id(&found.base),
            moved: found
                .moved
                .iter()
                .map(|moved| {
                    let [low, high] = moved.ends.each_ref().map(EndPart::new);
                    MovedPart {
                        value: (&moved.value).into(),
                        low,
                        high,
                    }
                })
                .collect(),
            not_moved: found
                .not_moved
                .iter()
                .map(|(value, why)| NotMovedPart {
                    value: value.into(),
                    why: why.clone(),
                })
                .collect(),
        }
    }

    /// The bytes of `sensitivity.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// The screen, on a terminal of `width` columns.
    pub fn to_text(&self, width: usize) -> String {
        let mut page = Document::new(self.title.as_str());
        let paths = counted(self.paths as usize, "path");
        page.fine(format!(
            "Every filled-in value moved alone to both ends of its range · {paths} each, shared"
        ));
        page.gap();
        let now = MOVING.map(|id| {
            let measure = self.base.get(id)?;
            Some(format!(
                "{} {}",
                title(id),
                measure.shown(&self.currency).whole()
            ))
        });
        let now: Vec<String> = now.into_iter().flatten().collect();
        page.sentence(format!("As it is: {}.", now.join("; ")));
        page.gap();
        if self.moved.is_empty() {
            page.sentence("No filled-in value has a range.");
        }
        for moved in self.moved.iter().take(SHOWN) {
            let FilledInPart {
                key, value, grade, ..
            } = &moved.value;
            page.sentence(format!("{key} = {value} (grade {grade})"));
            let ends = [&moved.low, &moved.high];
            let told = ends.map(|end| Text::from(format!("  {}: {}", end.value, end.told())));
            page.push(Block::List(told.to_vec()));
        }
        page.gap();
        let n_more = self.moved.len().saturating_sub(SHOWN);
        if n_more > 0 {
            page.sentence(format!(
                "{} that move the median less: sensitivity.json.",
                counted(n_more, "value")
            ));
        }
        if !self.not_moved.is_empty() {
            let keys: Vec<&str> = self
                .not_moved
                .iter()
                .map(|left| left.value.key.as_str())
                .collect();
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

    /// The values that move the median return most; nothing if none does, or once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let bars = self.moved.iter().filter_map(|moved| {
            let effect = |end: &EndPart| end.effects.get(MOVING[0]).map(measured);
            let (low, high) = (effect(&moved.low), effect(&moved.high));
            (low.is_some() || high.is_some()).then(|| Bar {
                name: moved.value.key.clone(),
                ends: [moved.low.value.clone(), moved.high.value.clone()],
                effects: [low, high],
            })
        });
        let chart = Tornado {
            base: measured(self.base.get(MOVING[0])?),
            bars: bars.collect(),
        };
        let stamp = Stamp {
            scenario: self.title.clone(),
            seeds: self.seeds,
            n_paths: self.paths,
            digest: first_letters(&self.model_digest),
        };
        (!chart.bars.is_empty()).then(|| drawn_with(&chart, &stamp, theme, stop))?
    }
}

impl EndPart {
    fn new(end: &End) -> Self {
        Self {
            value: end.value.clone(),
            effects: end.effects.as_ref().map(by_id).unwrap_or_default(),
            refused: end.effects.as_ref().err().cloned(),
        }
    }

    /// `median return −2.1 ± 0.1 points; chance of a loss +3.0 ± 0.2 points`
    fn told(&self) -> String {
        if let Some(why) = &self.refused {
            return format!("cannot be: {why}");
        }
        let effects = MOVING[..2].iter().filter_map(|id| {
            let effect = self.effects.get(id)?;
            let plus = if effect.value > 0.0 { "+" } else { "" };
            let change = points(effect.quantity()).whole().replace(" %", "");
            Some(format!("{} {plus}{change} points", title(id)))
        });
        effects.collect::<Vec<_>>().join("; ")
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
        "cagr.p50" => "median return",
        "loss.probability" => "chance of a loss",
        _ => "shortfall 95 %",
    }
}

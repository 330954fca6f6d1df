//! What moves the answer: `sensitivity.json`, its screen and its picture.
//!
//! In: [`Sensitivity`]. Out: [`SensitivityReport`]. Not here: the runs (`study`), drawing (`chart`).

use super::build::model_digest;
use super::json::to_json;
use super::measure::{Measure, seen_through};
use super::pictures::{Moved as Bar, Picture, TORNADO, Tornado, drawn_with, measured};
use crate::chart::{Stamp, Theme};
use crate::engine::VALUE_VERSION;
use crate::figure::{counted, difference};
use crate::page::{Block, Document, Text};
use crate::random::Seeds;
use crate::scenario::Scenario;
use crate::stats::as_told;
use crate::study::{Assumption, End, MOVING, NO_EFFECT, OF_OTHERS, Sensitivity, change_as_told};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::atomic::AtomicBool;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const SENSITIVITY_SCHEMA: &str = "tailwheel-sensitivity/1";

/// Assumptions that a screen shows.
const SHOWN: usize = 12;

/// Every assumption of a scenario and what it moves.
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
        let scenario = &self.scenario;
        to_json(&SensitivityPart {
            schema: SENSITIVITY_SCHEMA,
            value_version: VALUE_VERSION,
            title: scenario.title.clone(),
            model_digest: model_digest(scenario),
            currency: scenario.currency.clone(),
            seeds: scenario.seeds,
            found: self.found.clone(),
        })
    }

    /// The screen, on a terminal of `width` columns.
    pub fn to_text(&self, width: usize) -> String {
        let (found, currency) = (&self.found, &self.scenario.currency);
        let mut page = Document::new(self.scenario.title.as_str());
        page.fine(format!(
            "Every assumption moved alone to both ends of its range · {}, common random numbers",
            self.judged_on()
        ));
        page.gap();
        let now = MOVING
            .into_iter()
            .filter(|id| self.tells(id))
            .filter_map(|id| {
                let shown = self.now(id)?.shown(currency).whole();
                Some(match id == MOVING[0] {
                    true => format!("{} {shown} {}", title(id), self.span()),
                    false => format!("{} {shown}", title(id)),
                })
            });
        page.sentence(format!("As it is: {}.", now.collect::<Vec<_>>().join("; ")));
        page.gap();
        if found.moved.is_empty() {
            page.sentence("No assumption has a range that changes one of these figures here.");
        }
        for moved in found.moved.iter().take(SHOWN) {
            let assumption = &moved.assumption;
            let known = match &assumption.grade {
                Some(grade) => format!("grade {grade}"),
                None => "drawn on every path".to_owned(),
            };
            page.sentence(format!(
                "{} = {} ({known})",
                name(assumption),
                assumption.value
            ));
            let told = moved.ends().map(|end| {
                let told = self.told(end);
                Text::from(format!("  {}: {told}", end.value))
            });
            page.push(Block::List(told.to_vec()));
        }
        page.gap();
        let rest = found.moved.iter().skip(SHOWN);
        let (of_all, of_some): (Vec<_>, Vec<_>) = rest.partition(|one| one.paths == found.paths);
        if !of_all.is_empty() {
            let n = counted(of_all.len(), "more assumption");
            page.sentence(format!("{n} judged on all paths: sensitivity.json."));
        }
        if let Some(one) = of_some.first() {
            let (n, paths) = (
                counted(of_some.len(), "assumption"),
                counted(one.paths as usize, "path"),
            );
            page.sentence(format!(
                "{n} judged by the interim analysis alone, on {paths}: sensitivity.json."
            ));
        }
        let group = |why: &str| match why {
            NO_EFFECT => "Moved, and none of these figures with it on these paths",
            OF_OTHERS => "Not moved, for there is one asset",
            _ => "Not moved, for want of a range that can be run",
        };
        for said in [NO_EFFECT, OF_OTHERS, ""].map(group) {
            let left = found
                .not_moved
                .iter()
                .filter(|left| group(&left.why) == said);
            let keys: Vec<String> = left.map(|left| name(&left.assumption)).collect();
            if !keys.is_empty() {
                page.sentence(format!("{said}: {}.", keys.join(", ")));
            }
        }
        page.fine(
            "± is 95 % from sampling, paired. Assumptions move one at a time: what two do together is not seen.",
        );
        page.to_text(width)
    }

    /// `20,000 paths each`; of two analyses, the paths of both.
    fn judged_on(&self) -> String {
        let found = &self.found;
        let paths = counted(found.paths as usize, "path");
        let Some(interim) = found.interim_paths else {
            return format!("{paths} each");
        };
        let moved = found.moved.iter().map(|one| one.paths);
        let left = found.not_moved.iter().filter_map(|one| one.paths);
        let n = moved.chain(left).filter(|paths| *paths == found.paths);
        let (n, interim) = (n.count(), counted(interim as usize, "path"));
        format!("interim analysis on {interim} each, then {paths} for the {n} that rank first")
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
        if let Some(why) = &end.refused {
            return format!("cannot be: {why}");
        }
        // a line has no room for the shortfall
        let of_line = [MOVING[0], MOVING[1], MOVING[3]];
        let told = of_line.iter().filter(|id| self.tells(id)).filter_map(|id| {
            let effect = self.effect(end, id)?;
            let currency = &self.scenario.currency;
            let change = difference(effect.unit, currency, effect.quantity()).whole();
            Some(format!("{} {change}", title(id)))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    /// Whether it is worth a word: ruin where there is any, as it is or at an end.
    fn tells(&self, id: &str) -> bool {
        let is_any = |figure: Option<&Measure>| figure.is_some_and(|figure| figure.value != 0.0);
        let mut ends = self.found.moved.iter().flat_map(|moved| moved.ends());
        id != MOVING[3]
            || is_any(self.found.base.get(id))
            || ends.any(|end| is_any(end.effects.get(id)))
    }

    /// A figure of the scenario as it is, a return as it is told.
    fn now(&self, id: &'static str) -> Option<Measure> {
        let now = self.found.base.get(id)?;
        let told = |rate| as_told(rate, self.scenario.months);
        Some(match id == MOVING[0] {
            true => seen_through(now, told),
            false => now.clone(),
        })
    }

    /// By how much a figure differs there, a return as it is told.
    fn effect(&self, end: &End, id: &'static str) -> Option<Measure> {
        let (change, now) = (end.effects.get(id)?, self.found.base.get(id)?.value);
        let told = |change| change_as_told(now, change, self.scenario.months);
        Some(match id == MOVING[0] {
            true => seen_through(change, told),
            false => change.clone(),
        })
    }

    /// The assumptions that move the median return most; nothing if none does, or once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let bars = self.found.moved.iter().filter_map(|moved| {
            let ends = moved.ends();
            let effects = ends.map(|end| self.effect(end, MOVING[0]));
            let effects = effects.map(|effect| effect.as_ref().map(measured));
            effects.iter().any(Option::is_some).then(|| Bar {
                name: name(&moved.assumption),
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

/// What moves the answer: every assumption of the catalog, moved alone to both ends of its range.
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
    #[serde(flatten)]
    found: Sensitivity,
}

/// The label of an assumption, with the number of values that move together if there are several.
fn name(assumption: &Assumption) -> String {
    match assumption.keys.len() {
        1 => assumption.label.clone(),
        n => format!("{} ({})", assumption.label, counted(n, "value")),
    }
}

/// What a screen calls a figure.
fn title(id: &str) -> &'static str {
    match id {
        "cagr.real.p50" => "median return",
        "loss.probability" => "chance of a loss",
        "ruin.probability" => "ruin",
        _ => "shortfall 95 %",
    }
}

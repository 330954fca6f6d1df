//! Two `report.json` files side by side: equal to the last bit, or by how many errors apart.
//!
//! In: the bytes of two reports. Out: [`Reports`]. Not here: runs that are still at hand (`build`).

use super::build::Comparing;
use super::crossover::ComesIn;
use super::document::{
    ALPHA, COMPARE_SCHEMA, ChangePart, Comparison, DifferencePart, Pairing, SidePart,
};
use crate::figure::counted;
use crate::figure::grouped;
use crate::random::Seeds;
use crate::report::document::SCHEMA;
use crate::report::measure::Measure;
use crate::stats::{Better, HALF_WIDTH, Note, Verdict, look_up, unpaired};
use crate::study::Terms;
use crate::units::spelled_out;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A report that was written by an earlier run.
pub struct ReportFile {
    name: String,
    report: Value,
}

/// What is said of two reports.
pub enum Reports {
    /// Every figure, every text.
    Equal {
        n_measures: usize,
    },
    Different(Box<Comparison>),
}

impl ReportFile {
    /// Reads `bytes`; `name` is what the screen calls it. Errors say what it is not.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, String> {
        let report: Value =
            serde_json::from_slice(bytes).map_err(|error| format!("it is no JSON: {error}"))?;
        match report.get("schema").and_then(Value::as_str) {
            Some(SCHEMA) => {}
            Some(other) => {
                return Err(format!(
                    "its schema is `{}`, not `{SCHEMA}`: name a report.json",
                    spelled_out(other)
                ));
            }
            None => return Err(format!("it has no schema `{SCHEMA}`: name a report.json")),
        }
        if !report.get("measures").is_some_and(Value::is_object) {
            return Err("it has no measures".to_owned());
        }
        Ok(Self {
            name: name.to_owned(),
            report,
        })
    }

    /// A text of the file, in which nothing acts on whoever shows it.
    fn text(&self, path: &str) -> String {
        let value = self.report.pointer(path);
        spelled_out(value.and_then(Value::as_str).unwrap_or_default())
    }

    fn whole_number(&self, path: &str) -> u64 {
        self.report
            .pointer(path)
            .and_then(Value::as_u64)
            .unwrap_or(0)
    }

    fn seeds(&self) -> Seeds {
        Seeds::deserialize(&self.report["run"]).unwrap_or(Seeds::one(0))
    }

    fn number(&self, path: &str) -> f64 {
        self.report
            .pointer(path)
            .and_then(Value::as_f64)
            .unwrap_or(f64::NAN)
    }

    fn terms(&self) -> Terms {
        Terms {
            currency: self.text("/scenario/currency"),
            start: self.text("/scenario/start"),
            months: u32::try_from(self.whole_number("/run/months")).unwrap_or(0),
        }
    }

    fn measures(&self) -> BTreeMap<&str, Measure> {
        let measures = self.report.get("measures").and_then(Value::as_object);
        let entries = measures.into_iter().flatten();
        entries
            .filter_map(|(id, measure)| Some((id.as_str(), figure(measure)?)))
            .collect()
    }

    fn side(&self) -> SidePart {
        SidePart {
            id: self.name.clone(),
            name: self.name.clone(),
            title: self.text("/scenario/title"),
            model_digest: self.text("/scenario/model_digest"),
            money_in: self.number("/scenario/money_in"),
            inflation: self.number("/scenario/inflation"),
            incomes: ComesIn::default(),
        }
    }
}

/// A figure as its report had it; nothing where it is not one of a known unit.
fn figure(written: &Value) -> Option<Measure> {
    let read = Measure::deserialize(written).ok()?;
    let has_error = read.std_error.is_some();
    let note = read.note.as_deref().map(spelled_out);
    let is_certain = note == Some(Note::NoObligations.to_string());
    Some(Measure {
        is_error_unknown: !has_error && read.interval.is_none() && !is_certain,
        // only an atom has an interval and no error
        is_atom: !has_error && read.interval.is_some(),
        note,
        ..read
    })
}

impl Reports {
    /// Compares two reports; refuses, with the reason, those whose amounts or dates do not mean the
    /// same.
    pub fn compare(base: &ReportFile, new: &ReportFile) -> Result<Self, String> {
        let (before, after) = (base.measures(), new.measures());
        if base.report == new.report {
            return Ok(Self::Equal {
                n_measures: before.len(),
            });
        }
        let terms = base.terms();
        if let Some(unlike) = terms.unlike(&new.terms()).first() {
            let said = unlike.said([&base.name, &new.name]);
            return Err(format!("{said}: run both scenarios with the same"));
        }
        let mut comparing = Comparing::begun(Comparison {
            schema: COMPARE_SCHEMA,
            value_version: u32::try_from(new.whole_number("/run/value_version")).unwrap_or(0),
            pairing: Pairing::Reports,
            title: new.text("/scenario/title"),
            currency: terms.currency,
            start: terms.start,
            months: terms.months,
            paths: new.whole_number("/run/paths"),
            seeds: new.seeds(),
            alpha: ALPHA,
            n_in_headline: 0,
            n_in_all: 0,
            base: base.side(),
            headline: Vec::new(),
            cases: Vec::new(),
        });
        // what chance leaves equal is not known to be
        let is_one_run = base.seeds() == new.seeds();
        let common = before
            .iter()
            .filter_map(|(id, was)| Some((*id, was, after.get(id)?)));
        let found = common.map(|(id, was, is)| (id.to_owned(), unjudged(id, was, is, is_one_run)));
        let found = found.collect();
        let alone = alone(&before, &after);
        let remarks = remarks(base, new, alone, (&before, &after));
        comparing.add_unjudged(new.side(), Vec::new(), remarks, found);
        let mut comparison = comparing.judged();
        for case in &mut comparison.cases {
            case.n_alone = alone.iter().sum();
        }
        Ok(Self::Different(Box::new(comparison)))
    }
}

/// Figures that the first has alone, and the second.
fn alone(before: &BTreeMap<&str, Measure>, after: &BTreeMap<&str, Measure>) -> [usize; 2] {
    [(before, after), (after, before)].map(|(one, other)| {
        let missing = one.keys().filter(|id| !other.contains_key(*id));
        missing.count()
    })
}

fn unjudged(id: &str, was: &Measure, is: &Measure, is_one_run: bool) -> DifferencePart {
    let is_equal = is_one_run && was.value.to_bits() == is.value.to_bits();
    // too few for an interval is too few for a verdict
    let known = |run: &Measure| run.std_error.filter(|_| run.interval.is_some());
    let found = unpaired((was.value, known(was)), (is.value, known(is)));
    let (std_error, p_value) = match is_equal {
        true => (Some(0.0), Some(1.0)),
        false => (found.std_error, found.p_value),
    };
    let half = std_error.map(|error| HALF_WIDTH * error);
    let difference = found.difference;
    let kind = look_up(id);
    DifferencePart {
        unit: kind.map_or(is.unit, |kind| kind.unit),
        base: was.value,
        base_std_error: was.std_error,
        new: is.value,
        new_std_error: is.std_error,
        runs: [was.clone(), is.clone()],
        better: kind.map_or(Better::Neither, |kind| kind.better),
        can_differ: is.note != Some(Note::NoObligations.to_string()),
        change: ChangePart {
            difference: Some(difference),
            std_error,
            interval: half.map(|half| [difference - half, difference + half]),
        },
        p_value,
        verdict: Verdict::NotJudged,
        sharpness: None,
        note: match std_error {
            None => is.note.clone().or_else(|| was.note.clone()),
            Some(_) => None,
        },
    }
}

/// What makes the figures less comparable than they look.
fn remarks(
    base: &ReportFile,
    new: &ReportFile,
    alone: [usize; 2],
    (before, after): (&BTreeMap<&str, Measure>, &BTreeMap<&str, Measure>),
) -> Vec<String> {
    let mut said = Vec::new();
    let common = before
        .iter()
        .filter_map(|(id, was)| Some((was, after.get(id)?)));
    let is_equal = |(was, is): &(&Measure, &Measure)| was.value.to_bits() == is.value.to_bits();
    let n_common = common.clone().count();
    let n_equal = common.filter(is_equal).count();
    said.push(match n_equal == n_common {
        true => {
            format!("All {n_common} figures of both are equal to the last bit; other parts differ.")
        }
        false => format!("{n_equal} of {n_common} figures are equal to the last bit."),
    });
    for (missing, name) in alone.into_iter().zip([&base.name, &new.name]) {
        if missing > 0 {
            let are = if missing == 1 { "is" } else { "are" };
            said.push(format!(
                "{} {are} in {name} alone.",
                counted(missing, "figure")
            ));
        }
    }
    for (path, what) in [
        ("/run/value_version", "value versions"),
        ("/run/paths", "numbers of paths"),
    ] {
        let (was, is) = (base.whole_number(path), new.whole_number(path));
        if was != is {
            let numbers = format!("{} and {}", grouped(was), grouped(is));
            said.push(format!("They have different {what}: {numbers}."));
        }
    }
    if base.seeds() == new.seeds() {
        said.push(
            "Both used one seed, so the true errors are smaller than these: compare the scenarios \
             themselves to see them."
                .to_owned(),
        );
    }
    said
}

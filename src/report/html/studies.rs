//! Results of `sensitivity` and `solve` for the report's scenario, if their files exist beside the report.
//!
//! In: their JSON. Out: two topics of the page, and for a missing file the command that writes it. Not here:
//! finding the files (`cli`), their charts (`pictures`).

use super::sketched;
use crate::figure::rule::{change, shown};
use crate::figure::{capital, counted, of_key};
use crate::page::{Block, Form, Page, Table, Text};
use crate::report::screens::rendered;
use crate::report::sensitivity::{self, Range};
use crate::report::{Report, SensitivityReport, SolveReport, solve};
use crate::stats::{Value as Figure, label_of};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Results of `sensitivity` and `solve` for a report's scenario, parsed from their files; `None` without a
/// usable file of the same model and results version.
#[derive(Default)]
pub struct Studies {
    sensitivity: Option<SensitivityReport>,
    solve: Option<SolveReport>,
}

impl Studies {
    /// Parses the texts of `sensitivity.json` and `solve.json`; ignores a text of another model or results version.
    pub fn of(report: &Report, sensitivity: Option<&str>, solve: Option<&str>) -> Self {
        Self {
            sensitivity: sensitivity.and_then(|text| study_of(report, text)),
            solve: solve.and_then(|text| study_of(report, text)),
        }
    }

    /// Returns the sentence about the assumptions that clearly matter most, and the number of paths on which it was
    /// found; `None` if no assumption does.
    pub(super) fn finding(&self) -> Option<(String, u64)> {
        let found = self.sensitivity.as_ref()?;
        let has_winners = sensitivity::SensitivityView::of(found).n_winners > 0;
        Some((found.tornado().filter(|_| has_winners)?.finding, found.found.paths))
    }

    /// Writes the assumptions with their ranges and the effects at both ends, the largest first.
    pub(super) fn write_effects(&self, report: &Report, page: &mut Page) {
        let Some(found) = &self.sensitivity else { return };
        page.blocks.extend(found.sketch().as_ref().map(sketched));
        say_other_paths("sensitivity", found.found.paths, report, page);
        let view = sensitivity::SensitivityView::of(found);
        let text = |effect: &Option<Figure>| {
            let effect = effect.as_ref();
            Text::from(effect.map_or_else(|| "–".to_owned(), |effect| change(effect, "").whole()))
        };
        let rows = view.rows.iter().map(|row| {
            let assumption = &row.moved.assumption;
            let grade = assumption.grade.clone().unwrap_or_default();
            let Range { name, unit, values, .. } = Range::of(row.moved, &found.currency);
            let range = match values {
                [Some(low), Some(high)] => format!("{low} to {high}{unit}"),
                _ => String::new(),
            };
            [
                name.into(),
                grade.into(),
                range.into(),
                text(&row.at_low),
                text(&row.at_high),
                text(&row.risk_at_low),
                text(&row.risk_at_high),
            ]
        });
        let ends = |name: &str| ["low", "high"].map(|end| format!(">{} at the {end} end", capital(name)));
        let first = if view.is_of_ruin() { label_of(view.measure) } else { "median return".to_owned() };
        let ([low, high], [risk_low, risk_high]) = (ends(&first), ends(&label_of(view.risk)));
        page.table(Table::of(["", "grade", "range", &low, &high, &risk_low, &risk_high], rows));
    }

    /// Writes the values that `solve` tried, with the measure at each value.
    pub(super) fn write_solved(&self, report: &Report, page: &mut Page) {
        let Some(found) = &self.solve else { return };
        page.blocks.extend(found.sketch().as_ref().map(sketched));
        say_other_paths("solve", found.paths, report, page);
        let view = solve::SolveView::of(found);
        let per = found.value_unit.per.as_ref().map_or_else(String::new, |per| format!(" a {per}"));
        let rows = view.rows.iter().map(|tried| {
            let value = of_key(tried.value, &found.value_unit.unit, &found.currency);
            [format!("{value}{per}").into(), shown(&tried.found, &found.currency).into()]
        });
        let headings = [&found.label, &found.measure_label].map(|heading| format!(">{heading}"));
        page.table(Table::of(headings, rows));
    }

    /// Writes the commands for those of the studies `sensitivity` and `solve` that have no result file yet.
    pub(super) fn write_questions(&self, report: &Report, page: &mut Page) {
        let mut facts = report.screen_facts();
        facts["has_sensitivity"] = self.sensitivity.is_some().into();
        facts["has_solve"] = self.solve.is_some().into();
        let said = rendered("questions.txt.j2", &facts, Form::default()).into_text();
        let lines: Vec<Text> = said.lines().map(Text::message).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            page.push(Block::List(lines));
        }
    }
}

/// Writes with how many `paths` the command `name` simulated, if the run of the report has another number.
fn say_other_paths(name: &str, paths: u64, report: &Report, page: &mut Page) {
    if paths != report.run.paths {
        let [study, run] = [paths, report.run.paths].map(|paths| counted(paths as usize, "path"));
        let text = format!("`tailwheel {name}` simulated {study}; the run of this report has {run}.");
        page.fine(Text::message(&text));
    }
}

/// Parses the JSON of `sensitivity` or `solve`; `None` unless it has the model and the results version of `report`.
fn study_of<T: DeserializeOwned>(report: &Report, text: &str) -> Option<T> {
    let study: Value = serde_json::from_str(text).ok()?;
    let is_same = study["model_digest"] == *report.scenario.model_digest
        && study["value_version"] == report.run.value_version;
    is_same.then(|| serde_json::from_value(study).ok())?
}

//! What `sensitivity` and `solve` found about the scenario of a report, if their files stand beside it.
//!
//! In: their JSON. Out: two topics of the page; without a file the command that makes it. Not here: where the files are
//! (`cli`), their pictures (`pictures`).

use super::sketched;
use crate::figure::rule::{change, shown};
use crate::figure::{capital, of_key};
use crate::page::{Block, Document, Span, Table, Text, argument};
use crate::report::{Report, SensitivityReport, SolveReport};
use crate::stats::{Value, label_of};

/// Studies of the same scenario, as their files have them.
#[derive(Default)]
pub struct Beside {
    sensitivity: Option<SensitivityReport>,
    solve: Option<SolveReport>,
}

impl Beside {
    /// Of the texts of sensitivity.json and solve.json; what is of another model or results version is left out.
    pub fn of(report: &Report, sensitivity: Option<&str>, solve: Option<&str>) -> Self {
        let (digest, version) = (&report.scenario.model_digest, report.run.value_version);
        let sensitivity = sensitivity.and_then(|text| SensitivityReport::of_json(text).ok());
        let solve = solve.and_then(|text| SolveReport::of_json(text).ok());
        Self {
            sensitivity: sensitivity.filter(|found| found.is_of(digest, version)),
            solve: solve.filter(|found| found.is_of(digest, version)),
        }
    }

    /// Which assumptions clearly matter most, if some do.
    pub(super) fn finding(&self) -> Option<String> {
        let found = self.sensitivity.as_ref()?;
        let has_winners = found.view().n_winners > 0;
        Some(found.tornado().filter(|_| has_winners)?.finding)
    }

    pub(super) fn write(&self, report: &Report, page: &mut Document) {
        if let Some(found) = &self.sensitivity {
            page.heading(
                "Assumptions by effect",
                "Each assumption alone has the low and the high end of its range, on common random numbers. Returns are real.",
            );
            let sketch = found.sketch();
            page.blocks.extend(sketch.as_ref().map(sketched));
            page.table(effects(found));
        }
        if let Some(found) = &self.solve {
            let (measure, key) = (&found.measure_label, &found.label);
            page.heading(
                format!("{} against {key}", capital(measure)),
                "Every value that was simulated stands here, on common random numbers.",
            );
            page.blocks.push(sketched(&found.sketch()));
            page.table(tried(found));
        }
        let missing = self.missing(report);
        if !missing.is_empty() {
            page.heading(
                "Further questions",
                "These commands answer them. The page shows the answers when the run is repeated after them.",
            );
            page.push(Block::List(missing));
        }
    }

    /// Commands that would find what is not there.
    fn missing(&self, report: &Report) -> Vec<Text> {
        let edits = report.command.iter().flat_map(|command| &command.edits);
        let edits: String = edits
            .map(|edit| format!(" --set {}", argument(edit)))
            .collect();
        let file = report.file();
        let owner = report.scenario.owner.as_ref();
        let spending = owner.and_then(|owner| owner.spending.first());
        let ask = |is_known: bool, question: &str, command: String| {
            (!is_known).then(|| {
                Text(vec![
                    Span::Plain(format!("{question} ")),
                    Span::Code(command),
                ])
            })
        };
        let sensitivity = ask(
            self.sensitivity.is_some() || report.scenario.filled_in.is_empty(),
            "Which assumptions matter most?",
            format!("tailwheel sensitivity {file}{edits}"),
        );
        let solve = spending.and_then(|phase| {
            let to = 2.0 * phase.amount.ceil();
            let target = "--target \"lasts 95 %\"";
            ask(
                self.solve.is_some(),
                "How much can be spent so that the money lasts?",
                format!("tailwheel solve {file} owner.spending {target} --from 0/month --to {to}/month{edits}"),
            )
        });
        sensitivity.into_iter().chain(solve).collect()
    }
}

/// Assumptions with what both ends of their ranges change, the largest effect first.
fn effects(found: &SensitivityReport) -> Table {
    let view = found.view();
    let text = |effect: &Option<Value>| {
        let effect = effect.as_ref();
        Text::from(effect.map_or_else(|| "–".to_owned(), |effect| change(effect, "").whole()))
    };
    let rows = view.rows.iter().map(|row| {
        let assumption = &row.moved.assumption;
        let grade = assumption.grade.clone().unwrap_or_default();
        [
            capital(&assumption.label).into(),
            grade.into(),
            text(&row.fall),
            text(&row.rise),
            text(&row.risk_low),
            text(&row.risk_high),
        ]
    });
    let ends = ["lower", "higher"];
    let [low, high] = ends.map(|end| format!(">{}, {end}", label_of(view.risk)));
    let headings = [
        "",
        "grade",
        ">Median return, lower",
        ">Median return, higher",
        &low,
        &high,
    ];
    Table::of(headings, rows)
}

/// Values that were tried, with the measure there.
fn tried(found: &SolveReport) -> Table {
    let view = found.view();
    let per = found.value_unit.per.as_ref();
    let per = per.map_or_else(String::new, |per| format!(" a {per}"));
    let rows = view.rows.iter().map(|tried| {
        let value = of_key(tried.value, &found.value_unit.unit, &found.currency);
        [
            format!("{value}{per}").into(),
            shown(&tried.found, &found.currency).into(),
        ]
    });
    let headings = [
        format!(">{}", found.label),
        format!(">{}", found.measure_label),
    ];
    let [value, measure] = headings.each_ref().map(String::as_str);
    Table::of([value, measure], rows)
}

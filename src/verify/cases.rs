//! Checks of whole scenarios against closed forms: text, plan, engine and columns of paths, as in a real run.
//!
//! In: `cases.toml`. Out: checks. Not here: laws that no figure of a scenario shows (`samplers`, `cascade`).

use super::check::{Check, Sampled, Scope, mean};
use crate::engine::Control;
use crate::math::ln;
use crate::record::{
    ASSET_VALUE, EVENT_STRIKES, INCOME_TERMINAL, MAX_DRAWDOWN, REAL_WEALTH, RUIN_MONTH, VOLATILITY, WEALTH,
};
use crate::report::Report;
use crate::scenario::Scenario;
use crate::stage::{Level, TrackId};
use crate::study::Run;
use crate::study::simulate;
use serde::Deserialize;

/// Columns with one value per path, by their names in `cases.toml`.
const COLUMNS: [(&str, TrackId); 9] = [
    ("wealth", WEALTH),
    ("real wealth", REAL_WEALTH),
    ("maximum drawdown", MAX_DRAWDOWN),
    ("volatility", VOLATILITY),
    ("month of ruin", RUIN_MONTH),
    ("income of the last year", INCOME_TERMINAL),
    ("loss events", EVENT_STRIKES.of_object(1)),
    ("first asset", ASSET_VALUE.of_object(0)),
    ("second asset", ASSET_VALUE.of_object(1)),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

/// A scenario with the exact values of some of its figures, which a simulation must meet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The closed form in words, for readers of the file.
    #[serde(rename = "law")]
    _law: String,
    paths: u64,
    /// Number of paths in the quick verification; `None` if it leaves this scenario out.
    quick: Option<u64>,
    scenario: String,
    figures: Vec<ExactFigure>,
}

/// A figure with its exact value: the mean of a function of a column, a fraction of the paths, or a measure.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExactFigure {
    name: String,
    column: Option<String>,
    measure: Option<String>,
    #[serde(default)]
    log: bool,
    #[serde(default)]
    about: f64,
    power: Option<u32>,
    below: Option<f64>,
    /// Second column: the figure is then the mean of f(first)·f(second) over paths, with one function f.
    and: Option<String>,
    equals: Option<f64>,
    is: f64,
    tolerance: Option<f64>,
}

/// Parses the embedded scenarios with known results; none if the file is invalid, which a test excludes.
fn cases() -> Vec<Case> {
    toml::from_str::<File>(include_str!("cases.toml")).map_or(Vec::new(), |file| file.case)
}

impl Case {
    fn paths(&self, scope: Scope) -> Option<u64> {
        match scope {
            Scope::Quick => self.quick,
            Scope::Full => Some(self.paths),
        }
    }

    /// Returns the complete scenario file: a common header, its own text and the number of paths.
    fn text(&self, paths: u64) -> String {
        format!(
            "start = \"2027-01\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n{}\n\
             [run]\nseed = 17\npaths = {paths}\n",
            self.scenario
        )
    }

    /// Runs the scenario and checks its figures; if it cannot run, every figure fails.
    fn check(&self, paths: u64, level: Level, take: &mut dyn FnMut(Check)) {
        let scenario: Option<Scenario> = self.text(paths).parse().ok();
        let control = Control { level, ..Control::default() };
        let run = scenario.as_ref().and_then(|scenario| simulate(scenario, &control).ok());
        let report = run.as_ref().map(Report::from);
        for figure in &self.figures {
            take(figure.check(&self.name, run.as_ref(), report.as_ref()));
        }
    }
}

impl ExactFigure {
    fn check(&self, subject: &str, run: Option<&Run<'_>>, report: Option<&Report>) -> Check {
        let found = match &self.measure {
            Some(id) => report.and_then(|report| {
                let measure = report.measures.get(id.as_str())?;
                Some(Sampled { value: measure.value, std_error: measure.std_error.unwrap_or_default() })
            }),
            None => run.and_then(|run| self.of_column(run)),
        };
        let found = found.unwrap_or(Sampled { value: f64::NAN, std_error: f64::NAN });
        match self.tolerance {
            Some(tolerance) => Check::exact(subject, &self.name, self.is, found.value, tolerance),
            None => Check::sampled(subject, &self.name, self.is, found),
        }
    }

    /// Returns the mean of the figure's function over the paths; `None` if the run has no such column.
    fn of_column(&self, run: &Run<'_>) -> Option<Sampled> {
        let values = run.outcome.column(id(self.column.as_deref()?)?)?;
        Some(match &self.and {
            None => mean(values.iter().map(|value| self.of(*value))),
            Some(other) => {
                let others = run.outcome.column(id(other)?)?;
                let both = values.iter().zip(others.iter());
                mean(both.map(|(one, other)| self.of(*one) * self.of(*other)))
            }
        })
    }

    fn of(&self, value: f64) -> f64 {
        if let Some(limit) = self.below {
            return f64::from(u8::from(value < limit));
        }
        if let Some(one) = self.equals {
            return f64::from(u8::from(value == one));
        }
        let value = if self.log { ln(value) } else { value };
        let away = value - self.about;
        (0..self.power.unwrap_or(1)).fold(1.0, |product, _| product * away)
    }
}

fn id(column: &str) -> Option<TrackId> {
    COLUMNS.iter().find(|(name, _)| *name == column).map(|(_, id)| *id)
}

/// Returns the number of checks that the scenarios with known results make in `scope`.
pub(super) fn count(scope: Scope) -> usize {
    let cases = cases();
    cases.iter().filter(|case| case.paths(scope).is_some()).map(|case| case.figures.len()).sum()
}

/// Runs every scenario with known results that belongs to `scope`, and passes its checks to `take`.
pub(super) fn check(scope: Scope, level: Level, take: &mut dyn FnMut(Check)) {
    for case in cases() {
        if let Some(paths) = case.paths(scope) {
            case.check(paths, level, take);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_a_scenario_and_every_figure_has_one_source() {
        let cases = cases();
        assert!(cases.len() >= 20, "{}", cases.len());
        for case in &cases {
            if let Err(refusal) = case.text(256).parse::<Scenario>() {
                panic!("{}: {refusal}", case.name);
            }
            for figure in &case.figures {
                let is_known = |column: &String| id(column).is_some();
                let column = figure.column.as_ref().is_some_and(is_known);
                assert_ne!(column, figure.measure.is_some(), "{}: {}", case.name, figure.name);
            }
        }
    }

    #[test]
    fn a_scenario_that_cannot_be_run_fails_its_figures() {
        let mut case = cases().swap_remove(0);
        case.scenario = "horizon = \"no time\"".to_owned();
        let mut failed = 0;
        case.check(256, Level::detect(), &mut |check| failed += usize::from(!check.passes()));
        assert_eq!(failed, case.figures.len());
    }
}

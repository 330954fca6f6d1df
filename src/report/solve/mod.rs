//! Result of `solve`: `solve.json` and its screen.
//!
//! In: a question and its solution. Out: [`SolveReport`]. Not here: the search (`study`), sentences
//! (`templates`), its chart (`pictures`).

use super::json::reread;
use super::screens::rendered;
use crate::engine::VALUE_VERSION;
use crate::math::digits::{place_of_error, rounded, rounded_error};
use crate::page::{Form, Rendered};
use crate::random::Seeds;
use crate::scenario::{AmountUnit, LabelParts, Scenario, label_of_key};
use crate::stats::{HALF_WIDTH, Unit, Value, look_up};
use crate::study::{Demand, GoalSeek, Outcome, Solved, Tried};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the format of `solve.json`. Within a version, no key changes its meaning.
pub const SOLVE_SCHEMA: &str = "tailwheel-solve/1";

const MOST_ROWS: usize = 8;

/// Result of `solve`: the value of a scenario key at which a measure meets a target; written as `solve.json`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SolveReport {
    #[schemars(extend("const" = SOLVE_SCHEMA))]
    schema: String,
    value_version: u32,
    pub(super) title: String,
    pub(super) model_digest: String,
    pub(super) currency: String,
    #[serde(flatten)]
    pub(super) seeds: Seeds,
    /// Number of paths that simulated each tried value, on common random numbers.
    pub(super) paths: u64,
    /// Scenario file as typed.
    file: String,
    /// Edits of the scenario by `--set`, `--paths` and `--seed`.
    edits: Vec<String>,
    key: String,
    /// Number of tables of the key in the scenario, such as phases of the spending, that one value replaces; 0 if the
    /// key is no list of tables.
    #[serde(default)]
    n_replaced: usize,
    /// Label of the solved key, without the period that `value_unit` has: `spending`.
    pub(super) label: String,
    /// Unit that was typed after the values of the key: `/month`.
    unit: String,
    /// Unit of the key in words: a quantity, such as money, and a period.
    pub(super) value_unit: AmountUnit,
    measure: String,
    /// Label of the measure: `probability of ruin`.
    pub(super) measure_label: String,
    demand: Demand,
    pub(super) target: f64,
    /// Unit of the measure and of its target.
    measure_unit: Unit,
    from: f64,
    to: f64,
    #[serde(flatten)]
    pub(super) found: Solved,
}

impl SolveReport {
    /// Builds the report from the question, the entries that it replaces in the file, the file and edits as
    /// typed, and the solution. Errors are rounded as in the file.
    pub fn new(
        scenario: &Scenario,
        asked: &GoalSeek,
        n_replaced: usize,
        file: String,
        edits: Vec<String>,
        found: Solved,
    ) -> Self {
        let [from, to] = asked.between;
        let value_unit = AmountUnit::typed(&asked.key, &asked.unit);
        let measure = look_up(&asked.measure);
        reread(&Self {
            schema: SOLVE_SCHEMA.to_owned(),
            value_version: VALUE_VERSION,
            title: scenario.title.clone(),
            model_digest: scenario.model_digest().to_string(),
            currency: scenario.currency.clone(),
            seeds: scenario.seeds,
            paths: scenario.paths,
            file,
            edits,
            key: asked.key.clone(),
            n_replaced,
            label: label_beside(&asked.key, &value_unit),
            unit: asked.unit.clone(),
            value_unit,
            measure: asked.measure.clone(),
            measure_label: measure.map_or_else(String::new, |measure| measure.title.clone()),
            demand: asked.demand(),
            target: asked.target,
            measure_unit: crate::stats::unit_of(&asked.measure),
            from,
            to,
            found,
        })
    }

    /// True if the search found a value at which the measure meets the target.
    pub fn is_found(&self) -> bool {
        matches!(self.found.outcome, Outcome::Found { .. })
    }

    /// Returns the solution, or the end of the range that comes nearest to the target, with the measure there.
    pub(super) fn nearest(&self) -> (f64, Value) {
        match self.found.outcome {
            Outcome::Found { value, found, .. } => (value, found),
            Outcome::AlreadyMet { at, found, .. } | Outcome::CannotBeMet { at, found, .. } => (at, found),
        }
    }

    /// True if the measure at the tried value `at` is on the wrong side of its target; false if it has no better side.
    fn misses(&self, at: f64) -> bool {
        let tried = self.found.tried.iter().find(|tried| tried.value == at);
        let is_met = |tried: &Tried| self.demand.is_met_by(tried.found.value, self.target);
        self.demand != Demand::Equal && tried.is_some_and(|tried| !is_met(tried))
    }

    /// Renders the screen that `solve` prints.
    pub fn screen(&self, form: Form) -> Rendered {
        rendered("solve.txt.j2", &SolveView::of(self), form)
    }
}

/// A report of `solve` with the values that its screen derives from it.
#[derive(Serialize)]
pub(super) struct SolveView<'a> {
    #[serde(flatten)]
    facts: &'a SolveReport,
    /// Solution, rounded to the last digit that its error supports; null if there is none.
    pub(super) answer: Option<f64>,
    /// Half the width of the 95 % interval of the solution; null if it is unknown.
    half: Option<f64>,
    /// Unit of the target, in words.
    pub(super) goal: AmountUnit,
    /// Tried values that the screen shows, rounded like the solution.
    pub(super) rows: Vec<Tried>,
    /// True if the target is missed at both bounds, and so met between two values.
    pub(super) is_inside: bool,
    /// True if a measure on the screen has a sampling error.
    has_error: bool,
}

impl<'a> SolveView<'a> {
    pub(super) fn of(facts: &'a SolveReport) -> Self {
        let found = &facts.found;
        let (answer, std_error) = match found.outcome {
            // at a jump of the measure, the solution has no sampling error
            Outcome::Found { value, jump: Some(_), .. } => (Some(value), Some(0.0)),
            Outcome::Found { value, std_error, .. } => (Some(value), std_error),
            Outcome::AlreadyMet { .. } | Outcome::CannotBeMet { .. } => (None, Some(0.0)),
        };
        let half = std_error.map(|error| HALF_WIDTH * error);
        let place = half.filter(|half| *half > 0.0 && !found.is_count).map(place_of_error);
        let is_typed = |value: f64| [Some(facts.from), Some(facts.to), found.in_file].contains(&Some(value));
        let seen = |value: f64| match place {
            Some(place) if !is_typed(value) => rounded(value, place),
            _ => value,
        };
        let rows: Vec<Tried> =
            thinned(facts).into_iter().map(|tried| Tried { value: seen(tried.value), ..tried }).collect();
        Self {
            facts,
            answer: answer.map(seen),
            half: half.map(|half| place.map_or(half.ceil(), |place| rounded_error(half, place))),
            goal: unit_of_measure(facts.measure_unit),
            is_inside: answer.is_some() && [facts.from, facts.to].iter().all(|bound| facts.misses(*bound)),
            has_error: rows.iter().any(|row| {
                let interval = row.found.interval;
                row.found.is_unknown() || interval.is_some_and(|[low, high]| low < high)
            }),
            rows,
        }
    }
}

/// Returns the label of the solved `key` without its period if `unit` has one, which stands with every value.
fn label_beside(key: &str, unit: &AmountUnit) -> String {
    let label = label_of_key(key);
    let LabelParts { object, word, per } = LabelParts::of(key, &label);
    if per.is_some() && unit.per.is_some() { format!("{object}{word}") } else { label }
}

/// Converts the unit of a measure to a quantity and a period in words.
fn unit_of_measure(unit: Unit) -> AmountUnit {
    let (unit, per) = match unit {
        Unit::Money => ("money", None),
        Unit::MoneyPerMonth => ("money", Some("month")),
        Unit::Fraction | Unit::Probability => ("fraction", None),
        Unit::FractionPerYear => ("fraction", Some("year")),
        Unit::Months => ("month", None),
        Unit::HoursPerWeek => ("hour", Some("week")),
        Unit::PerYear => ("", Some("year")),
        Unit::Correlation => ("", None),
    };
    AmountUnit { unit: unit.to_owned(), per: per.map(str::to_owned) }
}

/// Selects at most eight tried values to show: both ends, the solution, the value in the file, and others at which the
/// measure differs from that at their neighbors by more than its error.
pub(super) fn thinned(facts: &SolveReport) -> Vec<Tried> {
    let found = &facts.found;
    let kept = [Some(facts.from), Some(facts.to), found.in_file, Some(facts.nearest().0)];
    let is_kept = |tried: &Tried| kept.contains(&Some(tried.value));
    let mut rows = found.tried.clone();
    let half = |tried: &Tried| tried.found.std_error.unwrap_or(0.0) * HALF_WIDTH;
    // smallest distance of a row from its neighbors, in units of their errors
    let distance = |rows: &[Tried], place: usize| {
        let neighbors = [place.wrapping_sub(1), place + 1];
        let apart = neighbors.into_iter().filter_map(|next| {
            let (one, other) = (&rows[place], rows.get(next)?);
            let errors = half(one).max(half(other)).max(f64::MIN_POSITIVE);
            Some((one.found.value - other.found.value).abs() / errors)
        });
        apart.fold(f64::INFINITY, f64::min)
    };
    loop {
        let free = (0..rows.len()).filter(|place| !is_kept(&rows[*place]));
        let nearest = free.map(|place| (distance(&rows, place), place)).min_by(|a, b| a.0.total_cmp(&b.0));
        match nearest {
            Some((apart, place)) if apart < 1.0 || rows.len() > MOST_ROWS => {
                rows.remove(place);
            }
            _ => return rows,
        }
    }
}

#[cfg(test)]
pub(super) mod tests;

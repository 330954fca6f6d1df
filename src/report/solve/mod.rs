//! What was solved for: `solve.json` and its screen.
//!
//! In: a question and what was found. Out: [`SolveReport`]. Not here: the search (`study`), sentences (`templates`), its
//! picture (`pictures`).

use super::json::{reread, to_json};
use super::screens::rendered;
use crate::engine::VALUE_VERSION;
use crate::math::digits::{place_of_error, rounded, rounded_error};
use crate::page::{Form, Rendered};
use crate::random::Seeds;
use crate::scenario::{AmountUnit, Scenario, label_of_key};
use crate::stats::{HALF_WIDTH, Unit, look_up};
use crate::study::{Asked, Demand, Outcome, Solved, Tried};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const SOLVE_SCHEMA: &str = "tailwheel-solve/1";

/// Rows of the screen.
const MOST_ROWS: usize = 8;

/// The value of a key at which a measure meets a target.
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
    /// Of every value, with the same random numbers.
    pub(super) paths: u64,
    /// The file as it was typed.
    file: String,
    /// What `--set`, `--paths` and `--seed` edited.
    edits: Vec<String>,
    key: String,
    /// The key in words: `spending`.
    pub(super) label: String,
    /// What stands behind a value of the key: `/month`.
    unit: String,
    /// The same as facts.
    pub(super) value_unit: AmountUnit,
    measure: String,
    /// The measure in words: `probability of ruin`.
    pub(super) measure_label: String,
    demand: Demand,
    pub(super) target: f64,
    /// Of the measure and its target.
    measure_unit: Unit,
    from: f64,
    to: f64,
    #[serde(flatten)]
    pub(super) found: Solved,
}

/// What the program was asked, beside the question itself.
pub struct SolveRequest<'a> {
    pub asked: &'a Asked,
    pub file: String,
    pub edits: Vec<String>,
}

impl SolveReport {
    /// Of what was `found`, as its file has it.
    pub fn new(scenario: &Scenario, request: SolveRequest<'_>, found: Solved) -> Self {
        let asked = request.asked;
        let [from, to] = asked.between;
        let measure = look_up(&asked.measure);
        reread(&Self {
            schema: SOLVE_SCHEMA.to_owned(),
            value_version: VALUE_VERSION,
            title: scenario.title.clone(),
            model_digest: scenario.model_digest().to_string(),
            currency: scenario.currency.clone(),
            seeds: scenario.seeds,
            paths: scenario.paths,
            file: request.file,
            edits: request.edits,
            key: asked.key.clone(),
            label: label_of_key(&asked.key),
            unit: asked.unit.clone(),
            value_unit: AmountUnit::typed(&asked.key, &asked.unit),
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

    /// The bytes of `solve.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// What was written as `json`.
    pub(super) fn of_json(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// True if the model with this digest was searched, by this results version.
    pub(super) fn is_of(&self, digest: &str, value_version: u32) -> bool {
        self.model_digest == digest && self.value_version == value_version
    }

    pub(super) fn view(&self) -> View<'_> {
        View::of(self)
    }

    /// True if there is a value at which the target is met.
    pub fn is_found(&self) -> bool {
        matches!(self.found.outcome, Outcome::Found { .. })
    }

    /// The screen.
    pub fn screen(&self, form: Form) -> Rendered {
        rendered("solve.txt.j2", &View::of(self), form)
    }
}

/// The facts with what the screen shows of them.
#[derive(Serialize)]
pub(super) struct View<'a> {
    #[serde(flatten)]
    facts: &'a SolveReport,
    /// The value to its last known digit, and half of its interval: null where that is unknown.
    pub(super) answer: Option<f64>,
    half: Option<f64>,
    /// What the target counts.
    pub(super) goal: AmountUnit,
    /// Values that were tried, as far as they are known.
    pub(super) rows: Vec<Tried>,
    /// True if a figure of the screen has a sampling error.
    has_error: bool,
}

impl<'a> View<'a> {
    pub(super) fn of(facts: &'a SolveReport) -> Self {
        let found = &facts.found;
        let (answer, std_error) = match found.outcome {
            // the answer is as exact as both sides of the jump
            Outcome::Found { value, jump: Some(_), .. } => (Some(value), Some(0.0)),
            Outcome::Found { value, std_error, .. } => (Some(value), std_error),
            Outcome::AlreadyMet { .. } | Outcome::CannotBeMet { .. } => (None, Some(0.0)),
        };
        let half = std_error.map(|error| HALF_WIDTH * error);
        let place = half.filter(|half| *half > 0.0 && !found.is_count);
        let place = place.map(place_of_error);
        let is_typed =
            |value: f64| [Some(facts.from), Some(facts.to), found.in_file].contains(&Some(value));
        let seen = |value: f64| match place {
            Some(place) if !is_typed(value) => rounded(value, place),
            _ => value,
        };
        let rows =
            thinned(facts).into_iter().map(|tried| Tried { value: seen(tried.value), ..tried });
        let rows: Vec<Tried> = rows.collect();
        Self {
            facts,
            answer: answer.map(seen),
            half: half.map(|half| place.map_or(half.ceil(), |place| rounded_error(half, place))),
            goal: unit_of_measure(facts.measure_unit),
            has_error: rows.iter().any(|row| {
                let interval = row.found.interval;
                row.found.is_unknown() || interval.is_some_and(|[low, high]| low < high)
            }),
            rows,
        }
    }
}

/// What a figure in `unit` counts.
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

/// Values that the screen shows: the ends, the answer and the value of the file, and others where the measure differs by
/// more than its error.
fn thinned(facts: &SolveReport) -> Vec<Tried> {
    let found = &facts.found;
    let answer = match found.outcome {
        Outcome::Found { value, .. } => Some(value),
        Outcome::AlreadyMet { at, .. } | Outcome::CannotBeMet { at, .. } => Some(at),
    };
    let kept = [Some(facts.from), Some(facts.to), found.in_file, answer];
    let is_kept = |tried: &Tried| kept.contains(&Some(tried.value));
    let mut rows = found.tried.clone();
    let half = |tried: &Tried| tried.found.std_error.unwrap_or(0.0) * HALF_WIDTH;
    // how far a row is from its neighbors, in units of their errors
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
        let nearest =
            free.map(|place| (distance(&rows, place), place)).min_by(|a, b| a.0.total_cmp(&b.0));
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

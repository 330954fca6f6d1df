//! Waterfall from the claimed return to the median return: mechanisms are switched on one after the other.
//!
//! In: a run. Out: [`Bridge`]: the median yearly return after each step, on common random numbers. Not here:
//! how it is shown (`report`, `chart`).
//!
//! ```text
//! claim     Σ v·roi / Σ v      v: opening values, cash at its rate; roi: the middle of the claim
//! step k    median of U^(1/years) − 1 over the paths of the scenario with mechanisms 1 … k
//! inflation median of (U/P)^(1/years) − 1 over all paths of the run, P the price level of each
//! ```
//!
//! The first step holds what a claim omits even without chance: income is reinvested at another rate, rates
//! compound separately, a range has a distribution, trading costs money. The last mechanism leads to the
//! scenario itself, on its first paths, before inflation. A step from these paths to all paths follows if it
//! makes a difference. Inflation comes last, so the waterfall ends at the return of the run.

use super::claim::{claimed_rate, interest};
use super::mechanisms::{EARNINGS, Mechanism, mechanisms_of, up_to};
use super::run::paired_for;
use super::{Fault, Lab, Run, Task, data_by_path};
use crate::engine::{Column, Control, Outcome, RunError};
use crate::record::{REAL_UNIT_VALUE, REAL_WEALTH, TrackId, UNIT_VALUE, WEALTH, id};
use crate::scenario::Scenario;
use crate::stats::{Absent, Data, Estimate, LEVEL, Note, Unit, Value, difference, estimate_at};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Maximum number of paths of a step of the waterfall, and of each run of a sensitivity analysis.
pub const MOST_PATHS: u64 = 20_000;

/// Size below which the change of a yearly return is rounding of floating point.
const ROUNDING: f64 = 1e-12;

/// Id of the median return per year, which every step of the waterfall shows. The return is nominal if only
/// nominal columns are kept.
const MEASURE: &str = id::REAL_RETURN_P50;
/// Columns from which the nominal median return is computed.
const NOMINAL: [TrackId; 2] = [WEALTH, UNIT_VALUE];
const REAL: [TrackId; 2] = [REAL_WEALTH, REAL_UNIT_VALUE];

/// Waterfall from the claimed return to the median return, per year: nominal steps, then inflation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bridge {
    /// Paths of every step but the last: the first paths of the run.
    pub paths: u64,
    /// Claimed return per year of all assets and cash, weighted by opening values.
    pub claim: f64,
    /// True if interest on cash is part of the claim.
    pub has_interest: bool,
    /// Mechanisms in the order in which they are switched on; then all paths of the run, and inflation.
    pub steps: Vec<Step>,
}

/// One step of the waterfall: a mechanism that is switched on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    pub id: String,
    /// Name of the step in reports.
    pub title: String,
    /// Median return with this step and all steps before it.
    pub median: Value,
    /// Change of the median by this step, with the paired error; for the first step, the change from the
    /// claim.
    pub change: Value,
}

impl Step {
    fn new(id: &str, title: &str, median: &Estimate, change: &Estimate) -> Self {
        let [median, change] = [median, change].map(|it| Value::new(Unit::FractionPerYear, it));
        Self { id: id.to_owned(), title: title.to_owned(), median, change }
    }

    /// True for the step from claimed returns to simulated earnings, which can go either way.
    pub fn is_of_earnings(&self) -> bool {
        self.id == EARNINGS
    }
}

impl Lab {
    /// Computes the waterfall of `run` as a task with progress, or returns why there is none.
    ///
    /// Errors if it is stopped, or if a number on a path leaves the computable range.
    pub fn bridge(&self, run: &Run<'_>) -> Result<Result<Bridge, Absent>, Fault> {
        let scenario = shortened(run);
        // the last step is the run itself
        let n_runs = is_asked_for(&scenario).map_or(0, |()| mechanisms_of(&scenario).count() as u64 - 1);
        let task = Task::new("from claim to outcome", n_runs * scenario.paths, "paths");
        Ok(self.work(task, |control| bridge(run, control))?)
    }
}

/// Returns the scenario of the run with at most [`MOST_PATHS`] paths: each step of the waterfall simulates it.
fn shortened(run: &Run<'_>) -> Scenario {
    Scenario { paths: run.scenario.paths.min(MOST_PATHS), ..run.scenario.clone().into_owned() }
}

/// Refuses scenarios for which no waterfall exists: a single path, or a horizon below one year.
fn is_asked_for(scenario: &Scenario) -> Result<(), Absent> {
    match (scenario.paths, scenario.months) {
        // a median needs more than one path
        (1, _) => Err(Absent::TooFewPaths),
        // a claim covers a whole year
        (_, 0..12) => Err(Absent::HorizonTooShort),
        _ => Ok(()),
    }
}

/// Computes the waterfall of `run` in the current thread pool, or returns why there is none.
///
/// Errors if it is stopped, or if a number on a path leaves the computable range.
pub fn bridge(run: &Run<'_>, control: &Control<'_>) -> Result<Result<Bridge, Absent>, RunError> {
    let scenario = shortened(run);
    if let Err(why) = is_asked_for(&scenario) {
        return Ok(Err(why));
    }
    let last = of_paths(&scenario, &run.outcome, NOMINAL);
    if let Some(Err(why)) = estimate_at(&last, MEASURE, LEVEL) {
        return Ok(Err(why));
    }
    let all: Vec<(usize, &Mechanism)> = mechanisms_of(&scenario).collect();
    let claim = claimed_rate(&scenario);
    let (mut steps, mut before) = (Vec::with_capacity(all.len()), None);
    // the last mechanism leads to the run itself
    let ((_, own), to_run) = all.split_last().expect("income is in every scenario");
    for (index, mechanism) in to_run {
        let found = paired_for(Some(&[MEASURE]), &up_to(&scenario, *index), &scenario, control)?;
        let data = of_paths(&scenario, &found.outcome, NOMINAL);
        steps.extend(step(mechanism.id, mechanism.title, claim, before.as_ref(), &data));
        before = Some(data);
    }
    steps.extend(step(own.id, own.title, claim, before.as_ref(), &last));
    steps.extend(to_the_run(run, claim, last));
    Ok(Ok(Bridge { paths: scenario.paths, claim, has_interest: interest(&scenario).is_some(), steps }))
}

/// Returns the steps from the `first` paths to the return of the run: all paths and inflation. The step to
/// all paths is left out if it is within its error and inflation follows.
fn to_the_run(run: &Run<'_>, claim: f64, first: Data) -> Vec<Step> {
    let has_inflation = REAL.iter().any(|id| run.outcome.values(*id).is_some());
    let (mut steps, mut before) = (Vec::new(), first);
    if run.scenario.paths > MOST_PATHS {
        let whole = of_paths(&run.scenario, &run.outcome, NOMINAL);
        let is_beyond = |step: &Step| step.change.interval.is_none_or(|[low, high]| low > 0.0 || high < 0.0);
        steps.extend(sampling(&before, &whole).filter(|step| !has_inflation || is_beyond(step)));
        before = whole;
    }
    if has_inflation {
        let real = of_paths(&run.scenario, &run.outcome, REAL);
        steps.extend(step("inflation", "Inflation", claim, Some(&before), &real));
    }
    steps
}

/// Returns the step from the first paths to all paths, with the error of the first; `None` without a median.
fn sampling(first: &Data, whole: &Data) -> Option<Step> {
    let [from, to] = [first, whole].map(|data| estimate_at(data, MEASURE, LEVEL)?.ok());
    let (from, to) = (from?, to?);
    let change = Estimate {
        value: to.value - from.value,
        interval: from.interval.map(|(low, high)| (to.value - high, to.value - low)),
        ..from
    };
    Some(Step::new("sampling", "Sampling (first 20,000 paths)", &to, &change))
}

/// Returns the data of as many first paths of `outcome` as `scenario` has, with the columns `by` only.
fn of_paths(scenario: &Scenario, outcome: &Outcome, by: [TrackId; 2]) -> Data {
    let n_paths = outcome.n_paths.min(scenario.paths as usize);
    let columns = outcome.columns.iter().filter(|column| by.contains(&column.id)).map(|column| Column {
        id: column.id,
        values: if n_paths < outcome.n_paths {
            column.values.first(n_paths).to_vec().into()
        } else {
            column.values.clone()
        },
    });
    let first = Outcome {
        n_paths,
        columns: columns.collect(),
        series: Vec::new(),
        sample_paths: Vec::new(),
        co_movement: None,
        ..*outcome
    };
    data_by_path(scenario, &first)
}

/// Returns the step from the data `before` it, or from the claim if there are none, to the data `after` it.
fn step(id: &str, title: &str, claim: f64, before: Option<&Data>, after: &Data) -> Option<Step> {
    let value = estimate_at(after, MEASURE, LEVEL)?.ok()?;
    let certain = match before {
        None => Some(claim),
        Some(before) => {
            let median = estimate_at(before, MEASURE, LEVEL)?.ok()?;
            let is_of_all = matches!(median.note, Some(Note::Atom { probability }) if probability == 1.0);
            let is_point = median.interval.is_some_and(|(low, high)| low == high);
            (is_of_all || is_point).then_some(median.value)
        }
    };
    let change = match certain {
        None => difference(before?, after, MEASURE)?.difference,
        // the claim, and a step without chance, have no error
        Some(base) => Estimate {
            value: value.value - base,
            interval: value.interval.map(|(low, high)| (low - base, high - base)),
            ..value
        },
    };
    Some(Step::new(id, title, &value, &without_rounding(change)))
}

/// Replaces a change that is only the rounding of floating point by none.
fn without_rounding(change: Estimate) -> Estimate {
    if change.value.abs() < ROUNDING { Estimate { value: 0.0, ..change } } else { change }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_by_rounding_is_no_change() {
        let kept = |change| without_rounding(Estimate::bare(change, 100, None)).value;
        assert_eq!([1.4e-17, -1.5e-16, 1e-9].map(kept), [0.0, 0.0, 1e-9]);
    }
}

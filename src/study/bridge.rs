//! The bridge from the claim to the return: mechanisms switched on one after the other.
//!
//! In: a run. Out: [`Bridge`]: the median yearly return after each step, on the same draws. Not here:
//! how it is shown (`report`, `chart`).
//!
//! ```text
//! claim     Σ v·roi / Σ v      v: opening values, cash at its rate; roi: the middle of the claim
//! step k    median of U^(1/years) − 1 over the paths of the scenario with mechanisms 1 … k
//! inflation median of (U/P)^(1/years) − 1 over all paths of the run, P the price level of each
//! ```
//!
//! The first step has what every claim leaves out though nothing is left to chance: that income earns another
//! rate where it goes, that rates compound each by itself, that a range is not one number, what trading costs.
//! The last one is the scenario itself, on its own first paths, before inflation. Then the way goes over to all paths of the
//! run, which is a step of its own where it makes a difference, and inflation comes off: it ends at the return of the run.

use super::claim::{claimed_rate, interest};
use super::mechanisms::{Mechanism, mechanisms_of, up_to};
use super::run::beside_for;
use super::{Fault, Lab, Run, Task, data_by_path};
use crate::engine::{Column, Control, Outcome, RunError};
use crate::record::{REAL_UNIT_VALUE, REAL_WEALTH, TrackId, UNIT_VALUE, WEALTH, id};
use crate::scenario::Scenario;
use crate::stats::{Absent, Data, Estimate, LEVEL, Note, Unit, Value, difference, estimate_at};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most paths of a step.
pub const MOST_PATHS: u64 = 20_000;

/// What every step has: the median return per year, which is one before inflation where only columns in money of their day
/// are kept.
const MEASURE: &str = id::REAL_RETURN_P50;
/// Columns that it is taken of, before inflation and after it.
const NOMINAL: [TrackId; 2] = [WEALTH, UNIT_VALUE];
const REAL: [TrackId; 2] = [REAL_WEALTH, REAL_UNIT_VALUE];

/// From the claim to the return, in fractions per year: before inflation, which is the last step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bridge {
    /// Of every step but the last: the first of the run.
    pub paths: u64,
    /// Claimed return of all that is held and of the cash, by opening values.
    pub claim: f64,
    /// True if interest on cash is part of the claim.
    pub has_interest: bool,
    /// In the order in which they are switched on; then all paths of the run, and inflation.
    pub steps: Vec<Step>,
}

/// One more mechanism.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    pub id: String,
    /// Its name for readers.
    pub title: String,
    /// The median return with it and all before it.
    pub median: Value,
    /// By how much it moves the median, with the paired error; of the first step, from the claim.
    pub change: Value,
}

impl Step {
    /// Whether the return falls to −100 % here: nothing is left, or the owner is ruined.
    pub fn takes_all(&self) -> bool {
        self.median.value == -1.0 && self.change.value < 0.0
    }

    /// Whether the return was −100 % and something is left with this step.
    pub fn gives_back(&self) -> bool {
        self.median.value > -1.0 && self.median.value - self.change.value == -1.0
    }
}

impl Lab {
    /// The bridge of what `run` simulated, as a task of the steps that are simulated for it; or why there is none.
    ///
    /// Errors as a run does.
    pub fn bridge(&self, run: &Run<'_>) -> Result<Result<Bridge, Absent>, Fault> {
        let scenario = shortened(run);
        // its last step was run
        let n_runs = match is_asked_for(&scenario) {
            Ok(()) => mechanisms_of(&scenario).count() as u64 - 1,
            Err(_) => 0,
        };
        let task = Task::new("from claim to outcome", n_runs * scenario.paths, "paths");
        Ok(self.work(task, |control| bridge(run, control))?)
    }
}

/// As many first paths of a run as a step has.
fn shortened(run: &Run<'_>) -> Scenario {
    Scenario { paths: run.scenario.paths.min(MOST_PATHS), ..run.scenario.clone().into_owned() }
}

/// Whether there can be a bridge of these paths and months.
fn is_asked_for(scenario: &Scenario) -> Result<(), Absent> {
    match (scenario.paths, scenario.months) {
        // it is of medians
        (1, _) => Err(Absent::TooFewPaths),
        // a claim is of a year
        (_, 0..12) => Err(Absent::HorizonTooShort),
        _ => Ok(()),
    }
}

/// The bridge of what `run` simulated; or why there is no return. In the current thread pool.
///
/// Errors as a run does.
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
    // the last one was run
    let ((_, own), to_run) = all.split_last().expect("income is in every scenario");
    for (index, mechanism) in to_run {
        let found = beside_for(&[MEASURE], &up_to(&scenario, *index), &scenario, control)?;
        let data = of_paths(&scenario, &found.outcome, NOMINAL);
        steps.extend(step(named(mechanism), claim, before.as_ref(), &data));
        before = Some(data);
    }
    steps.extend(step(named(own), claim, before.as_ref(), &last));
    steps.extend(to_the_run(run, claim, last));
    Ok(Ok(Bridge {
        paths: scenario.paths,
        claim,
        has_interest: interest(&scenario).is_some(),
        steps,
    }))
}

const fn named(mechanism: &Mechanism) -> (&'static str, &'static str) {
    (mechanism.id, mechanism.title)
}

/// From the `first` paths of the run to its return: all paths, where they differ from the first beyond the error of these or
/// nothing else is left to end with, and inflation, if prices move.
fn to_the_run(run: &Run<'_>, claim: f64, first: Data) -> Vec<Step> {
    let has_inflation = REAL.iter().any(|id| run.outcome.values(*id).is_some());
    let is_whole = run.scenario.paths <= MOST_PATHS;
    let mut steps = Vec::new();
    let mut before = first;
    if !is_whole {
        let whole = of_paths(&run.scenario, &run.outcome, NOMINAL);
        let step = sampling(&before, &whole);
        let is_beyond = |step: &Step| {
            let interval = step.change.interval;
            interval.is_none_or(|[low, high]| low > 0.0 || high < 0.0)
        };
        steps.extend(step.filter(|step| !has_inflation || is_beyond(step)));
        before = whole;
    }
    if has_inflation {
        let real = of_paths(&run.scenario, &run.outcome, REAL);
        let named = ("inflation", "Inflation");
        steps.extend(step(named, claim, Some(&before), &real));
    }
    steps
}

/// From the first paths to all, with the error that the first have.
fn sampling(first: &Data, whole: &Data) -> Option<Step> {
    let [from, to] = [first, whole].map(|data| estimate_at(data, MEASURE, LEVEL)?.ok());
    let (from, to) = (from?, to?);
    let change = Estimate {
        value: to.value - from.value,
        interval: from.interval.map(|(low, high)| (to.value - high, to.value - low)),
        ..from
    };
    Some(Step {
        id: "sampling".to_owned(),
        title: "Sampling (first 20,000 paths)".to_owned(),
        median: Value::new(Unit::FractionPerYear, &to),
        change: Value::new(Unit::FractionPerYear, &change),
    })
}

/// The return of as many paths of `outcome` as `scenario` has, by these columns or what stands for them.
fn of_paths(scenario: &Scenario, outcome: &Outcome, by: [TrackId; 2]) -> Data {
    let n_paths = outcome.n_paths.min(scenario.paths as usize);
    let columns = outcome.columns.iter();
    let columns = columns.filter(|column| by.contains(&column.id));
    let columns = columns.map(|column| Column {
        id: column.id,
        values: match n_paths < outcome.n_paths {
            true => column.values.first(n_paths).to_vec().into(),
            false => column.values.clone(),
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

fn step(
    (id, title): (&'static str, &'static str),
    claim: f64,
    before: Option<&Data>,
    after: &Data,
) -> Option<Step> {
    let value = estimate_at(after, MEASURE, LEVEL)?.ok()?;
    let certain = match before {
        None => Some(claim),
        Some(before) => {
            let median = estimate_at(before, MEASURE, LEVEL)?.ok()?;
            let is_of_all =
                matches!(median.note, Some(Note::Atom { probability }) if probability == 1.0);
            let is_point = median.interval.is_some_and(|(low, high)| low == high);
            (is_of_all || is_point).then_some(median.value)
        }
    };
    let change = match certain {
        None => difference(before?, after, MEASURE).ok()??.difference,
        // of the claim, and of a step without chance, there is no error
        Some(base) => Estimate {
            value: value.value - base,
            interval: value.interval.map(|(low, high)| (low - base, high - base)),
            ..value
        },
    };
    Some(Step {
        id: id.to_owned(),
        title: title.to_owned(),
        median: Value::new(Unit::FractionPerYear, &value),
        change: Value::new(Unit::FractionPerYear, &change),
    })
}

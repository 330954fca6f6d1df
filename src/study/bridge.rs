//! The bridge from the claim to the return: mechanisms switched on one after the other.
//!
//! In: a run. Out: [`Bridge`]: the median yearly return after each step, on the same draws. Not here:
//! how it is shown (`report`, `chart`).
//!
//! ```text
//! claim     Σ v·roi / Σ v      v: opening values, cash at its rate; roi: the middle of the claim
//! step k    median of U^(1/years) − 1 over the paths of the scenario with mechanisms 1 … k
//! ```
//!
//! The first step has what every claim leaves out though nothing is left to chance: that income earns another
//! rate where it goes, that rates compound each by itself, that a range is not one number, what trading costs.
//! The last one is the scenario itself, on its own first paths.

use super::run::beside_for;
use super::{Run, data_by_path};
use crate::asset::Asset;
use crate::engine::{Column, Control, Outcome, RunError};
use crate::record::{TrackId, UNIT_VALUE, WEALTH};
use crate::scenario::{CashRate, EventEntry, Owner, Scenario, Spending, Stay};
use crate::stats::{Absent, Data, Estimate, Figure, LEVEL, Note, Unit, difference, estimate_at};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// Most paths of a step.
pub const MOST_PATHS: u64 = 20_000;

/// What every step has: the median return per year, before inflation.
const MEASURE: &str = "cagr.p50";
/// Columns that it is taken of.
const COLUMNS: [TrackId; 2] = [WEALTH, UNIT_VALUE];

/// From the claim to the return, in fractions per year before inflation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Bridge {
    /// Of every step: the first of the run.
    pub paths: u64,
    /// Claimed return of all that is held and of the cash, by opening values.
    pub claim: f64,
    /// In the order in which they are switched on; the last one is the run, on these paths.
    pub steps: Vec<Step>,
}

/// One more mechanism.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    pub id: &'static str,
    pub title: &'static str,
    /// The median return with it and all before it.
    pub median: Figure,
    /// By how much it moves the median, with the paired error; of the first step, from the claim.
    pub change: Figure,
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

/// The bridge of what `run` simulated; or why there is no return. In the current thread pool.
///
/// Errors as a run does.
pub fn bridge(run: &Run<'_>, control: &Control<'_>) -> Result<Result<Bridge, Absent>, RunError> {
    let scenario = Scenario {
        paths: run.scenario.paths.min(MOST_PATHS),
        ..run.scenario.clone().into_owned()
    };
    if scenario.paths == 1 {
        // it speaks of medians
        return Ok(Err(Absent::TooFewPaths));
    }
    if scenario.months < 12 {
        // a claim is of a year
        return Ok(Err(Absent::HorizonTooShort));
    }
    let last = first_paths(&scenario, &run.outcome);
    if let Some(Err(why)) = estimate_at(&last, MEASURE, LEVEL) {
        return Ok(Err(why));
    }
    let mut all: Vec<(usize, &Mechanism)> = MECHANISMS.iter().enumerate().collect();
    all.retain(|(_, mechanism)| (mechanism.is_in)(&scenario));
    let claim = claim(&scenario);
    let (mut steps, mut before) = (Vec::with_capacity(all.len()), None);
    // the last one was run
    let ((_, own), to_run) = all.split_last().expect("income is in every scenario");
    for (index, mechanism) in to_run {
        let found = beside_for(&[MEASURE], &up_to(&scenario, *index), &scenario, control)?;
        let data = first_paths(&scenario, &found.outcome);
        steps.extend(step(mechanism, claim, before.as_ref(), &data));
        before = Some(data);
    }
    steps.extend(step(own, claim, before.as_ref(), &last));
    Ok(Ok(Bridge {
        paths: scenario.paths,
        claim,
        steps,
    }))
}

/// What is claimed for a year of all that is held and of the cash, weighted by opening values.
pub fn claim(scenario: &Scenario) -> f64 {
    let assets = scenario.assets.iter();
    let held = assets.map(|asset| (asset.value.get(), asset.kind.claimed()));
    let cash = scenario.owner.iter();
    let cash = cash.map(|owner| (owner.cash.get(), scenario.economy.cash_rate.mean().get()));
    let (sum, total) = held
        .chain(cash)
        .fold((0.0, 0.0), |(sum, total), (value, rate)| {
            (sum + value * rate, total + value)
        });
    sum / total
}

/// The return of as many paths of `outcome` as `scenario` has.
fn first_paths(scenario: &Scenario, outcome: &Outcome) -> Data {
    let n_paths = outcome.n_paths.min(scenario.paths as usize);
    let columns = outcome.columns.iter();
    let columns = columns.filter(|column| COLUMNS.contains(&column.id));
    let columns = columns.map(|column| Column {
        id: column.id,
        values: column.values[..n_paths].to_vec(),
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

fn step(mechanism: &Mechanism, claim: f64, before: Option<&Data>, after: &Data) -> Option<Step> {
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
        id: mechanism.id,
        title: mechanism.title,
        median: Figure::new(Unit::FractionPerYear, &value),
        change: Figure::new(Unit::FractionPerYear, &change),
    })
}

/// Something that a scenario may have and a claim does not speak of.
#[derive(Debug)]
pub struct Mechanism {
    pub id: &'static str,
    pub title: &'static str,
    /// Whether a scenario has it.
    pub is_in: fn(&Scenario) -> bool,
    /// Leaves it out.
    pub take_out: fn(&mut Scenario),
}

/// All of them, in order.
pub const MECHANISMS: &[Mechanism] = &[
    // nothing can be left out of it: income has to go somewhere
    Mechanism {
        id: "income",
        title: "where income goes",
        is_in: |_| true,
        take_out: |_| {},
    },
    Mechanism {
        id: "volatility",
        title: "volatility",
        is_in: |scenario| {
            let mut assets = scenario.assets.iter();
            assets.any(|asset| asset.volatility.get() > 0.0)
        },
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                (asset.volatility, asset.jumps) = (Default::default(), None);
            }
        },
    },
    Mechanism {
        id: "exchange",
        title: "rates of exchange",
        is_in: |scenario| scenario.assets.iter().any(|asset| asset.exchange.is_some()),
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                asset.exchange = None;
            }
        },
    },
    Mechanism {
        id: "mechanism",
        title: "how it earns",
        is_in: |scenario| has(scenario, |kind| kind.at_its_word()),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.at_its_word()),
    },
    Mechanism {
        id: "leverage",
        title: "leverage",
        is_in: |scenario| has(scenario, |kind| kind.without_debt()),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.without_debt()),
    },
    // the steps before it have it from day one
    Mechanism {
        id: "launch",
        title: "building it first",
        is_in: |scenario| scenario.assets.iter().any(|asset| asset.launch.is_some()),
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                asset.launch = None;
            }
        },
    },
    Mechanism {
        id: "decay",
        title: "decay",
        is_in: |scenario| has(scenario, |kind| kind.without_decay()),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.without_decay()),
    },
    Mechanism {
        id: "payment-lag",
        title: "payment lag",
        is_in: |scenario| {
            let mut assets = scenario.assets.iter();
            assets.any(|asset| asset.payment_lag_months() > 0)
        },
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                asset.payment_lag = Default::default();
            }
        },
    },
    Mechanism {
        id: "crises",
        title: "crises",
        is_in: |scenario| scenario.crisis.is_some(),
        take_out: |scenario| scenario.crisis = None,
    },
    Mechanism {
        id: "rates",
        title: "rates that move",
        is_in: |scenario| scenario.economy.cash_rate.process().is_some(),
        take_out: |scenario| {
            let mean = scenario.economy.cash_rate.mean();
            scenario.economy.cash_rate = CashRate::Constant(mean);
        },
    },
    Mechanism {
        id: "prescribed-falls",
        title: "prescribed falls",
        is_in: |scenario| !scenario.shocks.is_empty(),
        take_out: |scenario| scenario.shocks.clear(),
    },
    Mechanism {
        id: "events",
        title: "events",
        is_in: |scenario| {
            let mut events = scenario.events.iter();
            events.any(|event| event.can_strike() && !event.changes_tax())
        },
        take_out: |scenario| scenario.events.retain(EventEntry::changes_tax),
    },
    Mechanism {
        id: "agents",
        title: "agents",
        is_in: |scenario| scenario.crash.is_some(),
        take_out: |scenario| {
            scenario.crash = None;
            for asset in &mut scenario.assets {
                asset.market.managed_by = None;
            }
        },
    },
    Mechanism {
        id: "protection",
        title: "protection",
        is_in: |scenario| of_owner(scenario, Owner::is_protected),
        take_out: |scenario| {
            if let Some(owner) = &mut scenario.owner {
                (owner.custody, owner.covers) = (None, Vec::new());
                owner.compliance_service = Default::default();
            }
        },
    },
    Mechanism {
        id: "compliance",
        title: "compliance",
        is_in: |scenario| of_owner(scenario, Owner::is_charged),
        take_out: |scenario| {
            for stay in stays(scenario) {
                stay.compliance_cost = Default::default();
                stay.cost = Default::default();
            }
        },
    },
    Mechanism {
        id: "hours",
        title: "hours",
        is_in: |scenario| of_owner(scenario, |owner| owner.price_of_hour() > 0.0),
        take_out: |scenario| {
            if let Some(owner) = &mut scenario.owner {
                owner.hour_value = None;
            }
        },
    },
    Mechanism {
        id: "tax",
        title: "tax",
        is_in: |scenario| scenario.is_taxed(),
        take_out: |scenario| {
            scenario.events.retain(|event| !event.changes_tax());
            for stay in stays(scenario) {
                stay.tax_rate = Default::default();
                stay.gains_tax_rate = None;
                stay.exit_tax = Default::default();
            }
        },
    },
    // what crosses the border is no return, but who has to sell loses, and who is ruined has none
    Mechanism {
        id: "spending",
        title: "spending",
        is_in: |scenario| {
            of_owner(scenario, |owner| {
                owner.spending.is_there() || !owner.flows.is_empty()
            })
        },
        take_out: |scenario| {
            if let Some(owner) = &mut scenario.owner {
                owner.spending = Spending::default();
                owner.flows.clear();
            }
        },
    },
];

/// What an asset is without a mechanism of its kind, if it has that.
type Without = fn(&dyn Asset) -> Option<Arc<dyn Asset>>;

fn has(scenario: &Scenario, without: Without) -> bool {
    let mut assets = scenario.assets.iter();
    assets.any(|asset| without(&*asset.kind).is_some())
}

fn take_from_kinds(scenario: &mut Scenario, without: Without) {
    for asset in &mut scenario.assets {
        if let Some(kind) = without(&*asset.kind) {
            asset.kind = kind;
        }
    }
}

fn stays(scenario: &mut Scenario) -> impl Iterator<Item = &mut Stay> {
    scenario.owner.iter_mut().flat_map(|owner| &mut owner.stays)
}

fn of_owner(scenario: &Scenario, is: impl Fn(&Owner) -> bool) -> bool {
    scenario.owner.as_ref().is_some_and(is)
}

/// `scenario` with the mechanisms up to number `last` alone.
pub(super) fn up_to(scenario: &Scenario, last: usize) -> Scenario {
    let mut left = scenario.clone();
    for mechanism in &MECHANISMS[last + 1..] {
        (mechanism.take_out)(&mut left);
    }
    left
}

//! Builds a report from a scenario and its outcome.
//!
//! In: a scenario, the outcome of its run. Out: [`Report`]. Not here: estimation (`stats`), wording
//! (`templates`).

use super::correlations::CorrelationsPart;
use super::crash::crash_part;
use super::document::{
    AssetPart, BridgePart, CorrelationPart, FallPart, FilledPart, LetterheadPart, MechanismPart, Report,
    RunPart, SCHEMA, ScenarioPart, StatePart,
};
use super::edit::PlacePart;
use super::facts::{
    DistributionsPart, EventLossesPart, MedianPathPart, PathsPart, WorstCrashPart, event_parts, happenings,
    series_parts,
};
use super::first_months::Happened;
use super::gate::{GatePart, GateVerdict, confidence_of_look};
use super::measure::Measure;
use super::owner_facts::{GoalsPart, OwnerPart, SustainablePart};
use super::replay::ReplayReport;
use super::warnings::{doubtful_gates, warnings};
use crate::asset::{Asset, State, VISITS, Whole, Year};
use crate::engine::{Outcome, Series, TriggerExposure, VALUE_VERSION};
use crate::form::SourceMap;
use crate::market::Copula;
use crate::page::PROGRAM;
use crate::record::{AUTONOMY_BEGINS, GOAL_INCOME_FIRST, GOAL_WEALTH_FIRST, RUIN_MONTH, STATE, id};
use crate::scenario::{AssetEntry, Expectation, Letterhead, Scenario};
use crate::stats::{self, Absent, Data, estimate_at};
use crate::study::{Bridge, Run, claim, data_of};
use std::collections::BTreeMap;

/// Number of paths of which the report has the wealth of every month.
const MOST_PATHS: usize = 8;

impl From<&Run<'_>> for Report {
    fn from(run: &Run<'_>) -> Self {
        let data = data_of(&run.scenario, &run.outcome);
        Self::of(&run.scenario, &run.outcome, &data, run.exposure.as_ref())
    }
}

impl Report {
    /// Builds the report of one run of `scenario`. `data` comes from [`data_of`]. `exposure` counts how often the
    /// markets' losses reach the agents' stop-losses; `None` if no agent holds anything.
    pub fn of(
        scenario: &Scenario,
        outcome: &Outcome,
        data: &Data,
        exposure: Option<&TriggerExposure>,
    ) -> Self {
        let found = stats::evaluate(data);
        let measures: BTreeMap<String, Measure> = found
            .iter()
            .filter_map(|found| {
                let estimate = found.result.as_ref().ok()?;
                Some((found.id.clone(), Measure::new(found.measure.unit, estimate)))
            })
            .collect();
        let part = scenario_part(scenario, outcome, exposure);
        let states = states(scenario, outcome);
        let warnings = warnings(scenario, part.crash.as_ref(), outcome, &states, &found);
        let mean_of = |event: &str| Some(measures.get(&id::of(id::EVENT_LOSS_MEAN, event))?.value);
        // with withdrawals or contributions, final wealth says nothing about a loss
        let has_flows = part.owner.as_ref().is_some_and(|owner| owner.has_flows);
        let invested = if has_flows { 0.0 } else { outcome.money_in };
        Self {
            schema: SCHEMA.to_owned(),
            program: PROGRAM.to_owned(),
            distributions: DistributionsPart::of(outcome, invested),
            event_losses: EventLossesPart::of(scenario, outcome, mean_of),
            happenings: happenings(scenario),
            paths: PathsPart { wealth: outcome.sample_paths.iter().take(MOST_PATHS).cloned().collect() },
            worst_crash: None,
            median_path: None,
            scenario: part,
            command: None,
            run: RunPart {
                paths: outcome.n_paths as u64,
                months: scenario.months,
                seeds: scenario.seeds,
                value_version: VALUE_VERSION,
                keep: "columns".to_owned(),
            },
            warnings,
            measures,
            bridge: None,
            correlations: data.co_moved().ok().map(CorrelationsPart::new),
            series: series_parts(scenario, outcome),
            gates: Vec::new(),
            first_months: first_months(outcome),
            states,
        }
    }

    /// Adds to the report the waterfall from claimed return to outcome, or the reason why the run has none.
    pub fn with_bridge(mut self, found: Result<Bridge, Absent>) -> Self {
        self.bridge = Some(match found {
            Ok(bridge) => BridgePart::Whole(bridge),
            Err(absent) => BridgePart::None { absent },
        });
        self
    }

    /// Returns the month by whose end half of all paths have run out of money; `None` if fewer do.
    pub fn month_of_median_ruin(&self) -> Option<u32> {
        self.first_months.get("ruin")?.median_of_all()
    }

    /// Adds two replayed paths: the costliest month of agent selling on the path `worst`, if an agent sold on it, and
    /// the path `median` of median final wealth.
    pub fn with_paths(mut self, worst: Option<ReplayReport<'_>>, median: Option<ReplayReport<'_>>) -> Self {
        let events = &self.scenario.events;
        let label = |name: &str| {
            let event = events.iter().find(|event| event.name == name);
            event.map_or_else(String::new, |event| event.label.clone())
        };
        self.worst_crash = worst.and_then(|path| WorstCrashPart::of(&path));
        self.median_path = median.map(|path| MedianPathPart::of(&path, label));
        self
    }
}

fn scenario_part(scenario: &Scenario, outcome: &Outcome, exposure: Option<&TriggerExposure>) -> ScenarioPart {
    let (letterhead, correlation) = (&scenario.settings.letterhead, &scenario.correlation);
    let matrix = &correlation.matrix;
    let markets: Vec<String> =
        scenario.markets.iter().map(|market| market.name.as_str().to_owned()).collect();
    let falls = scenario.shocks.iter().map(|shock| FallPart {
        month: scenario.date_of(shock.month),
        markets: shock.markets.iter().map(|market| markets[*market].clone()).collect(),
        loss: shock.loss,
    });
    let filled_in = scenario.filled_in.iter().map(|filled| FilledPart {
        key: filled.path.clone(),
        value: filled.value.clone(),
        grade: filled.entry.grade.to_string(),
        kind: filled.entry.kind.to_string(),
        source: filled.entry.source.clone(),
        from: filled.entry.from.clone(),
        drawn: filled.is_drawn,
    });
    ScenarioPart {
        title: scenario.title.clone(),
        report: (*letterhead != Letterhead::default()).then(|| LetterheadPart {
            author: letterhead.author.clone(),
            client: letterhead.client.clone(),
            date: letterhead.date.as_ref().map(|day| day.as_str().to_owned()),
        }),
        model_digest: scenario.model_digest().to_string(),
        currency: scenario.currency.clone(),
        start: scenario.start.to_string(),
        end: scenario.date_of(scenario.months),
        money_in: outcome.money_in,
        claim: claim(scenario, outcome.money_in),
        owner: OwnerPart::of(scenario),
        goals: GoalsPart::of(scenario),
        prescribed_falls: falls.collect(),
        inflation: scenario.settings.economy.inflation.mean().get(),
        sustainable: SustainablePart::of(scenario),
        assets: scenario.assets.iter().map(|asset| asset_part(asset, scenario)).collect(),
        events: event_parts(scenario),
        correlation: CorrelationPart {
            copula: match correlation.copula {
                Copula::Gaussian => "gaussian".to_owned(),
                Copula::StudentT { dof } => format!("t, {dof} degrees of freedom"),
            },
            matrix: (0..matrix.order()).map(|row| matrix.row(row).to_vec()).collect(),
            repair: correlation.repair,
            markets,
        },
        crash: crash_part(scenario, exposure),
        filled_in: filled_in.collect(),
    }
}

fn asset_part(asset: &AssetEntry, scenario: &Scenario) -> AssetPart {
    let agents = scenario.crash.as_ref().zip(asset.market.managed_by);
    AssetPart {
        name: asset.name.clone(),
        class: asset.class.clone(),
        value: asset.opening(),
        market: scenario.markets[asset.market.index].name.as_str().to_owned(),
        market_correlation: asset.keys.market_correlation.get(),
        managed_by: agents.map(|(crash, cluster)| crash.clusters[cluster].name.as_str().to_owned()),
        is_launched: asset.keys.launch.is_some(),
        // the income of an asset with an audience depends on other assets' visits
        mechanism: (asset.audience.is_empty() && asset.kind.at_its_word().is_some())
            .then(|| MechanismPart::of(&*asset.kind, scenario.months)),
    }
}

/// Counts the paths by the month in which ruin, financial independence (`autonomy`) or a goal first happens, by name.
fn first_months(outcome: &Outcome) -> BTreeMap<String, Happened> {
    [
        ("ruin", RUIN_MONTH),
        ("autonomy", AUTONOMY_BEGINS),
        ("goal.wealth", GOAL_WEALTH_FIRST),
        ("goal.income", GOAL_INCOME_FIRST),
    ]
    .into_iter()
    .filter_map(|(name, id)| {
        let months = outcome.values(id)?;
        Some((name.to_owned(), Happened::of(months)))
    })
    .collect()
}

/// Returns the states of all assets at the horizon, as far as the run recorded them.
fn states(scenario: &Scenario, outcome: &Outcome) -> Vec<StatePart> {
    let states = scenario.assets.iter().flat_map(|asset| asset.states().map(move |state| (asset, state)));
    let parts = (scenario.state_number()..).zip(states).filter_map(|(number, (asset, state))| {
        let id = STATE.of_object(number);
        let all = outcome.values(id)?;
        let n_there = all.count(|one| one > 0.0);
        let ended = outcome.series(id).and_then(median_end);
        Some(StatePart {
            asset: asset.name.clone(),
            state: state.id.to_owned(),
            label: state.title.to_owned(),
            whole: state.whole,
            at_start: at_start(asset, state),
            is_alive: state.is_alive,
            share_above_zero: n_there as f64 / all.n() as f64,
            median_ends: ended.map(|month| scenario.date_of(month)),
        })
    });
    parts.collect()
}

/// Returns the number at the start of a state, which the key of the same name says; `None` if that is a range.
fn at_start(asset: &AssetEntry, state: &State) -> Option<f64> {
    let keys = asset.kind.description().keys.keys();
    let visits = asset.visits.filter(|_| state.id == VISITS);
    let number = match visits {
        Some(visits) => visits.is_point().then(|| visits.get()),
        None => keys.get(state.id)?.value.as_number(),
    };
    number.filter(|_| state.whole == Whole::Start)
}

/// Returns the first month from which the median of an asset's state, such as its share of healthy units, is zero until
/// the horizon. `None` if it is not zero at the horizon, or if it is zero from the start on.
fn median_end(series: &Series) -> Option<u32> {
    let is_zero = |date: &usize| series.quantiles(*date, &[0.5])[0] <= 0.0;
    let n = series.months.len();
    let n_zero = (0..n).rev().take_while(is_zero).count();
    let first = n - n_zero;
    (0 < first && first < n).then(|| series.months[first].max(1))
}

impl MechanismPart {
    /// Computes the expected income and value of an asset with the earnings model `kind` in each year up to `n_months`.
    pub fn of(kind: &dyn Asset, n_months: u32) -> Self {
        let years = Year::of(&kind.expected(n_months));
        Self {
            model: kind.kind().to_owned(),
            claimed: kind.claimed(),
            income: years.iter().map(|year| year.income).collect(),
            value: years.iter().map(|year| year.value).collect(),
        }
    }
}

/// Judges all gates of a scenario by the `data` of its run. `look` is the number of the interim analysis, from 0.
pub fn judge_all(expectations: &[Expectation], sources: &SourceMap, data: &Data, look: u32) -> Vec<GatePart> {
    let judged = expectations.iter().map(|expected| {
        let level = confidence_of_look(expected.confidence, look);
        // reading the file checked that the measure exists
        let found = estimate_at(data, &expected.measure, level).unwrap_or(Err(Absent::NotKept));
        let place = expected.place.and_then(|place| PlacePart::new(place, sources));
        GatePart::judged(&expected.id, &expected.into(), place, found)
    });
    judged.collect()
}

/// Judges the gates of `run` and builds its report. Returns the report, whose gates have no positions in files, and the
/// gates with these positions.
pub fn judged(
    expectations: &[Expectation],
    sources: &SourceMap,
    run: &Run<'_>,
    data: &Data,
) -> (Report, Vec<GatePart>) {
    let gates = judge_all(expectations, sources, data, run.look);
    let placeless = |gate: &GatePart| GatePart { place: None, ..gate.clone() };
    let mut report = Report::of(&run.scenario, &run.outcome, data, run.exposure.as_ref());
    report.warnings.extend(doubtful_gates(expectations));
    report.gates = gates.iter().map(placeless).collect();
    (report, gates)
}

/// True if no gate is inconclusive, so that more paths are not needed.
pub fn are_decided(gates: &[GatePart]) -> bool {
    gates.iter().all(|gate| gate.verdict != GateVerdict::Inconclusive)
}

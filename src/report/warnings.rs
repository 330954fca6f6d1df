//! Warnings that a reader must know before trusting the figures.
//!
//! In: a scenario, its agents, its outcome, its estimates. Out: [`Warning`]s: an id, facts, and a text by
//! template. Not here: faults of a file, which prevent a run (`form`), the texts (`templates/warnings.toml`).

mod scenario;

use super::crash::CrashPart;
use super::document::{About, StatePart, Warning};
use super::facts::QUANTILES;
use super::replay::lost;
use crate::asset::LAUNCHED;
use crate::book::Cause;
use crate::engine::Outcome;
use crate::math::ln;
use crate::page::{Form, Templates};
use crate::record::{HOURS, INCOME, id};
use crate::scenario::{AssetEntry, Scenario, Study};
use crate::stats::{MeasureResult, Note, Scope};
use crate::units::Delay;
use scenario::doubtful;
pub(super) use scenario::doubtful_gates;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A kind of warning, from `templates/warnings.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarningKind {
    /// Stable id of the kind.
    pub id: &'static str,
    /// Short name, for a line that lists several warnings.
    pub title: &'static str,
    #[serde(default)]
    pub about: About,
    pub doc: &'static str,
    /// Template of the text, with the facts of the warning as variables.
    text: &'static str,
}

/// All kinds of warnings.
pub static WARNINGS: LazyLock<Vec<WarningKind>> = LazyLock::new(|| {
    let mut file: BTreeMap<String, _> = toml::from_str(include_str!("templates/warnings.toml"))
        .expect("the warnings are compiled in and a test reads all of them");
    file.remove("warning").unwrap_or_default()
});

/// Templates of the texts of warnings, by id of the kind.
static TEXTS: LazyLock<Templates> =
    LazyLock::new(|| Templates::new(|id| WARNINGS.iter().find(|kind| kind.id == id).map(|kind| kind.text)));

/// Builds a warning of the kind `id` from the facts that its template needs.
fn warning(id: &str, facts: Value) -> Warning {
    let kind = WARNINGS.iter().find(|kind| kind.id == id);
    let Value::Object(facts) = facts else {
        unreachable!("facts have names");
    };
    Warning {
        id: id.to_owned(),
        about: kind.expect("a warning of the table").about,
        text: TEXTS.render(id, &facts, Form::default()).into_text(),
        facts,
    }
}

/// Returns the warnings of a run: about what it does not simulate, about the scenario, then about the results.
pub(super) fn warnings(
    scenario: &Scenario,
    crash: Option<&CrashPart>,
    outcome: &Outcome,
    states: &[StatePart],
    found: &[MeasureResult],
) -> Vec<Warning> {
    let all = scenario::of_version(scenario)
        .into_iter()
        .chain(doubtful(scenario))
        .chain(goals_certain(scenario, outcome))
        .chain(hours_beyond(scenario, outcome))
        .chain(never_launched(scenario, outcome.n_paths, states))
        .chain(overpaid(scenario, found))
        .chain(scenario.correlation.repair.map(|repair| {
            warning("correlation-repaired", json!({ "largest_change": repair.largest_change }))
        }))
        .chain(crash.and_then(feeds_itself))
        .chain(heavy_tails(found))
        .chain(clipped(outcome));
    all.collect()
}

/// Returns the texts of the warnings about scenario and gates of all cases of a file, each text once.
pub fn doubts_of_study(study: &Study) -> Vec<String> {
    let mut said = BTreeSet::new();
    let cases = [&study.as_written].into_iter().chain(&study.cases);
    let warnings =
        cases.flat_map(|case| doubtful(&case.scenario).into_iter().chain(doubtful_gates(&case.expectations)));
    warnings.map(|warning| warning.text).filter(|text| said.insert(text.clone())).collect()
}

/// Warns of a goal that is met at the start, or that nothing can meet.
fn goals_certain(scenario: &Scenario, outcome: &Outcome) -> Vec<Warning> {
    let wealth = scenario.settings.goal.wealth.as_ref();
    let is_there = wealth.is_some_and(|goal| outcome.money_in >= goal.amount.get());
    let is_never = scenario.settings.goal.income.is_some() && outcome.series(INCOME).is_none();
    [(is_there, "wealth"), (is_never, "income")]
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, goal)| warning("goal-certain", json!({ "goal": goal })))
        .collect()
}

/// Warns if the assets need more hours a week than the owner has, beyond the error of the mean.
fn hours_beyond(scenario: &Scenario, outcome: &Outcome) -> Option<Warning> {
    const STANDARD_ERRORS: f64 = 4.0;
    let available = scenario.owner.as_ref()?.hours?.get();
    let series = outcome.series(HOURS)?;
    let per_week = |hours: f64| hours / Delay::WEEKS_PER_MONTH;
    let first = (0..series.months.len()).find(|date| {
        let error = series.mean_error(*date, outcome.n_paths);
        per_week(series.means[*date] - STANDARD_ERRORS * error) > available
    })?;
    let most = series.means.iter().copied().fold(0.0, f64::max);
    let from = scenario.date_of(series.months[first]);
    let facts =
        json!({ "from": from, "available": available, "most": (10.0 * per_week(most)).round() / 10.0 });
    Some(warning("hours-beyond", facts))
}

/// Probability that all launches failed by chance, below which a warning says that no path launches the asset.
const INCREDIBLE: f64 = 1e-6;

/// Warns of assets that other assets' income should pay for, but which no path launches.
fn never_launched(scenario: &Scenario, n_paths: usize, states: &[StatePart]) -> Vec<Warning> {
    states
        .iter()
        .filter(|part| part.state == LAUNCHED.id && part.share_above_zero == 0.0)
        .filter_map(|part| {
            let asset = scenario.assets.iter().find(|asset| asset.name == part.asset)?;
            let (payer, _) = asset.paid_from()?;
            let launch = asset.keys.launch.as_ref()?;
            // a failed launch was affordable, so failures must be ruled out
            let luck = ln(launch.failure()) * n_paths as f64;
            let is_told = luck < ln(INCREDIBLE);
            let facts = json!({
                "asset": asset.name, "payer": payer, "cost": launch.cost.get(), "currency": scenario.currency,
                "can_be_ruined": scenario.has_obligations(),
            });
            is_told.then(|| warning("never-launched", facts))
        })
        .collect()
}

/// Warns of businesses whose purchase price exceeds the resale value of their income.
fn overpaid(scenario: &Scenario, found: &[MeasureResult]) -> Option<Warning> {
    /// Overpaid fraction of the purchase price above which a scenario gets a warning.
    const FROM: f64 = 0.05;
    let lost = found.iter().find(|found| found.id == id::of(id::CAUSE_MEAN, Cause::Overpaid.id()));
    let lost = -lost?.result.as_ref().ok()?.value;
    let is_bought = |asset: &&AssetEntry| asset.kind.facts().is_business && asset.keys.launch.is_none();
    let bought = scenario.assets.iter().filter(is_bought);
    let paid: f64 = bought.map(|asset| asset.keys.value.get()).sum();
    let facts = json!({ "paid": paid, "lost": lost, "currency": scenario.currency });
    (paid > 0.0 && lost > FROM * paid).then(|| warning("overpaid", facts))
}

/// Warns of agent selling that reinforces itself at a fall of the market that is likely.
fn feeds_itself(crash: &CrashPart) -> Option<Warning> {
    /// Monthly probability of a self-reinforcing loss from which on a scenario gets a warning.
    const LIKELY: f64 = 0.01;
    let reach = crash.self_feeding?;
    let probability = reach.month.probability;
    let gain = |loss: f64| crash.profile.at(loss);
    let thinning = crash.gain_in_crisis.zip(crash.gain).map_or(1.0, |(crisis, calm)| crisis / calm);
    let facts = json!({
        "normal_fall": reach.loss.map(lost),
        "gain": reach.loss.map(gain),
        "crisis_fall": reach.loss_in_crisis.map(lost),
        "crisis_gain": reach.loss_in_crisis.map(|loss| thinning * gain(loss)),
        "probability": probability,
    });
    (probability >= LIKELY).then(|| warning("feeds-itself", facts))
}

/// Warns of means of quantities whose tail is too heavy for the number of paths.
fn heavy_tails(found: &[MeasureResult]) -> Option<Warning> {
    let heavy = found.iter().filter(|found| {
        let note = found.result.as_ref().ok().and_then(|estimate| estimate.note);
        let is_mean = found.measure.is_mean() && found.measure.scope != Scope::EachCause;
        // figures of ruined paths rest on few paths, which the probability of ruin already shows
        is_mean && !found.measure.is_of_ruined && matches!(note, Some(Note::HeavyTail { .. }))
    });
    let ids: Vec<&str> = heavy.clone().map(|found| found.id.as_str()).collect();
    let first = heavy.clone().next()?;
    let facts = json!({ "n": ids.len(), "measures": ids, "title": first.measure.title });
    Some(warning("heavy-tail", facts))
}

/// Warns of series whose quantiles exceed the range of their histograms.
fn clipped(outcome: &Outcome) -> Option<Warning> {
    let levels = QUANTILES.map(|(_, level)| level);
    let is_clipped = outcome.series.iter().any(|series| series.is_clipped(&levels));
    is_clipped.then(|| warning("series-clipped", json!({})))
}

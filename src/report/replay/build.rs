//! A replay to its report.
//!
//! In: scenario, replay. Out: [`ReplayReport`]. Not here: the anatomy (`anatomy`), wording.

use super::anatomy::crash_month;
use super::document::{
    AccountPath, Chosen, ClusterMonth, LoopPart, MarketMonth, MonthPart, PathRun, PathScenario,
    REPLAY_SCHEMA, ReplayReport, SurprisePart, WorldPart,
};
use crate::book::Cause;
use crate::crash::LoopMonth;
use crate::engine::{Outcome, Replay, VALUE_VERSION};
use crate::random::ObjectKind;
use crate::record::DEEPEST_SALE;
use crate::report::build::model_digest;
use crate::scenario::Scenario;
use std::collections::BTreeMap;

/// Names of the worlds: what happens, and its twin without the loop.
pub(super) const WORLDS: [&str; 2] = ["path", "without_feedback"];

impl ReplayReport {
    /// The report of `replay`, with the anatomy of `month`; without one, of the month in which the
    /// sales took most of the owner's wealth, or of none.
    pub fn new(scenario: &Scenario, replay: &Replay, chosen: Chosen, month: Option<u32>) -> Self {
        let worst_month = replay.worst_sale();
        let month = month.or(worst_month);
        let n_worlds = replay.n_worlds();
        Self {
            schema: REPLAY_SCHEMA,
            scenario: PathScenario {
                title: scenario.title.clone(),
                model_digest: model_digest(scenario),
                currency: scenario.currency.clone(),
                start: scenario.start.to_string(),
                end: date_of(scenario, scenario.months),
                inflation: scenario.economy.inflation.get(),
                worlds: WORLDS[..n_worlds].to_vec(),
            },
            run: PathRun {
                paths: scenario.paths,
                months: scenario.months,
                seeds: scenario.seeds,
                value_version: VALUE_VERSION,
            },
            path: replay.path,
            chosen,
            worst_month,
            managed: managed(scenario, replay),
            columns: columns(replay),
            largest_imbalance: replay.largest_imbalance(),
            accounts: accounts(replay),
            opening: WORLDS
                .into_iter()
                .zip(&replay.months[0].worlds)
                .map(|(name, world)| (name, world.wealth))
                .collect(),
            months: (1..=replay.n_months())
                .map(|month| month_part(scenario, replay, month))
                .collect(),
            crash: month.and_then(|month| crash_month(scenario, replay, month)),
        }
    }

    /// The bytes of `replay.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        let value =
            serde_json::to_value(self).expect("a report has text keys and plain values only");
        let mut text = serde_json::to_string_pretty(&value).expect("a value can be written");
        text.push('\n');
        text
    }
}

/// `2031-03`; month 1 is the first one of the scenario.
pub(super) fn date_of(scenario: &Scenario, month: u32) -> String {
    scenario.start.plus(month - 1).to_string()
}

/// What the loop did in a month, if there is one.
pub(super) fn loop_month(replay: &Replay, month: u32) -> Option<LoopMonth> {
    let legend = replay.legend.crash.as_ref()?;
    let [before, now] = [month - 1, month].map(|month| &replay.months[month as usize]);
    let rows = [before, now].map(|month| &month.worlds[0].rows);
    let read = legend
        .probe
        .read(replay.path, month, rows[0], rows[1], &now.draws);
    Some(read)
}

pub(super) fn regime(replay: &Replay, month: u32) -> Option<&'static str> {
    let state = replay.legend.crisis?;
    let state = replay.months[month as usize].draws.get(state);
    Some(if state > 0.5 { "crisis" } else { "calm" })
}

/// Assets that an agent of the owner's sells, with its cluster, where agents sell at all.
fn managed(scenario: &Scenario, replay: &Replay) -> BTreeMap<String, String> {
    let Some(legend) = &replay.legend.crash else {
        return BTreeMap::new();
    };
    let names = &legend.probe.spec().names;
    let assets = scenario.assets.iter();
    let by = assets.filter_map(|asset| {
        let cluster = asset.market.managed_by?;
        Some((asset.name.clone(), names[cluster].clone()))
    });
    by.collect()
}

/// What a run records of the path, by name.
fn columns(replay: &Replay) -> BTreeMap<String, f64> {
    let columns = replay.columns.iter();
    columns
        .map(|(id, value)| (id.name(&replay.assets), *value))
        .collect()
}

/// The path on which sales took the largest part of wealth, if they took any.
pub fn worst_crash(outcome: &Outcome) -> Option<u64> {
    let (path, taken) = outcome.greatest(DEEPEST_SALE)?;
    (taken > 0.0).then_some(path)
}

fn accounts(replay: &Replay) -> Vec<AccountPath> {
    let labels = replay.accounts.iter().enumerate();
    let path = |(index, label): (usize, &crate::stage::AccountLabel)| {
        let worlds = || WORLDS[..replay.n_worlds()].iter().copied().enumerate();
        let balances = |world: usize| {
            let months = replay.months.iter();
            months
                .map(|month| month.worlds[world].balances[index])
                .collect()
        };
        let posted = |world: usize| {
            let months = 1..=replay.n_months();
            months
                .map(|month| replay.posted(world, month, index))
                .collect()
        };
        AccountPath {
            kind: match label.kind {
                ObjectKind::World => "world",
                ObjectKind::Owner => "owner",
                ObjectKind::Market => "market",
                ObjectKind::Cluster => "cluster",
                ObjectKind::Asset => "asset",
                ObjectKind::Policy => "policy",
            },
            object: label.object.clone(),
            cause: label.cause.map(Cause::id),
            balances: worlds().map(|(w, name)| (name, balances(w))).collect(),
            posted: worlds().map(|(w, name)| (name, posted(w))).collect(),
        }
    };
    labels.map(path).collect()
}

fn month_part(scenario: &Scenario, replay: &Replay, month: u32) -> MonthPart {
    let now = &replay.months[month as usize];
    let surprises = replay.assets.iter().zip(&replay.legend.surprises);
    let surprises = surprises.map(|(name, slot)| {
        let rows = &now.worlds[0].rows;
        let part = SurprisePart {
            shock: now.draws.get(slot.shock),
            jump: slot.jump.map_or(0.0, |jump| rows.get(jump.log)),
        };
        (name.clone(), part)
    });
    let worlds = now.worlds.iter().enumerate().map(|(world, state)| {
        let part = WorldPart {
            wealth: state.wealth,
            trough: state.trough,
            income: state.income,
            causes: causes(replay, world, month),
        };
        (WORLDS[world], part)
    });
    MonthPart {
        month,
        date: date_of(scenario, month),
        regime: regime(replay, month),
        surprises: surprises.collect(),
        worlds: worlds.collect(),
        agents: loop_month(replay, month).map(|met| loop_part(replay, now.worlds[0].sold, &met)),
    }
}

/// What each cause added to what the owner has: the other side of the world's accounts.
fn causes(replay: &Replay, world: usize, month: u32) -> BTreeMap<&'static str, f64> {
    let mut causes = BTreeMap::new();
    for (index, label) in replay.accounts.iter().enumerate() {
        if let Some(cause) = label.cause.filter(|cause| *cause != Cause::Opening) {
            *causes.entry(cause.id()).or_insert(0.0) -= replay.posted(world, month, index);
        }
    }
    causes
}

fn loop_part(replay: &Replay, sold: f64, met: &LoopMonth) -> LoopPart {
    let legend = replay.legend.crash.as_ref().expect("its month was read");
    let markets = legend.markets.iter().enumerate().map(|(market, name)| {
        let part = MarketMonth {
            loss: met.losses[market],
            fall: met.falls[market],
            at_trough: met.at_trough[market],
            at_close: met.at_close[market],
        };
        (name.clone(), part)
    });
    let names = legend.probe.spec().names.iter().enumerate();
    let clusters = names.map(|(g, name)| {
        let part = ClusterMonth {
            active: met.active[g],
            obeying: met.obeying[g],
            fired: met.fired[g],
        };
        (name.clone(), part)
    });
    LoopPart {
        sold,
        thinning: met.thinning,
        markets: markets.collect(),
        clusters: clusters.collect(),
    }
}

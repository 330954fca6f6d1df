//! A path as `replay.json`.
//!
//! In: a [`ReplayReport`]. Out: its bytes, and the values in them. Not here: wording.

use super::super::build::model_digest;
use super::super::json::to_json;
use super::anatomy::CrashMonth;
use super::document::{ReplayReport, date_of, loop_month, regime};
use crate::book::Cause;
use crate::crash::LoopMonth;
use crate::engine::VALUE_VERSION;
use crate::random::{ObjectKind, Seeds};
use crate::study::Chosen;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const REPLAY_SCHEMA: &str = "tailwheel-replay/1";

/// Names of the worlds: what happens, and its twin without the loop.
const WORLDS: [&str; 2] = ["path", "without_feedback"];

/// By `path` and, with agents, its twin `without_feedback`.
type ByWorld<V> = BTreeMap<&'static str, V>;

/// One path, month by month. Amounts are in `scenario.currency`, money of their day; losses and falls are of
/// log prices.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ReplayPart {
    #[schemars(extend("const" = REPLAY_SCHEMA))]
    schema: &'static str,
    scenario: ScenarioPart,
    run: RunPart,
    /// Its number, from 0.
    path: u64,
    chosen: Chosen,
    /// The month in which sales took the largest part of wealth; none if agents never sold.
    worst_month: Option<u32>,
    /// By asset, the cluster with which the owner's own agent sells it.
    managed: BTreeMap<String, String>,
    /// What the run records of the path.
    columns: BTreeMap<String, f64>,
    /// Largest sum of what all accounts gained in one month, relative to all that moved in it.
    largest_imbalance: f64,
    accounts: Vec<AccountPart>,
    /// Wealth on day one.
    opening: ByWorld<f64>,
    months: Vec<MonthPart>,
    /// The anatomy of one month; none without agents.
    crash: Option<CrashMonth>,
}

#[derive(Serialize, JsonSchema)]
struct ScenarioPart {
    title: String,
    model_digest: String,
    currency: String,
    /// First month, `2027-01`.
    start: String,
    /// Last month.
    end: String,
    /// Per year, a fraction.
    inflation: f64,
    worlds: &'static [&'static str],
}

#[derive(Serialize, JsonSchema)]
struct RunPart {
    paths: u64,
    months: u32,
    #[serde(flatten)]
    seeds: Seeds,
    value_version: u32,
}

#[derive(Serialize, JsonSchema)]
struct AccountPart {
    kind: ObjectKind,
    object: String,
    /// None for what the owner has.
    cause: Option<&'static str>,
    /// At the end of months 0, 1, 2 …
    balances: ByWorld<Vec<f64>>,
    /// In months 1, 2 …; all accounts together add up to zero.
    posted: ByWorld<Vec<f64>>,
}

#[derive(Serialize, JsonSchema)]
struct MonthPart {
    /// From 1.
    month: u32,
    /// `2027-01`
    date: String,
    /// `calm` or `crisis`; none without crises.
    regime: Option<&'static str>,
    /// Names of the events that struck and took something.
    struck: Vec<String>,
    /// Of each asset's market.
    surprises: BTreeMap<String, SurprisePart>,
    worlds: ByWorld<WorldPart>,
    /// None without agents.
    r#loop: Option<LoopPart>,
}

/// Log-returns.
#[derive(Serialize, JsonSchema)]
struct SurprisePart {
    shock: f64,
    /// With prescribed falls.
    jump: f64,
}

#[derive(Serialize, JsonSchema)]
struct WorldPart {
    wealth: f64,
    /// The least wealth inside the month.
    trough: f64,
    /// Of the month.
    income: f64,
    /// What each cause added to wealth.
    causes: BTreeMap<&'static str, f64>,
}

#[derive(Serialize, JsonSchema)]
struct LoopPart {
    /// Share of all agents, by money.
    sold: f64,
    /// How much larger impacts were: 1 but in a crisis.
    thinning: f64,
    markets: BTreeMap<String, MarketPart>,
    clusters: BTreeMap<String, ClusterPart>,
}

#[derive(Serialize, JsonSchema)]
struct MarketPart {
    /// Before anybody sold.
    loss: f64,
    /// By sales.
    fall: f64,
    /// What the loop added to the log price; 0 without sales.
    at_trough: f64,
    /// The same at the close, earlier falls coming back included.
    at_close: f64,
}

#[derive(Serialize, JsonSchema)]
struct ClusterPart {
    /// Blocks that could act.
    active: u32,
    /// Those that obeyed a false signal.
    obeying: u32,
    /// Share of its blocks that sold.
    fired: f64,
}

impl ReplayReport {
    /// The bytes of `replay.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        let (scenario, replay) = (&self.scenario, &self.replay);
        let columns = replay.columns.iter();
        let managed = self.managed().into_iter();
        to_json(&ReplayPart {
            schema: REPLAY_SCHEMA,
            scenario: ScenarioPart {
                title: scenario.title.clone(),
                model_digest: model_digest(scenario),
                currency: scenario.currency.clone(),
                start: scenario.start.to_string(),
                end: date_of(scenario, scenario.months),
                inflation: scenario.economy.inflation.mean().get(),
                worlds: &WORLDS[..replay.n_worlds()],
            },
            run: RunPart {
                paths: scenario.paths,
                months: scenario.months,
                seeds: scenario.seeds,
                value_version: VALUE_VERSION,
            },
            path: replay.path,
            chosen: self.chosen,
            worst_month: replay.worst_sale(),
            managed: managed
                .map(|(asset, by)| (asset.to_owned(), by.to_owned()))
                .collect(),
            columns: columns
                .map(|(id, value)| (id.name(&replay.objects), *value))
                .collect(),
            largest_imbalance: replay.largest_imbalance(),
            accounts: (0..replay.accounts.len())
                .map(|index| self.account(index))
                .collect(),
            opening: self.by_world(|world| replay.months[0].worlds[world].wealth),
            months: (1..=replay.n_months())
                .map(|month| self.month(month))
                .collect(),
            crash: self.crash.clone(),
        })
    }

    fn by_world<V>(&self, value: impl Fn(usize) -> V) -> ByWorld<V> {
        let worlds = 0..self.replay.n_worlds();
        worlds.map(|world| (WORLDS[world], value(world))).collect()
    }

    fn account(&self, index: usize) -> AccountPart {
        let replay = &self.replay;
        let label = &replay.accounts[index];
        let months = || 1..=replay.n_months();
        AccountPart {
            kind: label.kind,
            object: label.object.clone(),
            cause: label.cause.map(Cause::id),
            balances: self.by_world(|world| {
                let months = replay.months.iter();
                months
                    .map(|month| month.worlds[world].balances[index])
                    .collect()
            }),
            posted: self.by_world(|world| {
                months()
                    .map(|month| replay.posted(world, month, index))
                    .collect()
            }),
        }
    }

    fn month(&self, month: u32) -> MonthPart {
        let replay = &self.replay;
        let now = &replay.months[month as usize];
        let surprises = replay.objects.iter().zip(&replay.legend.surprises);
        let surprises = surprises.map(|(name, slot)| {
            let rows = &now.worlds[0].rows;
            let of_asset = SurprisePart {
                shock: now.draws.get(slot.shock),
                jump: slot.jump.map_or(0.0, |jump| rows.get(jump.log)),
            };
            (name.clone(), of_asset)
        });
        MonthPart {
            month,
            date: date_of(&self.scenario, month),
            regime: regime(replay, month),
            struck: self.struck(month).map(str::to_owned).collect(),
            surprises: surprises.collect(),
            worlds: self.by_world(|world| {
                let state = &now.worlds[world];
                WorldPart {
                    wealth: state.wealth,
                    trough: state.trough,
                    income: state.income,
                    causes: self.causes(world, month),
                }
            }),
            r#loop: loop_month(replay, month).map(|met| self.of_loop(now.worlds[0].sold, &met)),
        }
    }

    fn of_loop(&self, sold: f64, met: &LoopMonth) -> LoopPart {
        let legend = self.replay.legend.crash.iter();
        let markets = legend.clone().flat_map(|legend| &legend.markets);
        let markets = markets.enumerate().map(|(market, name)| {
            let of_market = MarketPart {
                loss: met.losses[market],
                fall: met.falls[market],
                at_trough: met.at_trough[market],
                at_close: met.at_close[market],
            };
            (name.clone(), of_market)
        });
        let clusters = legend.flat_map(|legend| &legend.probe.spec().names);
        let clusters = clusters.enumerate().map(|(g, name)| {
            let of_cluster = ClusterPart {
                active: met.active[g],
                obeying: met.obeying[g],
                fired: met.fired[g],
            };
            (name.clone(), of_cluster)
        });
        LoopPart {
            sold,
            thinning: met.thinning,
            markets: markets.collect(),
            clusters: clusters.collect(),
        }
    }
}

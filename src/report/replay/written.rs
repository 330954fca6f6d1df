//! A path as `replay.json`.
//!
//! In: a [`ReplayReport`]. Out: its bytes; what the keys mean stands in docs/output.md. Not here: wording.

use super::super::build::model_digest;
use super::super::json::{merged, text_of};
use super::document::{ReplayReport, date_of, loop_month, regime};
use crate::book::Cause;
use crate::crash::LoopMonth;
use crate::engine::VALUE_VERSION;
use crate::random::ObjectKind;
use serde_json::{Map, Value, json};

/// Version of the format; a reader may rely on keys never changing their meaning within it.
pub const REPLAY_SCHEMA: &str = "tailwheel-replay/1";

/// Names of the worlds: what happens, and its twin without the loop.
const WORLDS: [&str; 2] = ["path", "without_feedback"];

impl ReplayReport {
    /// The bytes of `replay.json`, the same on every machine.
    pub fn to_json(&self) -> String {
        let (scenario, replay) = (&self.scenario, &self.replay);
        let months = 1..=replay.n_months();
        let columns = replay.columns.iter();
        let columns = columns.map(|(id, value)| (id.name(&replay.assets), *value));
        let run = json!({
            "paths": scenario.paths,
            "months": scenario.months,
            "value_version": VALUE_VERSION,
        });
        text_of(&json!({
            "schema": REPLAY_SCHEMA,
            "scenario": {
                "title": scenario.title,
                "model_digest": model_digest(scenario),
                "currency": scenario.currency,
                "start": scenario.start.to_string(),
                "end": date_of(scenario, scenario.months),
                "inflation": scenario.economy.inflation.get(),
                "worlds": WORLDS[..replay.n_worlds()],
            },
            "run": merged(&scenario.seeds, run),
            "path": replay.path,
            "chosen": self.chosen,
            "worst_month": replay.worst_sale(),
            "managed": self.managed(),
            "columns": keyed(columns),
            "largest_imbalance": replay.largest_imbalance(),
            "accounts": (0..replay.accounts.len()).map(|index| self.account(index)).collect::<Vec<_>>(),
            "opening": self.by_world(|world| replay.months[0].worlds[world].wealth),
            "months": months.map(|month| self.month(month)).collect::<Vec<_>>(),
            "crash": self.crash,
        }))
    }

    fn by_world<V: Into<Value>>(&self, value: impl Fn(usize) -> V) -> Value {
        let worlds = 0..self.replay.n_worlds();
        keyed(worlds.map(|world| (WORLDS[world].to_owned(), value(world))))
    }

    fn account(&self, index: usize) -> Value {
        let replay = &self.replay;
        let label = &replay.accounts[index];
        let balances = |world: usize| -> Vec<f64> {
            let months = replay.months.iter();
            months
                .map(|month| month.worlds[world].balances[index])
                .collect()
        };
        let posted = |world: usize| -> Vec<f64> {
            let months = 1..=replay.n_months();
            months
                .map(|month| replay.posted(world, month, index))
                .collect()
        };
        json!({
            "kind": match label.kind {
                ObjectKind::World => "world",
                ObjectKind::Owner => "owner",
                ObjectKind::Market => "market",
                ObjectKind::Cluster => "cluster",
                ObjectKind::Asset => "asset",
                ObjectKind::Policy => "policy",
            },
            "object": label.object,
            "cause": label.cause.map(Cause::id),
            "balances": self.by_world(balances),
            "posted": self.by_world(posted),
        })
    }

    fn month(&self, month: u32) -> Value {
        let replay = &self.replay;
        let now = &replay.months[month as usize];
        let surprises = replay.assets.iter().zip(&replay.legend.surprises);
        let surprises = surprises.map(|(name, slot)| {
            let rows = &now.worlds[0].rows;
            let jump = slot.jump.map_or(0.0, |jump| rows.get(jump.log));
            let of_asset = json!({ "shock": now.draws.get(slot.shock), "jump": jump });
            (name.clone(), of_asset)
        });
        let of_world = |world: usize| {
            let state = &now.worlds[world];
            json!({
                "wealth": state.wealth,
                "trough": state.trough,
                "income": state.income,
                "causes": self.causes(world, month),
            })
        };
        json!({
            "month": month,
            "date": date_of(&self.scenario, month),
            "regime": regime(replay, month),
            "surprises": keyed(surprises),
            "worlds": self.by_world(of_world),
            "loop": loop_month(replay, month).map(|met| self.of_loop(now.worlds[0].sold, &met)),
        })
    }

    fn of_loop(&self, sold: f64, met: &LoopMonth) -> Value {
        let legend = self.replay.legend.crash.iter();
        let markets = legend.clone().flat_map(|legend| &legend.markets);
        let markets = markets.enumerate().map(|(market, name)| {
            let of_market = json!({
                "loss": met.losses[market],
                "fall": met.falls[market],
                "at_trough": met.at_trough[market],
                "at_close": met.at_close[market],
            });
            (name.clone(), of_market)
        });
        let clusters = legend.flat_map(|legend| &legend.probe.spec().names);
        let clusters = clusters.enumerate().map(|(g, name)| {
            let of_cluster = json!({
                "active": met.active[g],
                "obeying": met.obeying[g],
                "fired": met.fired[g],
            });
            (name.clone(), of_cluster)
        });
        json!({
            "sold": sold,
            "thinning": met.thinning,
            "markets": keyed(markets),
            "clusters": keyed(clusters),
        })
    }
}

fn keyed<V: Into<Value>>(entries: impl Iterator<Item = (String, V)>) -> Value {
    let entries = entries.map(|(key, value)| (key, value.into()));
    Value::Object(entries.collect::<Map<String, Value>>())
}

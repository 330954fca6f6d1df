//! Builds the facts of a replayed path.
//!
//! In: a [`ReplayReport`]. Out: [`ReplayFacts`]. Not here: the anatomy of the explained month (`anatomy`).

use super::super::json::reread;
use super::ReplayReport;
use super::facts::{
    AccountPart, ByWorld, EventPart, LenderSalePart, LoopPart, MonthPart, REPLAY_SCHEMA, ReplayFacts,
    RunPart, ScenarioPart, SurprisePart, WITH_AGENTS, WITHOUT_AGENTS, WorldPart,
};
use crate::book::Cause;
use crate::crash::Probe;
use crate::engine::VALUE_VERSION;
use crate::record::{RUIN_MONTH, WEALTH};
use crate::study::Chosen;
use std::collections::BTreeMap;

/// Id of the cause of profit and loss that sums up drift and shock of the markets.
const MARKET: &str = "market";
const DRIFT_AND_SHOCK: [&str; 2] = ["drift", "shock"];

/// Converts the changes of wealth in a month, by cause, to fractions of the wealth `before`. Drift and shock
/// are added up. Empty if `before` is zero.
fn changes(causes: &BTreeMap<String, f64>, before: f64) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for (cause, amount) in causes.iter().filter(|_| before > 0.0) {
        let is_market = DRIFT_AND_SHOCK.contains(&cause.as_str());
        let cause = if is_market { MARKET } else { cause };
        *sums.entry(cause.to_owned()).or_insert(0.0) += amount;
    }
    sums.values_mut().for_each(|amount| *amount /= before);
    sums
}

/// Builds a map from each name to the value that `part` returns for its position.
fn by_name<V>(names: &[String], part: impl Fn(usize) -> V) -> BTreeMap<String, V> {
    names.iter().enumerate().map(|(number, name)| (name.clone(), part(number))).collect()
}

impl ReplayReport<'_> {
    /// Builds the facts of the replayed path. They explain the month `asked`, or else the month in which sales cost
    /// most, if any. `chosen` is the reason why the path was selected.
    pub fn facts(&self, chosen: Chosen, asked: Option<u32>) -> ReplayFacts {
        let (scenario, replay) = (self.scenario, self.replay);
        let explained = asked.or(replay.worst_sale());
        let columns = replay.columns.iter();
        // the screen must show exactly the values of the file
        reread(&ReplayFacts {
            schema: REPLAY_SCHEMA.to_owned(),
            scenario: self.scenario_part(),
            run: RunPart {
                paths: scenario.paths,
                months: scenario.months,
                seeds: scenario.seeds,
                value_version: VALUE_VERSION,
            },
            path: replay.path,
            chosen,
            worst_month: replay.worst_sale(),
            managed: self.managed(),
            columns: columns.map(|(id, value)| (id.name(&replay.objects), *value)).collect(),
            largest_imbalance: replay.largest_imbalance(),
            accounts: (0..replay.accounts.len())
                .filter(|index| replay.accounts[*index].is_owned())
                .map(|index| self.account(index))
                .collect(),
            ruin_month: self.ruin_month(),
            lender_sales: self.lender_sales(),
            month_asked: asked,
            opening: self.by_world(|world| replay.months[0].worlds[world].wealth),
            crash: explained.and_then(|month| self.crash_month(month)),
            months: (1..=replay.n_months()).map(|month| self.month(month)).collect(),
        })
    }

    fn scenario_part(&self) -> ScenarioPart {
        let scenario = self.scenario;
        let events = scenario.events.iter().map(|event| {
            let assets = event.assets.iter().map(|index| &scenario.assets[*index]);
            let part = EventPart {
                kind: event.kind.id.clone(),
                label: event.kind.title.clone(),
                assets: assets.map(|asset| asset.name.clone()).collect(),
            };
            (event.name.clone(), part)
        });
        ScenarioPart {
            title: scenario.title.clone(),
            model_digest: scenario.model_digest().to_string(),
            currency: scenario.currency.clone(),
            start: scenario.start.to_string(),
            end: self.scenario.date_of(scenario.months),
            inflation: scenario.settings.economy.inflation.mean().get(),
            worlds: self.worlds(),
            events: events.collect(),
        }
    }

    /// Returns the cluster of the owner's agent that sells an asset, by asset name; empty without agents.
    fn managed(&self) -> BTreeMap<String, String> {
        let spec = self.replay.legend.crash.as_ref().map(Probe::spec);
        let managed = self.scenario.assets.iter().filter_map(|asset| {
            let cluster = asset.market.managed_by?;
            Some((asset.name.clone(), spec?.names[cluster].clone()))
        });
        managed.collect()
    }

    /// Returns the names of the events that happened in `month` and found value, income, cash or a tax to hit.
    fn struck(&self, month: u32) -> Vec<String> {
        let [before, now] = [month - 1, month].map(|month| self.rows(month));
        let events = self.replay.legend.events.iter();
        let struck = events.filter(|(_, tally)| now.get(tally.strikes) > before.get(tally.strikes));
        struck.map(|(name, _)| name.clone()).collect()
    }

    pub(in crate::report) fn ruin_month(&self) -> Option<u32> {
        let month = self.replay.column(RUIN_MONTH).filter(|month| *month > 0.0)?;
        (self.replay.column(WEALTH) == Some(0.0)).then_some(month as u32)
    }

    fn lender_sales(&self) -> Vec<LenderSalePart> {
        let sales = self.replay.legend.lenders.iter().filter_map(|(asset, standing)| {
            let has_sold = |month: &u32| self.rows(*month).get(*standing) <= 0.0;
            let month = (1..=self.scenario.months).find(has_sold)?;
            Some(LenderSalePart { asset: asset.clone(), month, date: self.scenario.date_of(month) })
        });
        sales.collect()
    }

    fn worlds(&self) -> Vec<String> {
        [WITH_AGENTS, WITHOUT_AGENTS].map(str::to_owned).into_iter().take(self.replay.n_worlds()).collect()
    }

    fn by_world<V>(&self, value: impl Fn(usize) -> V) -> ByWorld<V> {
        by_name(&self.worlds(), value)
    }

    fn account(&self, index: usize) -> AccountPart {
        let replay = self.replay;
        let label = &replay.accounts[index];
        AccountPart {
            kind: label.kind,
            object: label.object.clone(),
            cause: label.cause.map(|cause| Cause::id(cause).to_owned()),
            balances: self.by_world(|world| {
                replay.months.iter().map(|month| month.worlds[world].balances[index]).collect()
            }),
            posted: self.by_world(|world| {
                (1..=replay.n_months()).map(|month| replay.posted(world, month, index)).collect()
            }),
        }
    }

    fn month(&self, month: u32) -> MonthPart {
        let replay = self.replay;
        let now = &replay.months[month as usize];
        let before = replay.months[month as usize - 1].worlds[0].wealth;
        let surprises = &replay.legend.surprises;
        let met = self.loop_month(month).zip(replay.legend.crash.as_ref().map(Probe::spec));
        MonthPart {
            month,
            date: self.scenario.date_of(month),
            price_level: now.price_level,
            change: (before > 0.0).then(|| now.worlds[0].wealth / before - 1.0),
            cause_changes: changes(&self.causes(0, month), before),
            regime: self.regime(month),
            struck: self.struck(month),
            // assets come before events
            surprises: by_name(&replay.objects[..surprises.len()], |asset| SurprisePart {
                shock: now.draws.get(surprises[asset].shock),
                jump: surprises[asset].jump.map_or(0.0, |jump| self.rows(month).get(jump.log)),
            }),
            worlds: self.by_world(|world| WorldPart {
                wealth: now.worlds[world].wealth,
                trough: now.worlds[world].low,
                income: now.worlds[world].income,
                causes: self.causes(world, month),
            }),
            r#loop: met.map(|(met, spec)| LoopPart {
                sold: now.worlds[0].sold,
                thinning: met.thinning,
                markets: by_name(&spec.markets, |market| met.markets[market]),
                clusters: by_name(&spec.names, |cluster| met.clusters[cluster]),
            }),
        }
    }
}

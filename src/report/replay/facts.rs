//! The facts of a replayed path as plain values, written as `replay.json`.
//!
//! In: a [`ReplayReport`]. Out: [`ReplayFacts`] and its parts. Not here: the anatomy of the explained month
//! (`anatomy`), what a screen shows (the templates).

use super::super::json::reread;
use super::anatomy::CrashMonth;
use super::{Regime, ReplayReport};
use crate::book::Cause;
use crate::crash::{ClusterMonth, MarketMonth, Probe};
use crate::engine::VALUE_VERSION;
use crate::random::{ObjectKind, Seeds};
use crate::record::{MARKET, RUIN_MONTH, WEALTH};
use crate::study::Chosen;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the format of `replay.json`. Within a version, no key changes its meaning.
pub const REPLAY_SCHEMA: &str = "tailwheel-replay/2";

/// Key of the run with agents, which is the path itself.
pub const WITH_AGENTS: &str = "path";
/// Key of the run with the same draws but without agents.
pub const WITHOUT_AGENTS: &str = "without_feedback";

/// Values by run, under the keys [`WITH_AGENTS`] and, if there are agents, [`WITHOUT_AGENTS`].
pub type ByWorld<V> = BTreeMap<String, V>;

/// One path, month by month. Amounts are nominal, in `scenario.currency`; losses and falls are in log prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReplayFacts {
    #[schemars(extend("const" = REPLAY_SCHEMA))]
    pub schema: String,
    pub scenario: ScenarioPart,
    pub run: RunPart,
    /// Number of the replayed path, from 0.
    pub path: u64,
    pub chosen: Chosen,
    /// Month in which agents' sales cost the largest share of wealth; null if agents never sold.
    pub worst_month: Option<u32>,
    /// Cluster of the owner's agent that sells an asset, by name of the asset.
    pub managed: BTreeMap<String, String>,
    /// Values that the run recorded for the path, by id.
    pub columns: BTreeMap<String, f64>,
    /// Largest imbalance of all accounts together in a month, relative to the money moved in it; ideally 0.
    pub largest_imbalance: f64,
    pub accounts: Vec<AccountPart>,
    /// First month in which the money has run out for good; null if there is none.
    pub ruin_month: Option<u32>,
    /// Forced sales of leveraged assets by their lenders.
    pub lender_sales: Vec<LenderSalePart>,
    /// Month that was requested; null if the month of the costliest sales is explained instead.
    pub month_asked: Option<u32>,
    /// Nominal wealth on day one, by run.
    pub opening: ByWorld<f64>,
    pub months: Vec<MonthPart>,
    /// Anatomy of the explained month, sale by sale, in log prices; null without agents.
    pub crash: Option<CrashMonth>,
}

/// A forced sale of an asset by its lender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LenderSalePart {
    pub asset: String,
    pub month: u32,
    pub date: String,
}

/// An event of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventPart {
    pub kind: String,
    /// Title of the kind of event in the catalog.
    pub label: String,
    /// Names of the assets that the event hits; empty if it hits only the owner.
    pub assets: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioPart {
    pub title: String,
    pub model_digest: String,
    pub currency: String,
    /// First simulated month: `2027-01`.
    pub start: String,
    /// Last simulated month: `2036-12`.
    pub end: String,
    /// Inflation per year, as a fraction.
    pub inflation: f64,
    pub worlds: Vec<String>,
    /// Events of the scenario by name.
    pub events: BTreeMap<String, EventPart>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunPart {
    pub paths: u64,
    pub months: u32,
    #[serde(flatten)]
    pub seeds: Seeds,
    pub value_version: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountPart {
    pub kind: ObjectKind,
    pub object: String,
    /// Cause of profit or loss that the account stands for; null for an account of the owner.
    pub cause: Option<String>,
    /// Balances at the end of months 0, 1, 2 …, by run.
    pub balances: ByWorld<Vec<f64>>,
    /// Postings of months 1, 2 …, by run; over all accounts they add up to zero.
    pub posted: ByWorld<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MonthPart {
    /// Simulated month, from 1.
    pub month: u32,
    /// Date of the month: `2027-01`.
    pub date: String,
    /// Price level at the end of the month, 1 on day one: nominal amounts divided by it are real.
    pub price_level: f64,
    /// Relative change of nominal wealth in the month; null if wealth was zero at its start.
    pub change: Option<f64>,
    /// Change of wealth by cause, as a fraction of wealth at the start of the month; `market` is drift and
    /// shock together. Empty if that wealth was zero.
    pub cause_changes: BTreeMap<String, f64>,
    /// Regime of the month; null without crises.
    pub regime: Option<Regime>,
    /// Names of the events that happened in the month and found value, income, cash or a tax to hit.
    pub struck: Vec<String>,
    /// Random parts of the monthly return of each asset's market, by name of the asset.
    pub surprises: BTreeMap<String, SurprisePart>,
    pub worlds: ByWorld<WorldPart>,
    /// Sales of the agents in the month; null without agents.
    pub r#loop: Option<LoopPart>,
}

/// Random parts of a market's monthly return, as log returns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurprisePart {
    pub shock: f64,
    /// Log return by jumps, prescribed falls included.
    pub jump: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorldPart {
    pub wealth: f64,
    /// Wealth at the intramonth low, before income and bills; at the close if nobody sold.
    pub trough: f64,
    /// Income of the month, nominal.
    pub income: f64,
    /// Change of nominal wealth in the month, by cause.
    pub causes: BTreeMap<String, f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoopPart {
    /// Share of all agents, by money, that sold in the month.
    pub sold: f64,
    /// Price impact of a sale as a multiple of that in the normal regime: 1, or more in a crisis.
    pub thinning: f64,
    pub markets: BTreeMap<String, MarketMonth>,
    pub clusters: BTreeMap<String, ClusterMonth>,
}

/// Converts the changes of wealth in a month, by cause, to fractions of the wealth `before`. Drift and shock
/// are added up. Empty if `before` is zero.
fn changes(causes: &BTreeMap<String, f64>, before: f64) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for (cause, amount) in causes.iter().filter(|_| before > 0.0) {
        let is_market = [Cause::Drift.id(), Cause::Shock.id()].contains(&cause.as_str());
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

//! A replayed path to its facts.
//!
//! In: a [`ReplayReport`]. Out: [`ReplayFacts`]. Not here: the month that is explained (`anatomy`, `sell_off`).

use super::super::digest::model_digest;
use super::document::{ReplayReport, date_of, loop_month, regime};
use super::facts::{
    AccountPart, AmountPart, ByWorld, ClusterPart, EventPart, LenderSalePart, LoopPart, MarketPart,
    MonthPart, REPLAY_SCHEMA, ReplayFacts, RunPart, ScenarioPart, SurprisePart, WITH_AGENTS,
    WITHOUT_AGENTS, WorldPart, WorstMonthPart,
};
use super::sell_off::sell_off;
use crate::book::Cause;
use crate::crash::LoopMonth;
use crate::engine::VALUE_VERSION;
use crate::record::{RUIN_MONTH, WEALTH};
use std::collections::BTreeMap;

/// Worst months that are kept.
const WORST_MONTHS: usize = 5;

/// What the markets did by themselves, as one cause.
pub(super) const MARKET: &str = "market";
const OF_MARKET: [&str; 2] = ["drift", "shock"];

/// The causes of a month with those of the market added up.
pub(super) fn with_market(causes: &BTreeMap<String, f64>) -> BTreeMap<&str, f64> {
    let mut sums = BTreeMap::new();
    for (cause, amount) in causes {
        let is_market = OF_MARKET.contains(&cause.as_str());
        *sums
            .entry(if is_market { MARKET } else { cause.as_str() })
            .or_insert(0.0) += amount;
    }
    sums
}

impl ReplayReport {
    /// The facts of the path.
    pub fn facts(&self) -> ReplayFacts {
        let (scenario, replay) = (&self.scenario, &self.replay);
        let columns = replay.columns.iter();
        let managed = self.managed().into_iter();
        let months: Vec<MonthPart> = (1..=replay.n_months())
            .map(|month| self.month(month))
            .collect();
        ReplayFacts {
            schema: REPLAY_SCHEMA.to_owned(),
            scenario: self.scenario_part(),
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
            ends: self.by_world(|world| {
                let last = &replay.months[scenario.months as usize];
                self.amount(scenario.months, last.worlds[world].wealth)
            }),
            ruin_month: self.ruin_month(),
            lender_sales: self.lender_sales(),
            worst_months: self.worst_months(&months),
            month_asked: self.asked,
            opening: self.by_world(|world| replay.months[0].worlds[world].wealth),
            sell_off: self.crash.as_ref().map(|crash| sell_off(self, crash)),
            crash: self.crash.clone(),
            months,
        }
    }

    fn scenario_part(&self) -> ScenarioPart {
        let scenario = &self.scenario;
        let worlds = [WITH_AGENTS, WITHOUT_AGENTS].map(str::to_owned);
        let events = scenario.events.iter().map(|event| {
            let assets = event.assets.iter();
            let part = EventPart {
                kind: event.kind.id.clone(),
                label: event.kind.title.clone(),
                assets: assets
                    .map(|index| scenario.assets[*index].name.clone())
                    .collect(),
            };
            (event.name.clone(), part)
        });
        ScenarioPart {
            title: scenario.title.clone(),
            model_digest: model_digest(scenario),
            currency: scenario.currency.clone(),
            start: scenario.start.to_string(),
            end: date_of(scenario, scenario.months),
            inflation: scenario.economy.inflation.mean().get(),
            worlds: worlds.into_iter().take(self.replay.n_worlds()).collect(),
            events: events.collect(),
            has_jumps: scenario.assets.iter().any(|asset| asset.jumps.is_some()),
            has_prescribed_falls: !scenario.shocks.is_empty(),
        }
    }

    /// An amount at the end of `month`, with and without inflation.
    pub(super) fn amount(&self, month: u32, nominal: f64) -> AmountPart {
        let level = self.replay.months[month as usize].price_level;
        AmountPart {
            nominal,
            real: nominal / level,
        }
    }

    fn ruin_month(&self) -> Option<u32> {
        let month = self
            .replay
            .column(RUIN_MONTH)
            .filter(|month| *month > 0.0)?;
        (self.replay.column(WEALTH) == Some(0.0)).then_some(month as u32)
    }

    fn lender_sales(&self) -> Vec<LenderSalePart> {
        let lenders = self.replay.legend.lenders.iter();
        let sales = lenders.filter_map(|(asset, standing)| {
            let has_sold = |month: &u32| {
                let rows = &self.replay.months[*month as usize].worlds[0].rows;
                rows.get(*standing) <= 0.0
            };
            let month = (1..=self.scenario.months).find(has_sold)?;
            Some(LenderSalePart {
                asset: asset.clone(),
                month,
                date: date_of(&self.scenario, month),
            })
        });
        sales.collect()
    }

    fn by_world<V>(&self, value: impl Fn(usize) -> V) -> ByWorld<V> {
        let worlds = 0..self.replay.n_worlds();
        let name = |world: usize| [WITH_AGENTS, WITHOUT_AGENTS][world].to_owned();
        worlds.map(|world| (name(world), value(world))).collect()
    }

    fn account(&self, index: usize) -> AccountPart {
        let replay = &self.replay;
        let label = &replay.accounts[index];
        let months = || 1..=replay.n_months();
        AccountPart {
            kind: label.kind,
            object: label.object.clone(),
            cause: label.cause.map(|cause| Cause::id(cause).to_owned()),
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
        let before = replay.months[month as usize - 1].worlds[0].wealth;
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
            price_level: now.price_level,
            change: (before > 0.0).then(|| now.worlds[0].wealth / before - 1.0),
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

    /// The months with the largest falls of wealth, the worst first.
    fn worst_months(&self, months: &[MonthPart]) -> Vec<WorstMonthPart> {
        let falls = months.iter().filter_map(|month| {
            let change = month.change.filter(|change| *change < 0.0)?;
            let before = self.replay.months[month.month as usize - 1].worlds[0].wealth;
            let causes = with_market(&month.worlds.get(WITH_AGENTS)?.causes).into_iter();
            let (cause, amount) = causes.min_by(|a, b| a.1.total_cmp(&b.1))?;
            Some(WorstMonthPart {
                month: month.month,
                date: month.date.clone(),
                change,
                cause: cause.to_owned(),
                cause_change: amount / before,
            })
        });
        let mut falls: Vec<WorstMonthPart> = falls.collect();
        falls.sort_by(|a, b| a.change.total_cmp(&b.change));
        falls.truncate(WORST_MONTHS);
        falls
    }
}

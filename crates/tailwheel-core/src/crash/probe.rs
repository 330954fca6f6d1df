//! Reads what the feedback loop did on one path in one month, after the run.
//!
//! In: rows and draws of the path, as a replay keeps them. Out: [`FeedbackMonth`] and its [`Anatomy`]. Not
//! here: the simulation (`month`), the storage of the rows (`engine`).

use super::anatomy::Anatomy;
use super::before_sales::Month;
use super::month::{FeedbackStage, active_blocks};
use super::spec::{Feedback, FeedbackSlot};
use crate::random::discrete::strikes;
use crate::stage::{LaneDraws, LaneRows, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The feedback loop of a plan (price falls make agents sell, and sales make prices fall): access to its rows, and to
/// its results on one path in one month.
#[derive(Clone, Debug)]
pub struct Probe {
    pub(super) stage: FeedbackStage,
}

/// Inputs and results of the feedback loop on one path in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedbackMonth {
    pub path: u64,
    pub month: u32,
    /// Factor on price impacts: 1/(fraction of market depth that is left) in a crisis, else 1.
    pub thinning: f64,
    /// Index of the speed of recovery that a crash of this month follows.
    pub population: usize,
    pub markets: Vec<MarketMonth>,
    pub clusters: Vec<ClusterMonth>,
}

/// Log-price moves of a market in one month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarketMonth {
    /// Log-loss of the market before any sale.
    pub loss: f64,
    /// Log-fall of the market by forced sales.
    pub fall: f64,
    /// Log-return by agent selling at the intramonth low; 0 without sales.
    pub at_trough: f64,
    /// Log-return by agent selling at the close, including the recovery of earlier falls.
    pub at_close: f64,
}

/// State of a cluster of agents in one month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterMonth {
    /// Number of blocks of the cluster that could act.
    pub active: u32,
    /// Blocks that followed a false signal.
    pub obeying: u32,
    /// Share of the cluster's blocks that sold.
    pub fired: f64,
}

impl FeedbackMonth {
    /// True if any block of agents sold.
    pub fn has_sales(&self) -> bool {
        self.clusters.iter().any(|cluster| cluster.fired > 0.0)
    }
}

impl Probe {
    /// Specification of the plan's feedback loop.
    pub fn spec(&self) -> &Feedback {
        &self.stage.spec
    }

    /// Rows of the effects of agent selling on market number `market`.
    pub fn slot(&self, market: usize) -> FeedbackSlot {
        self.stage.slots[market]
    }

    /// Share of the blocks of agents of cluster number `cluster` that sold this month, per path.
    pub fn fired(&self, cluster: usize) -> Row {
        self.stage.fired[cluster]
    }

    /// Reads `month` of `path` from its rows at the end of the month `before` and of this month (`now`),
    /// and from its draws.
    pub fn read(
        &self,
        path: u64,
        month: u32,
        before: &LaneRows,
        now: &LaneRows,
        draws: &LaneDraws,
    ) -> FeedbackMonth {
        let stage = &self.stage;
        let markets = stage.surprises.iter().zip(&stage.slots).map(|(surprise, slot)| {
            let jump = surprise.jump.map_or(0.0, |row| now.get(row));
            MarketMonth {
                loss: -(draws.get(surprise.shock) + jump),
                fall: now.get(slot.fall),
                at_trough: now.get(slot.at_low),
                at_close: now.get(slot.at_close),
            }
        });
        let clusters = stage.agents.iter().enumerate().map(|(g, agents)| {
            let active = self.active(g, before);
            let obeying = match &agents.signal {
                Some(signal) if strikes(draws.get(signal.draw), signal.probability) => {
                    signal.obeying(f64::from(active)) as u32
                }
                _ => 0,
            };
            ClusterMonth { active, obeying, fired: now.get(stage.fired[g]) }
        });
        FeedbackMonth {
            path,
            month,
            thinning: stage.thinning.map_or(1.0, |row| draws.get(row)),
            population: stage.population_of(draws.get(stage.population)),
            markets: markets.collect(),
            clusters: clusters.collect(),
        }
    }

    /// Number of blocks of agents of cluster `g` that can act in the middle of the month after `before`. As
    /// in the run, blocks that are out of the market return for half a month first.
    fn active(&self, g: usize, before: &LaneRows) -> u32 {
        let stage = &self.stage;
        let (n_markets, n_clusters) = (stage.slots.len(), stage.fired.len());
        let kept = stage.kept_per_half.chunks_exact(n_markets + n_clusters);
        let out = stage.out.iter().skip(g).step_by(n_clusters).zip(kept);
        let out = out.map(|(row, kept)| before.get(*row) * kept[n_markets + g]);
        active_blocks(stage.spec.system.clusters[g].n_blocks, out.sum()) as u32
    }

    /// Reconstructs the cascade of sales in the month `met` with the run's thresholds; empty if nobody sold.
    pub fn anatomy(&self, met: &FeedbackMonth) -> Anatomy {
        let losses: Vec<f64> = met.markets.iter().map(|market| market.loss).collect();
        let active: Vec<u32> = met.clusters.iter().map(|one| one.active).collect();
        let obeying: Vec<u32> = met.clusters.iter().map(|one| one.obeying).collect();
        let month = Month { losses: &losses, active: &active, obeying: &obeying, thinning: met.thinning };
        let agents = self.stage.agents.iter().zip(&active);
        let uniforms: Vec<Vec<f64>> = agents
            .map(|(agents, active)| {
                let mut row = vec![0.0; *active as usize];
                agents.thresholds.uniforms(met.path, met.month, &mut row);
                row
            })
            .collect();
        Anatomy::new(&self.stage.spec.system, &month, &uniforms)
    }

    /// Fraction of a market's log-fall that remains `months` after the sales, if it recovers at speed number
    /// `population`. Sales happen in mid-month, so the close of their month is at 0.5.
    ///
    /// ```text
    /// π + (1 − π)·2^(−months/h)         π: share that never recovers; h: half-life in months
    /// ```
    pub fn still_missing(&self, market: usize, population: usize, months: f64) -> f64 {
        let spec = &self.stage.spec;
        let permanent = spec.permanent[market];
        let halvings = months / spec.recoveries[population].half_life[market];
        let left = crate::math::elementary::exp(-std::f64::consts::LN_2 * halvings);
        (1.0 - permanent).mul_add(left, permanent)
    }
}

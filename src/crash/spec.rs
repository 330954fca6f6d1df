//! What a scenario says of the loop, and the rows through which it talks to the rest of a plan.
//!
//! In: a [`System`], recoveries, hallucinations. Out: [`Loop`], which leaves its stage in the plan.
//! Not here: what the stage does (`month`).

use super::month::{Agents, LoopStage, Signal};
use super::probe::Probe;
use super::system::System;
use crate::math::elementary::exp;
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Draw, Phase, Row, Scope};

/// Most markets of a system.
pub const MAX_MARKETS: usize = 64;

/// One way in which prices come back: a share of the crashes, and how fast.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    /// Share of the months whose falls recover this way.
    pub weight: f64,
    /// Months after which half of a fall is back, per market.
    pub half_life: Vec<f64>,
}

/// A false signal that makes agents of a cluster sell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hallucination {
    /// Signals per year.
    pub rate: f64,
    /// Share of the cluster's blocks that obey.
    pub reach: f64,
}

/// Everything about the loop that a scenario says.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    pub system: System,
    /// Names of the clusters: their draws belong to them.
    pub names: Vec<String>,
    /// Share π of each market's impact that never comes back.
    pub permanent: Vec<f64>,
    /// Populations of recoveries; weights add up to 1.
    pub recoveries: Vec<Recovery>,
    /// Per cluster.
    pub hallucinations: Vec<Option<Hallucination>>,
}

/// What a market publishes for the loop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surprise {
    /// Diffusive log-return of the month, mean 0.
    pub shock: Draw,
    /// Log-return of its jumps, if it has any.
    pub jump: Option<Row>,
}

/// What the loop publishes for the holdings of a market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoopSlot {
    /// Log-return that the loop adds at the close of the month.
    pub at_close: Row,
    /// Log-return that the loop has added at the trough of the month; 0 where nobody sold.
    pub at_trough: Row,
    /// Log-fall `y` of the month.
    pub fall: Row,
    /// The part of it that would not be there without the false signals of the month, if there may be any.
    pub falsely: Option<Row>,
}

/// What others read of the loop: the recorder its rows, a replay everything.
#[derive(Clone, Debug)]
pub struct LoopRows {
    /// Per cluster, the share of its blocks that fired this month.
    pub fired: Vec<Row>,
    /// Per market, the log-fall of the month.
    pub falls: Vec<Row>,
    /// Per market, the log-falls that are still to recover, one row for each population.
    pub transient: Vec<Vec<Row>>,
    /// Reads a month of one path afterwards.
    pub probe: Probe,
}

impl Loop {
    /// Leaves the stage of the loop; `surprises` are those of the markets, `thinning` the row that
    /// multiplies impacts where depth is withdrawn.
    pub fn build(
        self,
        surprises: &[Surprise],
        thinning: Option<Draw>,
        build: &mut Build,
    ) -> (Vec<LoopSlot>, LoopRows) {
        assert!(surprises.len() <= MAX_MARKETS, "too many markets");
        build.object(ObjectKind::World, "crash");
        let population = build.uniforms(Purpose::Recovery, Scope::Month);
        let rows =
            |n: usize, build: &mut Build| -> Vec<Row> { (0..n).map(|_| build.row()).collect() };
        let (n_markets, n_clusters) = (surprises.len(), self.system.n_clusters());
        let mut signals = self.hallucinations.iter().flatten();
        let has_signals = signals.any(|one| one.rate > 0.0 && one.reach > 0.0);
        let slots: Vec<LoopSlot> = (0..n_markets)
            .map(|_| LoopSlot {
                at_close: build.row(),
                at_trough: build.row(),
                fall: build.row(),
                falsely: has_signals.then(|| build.row()),
            })
            .collect();
        let fired = rows(n_clusters, build);
        let n_populations = self.recoveries.len();
        let transient = rows(n_markets * n_populations, build);
        let out = rows(n_clusters * n_populations, build);
        let agents = self.agents(build);
        let falls = slots.iter().map(|slot| slot.fall).collect();
        let of_market = |market: usize| -> Vec<Row> {
            transient.iter().skip(market).step_by(n_markets).copied().collect()
        };
        let of_markets = (0..n_markets).map(of_market).collect();
        let stage = LoopStage {
            kept_per_half: self.kept_per_half(),
            surprises: surprises.to_vec(),
            slots: slots.clone(),
            fired: fired.clone(),
            spec: self,
            population,
            thinning,
            transient,
            out,
            agents,
        };
        build.object(ObjectKind::World, "crash");
        let probe = Probe::new(stage.clone());
        build.loop_stage(Phase::Crash, stage);
        let rows = LoopRows { fired, falls, transient: of_markets, probe };
        (slots, rows)
    }

    fn agents(&self, build: &mut Build) -> Vec<Agents> {
        self.names
            .iter()
            .zip(&self.hallucinations)
            .map(|(name, hallucination)| {
                build.object(ObjectKind::Cluster, name);
                Agents {
                    thresholds: build.rare(Purpose::Threshold),
                    signal: hallucination.map(|one| Signal {
                        draw: build.uniforms(Purpose::Hallucination, Scope::Month),
                        probability: 1.0 - exp(-one.rate / 12.0),
                        reach: one.reach,
                    }),
                }
            })
            .collect()
    }

    /// What half a month leaves of a market's transient fall and of the blocks that are out; one
    /// row per population, markets first, then clusters.
    fn kept_per_half(&self) -> Vec<f64> {
        let kept = |half_life: f64| exp(-0.5 * std::f64::consts::LN_2 / half_life);
        let mut all = Vec::new();
        for recovery in &self.recoveries {
            all.extend(recovery.half_life.iter().map(|half_life| kept(*half_life)));
            for g in 0..self.system.n_clusters() {
                let weights = self.system.weights(g).iter();
                let mean = weights.zip(&recovery.half_life).map(|(a, h)| a * h).sum();
                all.push(kept(mean));
            }
        }
        all
    }
}

//! Adds the feedback loop to a plan.
//!
//! In: a [`Loop`], the price moves of its markets. Out: its rows. Not here: the stage itself (`month`).

use super::month::{Agents, LoopStage, Signal};
use super::probe::Probe;
use super::spec::{Loop, LoopSlot, Surprise};
use super::system::MAX_MARKETS;
use crate::math::elementary::exp;
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Draw, Phase, Row, Scope};

/// Rows about agent selling that the recorder and replays read.
#[derive(Clone, Debug)]
pub struct LoopRows {
    /// Share of each cluster's blocks that sold this month.
    pub fired: Vec<Row>,
    /// Log-fall of each market by the month's sales.
    pub falls: Vec<Row>,
    /// Log-falls of each market that are still to recover, one row per recovery population.
    pub transient: Vec<Vec<Row>>,
    /// Reads a month of one path after the run.
    pub probe: Probe,
}

impl Loop {
    /// Adds the stage of the feedback loop and returns its rows. `surprises` holds the price moves of each
    /// market; `thinning` is the row of factors on price impacts in a crisis.
    pub fn build(
        self,
        surprises: &[Surprise],
        thinning: Option<Draw>,
        build: &mut Build,
    ) -> (Vec<LoopSlot>, LoopRows) {
        assert!(surprises.len() <= MAX_MARKETS, "too many markets");
        build.object(ObjectKind::World, "crash");
        let population = build.uniforms(Purpose::Recovery, Scope::Month);
        let rows = |n: usize, build: &mut Build| -> Vec<Row> { (0..n).map(|_| build.row()).collect() };
        let (n_markets, n_clusters) = (surprises.len(), self.system.n_clusters());
        let has_signals = self.hallucinations.iter().flatten().any(|one| one.rate > 0.0 && one.reach > 0.0);
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

    /// Fractions that remain after half a month: per population, first of each market's transient fall,
    /// then of each cluster's blocks that are out.
    fn kept_per_half(&self) -> Vec<f64> {
        let kept = |half_life: f64| exp(-0.5 * std::f64::consts::LN_2 / half_life);
        let mut all = Vec::new();
        for recovery in &self.recoveries {
            all.extend(recovery.half_life.iter().map(|half_life| kept(*half_life)));
            for g in 0..self.system.n_clusters() {
                let mean = self.system.weights(g).iter().zip(&recovery.half_life).map(|(a, h)| a * h).sum();
                all.push(kept(mean));
            }
        }
        all
    }
}

//! Adds the feedback loop to a plan.
//!
//! In: a [`Feedback`], the price moves of its markets. Out: its rows. Not here: the stage itself (`month`).

use super::month::{Agents, FeedbackStage, Signal};
use super::probe::Probe;
use super::spec::{Feedback, FeedbackSlot, Surprise};
use super::system::MAX_MARKETS;
use crate::math::elementary::{exp, expm1};
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Draw, Phase, Row, Scope};

impl Feedback {
    /// Adds the stage of the feedback loop and returns access to its rows. `surprises` holds the price moves of each
    /// market, `thinning` the factor on price impacts in a crisis; `None` without crises.
    pub fn build(self, surprises: &[Surprise], thinning: Option<Draw>, build: &mut Build) -> Probe {
        assert!(surprises.len() <= MAX_MARKETS, "too many markets");
        build.object(ObjectKind::World, "crash");
        let population = build.uniforms(Purpose::Recovery, Scope::Month);
        let rows = |n: usize, build: &mut Build| -> Vec<Row> { (0..n).map(|_| build.row()).collect() };
        let (n_markets, n_clusters) = (surprises.len(), self.system.n_clusters());
        let has_signals = self.hallucinations.iter().flatten().any(|one| one.rate > 0.0 && one.reach > 0.0);
        let slots = (0..n_markets)
            .map(|_| FeedbackSlot {
                at_close: build.row(),
                at_low: build.row(),
                fall: build.row(),
                falsely: has_signals.then(|| build.row()),
            })
            .collect();
        let fired = rows(n_clusters, build);
        let n_populations = self.recoveries.len();
        let transient = rows(n_markets * n_populations, build);
        let out = rows(n_clusters * n_populations, build);
        let agents = self.agents(build);
        let stage = FeedbackStage {
            kept_per_half: self.kept_per_half(),
            surprises: surprises.to_vec(),
            slots,
            fired,
            spec: self,
            population,
            thinning,
            transient,
            out,
            agents,
        };
        build.object(ObjectKind::World, "crash");
        build.feedback_stage(Phase::Crash, stage.clone());
        Probe { stage }
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
                        probability: -expm1(-one.rate / 12.0),
                        reach: one.reach,
                    }),
                }
            })
            .collect()
    }

    /// For each group of crash months with one recovery speed: fractions that remain after half a month, of each
    /// market's transient fall, then of each cluster's blocks that are out of the market.
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

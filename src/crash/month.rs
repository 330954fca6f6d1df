//! The month's stage of the loop: loads of all paths, cascades of the few that are triggered,
//! recovery of all.
//!
//! In: rows of exogenous surprises, draws. Out: per market the log-return that the loop adds at
//! the close and the fall in the trough. Not here: the cascade itself (`cascade`), what a holding
//! makes of it (`asset`).

use super::cascade::{Cascade, Month, Thresholds};
use super::spec::{Loop, LoopSlot, MAX_MARKETS, Surprise};
use super::system::MAX_CLUSTERS;
use crate::math::{LANES, Lanes, greater};
use crate::random::Rare;
use crate::random::discrete::strikes;
use crate::stage::{Cx, Draw, Row, Stage};
use std::mem::take;

#[derive(Clone, Debug)]
pub(super) struct Agents {
    pub thresholds: Rare,
    pub signal: Option<Signal>,
}

#[derive(Clone, Debug)]
pub(super) struct Signal {
    pub draw: Draw,
    pub probability: f64,
    pub reach: f64,
}

/// Thresholds of one path and month.
struct OfPath<'a> {
    agents: &'a [Agents],
    path: u64,
    month: u32,
}

impl Thresholds for OfPath<'_> {
    #[inline(always)]
    fn upper_halves(&mut self, g: usize, row: &mut [u16]) {
        let of = &self.agents[g].thresholds;
        of.upper_halves(self.path, self.month, row);
    }

    fn lower_half(&mut self, g: usize, block: u32) -> u16 {
        let of = &self.agents[g].thresholds;
        of.lower_half(self.path, self.month, block)
    }
}

impl Signal {
    /// Of the blocks that can act, those that obey.
    #[inline(always)]
    pub fn obeying(&self, active: u32) -> u32 {
        (self.reach * f64::from(active)).round() as u32
    }
}

/// Blocks that can act when the share `out` is still out from earlier crashes.
#[inline(always)]
pub(super) fn active_blocks(blocks: u32, out: f64) -> u32 {
    let n_blocks = f64::from(blocks);
    (n_blocks - (n_blocks * out).round()).clamp(0.0, n_blocks) as u32
}

/// The loop as a stage: rows and draws of everything it reads and writes.
#[derive(Clone, Debug)]
pub(super) struct LoopStage {
    pub spec: Loop,
    pub surprises: Vec<Surprise>,
    pub slots: Vec<LoopSlot>,
    pub fired: Vec<Row>,
    pub population: Draw,
    pub thinning: Option<Draw>,
    /// Population-major: falls of market i still to recover in population p at `p·m + i`.
    pub transient: Vec<Row>,
    /// Population-major: share of the blocks of cluster g that are out at `p·G + g`.
    pub out: Vec<Row>,
    pub agents: Vec<Agents>,
    /// Population-major, markets first: what half a month leaves of a fall, and of those who are out.
    pub kept_per_half: Vec<f64>,
}

impl Stage for LoopStage {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        self.open(cx);
        self.recover(cx);
        let mut triggered = [0_u16; LANES];
        let n_triggered = self.triggered(cx, &mut triggered);
        if n_triggered > 0 {
            self.cascades(cx, &triggered[..n_triggered]);
        }
        self.recover(cx);
    }
}

impl LoopStage {
    /// Nobody has sold yet this month.
    #[inline(always)]
    fn open(&self, cx: &mut Cx<'_>) {
        for slot in &self.slots {
            for row in [slot.at_close, slot.at_trough, slot.fall] {
                *cx.rows.get_mut(row) = Lanes::ZERO;
            }
        }
        for fired in &self.fired {
            *cx.rows.get_mut(*fired) = Lanes::ZERO;
        }
    }

    /// Half a month of recovery on every path: `T ← T·2^(−½/h)`, and what comes back is part of the
    /// month's return. Sales stand in the middle of a month, between two halves.
    #[inline(always)]
    fn recover(&self, cx: &mut Cx<'_>) {
        let (n_markets, n_clusters) = (self.slots.len(), self.fired.len());
        let populations = self.kept_per_half.chunks_exact(n_markets + n_clusters);
        for (p, kept) in populations.enumerate() {
            let (of_markets, of_clusters) = kept.split_at(n_markets);
            for (market, (slot, kept)) in self.slots.iter().zip(of_markets).enumerate() {
                let lost = 1.0 - kept;
                let transient = self.transient[p * n_markets + market];
                let [row, back] = cx.rows.pair(transient, slot.at_close);
                for lane in 0..LANES {
                    let recovered = row[lane] * lost;
                    row[lane] -= recovered;
                    back[lane] += recovered;
                }
            }
            for (g, kept) in of_clusters.iter().enumerate() {
                let row = cx.rows.get_mut(self.out[p * n_clusters + g]);
                for lane in 0..LANES {
                    row[lane] *= kept;
                }
            }
        }
    }

    /// Lanes on which some cluster sees a loss at its first trigger, or takes a false signal.
    #[inline(always)]
    fn triggered(&self, cx: &Cx<'_>, lanes: &mut [u16; LANES]) -> usize {
        let system = &self.spec.system;
        let mut margin = Lanes::splat(f64::NEG_INFINITY);
        for g in 0..system.n_clusters() {
            let load = self.load(cx, g);
            let first = system.clusters[g].first_trigger;
            for lane in 0..LANES {
                margin[lane] = greater(load[lane] - first, margin[lane]);
            }
            if let Some(signal) = &self.agents[g].signal {
                let uniform = cx.draws.row(signal.draw);
                for lane in 0..LANES {
                    if strikes(uniform[lane], signal.probability) {
                        margin[lane] = 1.0;
                    }
                }
            }
        }
        let mut n_found = 0;
        for lane in 0..LANES {
            // always written, kept only for a hit: no branch
            lanes[n_found & (LANES - 1)] = lane as u16;
            n_found += usize::from(margin[lane] >= 0.0);
        }
        n_found
    }

    /// Loss that cluster `g` sees on every path before anybody has sold.
    #[inline(always)]
    fn load(&self, cx: &Cx<'_>, g: usize) -> Lanes {
        let mut load = Lanes::ZERO;
        for (weight, surprise) in self.spec.system.weights(g).iter().zip(&self.surprises) {
            let shock = cx.draws.row(surprise.shock);
            for lane in 0..LANES {
                load[lane] = (-weight).mul_add(shock[lane], load[lane]);
            }
            if let Some(row) = surprise.jump {
                let jump = cx.rows.get(row);
                for lane in 0..LANES {
                    load[lane] = (-weight).mul_add(jump[lane], load[lane]);
                }
            }
        }
        load
    }

    #[inline(always)]
    fn cascades(&self, cx: &mut Cx<'_>, lanes: &[u16]) {
        let mut cascade = Cascade::with_buffer(&self.spec.system, take(cx.scratch));
        for &lane in lanes {
            self.cascade_of(cx, &mut cascade, usize::from(lane));
        }
        *cx.scratch = cascade.into_buffer();
    }

    #[inline(always)]
    fn cascade_of(&self, cx: &mut Cx<'_>, cascade: &mut Cascade, lane: usize) {
        let system = &self.spec.system;
        let (n_markets, n_clusters) = (self.slots.len(), self.fired.len());
        let mut losses = [0.0; MAX_MARKETS];
        for (loss, surprise) in losses.iter_mut().zip(&self.surprises) {
            let jump = surprise.jump.map_or(0.0, |row| cx.rows.get(row)[lane]);
            *loss = -(cx.draws.row(surprise.shock)[lane] + jump);
        }
        let (mut active, mut obeying) = ([0_u32; MAX_CLUSTERS], [0_u32; MAX_CLUSTERS]);
        for (g, cluster) in system.clusters.iter().enumerate() {
            let out: f64 = self
                .out
                .iter()
                .skip(g)
                .step_by(n_clusters)
                .map(|row| cx.rows.get(*row)[lane])
                .sum();
            active[g] = active_blocks(cluster.blocks, out);
            if let Some(signal) = &self.agents[g].signal
                && strikes(cx.draws.row(signal.draw)[lane], signal.probability)
            {
                obeying[g] = signal.obeying(active[g]);
            }
        }
        let month = Month {
            losses: &losses[..n_markets],
            active: &active[..n_clusters],
            obeying: &obeying[..n_clusters],
            thinning: self.thinning.map_or(1.0, |row| cx.draws.row(row)[lane]),
        };
        let path = cx.month.first_path + lane as u64;
        let thresholds = OfPath {
            agents: &self.agents,
            path,
            month: cx.month.index,
        };
        let fired = cascade.solve(system, &month, thresholds);
        if fired.iter().any(|count| *count > 0.0) {
            let thinning = month.thinning;
            self.settle(cx, lane, fired, thinning);
        }
    }

    /// Books what the sales of one path did: falls, what stays, who is out.
    #[inline(always)]
    fn settle(&self, cx: &mut Cx<'_>, lane: usize, fired: &[f64], thinning: f64) {
        let system = &self.spec.system;
        let (n_markets, n_clusters) = (self.slots.len(), self.fired.len());
        let p = self.population_of(cx.draws.row(self.population)[lane]);
        for (market, slot) in self.slots.iter().enumerate() {
            let fall = system.impact(market, fired, thinning);
            let passing = (1.0 - self.spec.permanent[market]) * fall;
            // until now the close holds what earlier falls have recovered by the middle of the month
            let at_trough = cx.rows.get(slot.at_close)[lane] - fall;
            cx.rows.get_mut(slot.at_close)[lane] = at_trough;
            cx.rows.get_mut(slot.at_trough)[lane] = at_trough;
            cx.rows.get_mut(slot.fall)[lane] = fall;
            cx.rows.get_mut(self.transient[p * n_markets + market])[lane] += passing;
        }
        for (g, count) in fired.iter().enumerate() {
            let share = count / f64::from(system.clusters[g].blocks);
            cx.rows.get_mut(self.fired[g])[lane] = share;
            cx.rows.get_mut(self.out[p * n_clusters + g])[lane] += share;
        }
    }

    /// Population that the uniform of the month picks.
    #[inline(always)]
    pub(super) fn population_of(&self, uniform: f64) -> usize {
        let mut below = 0.0;
        for (p, recovery) in self.spec.recoveries.iter().enumerate() {
            below += recovery.weight;
            if uniform < below {
                return p;
            }
        }
        self.spec.recoveries.len() - 1
    }
}

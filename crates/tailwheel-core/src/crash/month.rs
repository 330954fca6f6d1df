//! Monthly stage of the feedback loop: losses on all paths, cascades on the few triggered paths, recovery
//! on all paths.
//!
//! In: rows of exogenous shocks, draws. Out: per market, the log-return by agent selling at the close and
//! at the intramonth low. Not here: the cascade itself (`cascade`), the value of holdings (`asset`).

use super::before_sales::Months;
use super::cascade::{Cascade, Thresholds};
use super::spec::{Feedback, FeedbackSlot, Surprise};
use crate::math::{LANES, Lanes, WIDE as PATHS, Wide, greater, lesser};
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

/// Threshold draws of a month for the paths at the indices `lanes` of a block of paths.
struct OfLanes<'a> {
    agents: &'a [Agents],
    first_path: u64,
    lanes: &'a [u16],
    month: u32,
}

impl OfLanes<'_> {
    #[inline(always)]
    fn path(&self, path: usize) -> u64 {
        self.first_path + u64::from(self.lanes[path])
    }
}

impl Thresholds for &OfLanes<'_> {
    #[inline(always)]
    fn upper_halves(&mut self, path: usize, g: usize, row: &mut [u16]) {
        let of = &self.agents[g].thresholds;
        of.upper_halves(self.path(path), self.month, row);
    }

    fn lower_half(&mut self, path: usize, g: usize, block: u32) -> u16 {
        let of = &self.agents[g].thresholds;
        of.lower_half(self.path(path), self.month, block)
    }
}

impl Signal {
    /// Number of blocks of agents that follow a false signal, out of `active` blocks.
    #[inline(always)]
    pub fn obeying(&self, active: f64) -> f64 {
        (self.reach * active).round()
    }
}

/// Number of a cluster's blocks of agents that can act if the share `out` is still out of the market after
/// earlier crashes.
#[inline(always)]
pub(super) fn active_blocks(blocks: u32, out: f64) -> f64 {
    let n_blocks = f64::from(blocks);
    greater(lesser(n_blocks - (n_blocks * out).round(), n_blocks), 0.0)
}

/// Stage that computes agent selling and its feedback on prices, with the rows and draws that it uses.
#[derive(Clone, Debug)]
pub(super) struct FeedbackStage {
    pub spec: Feedback,
    pub surprises: Vec<Surprise>,
    pub slots: Vec<FeedbackSlot>,
    pub fired: Vec<Row>,
    pub population: Draw,
    pub thinning: Option<Draw>,
    /// Log-fall of market i still to recover from crashes with recovery speed p, at index `p·m + i` (m markets).
    pub transient: Vec<Row>,
    /// Share of the blocks of agents of cluster g that are out of the market after crashes with recovery speed p, at
    /// index `p·G + g`, where G is the number of clusters.
    pub out: Vec<Row>,
    pub agents: Vec<Agents>,
    /// Fractions that remain after half a month, per speed of recovery: of each market's fall, then of each cluster's
    /// blocks of agents that are out of the market.
    pub kept_per_half: Vec<f64>,
}

impl Stage for FeedbackStage {
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

impl FeedbackStage {
    /// Resets the rows of the month: nobody has sold yet.
    #[inline(always)]
    fn open(&self, cx: &mut Cx<'_>) {
        for slot in &self.slots {
            for row in [slot.at_close, slot.at_low, slot.fall] {
                *cx.rows.get_mut(row) = Lanes::ZERO;
            }
            if let Some(row) = slot.falsely {
                *cx.rows.get_mut(row) = Lanes::ZERO;
            }
        }
        for fired in &self.fired {
            *cx.rows.get_mut(*fired) = Lanes::ZERO;
        }
    }

    /// Applies half a month of recovery on every path to the part T of each fall still to recover: `T ← T·2^(−½/h)`,
    /// h: half-life in months. The recovered part is added to the month's return. Sales come between two halves.
    #[inline(always)]
    fn recover(&self, cx: &mut Cx<'_>) {
        let (n_markets, n_clusters) = (self.slots.len(), self.fired.len());
        for (p, kept) in self.kept_per_half.chunks_exact(n_markets + n_clusters).enumerate() {
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

    /// Fills `lanes` with the indices of the paths on which a cluster's loss has reached its first trigger or it gets
    /// a false signal. Returns their number.
    #[inline(always)]
    fn triggered(&self, cx: &Cx<'_>, lanes: &mut [u16; LANES]) -> usize {
        let mut n_found = 0;
        for first in (0..LANES).step_by(PATHS) {
            for (path, margin) in self.margins(cx, first / PATHS).iter().enumerate() {
                // always written, counted only for a hit: this avoids a branch
                lanes[n_found & (LANES - 1)] = (first + path) as u16;
                n_found += usize::from(*margin >= 0.0);
            }
        }
        n_found
    }

    /// Largest excess of a cluster's log-loss over its first trigger, for each path of the group numbered `group`; 1
    /// on a false signal.
    #[inline(always)]
    fn margins(&self, cx: &Cx<'_>, group: usize) -> Wide {
        let of = |row: &Lanes| -> Wide { row.as_chunks::<PATHS>().0[group] };
        let system = &self.spec.system;
        let mut margins = [f64::NEG_INFINITY; PATHS];
        for (g, cluster) in system.clusters.iter().enumerate() {
            let mut load = [0.0; PATHS];
            for (market, surprise) in self.surprises.iter().enumerate() {
                let weight = system.weights(g)[market];
                let shock = of(cx.draws.row(surprise.shock));
                for path in 0..PATHS {
                    load[path] = (-weight).mul_add(shock[path], load[path]);
                }
                if let Some(row) = surprise.jump {
                    let jump = of(cx.rows.get(row));
                    for path in 0..PATHS {
                        load[path] = (-weight).mul_add(jump[path], load[path]);
                    }
                }
            }
            for path in 0..PATHS {
                margins[path] = greater(load[path] - cluster.first_trigger, margins[path]);
            }
            if let Some(signal) = &self.agents[g].signal {
                let uniform = of(cx.draws.row(signal.draw));
                for path in 0..PATHS {
                    let obeys = strikes(uniform[path], signal.probability);
                    margins[path] = if obeys { 1.0 } else { margins[path] };
                }
            }
        }
        margins
    }

    #[inline(always)]
    fn cascades(&self, cx: &mut Cx<'_>, lanes: &[u16]) {
        let system = &self.spec.system;
        let mut cascade = Cascade::<PATHS>::with_buffer(system, take(cx.scratch));
        let mut months = Months::NONE;
        for lanes in lanes.chunks(cascade.n_paths()) {
            self.gather(cx, lanes, &mut months);
            let thresholds = OfLanes {
                agents: &self.agents,
                first_path: cx.month.first_path,
                lanes,
                month: cx.month.index,
            };
            cascade.solve_all(system, &months, &thresholds);
            for (path, lane) in lanes.iter().enumerate() {
                let fired = cascade.fired_on(path);
                if fired.iter().any(|count| *count > 0.0) {
                    self.settle(cx, usize::from(*lane), fired, months.thinning[path]);
                }
            }
            let Some(obeys) = months.take_signals(self.fired.len()) else {
                continue;
            };
            // solve the same months again without signals; the part of the fall that disappears is the
            // signals' cost
            if cascade.is_triggered_on(system, &obeys) {
                cascade.solve_all(system, &months, &thresholds);
            } else {
                cascade.clear();
            }
            for (path, lane) in lanes.iter().enumerate().filter(|(path, _)| obeys[*path]) {
                let fired = cascade.fired_on(path);
                self.settle_falsely(cx, usize::from(*lane), fired, months.thinning[path]);
            }
        }
        *cx.scratch = cascade.into_buffer();
    }

    /// Collects into `months` the state of the paths in `lanes` before any sale.
    #[inline(always)]
    fn gather(&self, cx: &Cx<'_>, lanes: &[u16], months: &mut Months<PATHS>) {
        let mut at = [0; PATHS];
        for (path, lane) in lanes.iter().enumerate() {
            at[path] = usize::from(*lane) % LANES;
        }
        // an explicit loop, because `map` of an array is not compiled for the SIMD level
        let of = |row: &Lanes| -> Wide {
            let mut wide = [0.0; PATHS];
            for path in 0..PATHS {
                wide[path] = row[at[path]];
            }
            wide
        };
        for (market, surprise) in self.surprises.iter().enumerate() {
            let shock = of(cx.draws.row(surprise.shock));
            let jump = surprise.jump.map_or([0.0; PATHS], |row| of(cx.rows.get(row)));
            for path in 0..PATHS {
                months.losses[market][path] = -(shock[path] + jump[path]);
            }
        }
        if let Some(thinning) = self.thinning {
            months.thinning = of(cx.draws.row(thinning));
        }
        let n_clusters = self.fired.len();
        for (g, cluster) in self.spec.system.clusters.iter().enumerate() {
            let mut out = [0.0; PATHS];
            for row in self.out.iter().skip(g).step_by(n_clusters) {
                let row = of(cx.rows.get(*row));
                for path in 0..PATHS {
                    out[path] += row[path];
                }
            }
            let active = &mut months.active[g];
            for path in 0..PATHS {
                active[path] = active_blocks(cluster.n_blocks, out[path]);
            }
            active[lanes.len()..].fill(0.0);
            if let Some(signal) = &self.agents[g].signal {
                let uniform = of(cx.draws.row(signal.draw));
                for path in 0..PATHS {
                    let obeys = strikes(uniform[path], signal.probability);
                    let obeying = signal.obeying(active[path]);
                    months.obeying[g][path] = if obeys { obeying } else { 0.0 };
                }
            }
        }
    }

    /// Records the sales of one path: the fall of each market, the part of it that recovers, and the shares
    /// of the clusters that sold. `fired` has the number of blocks of agents that sell in each cluster;
    /// `thinning` multiplies the price impact.
    #[inline(always)]
    fn settle(&self, cx: &mut Cx<'_>, lane: usize, fired: &[f64], thinning: f64) {
        let system = &self.spec.system;
        let (n_markets, n_clusters) = (self.slots.len(), self.fired.len());
        let p = self.population_of(cx.draws.row(self.population)[lane]);
        for (market, slot) in self.slots.iter().enumerate() {
            let fall = system.impact(market, fired, thinning);
            let passing = (1.0 - self.spec.permanent[market]) * fall;
            // so far `at_close` holds the recovery of earlier falls up to the middle of the month
            let at_low = cx.rows.get(slot.at_close)[lane] - fall;
            cx.rows.get_mut(slot.at_close)[lane] = at_low;
            cx.rows.get_mut(slot.at_low)[lane] = at_low;
            cx.rows.get_mut(slot.fall)[lane] = fall;
            cx.rows.get_mut(self.transient[p * n_markets + market])[lane] += passing;
        }
        for (g, count) in fired.iter().enumerate() {
            let share = count / f64::from(system.clusters[g].n_blocks);
            cx.rows.get_mut(self.fired[g])[lane] = share;
            cx.rows.get_mut(self.out[p * n_clusters + g])[lane] += share;
        }
    }

    /// Records the part of the falls that false signals caused on one path. `fired` holds, per cluster, the
    /// number of blocks of agents that sell without signals.
    #[inline(always)]
    fn settle_falsely(&self, cx: &mut Cx<'_>, lane: usize, fired: &[f64], thinning: f64) {
        for (market, slot) in self.slots.iter().enumerate() {
            let Some(row) = slot.falsely else { continue };
            let without = self.spec.system.impact(market, fired, thinning);
            let fall = cx.rows.get(slot.fall)[lane];
            cx.rows.get_mut(row)[lane] = greater(fall - without, 0.0);
        }
    }

    /// Returns the index of the recovery speed that the month's falls follow, drawn with `uniform` by weight.
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

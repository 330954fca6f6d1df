//! Step-by-step record of a cascade: each sale with its cause, stop-loss and observed loss, and the prices
//! after it.
//!
//! In: a [`System`], the month of one path, its thresholds. Out: [`Anatomy`]. Not here: the cascade of a
//! run (`cascade`), which only counts.
//!
//! A block is a group of agents that decide together. The least fixed point determines the blocks that sell
//! but not their order, because every order ends in the same state. The order used here separates the
//! causes:
//!
//! 1. Blocks that follow a false signal.
//! 2. Blocks whose stop-loss the market's own loss has reached: they would sell even without price impact.
//! 3. Blocks that reach their stop-loss only through earlier sales.
//!
//! Within 2 and 3, the block furthest beyond its stop-loss sells first: the one with the greatest excess of
//! the loss it sees over its threshold. Ties go by cluster, then by number.

use super::before_sales::Month;
use super::system::System;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Cause of a block's sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Why {
    /// The block followed a false signal.
    #[serde(rename = "signal")]
    Obeyed,
    /// The market's own loss had reached the block's stop-loss.
    #[serde(rename = "loss")]
    Loss,
    /// The loss reached the block's stop-loss only through the sales of others.
    #[serde(rename = "sales")]
    Pushed,
}

/// Sale of one block of agents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Firing {
    pub cluster: usize,
    /// Number of the block of agents in its cluster, from 0.
    pub block: u32,
    pub why: Why,
    /// Log-loss of the month at which the block of agents sells; NaN if it follows a false signal.
    pub threshold: f64,
    /// Log-loss of the month that the block of agents saw when it sold.
    pub load: f64,
    /// Number of blocks of agents in the cluster that have sold, including this one.
    pub fired: u32,
}

/// Number of blocks of one cluster of agents, by their behavior in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    pub blocks: u32,
    /// Blocks that could act; the others were still out of the market after earlier crashes.
    pub active: u32,
    /// Blocks that followed a false signal.
    pub obeyed: u32,
    /// Blocks that sold on the market's own loss, so they would have sold without price impact.
    pub alone: u32,
    /// Blocks that sold only because the sales of others moved the loss to their stop-loss.
    pub pushed: u32,
    /// Number of blocks that sold.
    pub fired: u32,
}

/// Cascade of agents' sales in a month of one path, sale by sale.
#[derive(Clone, Debug, PartialEq)]
pub struct Anatomy {
    /// Sales in this order: on false signals, on the markets' own losses, on losses from earlier sales. Within the
    /// last two, the block of agents furthest beyond its stop-loss comes first.
    pub firings: Vec<Firing>,
    /// Numbers of blocks of agents by cause of their sale, one entry per cluster.
    pub counts: Vec<Counts>,
    /// Log-loss that each cluster saw before any sale.
    pub loads_before: Vec<f64>,
    /// Log-loss that each cluster saw after the last sale.
    pub loads_after: Vec<f64>,
    n_markets: usize,
    /// Log-falls `y_i` of the markets by the sales, one row per sale; the first row, before any sale, is 0.
    falls: Vec<f64>,
}

impl Anatomy {
    /// Reconstructs the cascade of `month`. `uniforms[g]` holds the positions of the active blocks of
    /// cluster `g` in its band of thresholds, in (0, 1), as the run drew them; further entries are ignored.
    pub fn new(system: &System, month: &Month<'_>, uniforms: &[Vec<f64>]) -> Self {
        let mut work = Replayed::new(system, month, uniforms);
        work.obey();
        work.fire(Why::Loss);
        work.fire(Why::Pushed);
        work.finish()
    }

    /// Log-falls of all markets by the first `n_fired` sales.
    pub fn falls_after(&self, n_fired: usize) -> &[f64] {
        &self.falls[n_fired * self.n_markets..(n_fired + 1) * self.n_markets]
    }

    /// Number of sales that needed no price impact: on a false signal or on the market's own loss.
    pub fn n_unprompted(&self) -> usize {
        let sold = |counts: &Counts| (counts.obeyed + counts.alone) as usize;
        self.counts.iter().map(sold).sum()
    }

    /// Share of the agents' money in the blocks that `part` counts: `Σ_g ω_g part_g/N_g`, where cluster g has the
    /// share `ω_g` of the money and `N_g` blocks of agents. `Σ_g ω_g` is 1.
    pub fn by_money(&self, system: &System, part: impl Fn(&Counts) -> u32) -> f64 {
        let parts = self.counts.iter().map(|counts| f64::from(part(counts)));
        money_of(system, parts)
    }

    /// Log-loss of the month as the agents measure it, before any sale and after the last: the mean over
    /// clusters, weighted by capital. A cluster measures the weighted mean of its markets' log-losses, not
    /// the log-loss of its total holdings.
    pub fn measured_losses(&self, system: &System) -> (f64, f64) {
        let capital = || system.clusters.iter().map(|cluster| cluster.capital_share);
        let whole: f64 = capital().sum();
        let mean =
            |loads: &[f64]| capital().zip(loads).map(|(capital, load)| capital * load).sum::<f64>() / whole;
        (mean(&self.loads_before), mean(&self.loads_after))
    }

    /// Share of the agents' money in the blocks of agents that have sold, after each sale.
    pub fn sold_by_money(&self, system: &System) -> Vec<f64> {
        let mut fired = vec![0.0; self.counts.len()];
        self.firings
            .iter()
            .map(|firing| {
                fired[firing.cluster] = f64::from(firing.fired);
                money_of(system, fired.iter().copied())
            })
            .collect()
    }
}

/// Share of the agents' money in `blocks`, the number of blocks of agents in each cluster.
fn money_of(system: &System, blocks: impl Iterator<Item = f64>) -> f64 {
    let parts = system.clusters.iter().zip(blocks);
    parts.map(|(cluster, blocks)| cluster.capital_share * (blocks / f64::from(cluster.n_blocks))).sum()
}

/// Blocks of agents of one cluster that have not sold, the lowest threshold first.
struct Waiting {
    /// Each block's position (0 to 1) in the threshold band, and number; those from index `next` on have not sold.
    blocks: Vec<(f64, u32)>,
    next: usize,
}

struct Replayed<'a> {
    system: &'a System,
    month: &'a Month<'a>,
    waiting: Vec<Waiting>,
    fired: Vec<f64>,
    /// Log-loss of each cluster before any sale.
    before: Vec<f64>,
    now: Vec<f64>,
    done: Anatomy,
}

impl<'a> Replayed<'a> {
    fn new(system: &'a System, month: &'a Month<'a>, uniforms: &[Vec<f64>]) -> Self {
        let n_clusters = system.n_clusters();
        let waiting = (0..n_clusters).map(|g| {
            let active = month.active[g] as usize;
            let numbered = uniforms[g][..active].iter().copied().zip(0..);
            let obeying = month.obeying[g].min(month.active[g]) as usize;
            let mut blocks: Vec<(f64, u32)> = numbered.skip(obeying).collect();
            blocks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            Waiting { blocks, next: 0 }
        });
        let waiting = waiting.collect();
        let before: Vec<f64> = (0..n_clusters).map(|g| system.load(g, month.losses)).collect();
        let counts = system.clusters.iter().zip(month.active).map(|(cluster, active)| Counts {
            blocks: cluster.n_blocks,
            active: *active,
            ..Counts::default()
        });
        Self {
            system,
            month,
            waiting,
            fired: vec![0.0; n_clusters],
            now: before.clone(),
            done: Anatomy {
                firings: Vec::new(),
                counts: counts.collect(),
                loads_before: before.clone(),
                loads_after: Vec::new(),
                n_markets: system.n_markets(),
                falls: vec![0.0; system.n_markets()],
            },
            before,
        }
    }

    /// Sells the blocks of agents that follow a false signal, cluster by cluster.
    fn obey(&mut self) {
        for g in 0..self.fired.len() {
            for block in 0..self.month.obeying[g].min(self.month.active[g]) {
                self.sell(g, block, Why::Obeyed, f64::NAN);
            }
        }
    }

    /// Sells the block furthest beyond its stop-loss, repeatedly, until no block may sell for cause `why`.
    fn fire(&mut self, why: Why) {
        loop {
            let mut first: Option<(f64, usize)> = None;
            for g in 0..self.fired.len() {
                let Some(excess) = self.excess(g, why) else {
                    continue;
                };
                if first.is_none_or(|(most, _)| excess > most) {
                    first = Some((excess, g));
                }
            }
            let Some((_, g)) = first else { return };
            let waiting = &mut self.waiting[g];
            let (uniform, block) = waiting.blocks[waiting.next];
            waiting.next += 1;
            let cluster = &self.system.clusters[g];
            let threshold = cluster.dispersion.mul_add(uniform, cluster.first_trigger);
            self.sell(g, block, why, threshold);
        }
    }

    /// Excess of the loss over the threshold of the next block of agents in cluster `g`, in log-loss; `None`
    /// if no block may sell for `why`.
    fn excess(&self, g: usize, why: Why) -> Option<f64> {
        let waiting = &self.waiting[g];
        let (uniform, _) = waiting.blocks.get(waiting.next)?;
        let cluster = &self.system.clusters[g];
        let beyond = |load: f64| self.system.reach(g, load) - uniform;
        let reason = match why {
            Why::Loss => beyond(self.before[g]),
            _ => beyond(self.now[g]),
        };
        (reason >= 0.0).then(|| beyond(self.now[g]) * cluster.dispersion)
    }

    fn sell(&mut self, g: usize, block: u32, why: Why, threshold: f64) {
        self.fired[g] += 1.0;
        let counts = &mut self.done.counts[g];
        counts.fired += 1;
        match why {
            Why::Obeyed => counts.obeyed += 1,
            Why::Loss => counts.alone += 1,
            Why::Pushed => counts.pushed += 1,
        }
        self.done.firings.push(Firing {
            cluster: g,
            block,
            why,
            threshold,
            load: self.now[g],
            fired: counts.fired,
        });
        let (system, thinning) = (self.system, self.month.thinning);
        let fired = &self.fired;
        let falls = (0..system.n_markets()).map(|market| system.impact(market, fired, thinning));
        self.done.falls.extend(falls);
        for (h, now) in self.now.iter_mut().enumerate() {
            *now = self.before[h] + system.pressure(h, fired, thinning);
        }
    }

    fn finish(mut self) -> Anatomy {
        self.done.loads_after = self.now;
        self.done
    }
}

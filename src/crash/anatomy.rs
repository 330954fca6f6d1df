//! A cascade taken apart: who sold, in which order, at which limit, seeing which loss, and what
//! prices were after it.
//!
//! In: a [`System`], the month of one path, its thresholds. Out: [`Anatomy`]. Not here: the cascade
//! of a run (`cascade`), which counts and keeps no order.
//!
//! The least fixed point says who sells, not in which order: all orders end there. The order shown
//! here is chosen to separate causes. First those that obey a false signal. Then those whose limit
//! the market's own loss has reached: they would sell if no sale moved a price. Then those that
//! only the sales before them push over their limit. Among the last two always the block that is
//! furthest beyond its limit (the greatest excess of the loss it sees over its threshold); of equal
//! ones the first by cluster, then by number.

use super::given::Month;
use super::system::System;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a block sold.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Why {
    /// It obeyed a false signal.
    #[serde(rename = "signal")]
    Obeyed,
    /// The market's own loss had reached its limit.
    #[serde(rename = "loss")]
    Loss,
    /// Only the sales of others took the loss to its limit.
    #[serde(rename = "sales")]
    Pushed,
}

/// One block sells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Firing {
    pub cluster: usize,
    /// Number of the block in its cluster, from 0.
    pub block: u32,
    pub why: Why,
    /// Log-loss of the month at which it sells; one that obeys does not ask for it.
    pub threshold: f64,
    /// Log-loss that it saw when it sold.
    pub load: f64,
    /// Blocks of its cluster that have sold, this one included.
    pub fired: u32,
}

/// What became of the blocks of one cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    pub blocks: u32,
    /// Could act: the others were still out from earlier crashes.
    pub active: u32,
    /// Obeyed a false signal.
    pub obeyed: u32,
    /// Would have sold on the market's own loss, had no sale moved a price.
    pub alone: u32,
    /// Sold only because the sales of others pushed them over their limit.
    pub pushed: u32,
    /// All that sold.
    pub fired: u32,
}

/// A cascade, firing by firing.
#[derive(Clone, Debug, PartialEq)]
pub struct Anatomy {
    /// In the order described above.
    pub firings: Vec<Firing>,
    /// Per cluster.
    pub counts: Vec<Counts>,
    /// Log-loss that each cluster saw before anybody had sold.
    pub loads_before: Vec<f64>,
    /// The same when nobody was left to sell.
    pub loads_after: Vec<f64>,
    n_markets: usize,
    /// Log-falls `y_i` of the markets after each firing, a row each; the first row, before any, is 0.
    falls: Vec<f64>,
}

impl Anatomy {
    /// Takes the cascade of `month` apart; `uniforms[g]` holds the positions of at least all active
    /// blocks of cluster `g` in its band, in (0, 1), as the run drew them.
    pub fn new(system: &System, month: &Month<'_>, uniforms: &[Vec<f64>]) -> Self {
        let mut work = Work::new(system, month, uniforms);
        work.obey();
        work.fire(Why::Loss);
        work.fire(Why::Pushed);
        work.finish()
    }

    /// Log-falls of all markets after the first `n_fired` firings.
    pub fn falls_after(&self, n_fired: usize) -> &[f64] {
        &self.falls[n_fired * self.n_markets..(n_fired + 1) * self.n_markets]
    }

    /// Firings that needed no price to be moved by a sale: on a signal or on the loss itself.
    pub fn n_unprompted(&self) -> usize {
        let sold = |counts: &Counts| (counts.obeyed + counts.alone) as usize;
        self.counts.iter().map(sold).sum()
    }

    /// Share of all agents that `part` counts, by their money: `Σ_g ω_g part_g/N_g`, a cluster's
    /// number of blocks being granularity only. `Σ_g ω_g` is 1.
    pub fn by_money(&self, system: &System, part: impl Fn(&Counts) -> u32) -> f64 {
        let parts = self.counts.iter().map(|counts| f64::from(part(counts)));
        money_of(system, parts)
    }

    /// Loss of the month as the agents measure it, before anybody had sold and at the end: the loads
    /// of the clusters, weighted by their capital. A load is the weighted mean of the log-losses of
    /// what a cluster holds, not the logarithm of what its holdings as a whole lost.
    pub fn measured_losses(&self, system: &System) -> (f64, f64) {
        let capital = || system.clusters.iter().map(|cluster| cluster.capital_share);
        let whole: f64 = capital().sum();
        let mean = |loads: &[f64]| {
            let weighted = capital().zip(loads).map(|(capital, load)| capital * load);
            weighted.sum::<f64>() / whole
        };
        (mean(&self.loads_before), mean(&self.loads_after))
    }

    /// Share of all agents, by their money, that have sold after each firing.
    pub fn sold_by_money(&self, system: &System) -> Vec<f64> {
        let mut fired = vec![0.0; self.counts.len()];
        let firings = self.firings.iter();
        firings
            .map(|firing| {
                fired[firing.cluster] = f64::from(firing.fired);
                money_of(system, fired.iter().copied())
            })
            .collect()
    }
}

/// Share of the agents' money behind `blocks` of each cluster.
fn money_of(system: &System, blocks: impl Iterator<Item = f64>) -> f64 {
    let parts = system.clusters.iter().zip(blocks);
    parts
        .map(|(cluster, blocks)| cluster.capital_share * (blocks / f64::from(cluster.blocks)))
        .sum()
}

/// Blocks of one cluster that have not fired, the lowest limit first.
struct Waiting {
    /// Position in the band and number, from `next` on still waiting.
    blocks: Vec<(f64, u32)>,
    next: usize,
}

struct Work<'a> {
    system: &'a System,
    month: &'a Month<'a>,
    waiting: Vec<Waiting>,
    fired: Vec<f64>,
    /// Loss before anybody sold, and now.
    before: Vec<f64>,
    now: Vec<f64>,
    done: Anatomy,
}

impl<'a> Work<'a> {
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
        let counts = system.clusters.iter().zip(month.active);
        let counts = counts.map(|(cluster, active)| Counts {
            blocks: cluster.blocks,
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

    /// Those that obey fire first, cluster by cluster.
    fn obey(&mut self) {
        for g in 0..self.fired.len() {
            for block in 0..self.month.obeying[g].min(self.month.active[g]) {
                self.sell(g, block, Why::Obeyed, f64::NAN);
            }
        }
    }

    /// Fires whoever is furthest beyond its limit, until nobody is left who may for that reason.
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

    /// How far the next block of cluster `g` is beyond its limit, if it is and may fire for `why`.
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

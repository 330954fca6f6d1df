//! The same agents under other limits: what spreading them changes.
//!
//! In: markets with agents that sell. Out: how often nearly all sell, how bad the worst months are, how
//! the markets correlate. Not here: what is held and what it earns (`run`).
//!
//! All meet the same draws of the markets, so differences between two are known far better than each.

use super::block::Block;
use super::seen::N_BLOCKS;
use crate::math::quantile::quantile_of_sorted;
use crate::math::{LANES, exp};
use crate::plan::LoopPlan;
use crate::stage::Level;
use rayon::prelude::*;

/// Months of each block that are kept, and those before them: at first everybody is in, later some
/// are still out from earlier crashes.
const MONTHS: u32 = 24;
const BEFORE: u32 = 12;
/// Share of the agents' money beyond which nearly all have sold; exactly nine tenths is not beyond,
/// whichever way a sum of shares was rounded.
const NEARLY_ALL: f64 = 0.9 + 1e-9;
/// Of a hundred months the worst.
const LEVEL: f64 = 0.99;

/// A figure and its standard error, from the spread between blocks of independent paths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    pub value: f64,
    pub std_error: f64,
}

/// What agents do to a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgentMonths {
    /// Probability that agents with more than nine tenths of the money sell.
    pub nearly_all_sell: Figure,
    /// Loss of the holdings that 99 of 100 months stay below, a fraction.
    pub worst_month: Figure,
    /// Correlation of the log-returns of two markets, mean over all pairs; 1 for a single market.
    pub correlation: Figure,
}

/// Months of one block in one plan.
#[derive(Clone, Default)]
struct Part {
    n_full: f64,
    losses: Vec<f64>,
    /// Sums of log-returns and of their products, row-major.
    sums: Vec<f64>,
    products: Vec<f64>,
}

/// Months under the agents of several plans.
pub struct Limits {
    /// By block, then by plan.
    parts: Vec<Vec<Part>>,
    /// All blocks together, by plan.
    pooled: Vec<Part>,
}

impl Limits {
    /// Simulates the months of all `plans`, which have the same markets; `weights`: of the holdings in
    /// each market, adding up to 1. The same bits on any number of threads. None where a fall is prescribed
    /// for every month that would be taken.
    pub fn sample(plans: &[LoopPlan], weights: &[f64]) -> Option<Self> {
        let is_taken =
            |plan: &LoopPlan| (BEFORE + 1..=BEFORE + MONTHS).any(|month| plan.takes(month));
        if !plans.iter().all(is_taken) {
            return None;
        }
        let blocks = (0..N_BLOCKS).into_par_iter();
        let parts: Vec<Vec<Part>> = blocks
            .map(|number| sample(plans, weights, number))
            .collect();
        let pooled = (0..plans.len()).map(|index| pooled(&parts, index));
        Some(Self {
            pooled: pooled.collect(),
            parts,
        })
    }

    /// What happens in plan `index`.
    pub fn of(&self, index: usize) -> AgentMonths {
        self.months(|parts, figure| figure(&parts[index]))
    }

    /// Plan `index` less plan `other`, on the same months.
    pub fn difference(&self, index: usize, other: usize) -> AgentMonths {
        self.months(|parts, figure| figure(&parts[index]) - figure(&parts[other]))
    }

    /// What `of` makes of the plans' parts: over all months, its error from that of every block.
    fn months(&self, of: impl Fn(&[Part], fn(&Part) -> f64) -> f64) -> AgentMonths {
        let all = |figure: fn(&Part) -> f64| {
            let blocks: Vec<f64> = self.parts.iter().map(|parts| of(parts, figure)).collect();
            Figure {
                value: of(&self.pooled, figure),
                std_error: error(&blocks),
            }
        };
        AgentMonths {
            nearly_all_sell: all(Part::nearly_all_sell),
            worst_month: all(Part::worst_month),
            correlation: all(Part::correlation),
        }
    }
}

/// The months of all blocks in plan `index`.
fn pooled(parts: &[Vec<Part>], index: usize) -> Part {
    let mut all = Part::default();
    for part in parts.iter().map(|parts| &parts[index]) {
        all.n_full += part.n_full;
        all.losses.extend(&part.losses);
        add(&mut all.sums, &part.sums);
        add(&mut all.products, &part.products);
    }
    all.losses.sort_unstable_by(f64::total_cmp);
    all
}

impl Part {
    fn nearly_all_sell(&self) -> f64 {
        self.n_full / self.losses.len() as f64
    }

    fn worst_month(&self) -> f64 {
        quantile_of_sorted(&self.losses, LEVEL)
    }

    fn correlation(&self) -> f64 {
        let (n, m) = (self.losses.len() as f64, self.sums.len());
        let covariance = |i: usize, j: usize| {
            self.products[i * m + j] / n - self.sums[i] * self.sums[j] / (n * n)
        };
        let (mut sum, mut pairs) = (0.0, 0.0);
        for i in 0..m {
            for j in 0..i {
                let scale = (covariance(i, i) * covariance(j, j)).sqrt();
                if scale > 0.0 {
                    sum += covariance(i, j) / scale;
                    pairs += 1.0;
                }
            }
        }
        if pairs > 0.0 { sum / pairs } else { 1.0 }
    }

    fn keep_block(&mut self, months: &LoopPlan, block: &Block, weights: &[f64]) {
        let rows = &block.worlds[0].rows;
        let mut returns = vec![0.0; months.markets.len()];
        for lane in 0..LANES {
            for (z, market) in returns.iter_mut().zip(&months.markets) {
                let jump = market.jump.map_or(0.0, |row| rows.get(row)[lane]);
                let sales = market
                    .in_loop
                    .map_or(0.0, |slot| rows.get(slot.at_close)[lane]);
                *z = block.draws().row(market.shock)[lane] + jump + sales;
            }
            let fired = months.fired.iter();
            let sold: f64 = fired.map(|(row, share)| share * rows.get(*row)[lane]).sum();
            self.keep(&returns, weights, sold);
        }
    }

    fn keep(&mut self, returns: &[f64], weights: &[f64], sold: f64) {
        let m = returns.len();
        self.n_full += f64::from(u8::from(sold > NEARLY_ALL));
        let kept = returns.iter().zip(weights).map(|(z, w)| w * exp(*z));
        self.losses.push(1.0 - kept.sum::<f64>());
        add(&mut self.sums, returns);
        self.products.resize(m * m, 0.0);
        for i in 0..m {
            for j in 0..=i {
                self.products[i * m + j] += returns[i] * returns[j];
            }
        }
    }
}

fn add(sums: &mut Vec<f64>, values: &[f64]) {
    sums.resize(values.len(), 0.0);
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

/// Standard error of the mean of independent blocks.
fn error(blocks: &[f64]) -> f64 {
    let n = blocks.len() as f64;
    let mean = blocks.iter().sum::<f64>() / n;
    let squares: f64 = blocks.iter().map(|one| (one - mean) * (one - mean)).sum();
    (squares / (n - 1.0) / n).sqrt()
}

fn sample(plans: &[LoopPlan], weights: &[f64], number: u64) -> Vec<Part> {
    let level = Level::detect();
    let of = |months: &LoopPlan| {
        let mut block = Block::new(&months.plan);
        block.open(&months.plan, level, number);
        let mut part = Part::default();
        for month in 1..=BEFORE + MONTHS {
            block.advance(&months.plan, level);
            if month > BEFORE && months.takes(month) {
                part.keep_block(months, &block, weights);
            }
        }
        part.losses.sort_unstable_by(f64::total_cmp);
        part
    };
    plans.iter().map(of).collect()
}

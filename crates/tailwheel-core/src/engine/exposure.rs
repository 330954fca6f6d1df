//! Distribution of the monthly losses that agents see before any of them has sold.
//!
//! In: the markets of a plan. Out: [`TriggerExposure`]: a sample of months, and the probability that their
//! losses reach given levels. Not here: who sells then (`crash`).

use super::control::{Control, RunError};
use crate::math::order::in_order;
use crate::math::{LANES, Lanes};
use crate::plan::{Block, ExposurePlan};
use crate::stage::Level;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;

/// Number of blocks of 256 paths sampled, whatever the number of paths of the run.
const N_BLOCKS: u64 = 32;
/// Minimum and maximum number of months sampled on each path; all months of one regime have the same law.
const MONTHS: (u32, u32) = (24, 36);

/// Probability of an event among the sampled months, with its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Odds {
    pub probability: f64,
    /// Standard error, estimated from the spread between blocks, whose paths are independent.
    pub std_error: f64,
}

/// Losses in the months of one block, split by regime, each list sorted.
struct BlockLosses {
    calm: Vec<f64>,
    crisis: Vec<f64>,
}

/// Sampled monthly log-losses of the agents' holdings without agent selling, on the run's own draws.
pub struct TriggerExposure {
    parts: Vec<BlockLosses>,
    has_crises: bool,
}

/// Samples months of the markets of `plan` in the current thread pool, with the same bits for any pool.
///
/// Errors if the run is stopped. It reports no progress, because it takes only a few blocks.
pub fn trigger_exposure(plan: &ExposurePlan, control: &Control<'_>) -> Result<TriggerExposure, RunError> {
    let parts: Option<Vec<BlockLosses>> = (0..N_BLOCKS)
        .into_par_iter()
        .map(|number| {
            let is_stopped = control.stop.load(Ordering::Relaxed);
            (!is_stopped).then(|| sample(plan, control.level, number))
        })
        .collect();
    Ok(TriggerExposure { parts: parts.ok_or(RunError::Interrupted)?, has_crises: plan.crisis.is_some() })
}

impl TriggerExposure {
    /// Number of months in the sample.
    pub fn n_months(&self) -> usize {
        let of = |part: &BlockLosses| part.calm.len() + part.crisis.len();
        self.parts.iter().map(of).sum()
    }

    /// True if the scenario has a crisis regime, so that months are split by regime.
    pub fn has_crises(&self) -> bool {
        self.has_crises
    }

    /// Probability that a month's log-loss is at least `calm` in the normal regime or `crisis` in a crisis.
    pub fn at_least(&self, calm: f64, crisis: f64) -> Odds {
        self.odds(|part| {
            let hits = above(&part.calm, calm) + above(&part.crisis, crisis);
            (hits, part.calm.len() + part.crisis.len())
        })
    }

    /// Probability that the log-loss of a month in the normal regime is at least `loss`.
    pub fn at_least_when_calm(&self, loss: f64) -> Odds {
        self.odds(|part| (above(&part.calm, loss), part.calm.len()))
    }

    /// Probability that the log-loss of a month in the crisis regime is at least `loss`.
    pub fn at_least_in_crisis(&self, loss: f64) -> Odds {
        self.odds(|part| (above(&part.crisis, loss), part.crisis.len()))
    }

    /// Probability from `count`, the numbers of hits and of months in a block: the ratio of their sums over
    /// all blocks. The error is that of a ratio estimator: `√(Σ(h_b − p·n_b)²·B/(B−1))/Σn`. Source: Cochran
    /// (1977), Sampling Techniques, §6.
    fn odds(&self, count: impl Fn(&BlockLosses) -> (usize, usize)) -> Odds {
        let counts: Vec<(f64, f64)> = self
            .parts
            .iter()
            .map(|part| {
                let (hits, n) = count(part);
                (hits as f64, n as f64)
            })
            .collect();
        let hits: f64 = counts.iter().map(|(hits, _)| hits).sum();
        let n: f64 = counts.iter().map(|(_, n)| n).sum();
        if n == 0.0 {
            return Odds { probability: 0.0, std_error: 0.0 };
        }
        let probability = hits / n;
        let squares: f64 =
            counts.iter().map(|(hits, n)| (hits - probability * n) * (hits - probability * n)).sum();
        let blocks = counts.len() as f64;
        Odds { probability, std_error: (squares * blocks / (blocks - 1.0)).sqrt() / n }
    }
}

fn above(sorted: &[f64], loss: f64) -> usize {
    sorted.len() - sorted.partition_point(|seen| *seen < loss)
}

fn sample(seen: &ExposurePlan, level: Level, number: u64) -> BlockLosses {
    let plan = &seen.plan;
    let mut block = Block::new(plan);
    block.open(plan, level, number);
    let mut part = BlockLosses { calm: Vec::new(), crisis: Vec::new() };
    for month in 1..=plan.n_months.clamp(MONTHS.0, MONTHS.1) {
        block.advance(plan, level);
        if seen.prescribed.contains(&month) {
            continue;
        }
        let losses = level.run(
            #[inline(always)]
            || losses(seen, &block),
        );
        let crisis = seen.crisis.map(|state| block.draws().row(state));
        for (lane, loss) in losses.iter().enumerate() {
            match crisis {
                Some(state) if state[lane] > 0.5 => part.crisis.push(*loss),
                _ => part.calm.push(*loss),
            }
        }
    }
    BlockLosses { calm: in_order(&part.calm), crisis: in_order(&part.crisis) }
}

/// Log-losses of the agents' holdings in the month that `block` has just advanced through.
#[inline(always)]
fn losses(seen: &ExposurePlan, block: &Block) -> Lanes {
    let mut losses = Lanes::ZERO;
    for (weight, surprise) in &seen.parts {
        let shock = block.draws().row(surprise.shock);
        for lane in 0..LANES {
            losses[lane] = (-weight).mul_add(shock[lane], losses[lane]);
        }
        if let Some(row) = surprise.jump {
            let jump = block.worlds[0].rows.get(row);
            for lane in 0..LANES {
                losses[lane] = (-weight).mul_add(jump[lane], losses[lane]);
            }
        }
    }
    losses
}

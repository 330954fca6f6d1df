//! How large the losses are that agents see in a month before anybody has sold.
//!
//! In: the markets of a plan. Out: [`TriggerExposure`]: a sample of months, and how often they exceed
//! what is asked. Not here: who sells then (`crash`).

use super::control::{Control, RunError};
use crate::math::order::in_order;
use crate::math::{LANES, Lanes};
use crate::plan::Block;
use crate::plan::ExposurePlan;
use crate::stage::Level;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;

/// Blocks that are sampled, whatever the number of paths of the run.
const N_BLOCKS: u64 = 32;
/// Fewest and most months of each: months of one regime have the same law, whenever they come.
const MONTHS: (u32, u32) = (24, 36);

/// How often something happens among the sampled months, with its error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Odds {
    pub probability: f64,
    /// From the spread between blocks, whose paths are independent.
    pub std_error: f64,
}

/// Months of one block, split by regime; each sorted.
struct Part {
    calm: Vec<f64>,
    crisis: Vec<f64>,
}

/// Log-losses of the agents' holdings in single months: exogenous, on the run's own draws.
pub struct TriggerExposure {
    parts: Vec<Part>,
    has_crises: bool,
}

/// Samples months of the markets of `plan` in the current thread pool; the same bits for any pool.
///
/// Errors if it is stopped. Its progress is not told: it takes a few blocks, whatever the paths.
pub fn trigger_exposure(
    plan: &ExposurePlan,
    control: &Control<'_>,
) -> Result<TriggerExposure, RunError> {
    let parts: Option<Vec<Part>> = (0..N_BLOCKS)
        .into_par_iter()
        .map(|number| {
            let is_stopped = control.stop.load(Ordering::Relaxed);
            (!is_stopped).then(|| sample(plan, control.level, number))
        })
        .collect();
    Ok(TriggerExposure {
        parts: parts.ok_or(RunError::Interrupted)?,
        has_crises: plan.crisis.is_some(),
    })
}

impl TriggerExposure {
    /// Months in the sample.
    pub fn n_months(&self) -> usize {
        let of = |part: &Part| part.calm.len() + part.crisis.len();
        self.parts.iter().map(of).sum()
    }

    /// Whether months are calm or of a crisis.
    pub fn has_crises(&self) -> bool {
        self.has_crises
    }

    /// How often a month's loss is at least `calm` in a calm month or `crisis` in one of a crisis.
    pub fn at_least(&self, calm: f64, crisis: f64) -> Odds {
        self.odds(|part| {
            let hits = above(&part.calm, calm) + above(&part.crisis, crisis);
            (hits, part.calm.len() + part.crisis.len())
        })
    }

    /// How often the loss of a calm month is at least `loss`.
    pub fn at_least_when_calm(&self, loss: f64) -> Odds {
        self.odds(|part| (above(&part.calm, loss), part.calm.len()))
    }

    /// How often the loss of a month of a crisis is at least `loss`.
    pub fn at_least_in_crisis(&self, loss: f64) -> Odds {
        self.odds(|part| (above(&part.crisis, loss), part.crisis.len()))
    }

    /// A ratio of sums over blocks, its error that of a ratio estimator: `√(Σ(h_b − p·n_b)²·B/(B−1))/Σn`.
    /// Source: Cochran (1977), Sampling Techniques, §6.
    fn odds(&self, count: impl Fn(&Part) -> (usize, usize)) -> Odds {
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
        let squares: f64 = counts
            .iter()
            .map(|(hits, n)| (hits - probability * n) * (hits - probability * n))
            .sum();
        let blocks = counts.len() as f64;
        Odds { probability, std_error: (squares * blocks / (blocks - 1.0)).sqrt() / n }
    }
}

fn above(sorted: &[f64], loss: f64) -> usize {
    sorted.len() - sorted.partition_point(|seen| *seen < loss)
}

fn sample(seen: &ExposurePlan, level: Level, number: u64) -> Part {
    let plan = &seen.plan;
    let mut block = Block::new(plan);
    block.open(plan, level, number);
    let mut part = Part { calm: Vec::new(), crisis: Vec::new() };
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
    Part { calm: in_order(&part.calm), crisis: in_order(&part.crisis) }
}

/// Log-losses of the month that a block has just had.
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

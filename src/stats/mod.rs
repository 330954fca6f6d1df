//! Outcome to estimates: every figure with its error.
//!
//! In: an outcome and what its money means. Out: [`Found`] measures. Not here: how they are
//! printed (`report`), what a path does (`engine`).
//!
//! Losses are positive; a quantile is the order statistic ⌈np⌉; ruined paths stay in every
//! distribution.

mod amplification;
mod asset;
mod bounded;
mod change;
pub mod co_movement;
pub mod contribution;
mod data;
mod difference;
mod drawdown;
mod estimate;
mod growth;
pub mod guard;
mod income;
mod influence;
mod loss;
mod measure;
pub mod moments;
pub mod probability;
pub mod quantile;
mod reasons;
mod ruin;
mod sample;
mod sampling;
mod skewed;
mod statistic;
pub mod tail;
mod twins;
mod verdict;
mod wealth;

pub use co_movement::CoMoved;
pub use data::{Absent, Basis, Data, Flows, Unusable};
pub use difference::{
    Difference, Incomparable, Unpaired, difference, differences, is_paired, unpaired,
};
pub use estimate::{Estimate, HALF_WIDTH, LEVEL, Note, half_width};
pub use measure::{
    Better, Family, Found, Measure, Scope, Unit, estimate_at, evaluate, find, look_up,
};
pub use reasons::{ABSENT, NOTES};
pub use sample::{Sorted, Unsortable};
pub use sampling::Sampling;
pub use verdict::{Verdict, holm};

/// All measures, by family, in the order of the reference.
pub const MEASURES: &[Family] = &[
    wealth::NOMINAL,
    wealth::REAL,
    income::TERMINAL,
    income::REAL,
    loss::HORIZON,
    loss::YEAR_1,
    growth::RETURN,
    growth::REAL_RETURN,
    growth::VOLATILITY,
    drawdown::DEEPEST,
    ruin::RUIN,
    amplification::LOSS,
    amplification::WEALTH,
    amplification::WEALTH_P05,
    amplification::WEALTH_P50,
    amplification::WEALTH_P95,
    amplification::GROWTH,
    amplification::RETURN_P50,
    amplification::VALUE_AT_RISK_95,
    amplification::VALUE_AT_RISK_99,
    amplification::SHORTFALL_95,
    amplification::SHORTFALL_99,
    amplification::DRAWDOWN,
    amplification::DRAWDOWN_P50,
    amplification::DRAWDOWN_P95,
    amplification::LOOP_OFF_WEALTH,
    amplification::LOOP_OFF_LOSS,
    growth::LOOP_OFF_RETURN,
    amplification::LOOP_OFF_DRAWDOWN,
    amplification::SELLING,
    amplification::SELLING_YEARS,
    amplification::LARGEST,
    co_movement::CRASHES,
    co_movement::CORRELATION,
    co_movement::CORRELATION_CALM,
    co_movement::CORRELATION_CRASH,
    co_movement::TAIL_DEPENDENCE,
    co_movement::ADDED_CORRELATION,
    co_movement::ADDED_CORRELATION_CALM,
    co_movement::ADDED_CORRELATION_CRASH,
    co_movement::ADDED_TAIL_DEPENDENCE,
    co_movement::LOOP_OFF_CORRELATION,
    co_movement::LOOP_OFF_CORRELATION_CALM,
    co_movement::LOOP_OFF_CORRELATION_CRASH,
    co_movement::LOOP_OFF_TAIL_DEPENDENCE,
    asset::TERMINAL,
];

#[cfg(test)]
mod tests;

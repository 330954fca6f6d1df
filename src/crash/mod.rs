//! The flash-crash loop: agents that share a model sell together, the sale moves prices, the fall
//! makes others sell.
//!
//! In: markets, clusters of agents, the month's exogenous losses. Out: who fired, what it did to
//! prices, how close the market is to the edge. Not here: rows of a block (`stage`), the exogenous
//! losses themselves (`market`), what a holding makes of it (`asset`).

mod anatomy;
mod cascade;
mod execution;
mod gain;
mod given;
mod holding;
mod levered;
mod managed;
mod month;
mod probe;
mod spec;
mod strain;
mod system;

pub use anatomy::{Anatomy, Counts, Firing, Why};
pub use cascade::{Cascade, Thresholds};
pub use execution::average_execution;
pub use gain::{GainProfile, gain, gain_between};
pub use given::Month;
pub use holding::{Sales, Sums, hold, sum_up};
pub use levered::hold_levered;
pub use managed::{Agent, hold_managed};
pub use probe::{ClusterMonth, LoopLegend, LoopMonth, MarketMonth, Probe};
pub use spec::{Hallucination, Loop, LoopRows, LoopSlot, Recovery, Surprise};
pub use strain::strain;
pub use system::{Cluster, Depth, MAX_BLOCKS, MAX_CLUSTERS, System};

/// Log-fall of a market by sales from which on a month counts as a crash: 4.9 % off its price.
pub const CRASH_FALL: f64 = 0.05;

/// Crashes a year of crypto markets as a whole, to set beside what a scenario does: seven from March
/// 2020 to November 2025 (12 March 2020, May 2021, May, June and November 2022, August 2024, October
/// 2025), by daily closes of bitcoin. A yardstick of another kind: those fell by 15 to 46 %.
pub const OBSERVED_CRASHES_PER_YEAR: f64 = 1.2;

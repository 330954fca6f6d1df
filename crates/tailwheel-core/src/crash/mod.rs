//! Feedback loop of a flash crash: agents with the same model sell together, their sales move prices, and
//! the fall makes others sell.
//!
//! In: markets, clusters of agents, the month's exogenous losses. Out: the sales, their price impact, the
//! feedback gain. Not here: rows of a block (`stage`), the exogenous losses (`market`), the value of
//! holdings (`asset`).

mod anatomy;
mod before_sales;
mod build;
mod cascade;
mod gain;
mod holding;
mod levered;
mod managed;
mod month;
mod probe;
mod spec;
mod strain;
mod system;

pub use anatomy::{Anatomy, Counts, Firing, Why};
pub use before_sales::Month;
pub use cascade::{Cascade, Thresholds};
pub use gain::{GainProfile, gain};
pub use holding::{LowRows, Sales, Sums, hold, sum_up};
pub use levered::hold_levered;
pub use managed::{Agent, average_execution, hold_managed};
pub use probe::{ClusterMonth, FeedbackMonth, MarketMonth, Probe};
pub use spec::{Feedback, FeedbackSlot, Hallucination, Recovery, Surprise};
pub use strain::strain;
pub use system::{Cluster, Depth, MAX_BLOCKS, MAX_CLUSTERS, System};

/// Smallest log-fall by forced sales that counts as a crash month: 4.9 % of the price.
pub const CRASH_FALL: f64 = 0.05;

//! Specification of the feedback loop, and the rows that connect it with the rest of a plan.
//!
//! In: a [`System`], recoveries, false signals. Out: a [`Feedback`]. Not here: its stage (`month`), which `build`
//! adds to the plan.

use super::system::System;
use crate::stage::{Draw, Row};

/// Speed at which prices recover from a crash, and the share of crashes with this speed.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    /// Share of the months with sales whose price falls recover at this speed.
    pub weight: f64,
    /// Months until half of a fall has recovered, per market.
    pub half_life: Vec<f64>,
}

/// A false signal that makes agents of a cluster sell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hallucination {
    /// False signals per year.
    pub rate: f64,
    /// Share of the cluster's active blocks of agents that follow a signal.
    pub reach: f64,
}

/// Everything that a scenario specifies about agent selling and its feedback on prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    pub system: System,
    /// Names of the clusters, which address their random draws.
    pub names: Vec<String>,
    /// Names of the markets.
    pub markets: Vec<String>,
    /// Share π of each market's price impact that never recovers.
    pub permanent: Vec<f64>,
    /// Possible speeds of recovery; their weights add up to 1.
    pub recoveries: Vec<Recovery>,
    /// False signals per cluster; `None` for a cluster without any.
    pub hallucinations: Vec<Option<Hallucination>>,
}

/// Price moves of a market that can trigger agent selling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surprise {
    /// Diffusive log-return of the month, mean 0.
    pub shock: Draw,
    /// Log-return of the market's jumps; `None` if it has none.
    pub jump: Option<Row>,
}

/// Effects of agent selling on one market in a month, which its holdings read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeedbackSlot {
    /// Log-return by agent selling at the close of the month.
    pub at_close: Row,
    /// Log-return by agent selling at the intramonth low; 0 where nobody sold.
    pub at_low: Row,
    /// Log-fall `y` of the market's price by the month's sales.
    pub fall: Row,
    /// Part of the log-fall caused by the month's false signals; `None` if no cluster can get one.
    pub falsely: Option<Row>,
}

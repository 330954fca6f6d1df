//! What the engine runs: indices, per-month coefficients, factorised correlation, stages.
//!
//! In: a valid scenario. Out: [`Plan`], with no annual number, no name on a path and nothing
//! optional left to decide. Names travel in a legend for reports and errors. Not here: how a block
//! is advanced (`engine`).

mod beside;
mod compile;
mod crash;
mod exposure;
mod legend;
mod markets;
mod record;

pub use exposure::ExposurePlan;
pub use legend::Legend;
pub use record::{MarketRows, RecordPlan};

use crate::book::Account;
use crate::market::Joint;
use crate::stage::{AccountLabel, AnyStage, DrawRequest, MonthStage};

/// A compiled scenario.
pub struct Plan {
    pub n_paths: u64,
    pub n_months: u32,
    /// Opening balances: every account with its label.
    pub accounts: Vec<AccountLabel>,
    /// The world's account from which everything opens.
    pub opening: Account,
    pub n_rows: usize,
    pub draws: Vec<DrawRequest>,
    pub joint: Joint,
    pub open_stages: Vec<Box<dyn AnyStage>>,
    pub month_stages: Vec<MonthStage>,
    pub record: RecordPlan,
    /// Names of the assets in canonical order.
    pub assets: Vec<String>,
    /// Names of the markets in canonical order.
    pub markets: Vec<String>,
    /// What a path means, for those who look at one.
    pub legend: Legend,
}

impl Plan {
    /// One world, or two if the loop is on: what happens and its twin without the loop.
    pub fn n_worlds(&self) -> usize {
        if self.month_stages.iter().any(|placed| placed.loop_only) {
            2
        } else {
            1
        }
    }
}

//! What the engine runs: indices, per-month coefficients, factorised correlation, stages.
//!
//! In: a valid scenario. Out: [`Plan`], with no annual number, no name on a path and nothing
//! optional left to decide. Names travel in a legend for reports and errors. Not here: which blocks
//! are run, and what is kept of them (`engine`).

mod around;
mod benchmark;
mod beside;
mod block;
mod compile;
mod crash;
mod events;
mod expansion;
mod exposure;
mod ground;
mod holdings;
mod legend;
mod markets;
mod own;
mod owner;
mod premium;
mod protection;
mod record;
mod residence;
mod stated;
mod sustainable;

pub(crate) use block::n_paths_in;
pub use block::{Block, World, n_blocks};
pub use exposure::ExposurePlan;
pub use legend::Legend;
pub use record::{BorderRows, Followed, MarketRows, RecordPlan, SalesRows, SeriesPlan};
pub use sustainable::sustaining;

use crate::book::{Account, Cause};
use crate::market::Joint;
use crate::stage::{AccountLabel, DrawRequest, PlacedStage};

/// A compiled scenario.
pub struct Plan {
    /// Of everything that decides a path: of the scenario and, if it was compiled beside another one, of
    /// that.
    pub digest: [u8; 32],
    pub n_paths: u64,
    pub n_months: u32,
    /// Opening balances: every account with its label.
    pub accounts: Vec<AccountLabel>,
    /// The world's account from which everything opens.
    pub opening: Account,
    pub n_rows: usize,
    pub draws: Vec<DrawRequest>,
    pub joint: Joint,
    pub open_stages: Vec<PlacedStage>,
    pub month_stages: Vec<PlacedStage>,
    pub record: RecordPlan,
    /// Names of the assets, then of the events, in canonical order.
    pub objects: Vec<String>,
    /// What a path means, for those who look at one.
    pub legend: Legend,
}

impl Plan {
    /// The world's account from which `account` opens: benchmarks have one of their own, since their books are not the owner's.
    fn opening_of(&self, account: &AccountLabel) -> Account {
        let is_own = |label: &AccountLabel| {
            label.cause == Some(Cause::Opening)
                && (label.kind, &label.object) == (account.kind, &account.object)
        };
        let own = self.accounts.iter().position(is_own);
        let own = own.and_then(|place| u16::try_from(place).ok());
        own.map_or(self.opening, Account::at)
    }

    /// One world, or two if the loop is on: what happens and its twin without the loop.
    pub fn n_worlds(&self) -> usize {
        n_worlds(&self.month_stages)
    }

    /// The same, of which nothing is kept but these quantities of the world as it is: no series, no months and no twin. What is
    /// kept keeps its bits.
    fn keeping(mut self, quantities: &[&str]) -> Self {
        let tracks = &mut self.record.tracks;
        tracks.retain(|track| quantities.contains(&track.id.quantity()));
        self.record.series.clear();
        self.record.markets.clear();
        for placed in &mut self.month_stages {
            placed.loop_only = false;
        }
        self
    }
}

/// Two worlds, if a stage runs in one of them alone.
fn n_worlds(stages: &[PlacedStage]) -> usize {
    1 + usize::from(stages.iter().any(|placed| placed.loop_only))
}

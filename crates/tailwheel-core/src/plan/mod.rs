//! The compiled form of a scenario that the engine runs: indices, monthly coefficients, factorized
//! correlation, stages.
//!
//! In: a valid scenario. Out: [`Plan`], without yearly rates, names or open options on a path. Names are
//! kept in a legend for reports and errors. Not here: the choice of blocks to run, the recording of results
//! (`engine`).

mod asset_accounts;
mod asset_inputs;
mod before_assets;
mod benchmark;
mod block;
mod compile;
mod crash;
mod events;
mod expansion;
mod exposure;
mod first_income;
mod holdings;
mod legend;
mod markets;
mod owner;
mod paired;
mod premium;
mod protection;
mod record;
mod residence;
mod sustainable;

pub(crate) use block::n_paths_in;
pub use block::{Block, World, n_blocks};
pub use exposure::ExposurePlan;
pub use legend::Legend;
pub use record::{BorderRows, MarketRows, RecordPlan, SalesRows, SeriesOf, SeriesPlan};
pub use sustainable::sustaining;

use crate::book::{Account, Cause};
use crate::market::Joint;
use crate::stage::{AccountLabel, DrawRequest, PlacedStage};

/// A compiled scenario: everything that the engine needs to simulate its paths.
pub struct Plan {
    /// Digest of everything that decides a path: of the scenario, and of the base scenario if the plan was
    /// compiled for a comparison.
    pub digest: [u8; 32],
    /// Number of simulated paths.
    pub n_paths: u64,
    /// Number of simulated months.
    pub n_months: u32,
    /// Labels of all accounts, with their opening balances, in the order of their indices.
    pub accounts: Vec<AccountLabel>,
    /// Account of the outside world that funds all opening balances except those of benchmarks.
    pub opening: Account,
    pub n_rows: usize,
    pub draws: Vec<DrawRequest>,
    pub joint: Joint,
    pub open_stages: Vec<PlacedStage>,
    pub month_stages: Vec<PlacedStage>,
    pub record: RecordPlan,
    /// Names of the assets, events, causes, asset states and residences with an income requirement, in this order.
    pub objects: Vec<String>,
    /// State and random draws that explain the events of a path to readers, for the replay of a single path.
    pub legend: Legend,
}

impl Plan {
    /// Account of the outside world that funds the opening balance of `account`. Each benchmark has its own,
    /// because its books are not the owner's.
    fn opening_of(&self, account: &AccountLabel) -> Account {
        let is_own = |label: &AccountLabel| {
            label.cause == Some(Cause::Opening)
                && (label.kind, &label.object) == (account.kind, &account.object)
        };
        let own = self.accounts.iter().position(is_own).and_then(|place| u16::try_from(place).ok());
        own.map_or(self.opening, Account::at)
    }

    /// Number of runs per path: 1, or 2 if there is a paired run without agents.
    pub fn n_worlds(&self) -> usize {
        n_worlds(&self.month_stages)
    }

    /// Returns the plan changed to record only `quantities` (names) of the run with agents: no series over time, no
    /// sample of market returns, no paired run. Recorded values are bit-identical.
    fn keeping(mut self, quantities: &[&str]) -> Self {
        let tracks = &mut self.record.tracks;
        tracks.retain(|track| quantities.contains(&track.id.quantity()));
        self.record.series.clear();
        self.record.markets.clear();
        for placed in &mut self.month_stages {
            placed.feedback_only = false;
        }
        self
    }
}

/// Number of runs per path: 2 if a stage runs only with agents, else 1.
fn n_worlds(stages: &[PlacedStage]) -> usize {
    1 + usize::from(stages.iter().any(|placed| placed.feedback_only))
}

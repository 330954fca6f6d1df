//! Meaning of the rows and draws of a path: for replays, not used by a run.
//!
//! In: markets and feedback loop as built. Out: [`Legend`]. Not here: names of accounts, which are stored
//! with the accounts.

use crate::crash::Probe;
use crate::event::Tally;
use crate::market::MarketSlot;
use crate::policy::CoverTally;
use crate::stage::{Draw, Row};

/// Rows and draws of a plan that describe the events of a path to readers.
#[derive(Clone, Debug, Default)]
pub struct Legend {
    /// Monthly shock and jumps of each asset's price, in the order of the assets.
    pub surprises: Vec<MarketSlot>,
    /// Draw that is 1 in a crisis month, else 0; `None` without regimes.
    pub crisis: Option<Draw>,
    /// Names of leveraged assets, each with a row that is 1 until its lender liquidates it.
    pub lenders: Vec<(String, Row)>,
    /// Names of the assets, each with a row of its loss by agents' sales at the intramonth low; empty without agents.
    pub lost_at_low: Vec<(String, Row)>,
    /// Names of the loss events, each with its count and its total loss so far, per path.
    pub events: Vec<(String, Tally)>,
    /// Totals over all insurances; `None` without insurance.
    pub cover: Option<CoverTally>,
    /// The feedback loop between prices and agents; `None` if the plan has no agents that act.
    pub crash: Option<Probe>,
}

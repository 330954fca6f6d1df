//! What the rows and draws of a path mean: for replays, never for a run.
//!
//! In: markets and loop as they were built. Out: [`Legend`]. Not here: names of accounts, which
//! travel with the accounts.

use crate::crash::LoopLegend;
use crate::event::Tally;
use crate::market::MarketSlot;
use crate::policy::CoverTally;
use crate::stage::{Draw, Row};

/// Where to find what happened on a path.
#[derive(Clone, Debug)]
pub struct Legend {
    /// Exogenous surprises of every asset's market, in the order of the assets.
    pub surprises: Vec<MarketSlot>,
    /// 1 in a crisis, if there are any.
    pub crisis: Option<Draw>,
    /// Names of the assets that have borrowed, each with a row of 1 until its lender has sold.
    pub lenders: Vec<(String, Row)>,
    /// Names of the events, each with rows of how often it has struck and what it has taken until now.
    pub events: Vec<(String, Tally)>,
    /// What covers came to, if there are any.
    pub cover: Option<CoverTally>,
    /// The loop, if there is one.
    pub crash: Option<LoopLegend>,
}

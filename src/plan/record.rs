//! What is kept of a run: a function of the scenario, never of the machine.
//!
//! In: accounts, horizon. Out: [`RecordPlan`]: columns and dates. Not here: the keeping (`engine`).

use crate::book::Account;
use crate::crash::{LoopSlot, Trough};
use crate::stage::{Draw, Row};

/// Most dates of a series of the whole portfolio, the start included.
const WEALTH_DATES: u32 = 121;
/// Most dates of a series of one asset: enough for a small picture.
const ASSET_DATES: u32 = 21;

/// Where the month's surprise of a market stands.
#[derive(Clone, Debug)]
pub struct MarketRows {
    /// What readers know it by.
    pub name: String,
    /// Diffusive log-return.
    pub shock: Draw,
    /// Log-return of its jumps, if it has any.
    pub jump: Option<Row>,
    /// What the loop does to it, if there is one.
    pub in_loop: Option<LoopSlot>,
}

/// What a run keeps.
#[derive(Clone, Debug)]
pub struct RecordPlan {
    /// Accounts whose sum is the owner's net worth.
    pub net_worth: Vec<Account>,
    /// Value account of every asset, canonical order.
    pub assets: Vec<Account>,
    /// Net income of the month.
    pub income: Row,
    /// The trough of the month, if the loop is on.
    pub trough: Option<Trough>,
    /// Share of each cluster's blocks that fired in the month, with the cluster's part of all
    /// blocks; empty if the loop is off.
    pub fired: Vec<(Row, f64)>,
    /// Every market, in the order of the markets.
    pub markets: Vec<MarketRows>,
    /// Net worth on day one: money put in.
    pub money_in: f64,
    /// Months between two dates of the wealth series.
    pub wealth_every: u32,
    /// Months between two dates of the assets' series.
    pub assets_every: u32,
}

impl RecordPlan {
    /// Dates of a horizon of `n_months`: as many as allowed, evenly spaced, the horizon included.
    pub fn new(
        net_worth: Vec<Account>,
        assets: Vec<Account>,
        income: Row,
        money_in: f64,
        n_months: u32,
    ) -> Self {
        Self {
            net_worth,
            assets,
            income,
            trough: None,
            fired: Vec::new(),
            markets: Vec::new(),
            money_in,
            wealth_every: spacing(n_months, WEALTH_DATES),
            assets_every: spacing(n_months, ASSET_DATES),
        }
    }

    /// Months of the dates of a series: multiples of `every`, and the horizon.
    pub fn dates(every: u32, n_months: u32) -> Vec<u32> {
        let mut dates: Vec<u32> = (0..n_months).step_by(every as usize).collect();
        dates.push(n_months);
        dates
    }
}

/// Smallest spacing that leaves at most `most` dates from 0 to `n_months`.
fn spacing(n_months: u32, most: u32) -> u32 {
    n_months.div_ceil(most - 1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_never_has_more_dates_than_allowed_and_always_the_horizon() {
        for n_months in [1, 2, 11, 12, 119, 120, 121, 240, 1199, 1200] {
            for most in [WEALTH_DATES, ASSET_DATES] {
                let dates = RecordPlan::dates(spacing(n_months, most), n_months);
                assert!(dates.len() <= most as usize, "{n_months}: {}", dates.len());
                assert_eq!((dates[0], dates[dates.len() - 1]), (0, n_months));
                assert!(dates.is_sorted_by(|a, b| a < b));
            }
        }
    }
}

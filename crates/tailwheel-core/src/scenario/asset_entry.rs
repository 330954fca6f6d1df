//! One asset of a scenario after all names and ranges have been checked.
//!
//! In: the keys that `holding` has read. Out: [`AssetEntry`]. Not here: reading and checking (`holding`).

use super::event::SharedKeys;
use super::holding::Holding;
use super::names::Spelled;
use super::{Advantage, Exchange, Formula};
use crate::asset::{Asset, LAUNCHED, State};
use crate::form::{Drawn, Range};
use crate::market::ReturnProcess;
use crate::units::{Count, MonthlyHours};
use std::sync::Arc;

/// One asset of a scenario.
#[derive(Clone, Debug)]
pub struct AssetEntry {
    pub name: String,
    /// Id of the asset's class in the catalog.
    pub class: String,
    /// Keys of every asset. The volatility is that of the earnings model if it has its own, the correlation is 1
    /// for an asset alone in the market of its name, and the launch has all its keys.
    pub keys: Holding,
    /// Formula of the first month's income; `None` unless a factor of it is a range.
    pub formula: Option<Arc<Formula>>,
    /// Ranges that the file gives for keys of this asset; each path draws one value from each.
    pub ranges: Vec<Range>,
    /// Keys that the file sets to one number although the catalog has a range for them.
    pub fixed: Vec<String>,
    /// Keys whose value in the file is better for the owner than the catalog value.
    pub better: Vec<Advantage>,
    /// Visits in the first month, if the asset is a site whose file states them.
    pub visits: Option<Drawn<Count>>,
    /// Names of the sites whose visitors see the products of this asset.
    pub audience: Vec<Spelled>,
    /// Stochastic process of the price.
    pub process: Arc<dyn ReturnProcess>,
    /// Earnings model: how the asset produces income.
    pub kind: Arc<dyn Asset>,
    /// Foreign currency of the price, with the volatility of its exchange rate; else `None`.
    pub exchange: Option<Exchange>,
    /// Working hours per month that each unit of the asset needs.
    pub hours: MonthlyHours,
    pub market: Membership,
    /// Keys that loss events depend on, such as the protection of the asset.
    pub shared: SharedKeys,
}

/// Market and agents of an asset, which its keys name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Membership {
    /// Index of the market in [`Scenario::markets`](super::Scenario::markets).
    pub index: usize,
    /// Index of the cluster in [`Scenario::crash`](super::Scenario::crash) that the owner's agent belongs to;
    /// `None` without an agent.
    pub managed_by: Option<usize>,
}

impl AssetEntry {
    /// True if the asset is launched or sells to the visitors of other assets.
    pub fn lives_on_others(&self) -> bool {
        self.keys.launch.is_some() || !self.audience.is_empty()
    }

    /// Name of the asset whose income pays for the launch, and the share of that income; else `None`.
    pub fn paid_from(&self) -> Option<(&str, f64)> {
        self.keys.launch.as_ref()?.paid_from()
    }

    /// States that the asset reports; includes "launched" if another asset's income pays for it.
    pub fn states(&self) -> impl Iterator<Item = &'static State> {
        self.kind.facts().states.iter().chain(self.paid_from().map(|_| &LAUNCHED))
    }

    /// Value on day one, in the scenario's currency; zero for an asset that is still to be launched.
    pub fn opening(&self) -> f64 {
        if self.keys.launch.is_some() { 0.0 } else { self.keys.value.get() }
    }

    /// Whole months between earning an income and being paid, rounded up.
    pub fn payment_lag_months(&self) -> u32 {
        self.keys.payment_lag.months().ceil() as u32
    }
}

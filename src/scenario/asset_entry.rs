//! A holding of a scenario, with every name and range checked.
//!
//! In: what `holding` has read. Out: [`AssetEntry`]. Not here: how it is read.

use super::event::SharedKeys;
use super::{Advantage, Exchange, Formula, Launch, Membership};
use crate::asset::{Asset, LAUNCHED, State};
use crate::form::{Drawn, Range};
use crate::market::ReturnProcess;
use crate::units::{Count, Delay, Fraction, Money, MonthlyHours, TradeCost, Volatility};
use std::sync::Arc;

/// One holding.
#[derive(Clone, Debug)]
pub struct AssetEntry {
    pub name: String,
    /// Id of its class in the catalog.
    pub class: String,
    /// What it would sell for at the start; of what is launched, once it stands.
    pub value: Money,
    /// How it comes to be, if it is not there yet.
    pub launch: Option<Launch>,
    /// What its income follows from, if a part of that is a range.
    pub formula: Option<Arc<Formula>>,
    /// The ranges that the file says of it.
    pub ranges: Vec<Range>,
    /// Keys of it that the file fixes at a number, where the catalog has a range.
    pub fixed: Vec<String>,
    /// Keys of it that the file has better for the owner than the catalog.
    pub better: Vec<Advantage>,
    /// Visits of its first month, if it is a site that says them.
    pub visits: Option<Drawn<Count>>,
    /// Names of the sites whose visitors see what it sells.
    pub audience: Vec<String>,
    /// Total standard deviation of a year's log-return, jumps included.
    pub volatility: Volatility,
    /// What its price follows.
    pub process: Arc<dyn ReturnProcess>,
    /// How it earns.
    pub kind: Arc<dyn Asset>,
    /// Whether surplus and rebalancing may buy and sell parts of it.
    pub movable: bool,
    /// Lost on every purchase and sale, a fraction of the amount.
    pub trade_cost: TradeCost,
    /// Lost when it has to be sold, a fraction of the amount.
    pub exit_haircut: Drawn<Fraction>,
    /// Between earning and being paid.
    pub payment_lag: Delay,
    /// The currency that it is priced in, if that is not the file's.
    pub exchange: Option<Exchange>,
    /// Hours of a month that each of its units asks for.
    pub hours: MonthlyHours,
    /// Its part in a market.
    pub market: Membership,
    /// What events look at.
    pub shared: SharedKeys,
}

impl AssetEntry {
    /// Whether it is launched, or sells to the visitors of other assets.
    pub fn lives_on_others(&self) -> bool {
        self.launch.is_some() || !self.audience.is_empty()
    }

    /// The name of the asset out of whose income its launch is paid, and the part of that, if one does.
    pub fn paid_from(&self) -> Option<(&str, f64)> {
        self.launch.as_ref()?.paid_from()
    }

    /// What it shows of itself: what its kind does, and whether it stands if that hangs on the income of another.
    pub fn states(&self) -> impl Iterator<Item = &'static State> {
        let own = self.kind.states().iter();
        own.chain(self.paid_from().map(|_| &LAUNCHED))
    }

    /// What it is worth on day one.
    pub fn opening(&self) -> f64 {
        match &self.launch {
            Some(_) => 0.0,
            None => self.value.get(),
        }
    }

    /// Months between earning and being paid.
    pub fn payment_lag_months(&self) -> u32 {
        self.payment_lag.months().ceil() as u32
    }
}

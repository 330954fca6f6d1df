//! One asset of a scenario: the keys that every asset has, and what was read and resolved besides.
//!
//! In: the keys that `holding` has read. Out: [`AssetEntry`]. Not here: reading and checking (`holding`).

use super::event::SharedKeys;
use super::names::{Name, Spelled};
use super::{Advantage, Exchange, Formula, Launch};
use crate::asset::{Asset, LAUNCHED, State};
use crate::form::{At, Currency, Drawn, Preset, Range};
use crate::market::ReturnProcess;
use crate::units::{
    CorrelationCoefficient, Count, Delay, Fraction, MarketBeta, Money, MonthlyHours, TradeCost, Volatility,
};
use crate::{choices, parameters};
use std::sync::Arc;

choices! {
    /// Kind of price that an asset has.
    pub enum Denomination: "denomination" {
        /// Token with a market price of its own.
        Token = "token",
        /// Stablecoin: meant to be worth a dollar until it loses its peg.
        Stable = "stable",
    }
}

parameters! {
    /// Keys that every asset has.
    pub struct Holding {
        /// Sale value at the start. It must be written unless `income`, a count such as `visits`, or `whole` and
        /// `share` set it.
        value: Money = Preset::Class,
        /// A business that must be built first. `income` is its income in the first month after that, which
        /// sets its value then. On day one it is worth nothing, which `value = 0` may say.
        launch: Option<At<Launch>> = Preset::Absent,
        /// Total standard deviation of a year's log-return of the price, jumps included.
        volatility: Volatility = Preset::Class,
        /// Kind of its price: "token", or "stable" for coins that keep a price until they lose it. It is for
        /// classes that are held in coins. The defaults of the class that begin with `stable.` then replace
        /// the others.
        denomination: Denomination = Preset::Is("\"token\""),
        /// True if excess cash and rebalancing may buy and sell parts of it.
        movable: At<bool> = Preset::Class,
        /// Transaction cost of purchases and of sales that are not forced, as a fraction of the amount. Forced sales
        /// have `exit_haircut` instead. A business is held as a whole and has none.
        trade_cost: TradeCost = Preset::Class => "0.003",
        /// Share of the amount that a forced sale loses. It is twice as high in a crash month. Where it is least is
        /// sold first, and in the order of names where it is equal.
        exit_haircut: Drawn<Fraction> = Preset::Class => "0.10",
        /// Time between earning and being paid, rounded up to whole months: a collecting society takes 6 to
        /// 12. Outstanding amounts are wealth and no cash. They are income, and taxed, when they are paid.
        /// Amounts outstanding at the horizon are taxed there. A ruined owner loses them.
        payment_lag: Delay = Preset::Is("\"0 months\"") => "\"9 months\"",
        /// The currency that its price and income are in, if it is not that of the file. They then move with
        /// an exchange rate, which [[fx]] describes. All amounts of the file stay in the file's currency, at
        /// the rate of day one.
        currency: Option<At<Currency>> = Preset::Absent => "\"EUR\"",
        /// The market whose shocks it has a part in; assets that name the same one share them, and
        /// correlations are between markets. A market of its own name if absent.
        market: Option<At<Name>> = Preset::Absent => "\"tokens\"",
        /// Correlation of its shocks with those of its market; two assets of one market correlate
        /// at the product of theirs. 1 for an asset alone in the market of its own name.
        market_correlation: At<CorrelationCoefficient> = Preset::Class,
        /// How strongly the price follows the forced sales of its market: 1 in full. Matters only
        /// with `[crash]`.
        market_beta: MarketBeta = Preset::Class,
        /// How strongly the income falls while the market has forced sales to recover from: it is
        /// multiplied by exp(-income_beta times the log-fall that is left). Matters only with
        /// `[crash]`.
        income_beta: MarketBeta = Preset::Is("0"),
        /// The cluster of `[crash]` that the owner's own agent belongs to; the asset must be `movable`. When
        /// a share of the cluster sells, the agent sells that share of `sell_fraction` of the asset. It gets
        /// the average price of the fall, which is its only cost. The sold part misses the rebound. The money
        /// goes to the owner's cash when income is paid and is none itself: `surplus` decides what becomes of
        /// it, as ever. Without an owner the agent buys back at the close of the month.
        managed_by: Option<At<String>> = Preset::Absent => "\"frontier-a\"",
    }
}

/// One asset of a scenario, with its defaults, its models and the things that its keys refer to.
#[derive(Clone, Debug)]
pub struct AssetEntry {
    pub name: String,
    /// Id of the asset's class in the catalog.
    pub class: String,
    /// Keys that every asset has, with defaults. `volatility` is that of the earnings model if the model has
    /// one, `market_correlation` is 1 for an asset alone in the market of its name, and `launch` has all its
    /// keys.
    pub keys: Holding,
    /// Formula of the first month's income, which is drawn on each path; `None` if no part of it is a range.
    pub formula: Option<Arc<Formula>>,
    /// Ranges that the file gives for keys of this asset; each path draws one value from each.
    pub ranges: Vec<Range>,
    /// Full paths of keys that the file sets to one number for all paths, although the catalog has a range.
    pub fixed: Vec<String>,
    /// Keys whose value in the file is better for the owner than the catalog value.
    pub better: Vec<Advantage>,
    /// Visits in the first month; `None` unless the asset is a site and the file states them.
    pub visits: Option<Drawn<Count>>,
    /// Names of the sites whose visitors see the products of this asset.
    pub audience: Vec<Spelled>,
    /// Stochastic process of the price of one unit.
    pub process: Arc<dyn ReturnProcess>,
    /// Earnings model: how the asset produces income.
    pub kind: Arc<dyn Asset>,
    /// Exchange rate of the foreign currency of the price; `None` if the price is in the currency of the
    /// file.
    pub exchange: Option<Exchange>,
    /// Working hours per month that each unit of the asset needs.
    pub hours: MonthlyHours,
    pub market: Membership,
    /// Protocol, platform, provider, agent model and verification, by which loss events select the asset.
    pub shared: SharedKeys,
}

/// Market of an asset and the agent cluster that manages it, as indices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Membership {
    /// Index of the asset's market in [`Scenario::markets`](super::Scenario::markets).
    pub index: usize,
    /// Index of the cluster in [`Scenario::crash`](super::Scenario::crash) of the agent that trades the asset
    /// for the owner; `None` without an agent.
    pub managed_by: Option<usize>,
}

impl AssetEntry {
    /// True if the asset starts with a launch, or if visitors of other assets are its customers.
    pub fn lives_on_others(&self) -> bool {
        self.keys.launch.is_some() || !self.audience.is_empty()
    }

    /// Asset whose income pays for the launch, and the fraction of it that is saved; `None` if no asset pays.
    pub fn paid_from(&self) -> Option<(&str, f64)> {
        self.keys.launch.as_ref()?.paid_from()
    }

    /// Quantities that the asset reports, such as visits; includes "launched" if another asset pays for it.
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

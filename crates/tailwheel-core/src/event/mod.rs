//! Loss events: exploits, bans, depegs, claims for damages.
//!
//! In: the keys of an `[[event]]` through `form::Reader`, then its timing ([`Strike`]) and the assets or
//! owner it affects ([`Target`], [`Payer`]). Out: an [`Effect`], which adds stages to the plan. Not here:
//! named events and their sourced defaults (`catalog`), the choice of targets (`scenario`), falls of whole
//! markets (`market`, `crash`).
//!
//! ```text
//! λ     rate per year; a range is drawn per path: ln λ is normal, the ends are its 5th and 95th percentiles
//! p     = 1 − e^(−λ/12)       probability per month; at most one event a month
//! ```
//!
//! One event hits all its targets together, with the same severity.

mod income_cut;
mod liability;
mod rate;
mod severity;
mod strike;
mod tax_rise;
mod units_decay;
mod value_loss;

pub use rate::EventRate;
pub use severity::Severity;
pub use strike::{Strike, Tally, Timing};
pub use value_loss::KIND as VALUE_LOSS;

use crate::asset::UnitRows;
use crate::book::Account;
use crate::form::{Keys, Kind};
use crate::math::lesser;
use crate::stage::{Build, Closings, Cx, Dated, Row, Rows};
use std::fmt;

/// Effect of a loss event, valid by construction.
pub trait Effect: Keys + fmt::Debug + Send + Sync {
    /// Source from which the effect takes money: value, income, cash or tax.
    fn takes(&self) -> Takes;

    /// True if every occurrence has the same size, so that no random draw affects it.
    fn is_fixed(&self) -> bool;

    /// True if the event makes units of a fleet decay instead of cutting the fleet's income.
    fn strikes_units(&self) -> bool {
        false
    }

    /// True if targets cannot be sold for some months after the event.
    fn stops_sales(&self) -> bool {
        false
    }

    /// Adds the stages of the effect to the plan.
    fn build(&self, strike: Strike, targets: Vec<Target>, payer: Option<Payer>, build: &mut Build);
}

/// Source from which an effect takes money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// The event takes a part of the value of its targets.
    Value,
    /// The event cuts the income of its targets; each needs a row for the fraction that is cut.
    Income,
    /// The event is paid from the owner's cash account.
    Cash,
    /// The event raises tax rates, so it takes income after tax.
    Tax,
}

/// All effects that an event may have.
pub const KINDS: &[Kind<dyn Effect>] =
    &[value_loss::KIND, income_cut::KIND, units_decay::KIND, liability::KIND, tax_rise::KIND];

/// A holding that an event can hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Account with the value of the holding.
    pub value: Account,
    /// Debt on the holding, which enlarges the position that is hit; `None` without debt.
    pub owed: Option<Row>,
    /// Factor on the event's rate for this holding, at most 1.
    pub exposure: f64,
    /// True if the holding does not match the event's own selection and is hit only when the event spreads.
    pub is_beyond: bool,
    /// Fraction of the holding's income that is cut, written by the event; `None` if the event does not cut income.
    pub cut: Option<Row>,
    /// True if the holding is launched during the run, so that it does not exist while its value is zero.
    pub is_launched: bool,
    /// Units of the holding, if the event makes units decay.
    pub units: Option<UnitRows>,
    /// Custody of the holding, if it has any.
    pub guard: Option<Guard>,
    /// Value lost to events so far, in money of the start; `None` if it is not recorded per asset.
    pub taken: Option<Row>,
    /// Rows that collect the month's loss of value for readers such as insurance, which reset them.
    pub watchers: Vec<Row>,
    /// Last month in which the holding cannot be sold; `None` if no event stops sales.
    pub closed: Option<Row>,
    /// Last month in which no rule of the owner trades the holding; `None` if nobody asks.
    pub untraded: Option<Row>,
    /// True if the owner buys the holding again whatever the event took.
    pub leaves_asset: bool,
    /// Distance in money of the intramonth low of the portfolio below its close; `None` without agents. The loss
    /// reduces the distance, because the low came before the event.
    pub below_close: Option<Row>,
}

/// Protection of a holding against an event by its custody, such as cold storage, in the months in which that
/// applies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guard {
    /// 1 in months in which custody protects the holding, else 0.
    pub flag: Row,
    /// Factor on the event's rate in months in which custody protects the holding, at most 1.
    pub exposure: f64,
    /// Fraction of the holding that an event can reach in months in which custody protects it.
    pub within_reach: f64,
}

impl Target {
    /// Loss of an asset's value if an event takes `share` of its position, debt included. Debt stays owed, so
    /// the loss is at most the value. Cash outside the market is lost at the same share.
    fn loss(&self, cx: &Cx<'_>, share: f64, lane: usize) -> f64 {
        let value = cx.book.value(self.value)[lane];
        match self.owed.map(|row| cx.rows.get(row)[lane]) {
            Some(owed) if owed > 0.0 => lesser(share * (value + owed), value),
            _ => share * value,
        }
    }

    /// Custody of the holding if it is guarded on the path this month, else `None`.
    fn guard(&self, rows: &Rows, lane: usize) -> Option<Guard> {
        self.guard.filter(|guard| rows.get(guard.flag)[lane] > 0.0)
    }
}

/// The owner's account, which pays liabilities, and the factors on the event's rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Payer {
    pub cash: Account,
    /// Money that left the account this month.
    pub flowed: Row,
    /// Factor on the event's rate if the event names no asset, at most 1.
    pub exposure: f64,
    /// Further factor on the event's rate by residence, at most 1; always 1 for changes of tax law.
    pub multiples: Dated<f64>,
    /// 1 once the owner is ruined and pays nothing more, else 0.
    pub ruined: Row,
    /// The tax whose rates may rise; `None` if the event does not change taxes.
    pub law: Option<TaxLaw>,
}

impl Payer {
    /// Factor on the event's rate at the residence of this month, on the path in `lane`.
    fn multiple(&self, cx: &Cx<'_>, lane: usize) -> f64 {
        self.multiples.on(cx.rows, cx.month.index, lane).copied().unwrap_or(1.0)
    }
}

/// Tax law whose rates may rise by an event.
#[derive(Clone, Debug, PartialEq)]
pub struct TaxLaw {
    /// Increase of every tax rate as a fraction: 0.05 is five percentage points.
    pub rise: Row,
    /// Tax base of the period, in money, set in the month of a settlement.
    pub base: Row,
    /// Room for an increase until the highest rate is 1, by residence.
    pub room: Dated<f64>,
    /// Months of tax settlement, and the months after which the owner moves.
    pub closings: Closings,
}

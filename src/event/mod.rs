//! What strikes: exploits, bans, falls of a peg, claims for damages.
//!
//! In: the keys of an `[[event]]` through `form::Reader`, then when it strikes ([`Strike`]) and what
//! ([`Target`], [`Payer`]). Out: [`Effect`], stages of what it does. Not here: which events have a name and
//! sourced defaults (`catalog`), who is struck (`scenario`), falls of whole markets (`market`, `crash`).
//!
//! ```text
//! λ     a rate per year; of a range one per path: ln λ is normal, the ends are its 5th and 95th percentiles
//! p     = 1 − e^(−λ/12)       chance of a month; at most one strike a month
//! ```
//!
//! All targets of one event are struck together and equally hard.

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

use crate::asset::UnitRows;
use crate::book::Account;
use crate::form::{Keys, Kind};
use crate::math::lesser;
use crate::stage::{Build, Closings, Cx, Dated, Row, Rows};
use std::fmt;

/// What an event does, valid by construction.
pub trait Effect: Keys + fmt::Debug + Send + Sync {
    /// What it takes.
    fn takes(&self) -> Takes;

    /// Whether two strikes take the same, so that nothing about one is left to chance.
    fn is_fixed(&self) -> bool;

    /// Whether of a fleet it strikes the units and not the income.
    fn strikes_units(&self) -> bool {
        false
    }

    /// True if after a strike its targets cannot be sold for a while.
    fn stops_sales(&self) -> bool {
        false
    }

    /// Leaves its stages in the plan.
    fn build(&self, strike: Strike, targets: Vec<Target>, payer: Option<Payer>, build: &mut Build);
}

/// What an effect takes something from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// The value of its targets.
    Value,
    /// Their income: it needs a row of each to say how much.
    Income,
    /// The owner's account.
    Cash,
    /// What the state leaves.
    Tax,
}

/// Every effect that an event may have.
pub const KINDS: &[Kind<dyn Effect>] =
    &[value_loss::KIND, income_cut::KIND, units_decay::KIND, liability::KIND, tax_rise::KIND];

/// A holding that is struck.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What it is worth.
    pub value: Account,
    /// What is owed on it: that is struck too.
    pub owed: Option<Row>,
    /// What its rate is multiplied by, at most 1.
    pub exposure: f64,
    /// Whether it has another key than the event, and is struck by what spreads alone.
    pub is_beyond: bool,
    /// Part of its income that is cut, kept by the event.
    pub cut: Option<Row>,
    /// Whether it is still to be built as long as it is worth nothing.
    pub is_launched: bool,
    /// Its units, if the event strikes those.
    pub units: Option<UnitRows>,
    /// How it may be guarded.
    pub guard: Option<Guard>,
    /// What events took of its value until now, in money of the start, if that is told apart.
    pub taken: Option<Row>,
    /// Where somebody wants to know what a month took of its value; whoever reads it sets it to zero.
    pub watchers: Vec<Row>,
    /// Last month in which it cannot be sold, if an event may stop that.
    pub closed: Option<Row>,
    /// How far below the close the trough of the month stood, which was before the strike.
    pub below_close: Option<Row>,
}

/// What custody does for a holding in months in which it is guarded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guard {
    /// 1 in those months.
    pub flag: Row,
    /// What its rate is then multiplied by, at most 1.
    pub exposure: f64,
    /// Part of it that a strike can reach.
    pub within_reach: f64,
}

impl Target {
    /// What a strike that takes `share` of the position takes of its value: what is owed stays owed, and what lies
    /// aside is struck as well.
    fn loss(&self, cx: &Cx<'_>, share: f64, lane: usize) -> f64 {
        let value = cx.book.value(self.value)[lane];
        match self.owed.map(|row| cx.rows.get(row)[lane]) {
            Some(owed) if owed > 0.0 => lesser(share * (value + owed), value),
            _ => share * value,
        }
    }

    /// How it is guarded on a path this month.
    fn guard(&self, rows: &Rows, lane: usize) -> Option<Guard> {
        self.guard.filter(|guard| rows.get(guard.flag)[lane] > 0.0)
    }
}

/// Whose account pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Payer {
    pub cash: Account,
    /// What left the account this month.
    pub flowed: Row,
    /// What the rate is multiplied by where no asset is named, at most 1.
    pub exposure: f64,
    /// What it is multiplied by as well, at most 1, where the owner lives; 1 of changes of the tax.
    pub multiples: Dated<f64>,
    /// 1 once nothing is paid any more.
    pub ruined: Row,
    /// The tax, where an event changes it.
    pub law: Option<Law>,
}

impl Payer {
    /// What the rate is multiplied by on a path this month, where the owner lives then.
    fn multiple(&self, cx: &Cx<'_>, lane: usize) -> f64 {
        let multiple = self.multiples.on(cx.rows, cx.month.index, lane);
        multiple.copied().unwrap_or(1.0)
    }
}

/// A tax whose rates may rise.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    /// Points on every rate.
    pub rise: Row,
    /// In the month of a settlement, what a point was taken of.
    pub base: Row,
    /// How many points are left until a rate is 1, where the owner lives.
    pub room: Dated<f64>,
    /// When it is settled, and after which of these the owner lives elsewhere.
    pub closings: Closings,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_effect_keeps_what_it_promises() {
        crate::form::keep_what_they_promise(KINDS, |effect| effect.keys());
    }
}

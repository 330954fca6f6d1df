//! What the owner does with the holdings and has to pay: interest on cash, taxes, costs, spending, cover, custody,
//! forced sales, rebalancing, reinvestment.
//!
//! In: the owner's account and the holdings. Out: stages. Not here: how a holding earns (`asset`).

mod cost;
mod cover;
mod custody;
mod flow;
mod hours;
mod interest;
mod late;
mod levy;
mod liquidation;
mod parametric;
mod permit;
mod planned;
mod rebalance;
mod relocation;
mod rule;
mod shortfall;
mod surplus;
mod sustainable;
mod tax;
mod uncertain;

pub use cost::{Charge, Losing};
pub use cover::{Cover, CoverTally, Pays};
pub use custody::Custody;
pub use flow::Flow;
pub use hours::{of_owner, sum_of};
pub use interest::Interest;
pub use late::{Late, LateTax};
pub use levy::{Levy, settlements};
pub use liquidation::{GainsTax, Liquidation, Sold};
pub use parametric::Trigger;
pub use permit::{Applicant, Permit};
pub use planned::Planned;
pub use relocation::Relocation;
pub use rule::{Around, Rule};
pub use shortfall::{Saleable, Shortfall};
pub use surplus::Surplus;
pub use sustainable::{ACCEPTED_RUIN, Sustaining};
pub use tax::{Collection, Tax, TaxRows};
pub use uncertain::Uncertain;

use crate::book::Account;
use crate::form::Kind;
use crate::math::Lanes;
use crate::stage::{AverageCost, Build, Cx, Row};

/// Every rule that an owner may follow, in the order in which they are.
pub const RULES: &[Kind<dyn Rule>] = &[rebalance::KIND];

/// Something the owner, or a contract for him, does every month.
pub trait Policy: Send + Sync {
    /// Leaves its stages in the plan.
    fn build(&self, owner: &Owner, holdings: &[Holding], build: &mut Build);
}

/// The owner's account.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    /// Cash at hand.
    pub cash: Account,
    /// Where tax stands below zero that is owed and not paid yet; it is no surplus.
    pub owed: Option<Account>,
}

/// A holding that a policy may buy and sell.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// What it is worth.
    pub value: Account,
    /// Its share of the opening value of all movable holdings.
    pub weight: f64,
    /// Cost of buying or selling, a fraction of the amount.
    pub trade_cost: f64,
    /// What it cost on average, if gains are taxed.
    pub average_cost: Option<AverageCost>,
    /// Last month in which it cannot be sold or bought, if an event may stop that.
    pub closed: Option<Row>,
}

impl Holding {
    /// What `of` says of each path on which it can be sold and bought this month, else 0.
    #[inline(always)]
    fn where_open(&self, cx: &Cx<'_>, of: impl Fn(usize) -> f64) -> Lanes {
        let Some(row) = self.closed else {
            return Lanes::of(of);
        };
        let (until, month) = (cx.rows.get(row), f64::from(cx.month.index));
        Lanes::of(|lane| {
            let own = of(lane);
            if until[lane] >= month { 0.0 } else { own }
        })
    }
}

/// True if what has the row `closed` cannot be sold or bought on a path this month.
#[inline(always)]
fn is_closed(closed: Option<Row>, cx: &Cx<'_>, lane: usize) -> bool {
    closed.is_some_and(|row| cx.rows.get(row)[lane] >= f64::from(cx.month.index))
}

/// Weights of what is open on a path this month, together; absent where nothing can ever be closed, so that they are 1.
#[inline(always)]
fn open_weights(holdings: &[Holding], cx: &Cx<'_>) -> Option<Lanes> {
    let is_closable = |holding: &Holding| holding.closed.is_some();
    holdings.iter().any(is_closable).then(|| {
        let mut sum = Lanes::ZERO;
        for holding in holdings {
            sum += &holding.where_open(cx, |_| holding.weight);
        }
        sum
    })
}

/// Weight of `holding` among what is `open` on each path this month; 0 where it is closed itself.
#[inline(always)]
fn open_weight(holding: &Holding, open: Option<&Lanes>, cx: &Cx<'_>) -> Lanes {
    match open {
        None => Lanes::splat(holding.weight),
        Some(open) => holding.where_open(cx, |lane| holding.weight / open[lane]),
    }
}

/// Rows of an owner whose money crosses the border of the portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purse {
    /// What left the account this month before the forced sales, with tax that was put aside or settled: as large as
    /// what came in and is gone again, so that its rounding is no debt.
    pub flowed: Row,
    /// Paid out this month to live on or at known dates, whatever came in.
    pub spent: Row,
    /// Paid out this month, less what came in from elsewhere. Whoever keeps it sets it to zero.
    pub paid_out: Row,
    /// 1 from the month on in which something stayed unpaid.
    pub ruined: Row,
}

impl Purse {
    /// Its rows, of the object being built.
    pub fn of(build: &mut Build) -> Self {
        Self { flowed: build.row(), spent: build.row(), paid_out: build.row(), ruined: build.row() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_keeps_what_it_promises_and_asks_for_nothing_by_itself() {
        crate::form::keep_what_they_promise(RULES, |rule| rule.keys());
        for kind in RULES {
            let (rule, faults) = kind.read_alone("");
            assert!(faults.is_empty() && rule.keys().entries.is_empty(), "{}", kind.id);
            assert!(!rule.has_to_be_paid(), "{}", kind.id);
        }
    }
}

//! Actions and obligations of the owner: interest on cash, taxes, costs, spending, insurance, custody,
//! forced sales, rebalancing, reinvestment.
//!
//! In: the owner's account and the holdings. Out: stages. Not here: the income of a holding (`asset`).

mod cost;
mod cover;
mod custody;
mod flow;
mod hours;
mod insurer;
mod interest;
mod late_tax;
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

pub use cost::{charge, lose};
pub use cover::Pays;
pub use custody::guard;
pub use flow::Flow;
pub use hours::{of_owner, sum_of};
pub use insurer::{Cover, CoverTally};
pub use interest::Interest;
pub use late_tax::{Late, tax_late};
pub use levy::{Levy, settlements};
pub use liquidation::{GainsTax, liquidate};
pub use parametric::Trigger;
pub use permit::{Applicant, Permit};
pub use planned::pay_planned;
pub use relocation::Relocation;
pub use rule::Rule;
pub use shortfall::{Saleable, Shortfall};
pub use surplus::reinvest;
pub use sustainable::{ACCEPTED_RUIN, Sustaining};
pub use tax::{Collection, Tax, TaxRows};

use crate::book::Account;
use crate::form::Kind;
use crate::math::Lanes;
use crate::stage::{AverageCost, Build, Cx, Row};

/// All trading rules that an owner may follow, in the order of their execution.
pub const RULES: &[Kind<dyn Rule>] = &[rebalance::KIND];

/// Accounts of the owner, and rows of income and costs.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    /// Available cash.
    pub cash: Account,
    /// Account of tax that is owed but not paid yet, at or below zero, which reduces the excess cash; `None` unless tax
    /// is paid once a year.
    pub owed: Option<Account>,
    /// Net income of the month, from which costs are deducted.
    pub net_income: Row,
    /// Deductible costs since the last tax settlement; `None` without tax.
    pub deductible: Option<Row>,
}

/// A holding that the owner's rules may buy and sell.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// Account with the value of the holding.
    pub value: Account,
    /// Target weight: share of the opening value of all tradable holdings.
    pub weight: f64,
    /// Transaction cost of buying or selling, as a fraction of the traded amount.
    pub trade_cost: f64,
    /// Average cost of the holding; `None` if gains are not taxed.
    pub average_cost: Option<AverageCost>,
    /// Last month in which no rule trades the holding; `None` if no event stops trades or ends the owner's trust.
    pub closed: Option<Row>,
}

impl Holding {
    /// Returns `of(lane)` on paths where the holding can be traded this month, else 0.
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

/// True if a holding cannot be traded now on the path in `lane`. `closed` is the last month without trading.
#[inline(always)]
fn is_closed(closed: Option<Row>, cx: &Cx<'_>, lane: usize) -> bool {
    closed.is_some_and(|row| cx.rows.get(row)[lane] >= f64::from(cx.month.index))
}

/// Sum of the weights of holdings that can be traded this month, per path. `None` if no holding can ever be
/// closed, so that the sum is always 1.
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

/// Weight of `holding` among the holdings that can be traded this month; 0 on paths where `holding` cannot be
/// traded. `open` is the result of [`open_weights`].
#[inline(always)]
fn open_weight(holding: &Holding, open: Option<&Lanes>, cx: &Cx<'_>) -> Lanes {
    match open {
        None => Lanes::splat(holding.weight),
        Some(open) => holding.where_open(cx, |lane| holding.weight / open[lane]),
    }
}

/// Rows with the money that the owner pays and receives outside the portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purse {
    /// Money that left the owner's account this month before forced sales, including tax set aside or
    /// settled. It sets the scale of rounding errors, which must not count as debt.
    pub flowed: Row,
    /// Spending and other dated payments of the month, not reduced by dated income.
    pub spent: Row,
    /// Dated payments less dated income of the month; reset to zero once the month is recorded.
    pub paid_out: Row,
    /// 1 from the month on in which the owner could not pay something, else 0.
    pub ruined: Row,
}

impl Purse {
    /// Creates the rows of payments and of ruin, all zero.
    pub fn of(build: &mut Build) -> Self {
        Self { flowed: build.row(), spent: build.row(), paid_out: build.row(), ruined: build.row() }
    }
}

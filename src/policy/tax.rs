//! Tax on income and on realised gains, taken as income comes or once a year.
//!
//! ```text
//! month      τ·income                                is put aside, or is owed
//!            what it adds to τ·max(0, income − costs) of the year so far is taken off its net income
//! settled    τ·max(0, income − costs) + τ·max(0, gains + carried)
//!            carried ← min(0, gains + carried)       losses of sales wait for gains
//! ```
//!
//! It is settled in every twelfth month, in the last one, and in the last one before a move. What was put aside beyond that comes back, what is
//! missing is paid. A ruined owner settles with what was put aside; what he owes stays unpaid.

use super::{Owner, Purse, Uncertain};
use crate::book::{Account, Cause};
use crate::choices;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::random::ObjectKind;
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Months of a tax year, which begins with the simulation.
const YEAR: u32 = 12;

choices! {
    /// When tax is taken.
    pub enum Collection: "time of tax" {
        /// Once a year; until then it is owed.
        Annual = "annual",
        /// With every posting, into an account that is the owner's no more.
        RealTime = "real-time",
    }
}

/// A tax, whose rate may change when the owner moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Tax {
    /// First months and rates from then on.
    pub rates: Vec<(u32, Uncertain)>,
    pub collection: Collection,
    /// Net income of the month.
    pub net_income: Row,
    /// The last month, in which the books are closed whatever the year.
    pub horizon: u32,
}

/// What a plan knows of the tax that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxRows {
    /// Where it stands until it is settled: of the state if it is put aside, owed if not.
    pub account: Account,
    /// Costs since the last settlement.
    pub costs: Row,
    /// Realised gains less losses since the last settlement.
    pub gains: Row,
}

impl Tax {
    /// Leaves its stages in the plan.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) -> TaxRows {
        let (costs, gains) = (build.row(), build.row());
        let (income, accrued, carried) = (build.row(), build.row(), build.row());
        let mut settled: Vec<u32> = self.rates[1..].iter().map(|(from, _)| from - 1).collect();
        settled.push(self.horizon);
        let rate = Uncertain::row(self.rates, "tax_rate", Phase::Tax, build);
        let (world, cash) = (build.world(Cause::Tax), owner.cash);
        let account = match self.collection {
            // what is put aside is the owner's no more
            Collection::RealTime => {
                build.object(ObjectKind::Policy, "escrow");
                build.world(Cause::Tax)
            }
            Collection::Annual => build.account(0.0),
        };
        let known = TaxRows {
            account,
            costs,
            gains,
        };
        let rows = Rows {
            known,
            rate,
            net_income: self.net_income,
            income,
            accrued,
            carried,
        };
        let (collection, purse) = (self.collection, *purse);
        let accounts = Accounts { cash, world };
        build.stage(
            Phase::Tax,
            Accrue {
                collection,
                rows,
                accounts,
                purse,
            },
        );
        build.stage(
            Phase::Settle,
            Settle {
                collection,
                settled,
                rows,
                accounts,
                purse,
            },
        );
        known
    }
}

#[derive(Clone, Copy)]
struct Rows {
    known: TaxRows,
    rate: Row,
    /// Of the month.
    net_income: Row,
    /// Income since the last settlement.
    income: Row,
    /// Tax on it, less costs, that net incomes since the last settlement are without.
    accrued: Row,
    /// Losses of earlier years, at most 0.
    carried: Row,
}

#[derive(Clone, Copy)]
struct Accounts {
    cash: Account,
    world: Account,
}

struct Accrue {
    collection: Collection,
    rows: Rows,
    accounts: Accounts,
    purse: Purse,
}

impl Stage for Accrue {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let Rows {
            known,
            rate,
            income,
            ..
        } = self.rows;
        let rate = *cx.rows.get(rate);
        let mut tax = Lanes::ZERO;
        let [gross, income] = cx.rows.pair(self.rows.net_income, income);
        for lane in 0..LANES {
            tax[lane] = rate[lane] * greater(gross[lane], 0.0);
            income[lane] += gross[lane];
        }
        let flowed = cx.rows.get_mut(self.purse.flowed);
        for lane in 0..LANES {
            flowed[lane] += tax[lane];
        }
        let (from, to) = match self.collection {
            Collection::RealTime => (self.accounts.cash, known.account),
            Collection::Annual => (known.account, self.accounts.world),
        };
        cx.book.post(from, to, &tax);
    }
}

struct Settle {
    collection: Collection,
    /// Months in which it is settled whatever the year.
    settled: Vec<u32>,
    rows: Rows,
    accounts: Accounts,
    purse: Purse,
}

impl Stage for Settle {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        self.accrue(cx);
        let month = cx.month.index;
        if !month.is_multiple_of(YEAR) && !self.settled.contains(&month) {
            return;
        }
        let tax = self.tax_of_year(cx);
        let Accounts { cash, world } = self.accounts;
        let account = self.rows.known.account;
        let ruined = *cx.rows.get(self.purse.ruined);
        let standing = *cx.book.value(account);
        let mut paid = Lanes::ZERO;
        match self.collection {
            Collection::RealTime => {
                cx.book.post(account, world, &standing);
                for lane in 0..LANES {
                    paid[lane] = (tax[lane] - standing[lane]) * (1.0 - ruined[lane]);
                }
                cx.book.post(cash, world, &paid);
            }
            Collection::Annual => {
                // what is owed stands below zero; of a ruined owner nothing does any more
                cx.book.post_with(account, world, |lane, owed, _| {
                    (tax[lane] + owed) * (1.0 - ruined[lane])
                });
                for lane in 0..LANES {
                    paid[lane] = tax[lane] * (1.0 - ruined[lane]);
                }
                cx.book.post(cash, account, &paid);
            }
        }
        let flowed = cx.rows.get_mut(self.purse.flowed);
        for lane in 0..LANES {
            flowed[lane] += tax[lane];
        }
    }
}

impl Settle {
    /// Takes off the month's net income what the month has added to the tax on the income of the year so far.
    #[inline(always)]
    fn accrue(&self, cx: &mut Cx<'_>) {
        let rows = self.rows;
        let (rate, costs) = (*cx.rows.get(rows.rate), *cx.rows.get(rows.known.costs));
        let mut added = Lanes::ZERO;
        let [income, accrued] = cx.rows.pair(rows.income, rows.accrued);
        for lane in 0..LANES {
            let tax = rate[lane] * greater(income[lane] - costs[lane], 0.0);
            added[lane] = tax - accrued[lane];
            accrued[lane] = tax;
        }
        let net_income = cx.rows.get_mut(rows.net_income);
        for lane in 0..LANES {
            net_income[lane] -= added[lane];
        }
    }

    /// Tax on the year's income and gains; what was summed up for it begins anew.
    #[inline(always)]
    fn tax_of_year(&self, cx: &mut Cx<'_>) -> Lanes {
        let Rows {
            known,
            rate,
            income,
            accrued,
            carried,
            ..
        } = self.rows;
        let rate = *cx.rows.get(rate);
        let mut tax = Lanes::ZERO;
        cx.rows.get_mut(accrued).fill(0.0);
        let [income, costs] = cx.rows.pair(income, known.costs);
        for lane in 0..LANES {
            tax[lane] = rate[lane] * greater(income[lane] - costs[lane], 0.0);
            income[lane] = 0.0;
            costs[lane] = 0.0;
        }
        let [gains, carried] = cx.rows.pair(known.gains, carried);
        for lane in 0..LANES {
            let net = gains[lane] + carried[lane];
            tax[lane] += rate[lane] * greater(net, 0.0);
            carried[lane] = lesser(net, 0.0);
            gains[lane] = 0.0;
        }
        tax
    }
}

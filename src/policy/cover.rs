//! Insurance as code: pays by itself when an event has struck a holding and its yield is low.
//!
//! ```text
//! y      = 12·(income − loss)/V        of the month; V: value at its start, loss: what events of the cause took
//! claim  if loss > 0, y < yield_below and loss ≥ attachment·V
//! payout = min(limit left, max(cover·loss − deductible, 0)); nothing if the insurer defaults
//! paid `waiting` months later, untaxed; the limit is whole again every twelve months
//! premium = rate·limit/12 a month while V > 0
//! ```
//!
//! Whether the insurer defaults is drawn once, at the claim; in a crisis the chance is three times as large.

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::{Hits, LANES, greater, lesser};
use crate::random::discrete::strikes;
use crate::random::{Purpose, Rare};
use crate::stage::{Build, Cx, Draw, Phase, Row, Stage};

/// Months of a policy year.
const YEAR: u32 = 12;

/// How many times as often insurers default in a crisis.
const WRONG_WAY: f64 = 3.0;

/// A cover of one holding.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Value of the holding at the start of the month.
    pub start: Row,
    /// Its income of the month, gross.
    pub income: Row,
    /// What events of the cause took of it this month; zeroed here.
    pub loss: Row,
    pub limit: f64,
    pub yield_below: f64,
    /// Of the loss.
    pub cover: f64,
    pub deductible: f64,
    pub attachment: f64,
    /// Months between a claim and its payment, at least 1.
    pub waiting: u32,
    /// A year, of the limit.
    pub premium: f64,
    /// Chance that a claim is not paid, outside crises.
    pub default: f64,
    /// 1 in a crisis, if there are any.
    pub crisis: Option<Draw>,
    /// Net income of the month, off which premiums come.
    pub net_income: Row,
    /// Costs since the last settlement that are set against income.
    pub deductible_costs: Option<Row>,
    pub tally: CoverTally,
}

/// What all covers of a path came to, in money of the start.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverTally {
    pub payouts: Row,
    /// Price level at the end of the month.
    pub prices: Row,
}

impl Cover {
    /// Leaves its stages in the plan, of the cover being built; what it owes stands in the account that is
    /// returned.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) -> Account {
        let receivable = build.account(0.0);
        let accounts = Accounts {
            cash: owner.cash,
            receivable,
            payout: build.world(Cause::Payout),
        };
        let pending = (0..self.waiting).map(|_| build.row()).collect();
        let (used, insurer) = (build.row(), build.rare(Purpose::Insurer));
        let (ruined, flowed) = (purse.ruined, purse.flowed);
        let premium = Premium {
            of: self.clone(),
            cash: owner.cash,
            world: build.world(Cause::Premium),
            ruined,
            flowed,
        };
        build.stage(
            Phase::Claim,
            Claims {
                of: self,
                accounts,
                pending,
                used,
                insurer,
                ruined,
            },
        );
        build.stage(Phase::Cost, premium);
        receivable
    }
}

#[derive(Clone, Copy)]
struct Accounts {
    cash: Account,
    /// What the insurer owes.
    receivable: Account,
    payout: Account,
}

struct Claims {
    of: Cover,
    accounts: Accounts,
    /// What falls due in months that leave this remainder.
    pending: Vec<Row>,
    /// Of the limit of this year.
    used: Row,
    insurer: Rare,
    ruined: Row,
}

impl Stage for Claims {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let month = cx.month.index;
        let pending = self.pending[(month % self.of.waiting) as usize];
        let Accounts {
            cash, receivable, ..
        } = self.accounts;
        let ruined = cx.rows.get(self.ruined);
        let due = cx.rows.get(pending);
        // of who is ruined nothing is left to be paid to
        cx.book.post_with(receivable, cash, |lane, _, _| {
            due[lane] * (1.0 - ruined[lane])
        });
        cx.rows.get_mut(pending).fill(0.0);
        if (month - 1).is_multiple_of(YEAR) {
            cx.rows.get_mut(self.used).fill(0.0);
        }
        let loss = cx.rows.get(self.of.loss);
        for lane in Hits::of(|lane| loss[lane] > 0.0).iter() {
            self.claim(cx, lane, pending);
        }
    }
}

impl Claims {
    fn claim(&self, cx: &mut Cx<'_>, lane: usize, pending: Row) {
        let of = &self.of;
        let loss = std::mem::take(&mut cx.rows.get_mut(of.loss)[lane]);
        let (start, income) = (cx.rows.get(of.start)[lane], cx.rows.get(of.income)[lane]);
        let is_claim = loss >= of.attachment * start
            && 12.0 * (income - loss) < of.yield_below * start
            && cx.rows.get(self.ruined)[lane] == 0.0;
        if !is_claim || self.defaults(cx, lane) {
            return;
        }
        let used = &mut cx.rows.get_mut(self.used)[lane];
        let payout = lesser(
            greater(of.cover.mul_add(loss, -of.deductible), 0.0),
            of.limit - *used,
        );
        *used += payout;
        cx.rows.get_mut(pending)[lane] = payout;
        let Accounts {
            receivable,
            payout: world,
            ..
        } = self.accounts;
        cx.book.post_lane(world, receivable, lane, payout);
        let level = cx.rows.get(of.tally.prices)[lane];
        cx.rows.get_mut(of.tally.payouts)[lane] += payout / level;
    }

    fn defaults(&self, cx: &Cx<'_>, lane: usize) -> bool {
        let path = cx.month.first_path + lane as u64;
        let [uniform, _] = self.insurer.uniform2(path, cx.month.index, 0);
        let in_crisis = self
            .of
            .crisis
            .map_or(0.0, |state| cx.draws.row(state)[lane]);
        let times = (WRONG_WAY - 1.0).mul_add(in_crisis, 1.0);
        strikes(uniform, times * self.of.default)
    }
}

struct Premium {
    of: Cover,
    cash: Account,
    world: Account,
    ruined: Row,
    flowed: Row,
}

impl Stage for Premium {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let amount = self.of.premium * self.of.limit / 12.0;
        let mut paid = *cx.rows.get(self.ruined);
        let start = cx.rows.get(self.of.start);
        for lane in 0..LANES {
            let is_held = if start[lane] > 0.0 { amount } else { 0.0 };
            paid[lane] = is_held * (1.0 - paid[lane]);
        }
        cx.book.post(self.cash, self.world, &paid);
        let mut add = |row: Row, times: f64| {
            let row = cx.rows.get_mut(row);
            row.each(|lane, own| times.mul_add(paid[lane], own));
        };
        add(self.of.net_income, -1.0);
        add(self.flowed, 1.0);
        if let Some(row) = self.of.deductible_costs {
            add(row, 1.0);
        }
    }
}

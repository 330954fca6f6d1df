//! The payment of a holding's income, whatever its kind.
//!
//! In: its gross income, what strains it, how late it comes. Out: postings to the proceeds, the month's net income. Not here: how
//! much a kind earns.

use super::{Coefficient, Income};
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Rows, Stage};

/// Where the income of a holding goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proceeds {
    /// The owner's cash, or back into the holding.
    pub to: Account,
    /// Net income of the month, summed over all holdings.
    pub net_income: Row,
    /// The same of this holding alone, if somebody wants to know.
    pub own: Option<Row>,
    /// What is earned and comes later, if it does.
    pub owed: Option<Owed>,
}

/// What others owe for income that was earned:
///
/// ```text
/// paid_t = earned_(t−ℓ)        receivable_t = Σ earned of the last ℓ months
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    pub receivable: Account,
    /// What falls due in months that leave this remainder.
    pending: Vec<Row>,
}

impl Owed {
    /// Of the object being built, `months` ≥ 1 late in a run of `horizon`; what would come after that needs no date.
    pub fn build(months: u32, horizon: u32, build: &mut Build) -> Self {
        let n_rows = if months < horizon { months } else { 0 };
        Self { receivable: build.account(0.0), pending: (0..n_rows).map(|_| build.row()).collect() }
    }

    /// Pays what is due in the month, and puts down what is `earned` in it, which becomes what was paid.
    #[inline(always)]
    fn exchange(&self, cx: &mut Cx<'_>, [from, to]: [Account; 2], earned: &mut Lanes) {
        let mut paid = Lanes::ZERO;
        if let Some(place) = cx.month.index.checked_rem(self.pending.len() as u32) {
            let pending = cx.rows.get_mut(self.pending[place as usize]);
            let standing = cx.book.value(self.receivable);
            for lane in 0..LANES {
                // of who is ruined nothing is left to be paid
                paid[lane] = lesser(pending[lane], standing[lane]);
                pending[lane] = earned[lane];
            }
        }
        cx.book.post(self.receivable, to, &paid);
        cx.book.post(from, self.receivable, earned);
        *earned = paid;
    }
}

/// A part of an income that an event has cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    pub part: Row,
    /// True if it is a cost that grows with the revenue, so that it takes a part of that and not of what is left.
    pub of_revenue: bool,
    /// Where it is summed up in money of the start, if somebody wants to know, and the price level of the month.
    pub lost: Option<(Row, Row)>,
}

impl Cut {
    /// Takes its part off `amount`; of a `revenue` beside it what is left is noted, unless it is a part of that.
    #[inline(always)]
    fn take(&self, rows: &mut Rows, amount: &mut Lanes, revenue: &mut Option<Lanes>) {
        let part = rows.get(self.part);
        let mut missing = *part;
        match revenue {
            Some(revenue) if self.of_revenue => missing *= &*revenue,
            Some(revenue) => {
                missing *= &*amount;
                revenue.each(|lane, own| own - part[lane] * own);
            }
            None => missing *= &*amount,
        }
        *amount -= &missing;
        let Some((row, prices)) = self.lost else {
            return;
        };
        let [level, lost] = rows.pair(prices, row);
        lost.each(|lane, own| own + missing[lane] / level[lane]);
    }
}

/// What takes something off an income before it is paid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Burden {
    /// What forced sales of its market have left to recover, times how much its income feels of it; nothing if
    /// it feels nothing.
    pub strain: Option<Row>,
    /// One after the other.
    pub cuts: Vec<Cut>,
    /// Where what a unit of the value at the start of the month earned is added, if somebody wants to know.
    pub per_unit: Option<Row>,
}

/// Leaves the payment of the month, of the asset being built:
///
/// ```text
/// gross  = rate·V_start·factor, or max(0, money)
/// left   = gross·exp(−strain)·Π(1 − cut) + min(0, money) − costs     a cut of the revenue takes its part of that instead
/// earned = max(0, left)                                              paid in the month, or when it is due
/// ```
///
/// `start`: the start-of-month value.
pub fn pay(income: &Income, start: Row, burden: Burden, proceeds: Proceeds, build: &mut Build) {
    let from = build.world(Cause::Income);
    build.stage(Phase::Earn, Pay { from, proceeds, income: *income, start, burden });
}

struct Pay {
    from: Account,
    proceeds: Proceeds,
    income: Income,
    start: Row,
    burden: Burden,
}

impl Stage for Pay {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut amount = self.gross(cx.rows);
        let mut revenue = self.revenue(cx.rows);
        if let Some(row) = self.burden.strain {
            let strain = cx.rows.get(row);
            scale(&mut amount, |lane| exp(-strain[lane]));
            if let Some(revenue) = &mut revenue {
                scale(revenue, |lane| exp(-strain[lane]));
            }
        }
        for cut in &self.burden.cuts {
            cut.take(cx.rows, &mut amount, &mut revenue);
        }
        self.take_costs(cx.rows, &mut amount);
        if let Some(row) = self.burden.per_unit {
            self.add_per_unit(cx.rows, row, &amount);
        }
        let to = self.proceeds.to;
        match &self.proceeds.owed {
            None => cx.book.post(self.from, to, &amount),
            Some(owed) => owed.exchange(cx, [self.from, to], &mut amount),
        }
        if let Some(own) = self.proceeds.own {
            *cx.rows.get_mut(own) = amount;
        }
        let total = cx.rows.get_mut(self.proceeds.net_income);
        *total += &amount;
    }
}

impl Pay {
    /// What customers pay, where a cut takes its part of that.
    #[inline(always)]
    fn revenue(&self, rows: &Rows) -> Option<Lanes> {
        let Income::Money { revenue: Some(row), .. } = self.income else {
            return None;
        };
        let is_needed = self.burden.cuts.iter().any(|cut| cut.of_revenue);
        is_needed.then(|| *rows.get(row))
    }

    #[inline(always)]
    fn take_costs(&self, rows: &mut Rows, amount: &mut Lanes) {
        let Income::Money { row, costs: Some(costs), .. } = self.income else {
            return;
        };
        let [left, costs] = rows.pair(row, costs);
        for lane in 0..LANES {
            // a gross income below zero is not cut
            left[lane] = amount[lane] + lesser(left[lane], 0.0) - costs[lane];
            amount[lane] = greater(left[lane], 0.0);
        }
    }

    /// Of a holding of which nothing is left the rate alone is known, without what burdens it.
    #[inline(always)]
    fn add_per_unit(&self, rows: &mut Rows, row: Row, amount: &Lanes) {
        let mut rate = Lanes::ZERO;
        if let Income::OfValue { rate: known, factor } = self.income {
            rate = known.of_paths(rows);
            if let Some(factor) = factor {
                rate *= rows.get(factor);
            }
        }
        let [earned, start] = rows.pair(row, self.start);
        earned.each(|lane, own| match start[lane] > 0.0 {
            true => own + amount[lane] / start[lane],
            false => own + rate[lane],
        });
    }

    #[inline(always)]
    fn gross(&self, rows: &Rows) -> Lanes {
        let (rate, factor) = match self.income {
            Income::OfValue { rate, factor } => (rate, factor),
            Income::Money { row, .. } => {
                let mut amount = *rows.get(row);
                amount.each(|_, own| greater(own, 0.0));
                return amount;
            }
        };
        let mut amount = *rows.get(self.start);
        match rate {
            Coefficient::Same(rate) => scale(&mut amount, |_| rate),
            Coefficient::PerPath(row) => {
                let rate = rows.get(row);
                scale(&mut amount, |lane| rate[lane]);
            }
        }
        if let Some(row) = factor {
            let factor = rows.get(row);
            scale(&mut amount, |lane| factor[lane]);
        }
        amount
    }
}

#[inline(always)]
fn scale(amount: &mut Lanes, by: impl Fn(usize) -> f64) {
    for lane in 0..LANES {
        amount[lane] *= by(lane);
    }
}

//! Payment of a holding's income, for any kind.
//!
//! In: gross income, cuts and strain on it, its payment delay. Out: postings to the proceeds, the month's
//! net income. Not here: the amount a kind earns.

use super::Income;
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, ROUNDING, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Rows, Stage};

/// Accounts and rows that receive the income of a holding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proceeds {
    /// Account that receives the income: the owner's cash, a business's cash, or the holding itself.
    pub to: Account,
    /// Net income of the month, summed over all holdings.
    pub net_income: Row,
    /// Net income of the month of this holding alone; `None` if it is not recorded separately.
    pub own: Option<Row>,
    /// Income that is paid with a delay; `None` if it is paid at once.
    pub owed: Option<Owed>,
}

/// Receivables: income that is paid `ℓ` months after it was earned.
///
/// ```text
/// paid_t = earned_(t−ℓ)        receivable_t = Σ earned of the last ℓ months
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Account of the outstanding income.
    pub receivable: Account,
    /// Outstanding amounts in a ring; row `month mod length` falls due in that month.
    pending: Vec<Row>,
}

impl Owed {
    /// Creates the receivables of the object being built, `months` ≥ 1 late. Nothing falls due if the run
    /// of `horizon` months is not longer.
    pub fn build(months: u32, horizon: u32, build: &mut Build) -> Self {
        let n_rows = if months < horizon { months } else { 0 };
        Self { receivable: build.account(0.0), pending: (0..n_rows).map(|_| build.row()).collect() }
    }

    /// Pays the amount due this month to the account `to`. Books `earned`, from the account `from`, for a
    /// later payment and replaces it by the amount paid.
    #[inline(always)]
    fn exchange(&self, cx: &mut Cx<'_>, from: Account, to: Account, earned: &mut Lanes) {
        let mut paid = Lanes::ZERO;
        if let Some(place) = cx.month.index.checked_rem(self.pending.len() as u32) {
            let pending = cx.rows.get_mut(self.pending[place as usize]);
            let standing = cx.book.value(self.receivable);
            for lane in 0..LANES {
                // Ruin empties the receivables, so that less may be left than is due. A sum of what was added and taken
                // away is not exactly the last amount, and its rest would be wealth for ever.
                let is_last = (standing[lane] - pending[lane]).abs() <= ROUNDING * pending[lane];
                paid[lane] = if is_last { standing[lane] } else { lesser(pending[lane], standing[lane]) };
                pending[lane] = earned[lane];
            }
        }
        cx.book.post(self.receivable, to, &paid);
        cx.book.post(from, self.receivable, earned);
        *earned = paid;
    }
}

/// Reduction of an income by a loss event.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomeCut {
    /// Fraction of the income that is cut.
    pub part: Row,
    /// True if the cut is a cost proportional to revenue, false if it is a fraction of remaining income.
    pub of_revenue: bool,
    /// Row of the total loss in money of day one, and the row of price levels; `None` if not recorded.
    pub lost: Option<(Row, Row)>,
}

impl IncomeCut {
    /// Subtracts the cut from the income `amount`. Also reduces `revenue`, unless the cut depends on it.
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

/// Reductions of a holding's income before it is paid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Burden {
    /// Log-fall of the holding's market by forced sales that has not recovered yet, times the sensitivity of
    /// the income; `None` if the income does not react.
    pub strain: Option<Row>,
    /// Cuts by loss events, applied one after the other.
    pub cuts: Vec<IncomeCut>,
    /// Row to which the month's income per unit of starting value is added; `None` if nothing needs it.
    pub per_unit: Option<Row>,
}

/// Adds the monthly income payment of the asset being built:
///
/// ```text
/// gross  = rate·V_start·factor, or max(0, money)
/// left   = gross·exp(−strain)·Π(1 − cut) + min(0, money) − costs     a revenue cut takes part·revenue
/// earned = max(0, left)                                              paid in the month, or when it is due
/// ```
///
/// `start` is the row of values at the start of the month.
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
            for paid in [Some(&mut amount), revenue.as_mut()].into_iter().flatten() {
                paid.each(|lane, own| own * exp(-strain[lane]));
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
            Some(owed) => owed.exchange(cx, self.from, to, &mut amount),
        }
        if let Some(own) = self.proceeds.own {
            *cx.rows.get_mut(own) = amount;
        }
        let total = cx.rows.get_mut(self.proceeds.net_income);
        *total += &amount;
    }
}

impl Pay {
    /// Revenue of the month from customers; `None` if no cut depends on it.
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
            // Strain and cuts do not apply to a negative gross income.
            left[lane] = amount[lane] + lesser(left[lane], 0.0) - costs[lane];
            amount[lane] = greater(left[lane], 0.0);
        }
    }

    /// Adds the month's income per unit of value to `row`. Where nothing is held it adds the plain rate,
    /// without strain and cuts.
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
        earned.each(
            |lane, own| if start[lane] > 0.0 { own + amount[lane] / start[lane] } else { own + rate[lane] },
        );
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
        rate.apply(rows, &mut amount, |own, rate| own * rate);
        if let Some(row) = factor {
            amount *= rows.get(row);
        }
        amount
    }
}

//! Tax at the horizon on income that was earned and is paid after it.
//!
//! ```text
//! settled    q = what was earned since the settlement before and will still be owed at the horizon
//!            y = income − costs + O − O_b         as it was earned; O: owed now, O_b: at the settlement before
//!            D ← D + S(y) − S(y − q)              S: what is taken of an income of the months since then
//! horizon    O_k ← O_k·(1 − D/O)
//! ```
//!
//! That is what it would have borne, had it been paid at once. What is owed is worth less by the tax: no cash is paid for it,
//! and nothing is sold.
//!
//! In: what is owed, the tax. Out: stages. Not here: income that is paid before (`tax`).

use super::liquidation::GainsTax;
use super::tax::TaxRows;
use crate::book::{Account, Cause};
use crate::math::{Lanes, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// What others owe for the income of an asset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Late {
    pub receivable: Account,
    /// The world's side of what it earns: less than nothing by all that was earned.
    pub world: Account,
    /// Last month whose income is paid within the horizon; 0 if none is.
    pub paid_until: u32,
}

/// The tax of the month `horizon` on what is paid later.
#[derive(Clone, Debug)]
pub struct LateTax {
    pub horizon: u32,
    pub late: Vec<Late>,
    pub tax: TaxRows,
    /// Rates and brackets, which are those of gains that have no rate of their own.
    pub rates: GainsTax,
}

impl LateTax {
    /// Leaves its stages in the plan, under the name of the tax.
    pub fn build(self, build: &mut Build) {
        let world = build.world(Cause::Tax);
        let since = self.late.iter().map(|_| build.row()).collect();
        let [owed, due, above] = [(); 3].map(|()| build.row());
        if let Some([_, base]) = self.tax.rise {
            build.stage(Phase::Settle, Note { above, base });
        }
        // the costs of the month are known, and the year is not settled
        build.stage(Phase::Spend, Tax { of: self, world, since, owed, due, above });
    }
}

struct Tax {
    of: LateTax,
    world: Account,
    /// What each had earned at the last settlement, or when what it earned was paid in time for the last time.
    since: Vec<Row>,
    /// Owed at the last settlement.
    owed: Row,
    /// Tax on what will be owed at the horizon.
    due: Row,
    /// What rates from 0 on are taken of, of the month.
    above: Row,
}

impl Stage for Tax {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut owed = Lanes::ZERO;
        for late in &self.of.late {
            owed += cx.book.value(late.receivable);
        }
        let closed = self.of.rates.levies.settled(cx);
        if let Some(closed) = &closed {
            self.assess(cx, &owed, closed);
        } else {
            cx.rows.get_mut(self.above).fill(0.0);
        }
        self.remember(cx, closed.as_ref());
        if cx.month.index == self.of.horizon {
            self.take(cx, &owed);
        }
    }
}

impl Tax {
    /// Notes what each has earned, where what it earns from now on is to be told apart from it.
    #[inline(always)]
    fn remember(&self, cx: &mut Cx<'_>, closed: Option<&Lanes>) {
        for (late, since) in self.of.late.iter().zip(&self.since) {
            let earned = cx.book.value(late.world);
            let since = cx.rows.get_mut(*since);
            if cx.month.index == late.paid_until {
                since.each(|lane, _| -earned[lane]);
            } else if let Some(closed) = closed {
                since.each(|lane, own| if closed[lane] > 0.0 { -earned[lane] } else { own });
            }
        }
    }

    /// Takes what is due of all that is owed, of each in proportion.
    #[inline(always)]
    fn take(&self, cx: &mut Cx<'_>, owed: &Lanes) {
        let due = cx.rows.get(self.due);
        // of who is ruined nothing is left that could be taxed
        let rate = Lanes::of(|lane| match owed[lane] > 0.0 {
            true => lesser(due[lane] / owed[lane], 1.0),
            false => 0.0,
        });
        for late in &self.of.late {
            let receivable = late.receivable;
            (cx.book).post_with(receivable, self.world, |lane, own, _| own * rate[lane]);
        }
    }

    /// Adds the tax of the months since the last settlement on paths that are `closed`.
    #[inline(always)]
    fn assess(&self, cx: &mut Cx<'_>, owed: &Lanes, closed: &Lanes) {
        let TaxRows { income, costs, .. } = self.of.tax;
        let [income, costs, before] = [income, costs, self.owed].map(|row| cx.rows.get(row));
        let with = Lanes::of(|lane| income[lane] - costs[lane] + owed[lane] - before[lane]);
        let mut without = with;
        for (late, since) in self.of.late.iter().zip(&self.since) {
            if cx.month.index > late.paid_until {
                let (world, since) = (cx.book.value(late.world), cx.rows.get(*since));
                without.each(|lane, own| own + (world[lane] + since[lane]));
            }
        }
        let above = Lanes::of(|lane| greater(with[lane], 0.0) - greater(without[lane], 0.0));
        let tax = self.of.between(cx, &above, [&without, &with]);
        let [due, noted] = cx.rows.pair(self.due, self.above);
        due.each(|lane, own| own + closed[lane] * tax[lane]);
        noted.each(|lane, _| closed[lane] * above[lane]);
        let before = cx.rows.get_mut(self.owed);
        before.each(|lane, own| if closed[lane] > 0.0 { owed[lane] } else { own });
    }
}

impl LateTax {
    /// What is taken of the higher income beyond what is of the lower one; `above` zero they are so far apart.
    #[inline(always)]
    fn between(&self, cx: &Cx<'_>, above: &Lanes, [lower, higher]: [&Lanes; 2]) -> Lanes {
        let rates = &self.rates;
        let mut tax = *cx.rows.get(rates.rate);
        if let Some(rise) = rates.rise {
            tax += cx.rows.get(rise);
        }
        tax *= above;
        let Some(prices) = rates.prices.map(|row| cx.rows.get(row)) else {
            return tax;
        };
        let lived = rates.levies.lived(cx.rows);
        let mut less = Lanes::ZERO;
        for levy in rates.levies.in_month(cx.month.index, lived.as_ref()) {
            levy.add(&mut tax, higher, prices);
            levy.add(&mut less, lower, prices);
        }
        tax -= &less;
        tax
    }
}

/// Adds what the tax is taken of to what points of an event are taken of.
struct Note {
    above: Row,
    base: Row,
}

impl Stage for Note {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let [base, above] = cx.rows.pair(self.base, self.above);
        *base += &*above;
    }
}

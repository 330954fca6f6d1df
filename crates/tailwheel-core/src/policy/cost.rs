//! Monthly costs of the owner, and monthly losses of a business that nobody covers.

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::{LANES, greater, lesser};
use crate::stage::{Build, Phase, Row};

/// A monthly cost of the owner, deducted from the net income. A ruined owner pays nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charge {
    pub amount: Row,
    /// Factor and price level: the cost is `amount`·factor·level. If `None`, `amount` is in money of the
    /// month, and its negative part is the cost.
    pub prices: Option<(f64, Row)>,
    /// Net income of the month, from which the cost is deducted.
    pub net_income: Row,
    /// Deductible costs since the last tax settlement; `None` without tax.
    pub deductible: Option<Row>,
}

impl Charge {
    /// Adds the stage of the cost to the plan.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) {
        let world = build.world(Cause::Cost);
        let (cash, purse) = (owner.cash, *purse);
        build.step(
            Phase::Cost,
            "Pay",
            #[inline(always)]
            move |cx| {
                let (ruined, mut paid) = (cx.rows.get(purse.ruined), *cx.rows.get(self.amount));
                match self.prices.map(|(times, row)| (times, cx.rows.get(row))) {
                    Some((times, level)) => {
                        paid.each(|lane, own| own * (times * level[lane] * (1.0 - ruined[lane])));
                    }
                    None => {
                        paid.each(|lane, own| greater(-own, 0.0) * (1.0 - ruined[lane]));
                    }
                }
                cx.book.post(cash, world, &paid);
                let [net_income, flowed] = cx.rows.pair(self.net_income, purse.flowed);
                for lane in 0..LANES {
                    net_income[lane] -= paid[lane];
                    flowed[lane] += paid[lane];
                }
                if let Some(row) = self.deductible {
                    let deductible = cx.rows.get_mut(row);
                    *deductible += &paid;
                }
            },
        );
    }
}

/// Loss of a business without an owner's account: it is paid from the proceeds, then from the value of the
/// business.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Losing {
    /// Money of the month; a negative amount has to be paid.
    pub money: Row,
    /// Accounts that pay: the proceeds, then the business itself.
    pub from: [Account; 2],
    /// Net income of the month, from which the payment is deducted.
    pub net_income: Row,
}

impl Losing {
    /// Adds the stage of the payment to the plan.
    pub fn build(self, build: &mut Build) {
        let world = build.world(Cause::Cost);
        build.step(
            Phase::Cost,
            "Lose",
            #[inline(always)]
            move |cx| {
                let mut lacking = *cx.rows.get(self.money);
                lacking.each(|_, own| greater(-own, 0.0));
                for account in self.from {
                    let there = cx.book.value(account);
                    let mut taken = lacking;
                    for lane in 0..LANES {
                        taken[lane] = lesser(lacking[lane], there[lane]);
                        lacking[lane] -= taken[lane];
                    }
                    cx.book.post(account, world, &taken);
                    let net_income = cx.rows.get_mut(self.net_income);
                    *net_income -= &taken;
                }
            },
        );
    }
}

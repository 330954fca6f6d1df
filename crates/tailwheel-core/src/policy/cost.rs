//! Monthly costs of the owner, and monthly losses of a business that nobody covers.

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::{LANES, greater, lesser};
use crate::stage::{Build, Phase, Row};

/// Adds the stage that pays a monthly cost from the owner's cash and deducts it from the net income. A ruined
/// owner pays nothing. `prices` holds a factor and the row of price levels: the cost is
/// `amount`·factor·level. If it is `None`, the cost is the negative part of `amount`, in money of the month.
pub fn charge(amount: Row, prices: Option<(f64, Row)>, owner: Owner, purse: Purse, build: &mut Build) {
    let world = build.world(Cause::Cost);
    build.step(
        Phase::Cost,
        "Pay",
        #[inline(always)]
        move |cx| {
            let (ruined, mut paid) = (cx.rows.get(purse.ruined), *cx.rows.get(amount));
            match prices.map(|(times, row)| (times, cx.rows.get(row))) {
                Some((times, level)) => {
                    paid.each(|lane, own| own * (times * level[lane] * (1.0 - ruined[lane])));
                }
                None => {
                    paid.each(|lane, own| greater(-own, 0.0) * (1.0 - ruined[lane]));
                }
            }
            cx.book.post(owner.cash, world, &paid);
            let [net_income, flowed] = cx.rows.pair(owner.net_income, purse.flowed);
            for lane in 0..LANES {
                net_income[lane] -= paid[lane];
                flowed[lane] += paid[lane];
            }
            if let Some(row) = owner.deductible {
                let deductible = cx.rows.get_mut(row);
                *deductible += &paid;
            }
        },
    );
}

/// Adds the stage that pays a business's monthly loss if there is no owner: the negative part of `money` is
/// taken from the accounts `from` in order (the business's cash, then its value), as far as they suffice. It
/// is deducted from the month's `net_income`.
pub fn lose(money: Row, from: [Account; 2], net_income: Row, build: &mut Build) {
    let world = build.world(Cause::Cost);
    build.step(
        Phase::Cost,
        "Lose",
        #[inline(always)]
        move |cx| {
            let mut lacking = *cx.rows.get(money);
            lacking.each(|_, own| greater(-own, 0.0));
            for account in from {
                let there = cx.book.value(account);
                let mut taken = lacking;
                for lane in 0..LANES {
                    taken[lane] = lesser(lacking[lane], there[lane]);
                    lacking[lane] -= taken[lane];
                }
                cx.book.post(account, world, &taken);
                let net_income = cx.rows.get_mut(net_income);
                *net_income -= &taken;
            }
        },
    );
}

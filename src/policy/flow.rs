//! Amounts at known dates: what the owner lives on, a salary, a car.

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::LANES;
use crate::stage::{Build, Cx, Dated, Phase, Row, Stage};
use std::sync::Arc;

/// Amounts that are paid, or below zero come in, month by month; under the name of the object being built.
///
/// A ruined owner neither pays nor is paid any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The first is that of month 1; where the owner lives elsewhere, it may be others.
    pub amounts: Dated<Arc<[f64]>>,
    /// Price level of the month, if amounts are in money of the start.
    pub prices: Option<Row>,
}

impl Flow {
    /// Leaves its stage in the plan.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) {
        for (cause, sign) in [(Cause::Spending, 1.0), (Cause::Contribution, -1.0)] {
            let of_sign = |amount: &f64| (sign * amount).max(0.0);
            let amounts = self.amounts.clone();
            let amounts = amounts.map(|all| all.iter().map(of_sign).collect::<Vec<f64>>());
            let mut all = amounts.entries().iter().flat_map(|(_, all)| all);
            if all.any(|amount| *amount > 0.0) {
                let world = build.world(cause);
                let (cash, purse) = (owner.cash, *purse);
                build.stage(
                    Phase::Spend,
                    Transfer {
                        amounts,
                        prices: self.prices,
                        is_paid: cause == Cause::Spending,
                        cash,
                        world,
                        purse,
                    },
                );
            }
        }
    }
}

struct Transfer {
    amounts: Dated<Vec<f64>>,
    prices: Option<Row>,
    is_paid: bool,
    cash: Account,
    world: Account,
    purse: Purse,
}

impl Stage for Transfer {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let month = cx.month.index as usize;
        let amount = |all: &Vec<f64>| all.get(month - 1).copied().unwrap_or_default();
        let mut all = self.amounts.entries().iter();
        if all.all(|(_, all)| amount(all) == 0.0) {
            return;
        }
        let sign = if self.is_paid { 1.0 } else { -1.0 };
        let mut moved = self.amounts.lanes(cx.rows, cx.month.index, 0.0, amount);
        let ruined = cx.rows.get(self.purse.ruined);
        match self.prices.map(|row| cx.rows.get(row)) {
            Some(level) => moved.each(|lane, own| sign * own * level[lane] * (1.0 - ruined[lane])),
            None => moved.each(|lane, own| sign * own * (1.0 - ruined[lane])),
        }
        let paid_out = cx.rows.get_mut(self.purse.paid_out);
        *paid_out += &moved;
        cx.book.post(self.cash, self.world, &moved);
        if self.is_paid {
            let [flowed, spent] = cx.rows.pair(self.purse.flowed, self.purse.spent);
            for lane in 0..LANES {
                flowed[lane] += moved[lane];
                spent[lane] += moved[lane];
            }
        }
    }
}

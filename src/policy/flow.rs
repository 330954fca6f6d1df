//! Amounts at known dates: what the owner lives on, a salary, a car.

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::LANES;
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Amounts that are paid, or below zero come in, month by month; under the name of the object being built.
///
/// A ruined owner neither pays nor is paid any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The first is that of month 1.
    pub amounts: Vec<f64>,
    /// Price level of the month, if amounts are in money of the start.
    pub prices: Option<Row>,
}

impl Flow {
    /// Leaves its stage in the plan.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) {
        for (cause, sign) in [(Cause::Spending, 1.0), (Cause::Contribution, -1.0)] {
            let of_sign = |amount: &f64| (sign * amount).max(0.0);
            let amounts: Vec<f64> = self.amounts.iter().map(of_sign).collect();
            if amounts.iter().any(|amount| *amount > 0.0) {
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
    amounts: Vec<f64>,
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
        let amount = self.amounts.get(month - 1).copied().unwrap_or_default();
        if amount == 0.0 {
            return;
        }
        let out = if self.is_paid { amount } else { -amount };
        let mut moved = *cx.rows.get(self.purse.ruined);
        match self.prices.map(|row| cx.rows.get(row)) {
            Some(level) => moved.each(|lane, own| out * level[lane] * (1.0 - own)),
            None => moved.each(|_, own| out * (1.0 - own)),
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

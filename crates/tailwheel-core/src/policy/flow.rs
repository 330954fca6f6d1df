//! Payments at known dates, such as spending, a salary or a car.

use super::{Owner, Purse};
use crate::book::Cause;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Dated, Phase, Row, Rows};
use std::sync::Arc;

/// Dated monthly payments of the owner, such as spending or a salary. Negative amounts are income.
///
/// A ruined owner neither pays nor receives them.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Payment of each month, starting with month 1, in one list per residence. Negative amounts are income.
    pub amounts: Dated<Arc<[f64]>>,
    /// Price level of the month if amounts are in money of the start, else `None`.
    pub prices: Option<Row>,
}

impl Flow {
    /// Adds the stages of the payments to the plan, recorded under the name of the object being built.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) {
        for (cause, sign) in [(Cause::Spending, 1.0), (Cause::Contribution, -1.0)] {
            let of_sign = |amount: &f64| (sign * amount).max(0.0);
            let amounts: Dated<Arc<[f64]>> =
                self.amounts.clone().map(|all| all.iter().map(of_sign).collect());
            if amounts.entries().iter().flat_map(|(_, all)| all.iter()).any(|amount| *amount > 0.0) {
                let world = build.world(cause);
                let (cash, purse) = (owner.cash, *purse);
                let prices = self.prices;
                let flow = Self { amounts, prices };
                let is_paid = cause == Cause::Spending;
                build.step(
                    Phase::Spend,
                    "Transfer",
                    #[inline(always)]
                    move |cx| {
                        let Some(mut moved) = flow.of_month(cx.rows, cx.month.index) else {
                            return;
                        };
                        let ruined = cx.rows.get(purse.ruined);
                        moved.each(|lane, own| sign * own * (1.0 - ruined[lane]));
                        let paid_out = cx.rows.get_mut(purse.paid_out);
                        *paid_out += &moved;
                        cx.book.post(cash, world, &moved);
                        if is_paid {
                            let [flowed, spent] = cx.rows.pair(purse.flowed, purse.spent);
                            for lane in 0..LANES {
                                flowed[lane] += moved[lane];
                                spent[lane] += moved[lane];
                            }
                        }
                    },
                );
            }
        }
    }

    /// Amounts paid in a month per path (negative: received), in money of the month; `None` if all are 0.
    #[inline(always)]
    pub(super) fn of_month(&self, rows: &Rows, month: u32) -> Option<Lanes> {
        let position = month as usize - 1;
        let amount = |all: &Arc<[f64]>| all.get(position).copied().unwrap_or_default();
        let mut all = self.amounts.entries().iter();
        if all.all(|(_, all)| amount(all) == 0.0) {
            return None;
        }
        let mut amounts = self.amounts.lanes(rows, month, 0.0, amount);
        if let Some(level) = self.prices.map(|row| rows.get(row)) {
            amounts.each(|lane, own| own * level[lane]);
        }
        Some(amounts)
    }
}

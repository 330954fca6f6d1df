//! What an owner pays every month for keeping the books and the law.

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::LANES;
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// A cost in money of the month, taken off the net income; a ruined owner pays none.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// The first is that of month 1.
    pub amounts: Vec<f64>,
    /// Net income of the month.
    pub net_income: Row,
    /// Costs since the last settlement that are set against income.
    pub deductible: Option<Row>,
}

impl Cost {
    /// Leaves its stage in the plan.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) {
        let world = build.world(Cause::Cost);
        let (cash, purse) = (owner.cash, *purse);
        build.stage(
            Phase::Cost,
            Pay {
                of: self,
                cash,
                world,
                purse,
            },
        );
    }
}

struct Pay {
    of: Cost,
    cash: Account,
    world: Account,
    purse: Purse,
}

impl Stage for Pay {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let month = cx.month.index as usize;
        let amount = self.of.amounts.get(month - 1).copied().unwrap_or_default();
        let ruined = *cx.rows.get(self.purse.ruined);
        cx.book.post_with(self.cash, self.world, |lane, _, _| {
            amount * (1.0 - ruined[lane])
        });
        let [net_income, flowed] = cx.rows.pair(self.of.net_income, self.purse.flowed);
        for lane in 0..LANES {
            let paid = amount * (1.0 - ruined[lane]);
            net_income[lane] -= paid;
            flowed[lane] += paid;
        }
        if let Some(row) = self.of.deductible {
            let deductible = cx.rows.get_mut(row);
            for lane in 0..LANES {
                deductible[lane] += amount * (1.0 - ruined[lane]);
            }
        }
    }
}

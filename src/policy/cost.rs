//! What an owner pays every month for keeping the books and the law.

use super::{Owner, Purse, Uncertain};
use crate::book::{Account, Cause};
use crate::math::LANES;
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// A cost in money of the month, taken off the net income; a ruined owner pays none.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// First months and amounts per month from then on, in money of the start.
    pub per_month: Vec<(u32, Uncertain)>,
    /// Price levels of months 1 … horizon.
    pub levels: Vec<f64>,
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
        let Self {
            levels,
            net_income,
            deductible,
            ..
        } = self;
        let per_month = Uncertain::row(self.per_month, "cost", Phase::Cost, build);
        build.stage(
            Phase::Cost,
            Pay {
                per_month,
                levels,
                net_income,
                deductible,
                cash,
                world,
                purse,
            },
        );
    }
}

struct Pay {
    per_month: Row,
    levels: Vec<f64>,
    net_income: Row,
    deductible: Option<Row>,
    cash: Account,
    world: Account,
    purse: Purse,
}

impl Stage for Pay {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let level = self.levels[cx.month.index as usize - 1];
        let (ruined, mut paid) = (cx.rows.get(self.purse.ruined), *cx.rows.get(self.per_month));
        for lane in 0..LANES {
            paid[lane] *= level * (1.0 - ruined[lane]);
        }
        cx.book.post(self.cash, self.world, &paid);
        let [net_income, flowed] = cx.rows.pair(self.net_income, self.purse.flowed);
        for lane in 0..LANES {
            net_income[lane] -= paid[lane];
            flowed[lane] += paid[lane];
        }
        if let Some(row) = self.deductible {
            let deductible = cx.rows.get_mut(row);
            for lane in 0..LANES {
                deductible[lane] += paid[lane];
            }
        }
    }
}

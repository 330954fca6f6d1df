//! What a move to another place takes: a sum, and a tax on gains that nobody has realised.
//!
//! ```text
//! gain = Σ (V − C)        τ·max(0, gain) is paid;  where gain > 0 every C becomes V
//! ```

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{AverageCost, Build, Cx, Phase, Stage};

/// A move; a ruined owner pays nothing for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Relocation {
    /// The first month in the new place.
    pub month: u32,
    /// In money of that month.
    pub cost: f64,
    /// What the old place takes of gains, a fraction.
    pub exit_tax: f64,
    /// Values of the holdings, and what they cost.
    pub holdings: Vec<(Account, AverageCost)>,
}

impl Relocation {
    /// Leaves its stage in the plan.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) {
        let worlds = [Cause::Cost, Cause::Tax].map(|cause| build.world(cause));
        let (cash, purse) = (owner.cash, *purse);
        build.stage(
            Phase::Settle,
            Move {
                of: self,
                cash,
                worlds,
                purse,
            },
        );
    }
}

struct Move {
    of: Relocation,
    cash: Account,
    worlds: [Account; 2],
    purse: Purse,
}

impl Stage for Move {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if cx.month.index != self.of.month {
            return;
        }
        let mut gain = Lanes::ZERO;
        for (value, average) in &self.of.holdings {
            let (value, cost) = (cx.book.value(*value), cx.rows.get(average.cost));
            gain.each(|lane, own| own + (value[lane] - cost[lane]));
        }
        let ruined = *cx.rows.get(self.purse.ruined);
        let (mut cost, mut tax) = (Lanes::ZERO, Lanes::ZERO);
        let flowed = cx.rows.get_mut(self.purse.flowed);
        for lane in 0..LANES {
            cost[lane] = self.of.cost * (1.0 - ruined[lane]);
            tax[lane] = self.of.exit_tax * greater(gain[lane], 0.0) * (1.0 - ruined[lane]);
            flowed[lane] += cost[lane] + tax[lane];
        }
        for (world, paid) in self.worlds.iter().zip([&cost, &tax]) {
            cx.book.post(self.cash, *world, paid);
        }
        for (value, average) in &self.of.holdings {
            let (value, cost) = (cx.book.value(*value), cx.rows.get_mut(average.cost));
            for lane in 0..LANES {
                if tax[lane] > 0.0 {
                    cost[lane] = value[lane];
                }
            }
        }
    }
}

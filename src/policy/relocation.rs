//! What a move to another place takes: a sum, and a tax on gains that nobody has realised.
//!
//! ```text
//! gain = Σ (V − C)        τ·max(0, gain) is paid;  where gain > 0 every C becomes V
//! ```

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{AverageCost, Build, Cx, Phase, Row, Stage, is_at};

/// A move; a ruined owner pays nothing for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Relocation {
    /// The first month in the new place.
    pub month: u32,
    /// Where not every path moves: the row of the place lived in, and the position of the new one.
    pub which: Option<(Row, usize)>,
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
        build.stage(Phase::Settle, Move { of: self, cash, worlds, purse });
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
        // 0 on paths that pay nothing
        let mut pays = *cx.rows.get(self.purse.ruined);
        pays.each(|_, ruined| 1.0 - ruined);
        if let Some((row, position)) = self.of.which {
            let lived = cx.rows.get(row);
            pays.each(|lane, own| if is_at(lived[lane], position) { own } else { 0.0 });
        }
        let (mut cost, mut tax) = (Lanes::ZERO, Lanes::ZERO);
        let flowed = cx.rows.get_mut(self.purse.flowed);
        for lane in 0..LANES {
            cost[lane] = self.of.cost * pays[lane];
            tax[lane] = self.of.exit_tax * greater(gain[lane], 0.0) * pays[lane];
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

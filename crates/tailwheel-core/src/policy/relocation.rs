//! Cost of a move to another residence: a fixed sum, and an exit tax on unrealized gains.
//!
//! ```text
//! gain = Σ (V − C)        τ·max(0, gain) is paid;  after a payment every C becomes V     C: cost
//! ```

use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{AverageCost, Build, Phase, Row, is_at};

/// Costs of a move to another residence. A ruined owner pays nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Relocation {
    /// First month at the new residence.
    pub month: u32,
    /// Row with the current residence, and the new residence, as positions in the list; `None` if every path moves.
    pub which: Option<(Row, usize)>,
    /// Cost of the move, in money of that month.
    pub cost: f64,
    /// Exit tax of the old residence, as a fraction of unrealized gains.
    pub exit_tax: f64,
    /// Holdings whose unrealized gains are taxed: account of the value, and average cost.
    pub holdings: Vec<(Account, AverageCost)>,
}

impl Relocation {
    /// Adds the stage of the move to the plan.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) {
        let worlds = [Cause::Cost, Cause::Tax].map(|cause| build.world(cause));
        let (cash, purse) = (owner.cash, *purse);
        build.step(
            Phase::Settle,
            "Move",
            #[inline(always)]
            move |cx| {
                if cx.month.index != self.month {
                    return;
                }
                let mut gain = Lanes::ZERO;
                for (value, average) in &self.holdings {
                    let (value, cost) = (cx.book.value(*value), cx.rows.get(average.cost));
                    gain.each(|lane, own| own + (value[lane] - cost[lane]));
                }
                // 0 on paths that pay nothing
                let mut pays = *cx.rows.get(purse.ruined);
                pays.each(|_, ruined| 1.0 - ruined);
                if let Some((row, position)) = self.which {
                    let lived = cx.rows.get(row);
                    pays.each(|lane, own| if is_at(lived[lane], position) { own } else { 0.0 });
                }
                let (mut cost, mut tax) = (Lanes::ZERO, Lanes::ZERO);
                let flowed = cx.rows.get_mut(purse.flowed);
                for lane in 0..LANES {
                    cost[lane] = self.cost * pays[lane];
                    tax[lane] = self.exit_tax * greater(gain[lane], 0.0) * pays[lane];
                    flowed[lane] += cost[lane] + tax[lane];
                }
                for (world, paid) in worlds.iter().zip([&cost, &tax]) {
                    cx.book.post(cash, *world, paid);
                }
                for (value, average) in &self.holdings {
                    let (value, cost) = (cx.book.value(*value), cx.rows.get_mut(average.cost));
                    for lane in 0..LANES {
                        if tax[lane] > 0.0 {
                            cost[lane] = value[lane];
                        }
                    }
                }
            },
        );
    }
}

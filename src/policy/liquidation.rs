//! What it costs to sell everything at the horizon.
//!
//! ```text
//! cost = Σ h_k·V_k + tax on max(0, Σ ((1 − h_k)·V_k − C_k) + losses carried)
//! ```
//!
//! In: holdings with the haircut of a sale in need, what they cost, the tax on gains. Out: a row, set in the last month. Not
//! here: the sales of owners who have to (`shortfall`); nothing is sold here, and nobody is richer or poorer for it.

use super::levy::Levies;
use crate::book::Account;
use crate::math::{LANES, Lanes, greater};
use crate::stage::{AverageCost, Build, Coefficient, Cx, Phase, Row, Stage};
use std::sync::Arc;

/// A holding that is sold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sold {
    pub value: Account,
    /// Lost in the sale, a fraction of the amount.
    pub haircut: Coefficient,
    /// What it cost on average, if gains are taxed.
    pub average_cost: Option<AverageCost>,
}

/// Rows of the tax on gains.
#[derive(Clone, Debug)]
pub struct GainsTax {
    pub(super) levies: Arc<Levies>,
    /// Rate of income from 0 on.
    pub(super) rate: Row,
    /// Points that events have put on top, if they can.
    pub(super) rise: Option<Row>,
    /// Losses of earlier years, at most 0.
    pub(super) carried: Row,
    /// Price level of the last settlement, where there are brackets.
    pub(super) prices: Option<Row>,
}

impl GainsTax {
    /// Tax on `gains`, less losses carried, in a year without other income.
    #[inline(always)]
    fn on(&self, cx: &Cx<'_>, gains: &Lanes) -> Lanes {
        let (month, lived) = (cx.month.index, self.levies.lived(cx.rows));
        let carried = cx.rows.get(self.carried);
        let taxed = Lanes::of(|lane| greater(gains[lane] + carried[lane], 0.0));
        let mut rate = *cx.rows.get(self.rate);
        for levy in self.levies.of_a_year(month, lived.as_ref()) {
            levy.replace(&mut rate);
        }
        if let Some(rise) = self.rise {
            rate += cx.rows.get(rise);
        }
        let mut tax = Lanes::of(|lane| rate[lane] * taxed[lane]);
        if let Some(prices) = self.prices {
            for levy in self.levies.of_a_year(month, lived.as_ref()) {
                if levy.gains.is_none() {
                    levy.add(&mut tax, &taxed, cx.rows.get(prices));
                }
            }
        }
        tax
    }
}

/// A sale of everything in the month `horizon`, which does not take place.
#[derive(Clone, Debug)]
pub struct Liquidation {
    pub horizon: u32,
    pub sold: Vec<Sold>,
    pub tax: Option<GainsTax>,
}

impl Liquidation {
    /// Leaves its stage in the plan, and returns the row of what it would cost.
    pub fn build(self, build: &mut Build) -> Row {
        let cost = build.row();
        build.stage(Phase::Prepare, Sell { of: self, cost });
        cost
    }
}

struct Sell {
    of: Liquidation,
    cost: Row,
}

impl Stage for Sell {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if cx.month.index != self.of.horizon {
            return;
        }
        let (mut cost, mut gains) = (Lanes::ZERO, Lanes::ZERO);
        for sold in &self.of.sold {
            let value = cx.book.value(sold.value);
            let haircut = sold.haircut.of_paths(cx.rows);
            for lane in 0..LANES {
                cost[lane] = haircut[lane].mul_add(value[lane], cost[lane]);
            }
            if let Some(average) = sold.average_cost {
                let paid = cx.rows.get(average.cost);
                for lane in 0..LANES {
                    gains[lane] += (1.0 - haircut[lane]) * value[lane] - paid[lane];
                }
            }
        }
        if let Some(tax) = &self.of.tax {
            cost += &tax.on(cx, &gains);
        }
        *cx.rows.get_mut(self.cost) = cost;
    }
}

//! Cost of a hypothetical sale of everything at the horizon.
//!
//! ```text
//! cost = Σ h_k·V_k + tax on max(0, Σ ((1 − h_k)·V_k − C_k) + losses carried)     h: haircut, C: cost
//! ```
//!
//! In: holdings with the haircut of a forced sale, their average cost, the tax on gains. Out: a row, set in
//! the last month. Not here: real forced sales (`shortfall`). Nothing is sold here, so no wealth changes.

use super::Saleable;
use super::levy::Levies;
use crate::math::{LANES, Lanes, greater};
use crate::stage::{Build, Cx, Phase, Row, Rows};
use std::sync::Arc;

/// Rates and rows of the tax on gains.
#[derive(Clone, Debug)]
pub struct GainsTax {
    pub(super) levies: Arc<Levies>,
    /// Row of the lowest tax rate on income.
    pub(super) rate: Row,
    /// Increase of every tax rate by events, as a fraction; `None` if no event can raise taxes.
    pub(super) rise: Option<Row>,
    /// Losses carried forward from earlier years, at most 0.
    pub(super) carried: Row,
    /// Price level of the last settlement; `None` without tax brackets.
    pub(super) prices: Option<Row>,
}

impl GainsTax {
    /// Lowest tax rate on income this month on each path, including increases by events.
    #[inline(always)]
    pub(super) fn on_income(&self, rows: &Rows) -> Lanes {
        let mut rates = *rows.get(self.rate);
        if let Some(rise) = self.rise {
            rates += rows.get(rise);
        }
        rates
    }

    /// Tax on `gains` after losses carried forward, in a year without other income.
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

/// Adds the stage of a hypothetical sale of everything in the month `horizon`, and returns the row with its
/// cost: haircuts and tax on gains. Holdings closed by an event count as sold too.
pub fn liquidate(horizon: u32, sold: Vec<Saleable>, tax: Option<GainsTax>, build: &mut Build) -> Row {
    let row = build.row();
    build.step(
        Phase::Prepare,
        "Sell",
        #[inline(always)]
        move |cx| {
            if cx.month.index != horizon {
                return;
            }
            let (mut cost, mut gains) = (Lanes::ZERO, Lanes::ZERO);
            for sold in &sold {
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
            if let Some(tax) = &tax {
                cost += &tax.on(cx, &gains);
            }
            *cx.rows.get_mut(row) = cost;
        },
    );
    row
}

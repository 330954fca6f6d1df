//! The payment of a holding's income, whatever its kind.
//!
//! In: its gross income, what strains it. Out: postings to the proceeds, the month's net income. Not here: how
//! much a kind earns.

use super::{Coefficient, Income};
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Where the income of a holding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proceeds {
    /// The owner's cash, or back into the holding.
    pub to: Account,
    /// Net income of the month, summed over all holdings.
    pub net_income: Row,
}

/// Leaves the payment of the month, of the asset being built:
///
/// ```text
/// gross = rate·V_start·factor
/// paid  = gross·exp(−strain)
/// ```
///
/// `start`: the start-of-month value. `strain`: what forced sales of its market have left to recover, times how
/// much its income feels of it; nothing if it feels nothing.
pub fn pay(
    income: &Income,
    start: Row,
    strain: Option<Row>,
    proceeds: Proceeds,
    build: &mut Build,
) {
    let from = build.world(Cause::Income);
    build.stage(
        Phase::Earn,
        Pay {
            from,
            to: proceeds.to,
            rate: income.rate,
            start,
            factor: income.factor,
            strain,
            total: proceeds.net_income,
        },
    );
}

struct Pay {
    from: Account,
    to: Account,
    rate: Coefficient,
    start: Row,
    factor: Option<Row>,
    strain: Option<Row>,
    total: Row,
}

impl Stage for Pay {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut amount: Lanes = *cx.rows.get(self.start);
        match self.rate {
            Coefficient::Same(rate) => scale(&mut amount, |_| rate),
            Coefficient::PerPath(row) => {
                let rate = cx.rows.get(row);
                scale(&mut amount, |lane| rate[lane]);
            }
        }
        if let Some(row) = self.factor {
            let factor = cx.rows.get(row);
            scale(&mut amount, |lane| factor[lane]);
        }
        if let Some(row) = self.strain {
            let strain = cx.rows.get(row);
            scale(&mut amount, |lane| exp(-strain[lane]));
        }
        cx.book.post(self.from, self.to, &amount);
        let total = cx.rows.get_mut(self.total);
        for lane in 0..LANES {
            total[lane] += amount[lane];
        }
    }
}

#[inline(always)]
fn scale(amount: &mut Lanes, by: impl Fn(usize) -> f64) {
    for lane in 0..LANES {
        amount[lane] *= by(lane);
    }
}

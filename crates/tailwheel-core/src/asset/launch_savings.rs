//! Savings from one asset's income that pay for the launch of another asset.
//!
//! In: the income of the saving asset, the saved share, the launch cost. Out: postings to the savings
//! account and, per path, the month in which the launch begins. Not here: the launched business (`launch`),
//! other withdrawals from the savings (`policy`).
//!
//! ```text
//! put aside   min(share·paid, cost − pot)     off the month's net income, until it is begun
//! begun       in the first month that begins with pot ≥ cost·(1 − 1e-9); the pot is what it costs
//! ```

use super::Proceeds;
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes, ROUNDING, greater, lesser};
use crate::stage::{Build, Coefficient, NEVER, Phase, Row};

/// Savings account for the launch of one business.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pot {
    /// Account of the savings, owned by the owner or, without one, by the saving business.
    pub account: Account,
    /// Cost of building the asset.
    pub cost: Coefficient,
    /// Month at whose end the new asset is launched; [`NEVER`] until building begins.
    pub since: Row,
}

impl Pot {
    /// Creates an empty savings account for a launch with this `cost`, named after the object being built.
    pub fn of(cost: Coefficient, build: &mut Build) -> Self {
        Self { account: build.account(0.0), cost, since: build.row_of(NEVER) }
    }

    /// Adds the stage that pays the cost and begins building once the savings suffice. Building takes `time` months.
    pub(super) fn begin(self, time: u32, build: &mut Build) {
        let to = build.world(Cause::Cost);
        build.step(
            Phase::Operate,
            "Begin",
            #[inline(always)]
            move |cx| {
                let stands = f64::from(cx.month.index - 1 + time);
                let mut paid = *cx.book.value(self.account);
                let cost = self.cost.of_paths(cx.rows);
                let since = cx.rows.get_mut(self.since);
                for lane in 0..LANES {
                    let least = cost[lane] * (1.0 - ROUNDING);
                    let is_now = since[lane] == NEVER && paid[lane] >= least;
                    since[lane] = if is_now { stands } else { since[lane] };
                    paid[lane] = if is_now { paid[lane] } else { 0.0 };
                }
                cx.book.post(self.account, to, &paid);
            },
        );
    }
}

/// Adds the stage that moves a share of one asset's paid income, its `proceeds`, into each savings account of
/// `pots`, until the cost is saved.
pub fn put_aside(proceeds: &Proceeds, pots: Vec<(Pot, f64)>, build: &mut Build) {
    let Proceeds { to, net_income, own, .. } = *proceeds;
    let own = own.expect("who pays for another is not alone");
    build.step(
        Phase::Earn,
        "PutAside",
        #[inline(always)]
        move |cx| {
            let income = *cx.rows.get(own);
            let mut left = income;
            for (pot, share) in &pots {
                let mut aside = Lanes::ZERO;
                let cost = pot.cost.of_paths(cx.rows);
                let (there, since) = (cx.book.value(pot.account), cx.rows.get(pot.since));
                for lane in 0..LANES {
                    let missing = greater(cost[lane] - there[lane], 0.0);
                    let is_saved_for = since[lane] == NEVER;
                    let most = if is_saved_for { missing } else { 0.0 };
                    aside[lane] = lesser(share * income[lane], most);
                    left[lane] -= aside[lane];
                }
                cx.book.post(to, pot.account, &aside);
                let net_income = cx.rows.get_mut(net_income);
                *net_income -= &aside;
            }
            *cx.rows.get_mut(own) = left;
        },
    );
}

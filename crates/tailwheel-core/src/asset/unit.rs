//! Income and survival per unit of a holding, independent of the owner's trades and of market prices.
//!
//! In: a holding, its expected growth. Out: [`PerUnit`], for insurance. Not here: its use (`policy`).
//!
//! ```text
//! left    = value after events and decay / value after the market      1 where nothing is held
//! earned  = what a unit of the start of the month pays, and what is kept of a return in place of paying it
//! ```

use super::Coefficient;
use crate::book::Account;
use crate::stage::{Build, Phase, Row};

/// Rows of income and survival per unit of a holding, available from `Phase::Earn` on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerUnit {
    /// Income of the month per unit of value at its start, plus the return that stays in the price.
    pub earned: Row,
    /// Fraction of a unit that remains after loss events and decay.
    pub left: Row,
}

impl PerUnit {
    /// Creates the rows of income and survival per unit for the asset being built.
    pub fn of(build: &mut Build) -> Self {
        Self { earned: build.row(), left: build.row() }
    }

    /// Adds the stages that set income and survival per unit, except for the paid income, which [`pay`](super::pay())
    /// adds. `kept` is the monthly price factor if unpaid return stays in the price.
    pub fn build(self, value: Account, kept: Option<Coefficient>, build: &mut Build) {
        let before = build.row();
        build.step(
            Phase::Low,
            "Before",
            #[inline(always)]
            move |cx| {
                *cx.rows.get_mut(before) = *cx.book.value(value);
            },
        );
        build.step(
            Phase::Interest,
            "After",
            #[inline(always)]
            move |cx| {
                let value = cx.book.value(value);
                let [left, before] = cx.rows.pair(self.left, before);
                left.each(|lane, _| if before[lane] > 0.0 { value[lane] / before[lane] } else { 1.0 });
                let kept = kept.map(|kept| kept.of_paths(cx.rows));
                let earned = cx.rows.get_mut(self.earned);
                match kept {
                    Some(kept) => earned.each(|lane, _| kept[lane] - 1.0),
                    None => earned.fill(0.0),
                }
            },
        );
    }
}

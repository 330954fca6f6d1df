//! What a unit of a holding earns and what is left of it, whatever its owner buys and sells and whatever markets do to its price.
//!
//! In: a holding, its expected growth. Out: [`PerUnit`], for who insures it. Not here: what is made of them (`policy`).
//!
//! ```text
//! left    = value after events and decay / value after the market      1 where nothing is held
//! earned  = what a unit of the start of the month pays, and what is kept of a return in place of paying it
//! ```

use super::Coefficient;
use crate::book::Account;
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Rows of the month, from `Phase::Earn` on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerUnit {
    /// Income of the month per unit of value at its start, and the part of the return that is kept.
    pub earned: Row,
    /// Part of a unit that events and decay leave.
    pub left: Row,
}

impl PerUnit {
    /// Rows of the asset being built.
    pub fn of(build: &mut Build) -> Self {
        Self { earned: build.row(), left: build.row() }
    }

    /// Leaves the stages, but for what is paid, which [`pay`](super::pay) adds; `kept` is the factor of the price where that
    /// is the part of a return that is not paid.
    pub fn build(self, value: Account, kept: Option<Coefficient>, build: &mut Build) {
        let before = build.row();
        build.stage(Phase::Trough, Before { value, before });
        build.stage(Phase::Interest, After { value, before, kept, rows: self });
    }
}

/// Keeps the value after the market of the month.
struct Before {
    value: Account,
    before: Row,
}

impl Stage for Before {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        *cx.rows.get_mut(self.before) = *cx.book.value(self.value);
    }
}

struct After {
    value: Account,
    before: Row,
    kept: Option<Coefficient>,
    rows: PerUnit,
}

impl Stage for After {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let value = cx.book.value(self.value);
        let [left, before] = cx.rows.pair(self.rows.left, self.before);
        left.each(|lane, _| match before[lane] > 0.0 {
            true => value[lane] / before[lane],
            false => 1.0,
        });
        let kept = self.kept.map(|kept| kept.of_paths(cx.rows));
        let earned = cx.rows.get_mut(self.rows.earned);
        match kept {
            Some(kept) => earned.each(|lane, _| kept[lane] - 1.0),
            None => earned.fill(0.0),
        }
    }
}

//! Hours in which somebody looks after a holding.
//!
//! In: hours that a unit asks for, audits of the kind, rows of how many units there are. Out: a row of hours a month.
//! Not here: what an hour costs (`policy`).
//!
//! ```text
//! hours = a·n + min(B, b·n)      n: units of the start of the month, 1 where the kind counts none, 0 where nothing is left
//! a: `hours` of a unit           B, b: hours of the audits in a month, and at most so many for one unit
//! ```

use super::{Slot, Tended};
use crate::math::{LANES, Lanes, lesser};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// What a kind asks for by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Care {
    /// Units on day one, if the kind counts them, else 1.
    pub units: f64,
    /// Audits, where the kind has them: their hours stand in place of those of `autonomy`.
    pub audits: Option<Audits>,
}

/// Hours set aside to look at units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Audits {
    /// In a month.
    pub hours: f64,
    /// That one unit takes.
    pub per_unit: f64,
}

impl Care {
    /// One thing that asks for nothing beyond its level.
    pub const ONE: Self = Self { units: 1.0, audits: None };

    /// Hours of a month with so many `units`, each of which asks for `per_unit`.
    #[inline(always)]
    pub fn hours(&self, per_unit: f64, units: f64) -> f64 {
        let audits =
            self.audits.map_or(0.0, |audits| lesser(audits.hours, audits.per_unit * units));
        per_unit.mul_add(units, audits)
    }

    /// Leaves the row of hours of a month, from `Phase::Trough` on, under the name of the asset being built.
    pub fn build(self, per_unit: f64, tended: Tended, slot: &Slot, build: &mut Build) -> Row {
        let hours = build.row();
        let ruined = slot.ruined;
        build.stage(Phase::Trough, Tend { of: self, per_unit, tended, ruined, hours });
        hours
    }
}

struct Tend {
    of: Care,
    per_unit: f64,
    tended: Tended,
    ruined: Option<Row>,
    hours: Row,
}

impl Stage for Tend {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut units = Lanes::ZERO;
        let counts = || self.tended.counts.iter().flatten();
        for row in counts() {
            units += cx.rows.get(*row);
        }
        if counts().next().is_none() {
            units.fill(1.0);
        }
        for row in self.tended.runs {
            let runs = cx.rows.get(row);
            units.each(|lane, own| if runs[lane] == 0.0 { 0.0 } else { own });
        }
        if let Some(row) = self.ruined {
            let ruined = cx.rows.get(row);
            units.each(|lane, own| own * (1.0 - ruined[lane]));
        }
        let hours = cx.rows.get_mut(self.hours);
        for lane in 0..LANES {
            hours[lane] = self.of.hours(self.per_unit, units[lane]);
        }
    }
}

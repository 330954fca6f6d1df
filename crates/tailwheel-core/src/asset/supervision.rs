//! Working hours needed to supervise a holding.
//!
//! In: hours per unit, audits of the kind, rows that count units. Out: a row of hours per month. Not here:
//! the cost of an hour (`policy`).
//!
//! ```text
//! hours = a·n + min(B, b·n)      n: units at the start of the month; 1 if not counted, 0 if nothing is left
//! a: `hours` of a unit           B: audit hours of a month, b: audit hours of one unit
//! ```

use super::{Slot, Tended};
use crate::math::{Lanes, lesser};
use crate::stage::{Build, Phase, Row};

/// Units of an asset that need supervision, and their audits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Care {
    /// Number of units on day one; 1 if the kind of asset counts none.
    pub units: f64,
    /// Audits, whose hours replace those of the key `autonomy`; `None` if the kind of asset has no audits.
    pub audits: Option<Audits>,
}

/// Monthly hours reserved for inspecting units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Audits {
    /// Hours available for audits per month.
    pub hours: f64,
    /// Audit hours that one unit takes.
    pub per_unit: f64,
}

impl Care {
    /// Supervision of a single unit without audits.
    pub const ONE: Self = Self { units: 1.0, audits: None };

    /// Supervision hours per month for this number of `units`, each of which needs `per_unit` hours besides audits.
    #[inline(always)]
    pub fn hours(&self, per_unit: f64, units: f64) -> f64 {
        let audits = self.audits.map_or(0.0, |audits| lesser(audits.hours, audits.per_unit * units));
        per_unit.mul_add(units, audits)
    }

    /// Adds the row of supervision hours per month for the asset being built, set in `Phase::Low`. Each
    /// unit needs `per_unit` hours.
    pub fn build(self, per_unit: f64, tended: Tended, slot: &Slot, build: &mut Build) -> Row {
        let hours = build.row();
        let ruined = slot.ruined;
        build.step(
            Phase::Low,
            "Tend",
            #[inline(always)]
            move |cx| {
                let mut units = Lanes::ZERO;
                let counts = || tended.counts.iter().flatten();
                for row in counts() {
                    units += cx.rows.get(*row);
                }
                if counts().next().is_none() {
                    units.fill(1.0);
                }
                for row in tended.runs {
                    let runs = cx.rows.get(row);
                    units.each(|lane, own| if runs[lane] == 0.0 { 0.0 } else { own });
                }
                if let Some(row) = ruined {
                    let ruined = cx.rows.get(row);
                    units.each(|lane, own| own * (1.0 - ruined[lane]));
                }
                cx.rows.get_mut(hours).each(|lane, _| self.hours(per_unit, units[lane]));
            },
        );
        hours
    }
}

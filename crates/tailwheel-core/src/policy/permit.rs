//! Minimum income for a residence: the owner moves only on paths where the income suffices.
//!
//! ```text
//! n = min(12, m − 1)      ȳ = 1/n · Σ_(t = m−n)^(m−1) y_t/P_t
//! move in month m         if ȳ ≥ a, the owner is not ruined, and does not live there already
//! ```
//!
//! Here a is the required monthly income, y the month's taxable income before tax and costs, P the price
//! level. Without a move, the owner keeps the residence until a later move. A move without a required
//! income happens on every path except where the owner lives there already.
//!
//! In: moves in their order. Out: rows of the residence. Not here: the cost of a move (`relocation`).

use crate::math::{LANES, ROUNDING};
use crate::stage::{Build, Phase, Row, is_at};

/// Largest number of months over which the income that a residence requires is averaged.
pub const MONTHS: u32 = 12;

/// A move to the residence at `position` in the list of residences.
#[derive(Clone, Debug, PartialEq)]
pub struct Permit {
    pub position: usize,
    /// First month at the new residence, at least 2.
    pub from: u32,
    /// Required monthly income in money of the start; `None` if there is no requirement.
    pub at_least: Option<f64>,
    /// Positions in the list of residences where the same residence occurs earlier.
    pub same: Vec<usize>,
    /// Row that becomes 1 where the owner has moved to this residence; `None` if it is not recorded.
    pub noted: Option<Row>,
}

/// Rows of the owner that a [`Permit`] reads and writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// Position of the current residence in the list of residences; 0 is the first.
    pub here: Row,
    /// Position of the residence in the next month, decided before taxes are settled.
    pub next: Row,
    /// Taxable income of the month, before tax and costs, in money of the month.
    pub income: Row,
    /// Price level at the end of the month, 1 on day one.
    pub prices: Row,
    pub ruined: Row,
}

impl Permit {
    /// Adds the stages of the move to the plan. Call it before the tax adds its stages.
    pub fn build(self, applicant: Applicant, build: &mut Build) {
        let sum = build.row();
        self.clone().arrive(applicant, build);
        build.step(
            Phase::Tax,
            "Apply",
            #[inline(always)]
            move |cx| {
                let (month, n_months) = (cx.month.index, self.n_months());
                let last = self.from - 1;
                if month > last || month + n_months <= last {
                    return;
                }
                let income = *cx.rows.get(applicant.income);
                let [sum, level] = cx.rows.pair(sum, applicant.prices);
                sum.each(|lane, own| own + income[lane] / level[lane]);
                if month < last {
                    return;
                }
                let (sum, ruined) = (*sum, *cx.rows.get(applicant.ruined));
                let [here, next] = cx.rows.pair(applicant.here, applicant.next);
                let position = position(self.position);
                let least = self.at_least.map(|least| least * (1.0 - ROUNDING) * f64::from(n_months));
                for lane in 0..LANES {
                    // an owner who was refused elsewhere and still lives here does not move back
                    let lives_there = self.same.iter().any(|same| is_at(here[lane], *same));
                    let may = least.is_none_or(|least| sum[lane] >= least && ruined[lane] == 0.0);
                    if may && !lives_there {
                        next[lane] = position;
                    }
                }
            },
        );
    }

    /// Adds the stage that moves the owner in the first month at the new residence.
    fn arrive(self, applicant: Applicant, build: &mut Build) {
        build.step(
            Phase::Shock,
            "Arrive",
            #[inline(always)]
            move |cx| {
                if cx.month.index != self.from {
                    return;
                }
                let ruined = *cx.rows.get(applicant.ruined);
                let [here, next] = cx.rows.pair(applicant.here, applicant.next);
                for lane in 0..LANES {
                    // ruined between the application and the move
                    if self.at_least.is_some() && ruined[lane] > 0.0 {
                        next[lane] = here[lane];
                    }
                    here[lane] = next[lane];
                }
                let here = *here;
                if let Some(noted) = self.noted {
                    let noted = cx.rows.get_mut(noted);
                    for lane in 0..LANES {
                        if is_at(here[lane], self.position) {
                            noted[lane] = 1.0;
                        }
                    }
                }
            },
        );
    }

    /// Number of months over which income is averaged.
    fn n_months(&self) -> u32 {
        MONTHS.min(self.from - 1)
    }
}

fn position(position: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let position = position as f64;
    position
}

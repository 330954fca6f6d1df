//! An income that a place asks of who wants to live there: the owner moves on the paths on which he has it.
//!
//! ```text
//! n = min(12, m − 1)      ȳ = 1/n · Σ_(t = m−n)^(m−1) y_t/P_t
//! he moves in month m     where ȳ ≥ a, he is not ruined, and he does not live in that place already
//! ```
//!
//! with a what is asked for in a month, y the income of the month that is taxed, before tax and costs, P the price level. Where
//! he does not move he stays where he is, until a later move. A move to a place that asks for nothing happens on every
//! path but those on which he lives there already.
//!
//! In: moves in their order. Out: rows of the place lived in. Not here: what a move costs (`relocation`).

use crate::math::LANES;
use crate::stage::{Build, Cx, Phase, Row, Stage, is_at};

/// Most months that an income is a mean of.
pub const MONTHS: u32 = 12;

/// A part of the amount that is rounding and leaves nothing missing.
const ROUNDING: f64 = 1e-9;

/// A move to the place at `position` of a list of places.
#[derive(Clone, Debug, PartialEq)]
pub struct Permit {
    pub position: usize,
    /// The first month there, at least 2.
    pub from: u32,
    /// Income of a month in money of the start, if the place asks for one.
    pub at_least: Option<f64>,
    /// Earlier positions of the same place.
    pub same: Vec<usize>,
    /// Where it is noted, as 1, that the owner has moved there.
    pub noted: Option<Row>,
}

/// What a permit looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// Position of the place lived in, 0 the first.
    pub here: Row,
    /// Of that of the next month, known before taxes are settled.
    pub next: Row,
    /// Income of the month, when it is taxed.
    pub income: Row,
    /// Price level at the end of the month.
    pub prices: Row,
    pub ruined: Row,
}

impl Permit {
    /// Leaves its stages in the plan, before the tax's.
    pub fn build(self, applicant: Applicant, build: &mut Build) {
        let sum = build.row();
        let arrive = Arrive { of: self.clone(), applicant };
        build.stage(Phase::Shock, arrive);
        build.stage(Phase::Tax, Apply { of: self, applicant, sum });
    }

    /// Months that the income is a mean of.
    fn n_months(&self) -> u32 {
        MONTHS.min(self.from - 1)
    }
}

struct Apply {
    of: Permit,
    applicant: Applicant,
    /// Income of the months until now, in money of the start.
    sum: Row,
}

impl Stage for Apply {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (month, n_months) = (cx.month.index, self.of.n_months());
        let last = self.of.from - 1;
        if month > last || month + n_months <= last {
            return;
        }
        let income = *cx.rows.get(self.applicant.income);
        let [sum, level] = cx.rows.pair(self.sum, self.applicant.prices);
        sum.each(|lane, own| own + income[lane] / level[lane]);
        if month < last {
            return;
        }
        let (sum, ruined) = (*sum, *cx.rows.get(self.applicant.ruined));
        let [here, next] = cx.rows.pair(self.applicant.here, self.applicant.next);
        let position = position(self.of.position);
        let least = self.of.at_least.map(|least| least * (1.0 - ROUNDING) * f64::from(n_months));
        for lane in 0..LANES {
            // who was never let in elsewhere does not come back
            let lives_there = self.of.same.iter().any(|same| is_at(here[lane], *same));
            let may = least.is_none_or(|least| sum[lane] >= least && ruined[lane] == 0.0);
            if may && !lives_there {
                next[lane] = position;
            }
        }
    }
}

struct Arrive {
    of: Permit,
    applicant: Applicant,
}

impl Stage for Arrive {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if cx.month.index != self.of.from {
            return;
        }
        let ruined = *cx.rows.get(self.applicant.ruined);
        let [here, next] = cx.rows.pair(self.applicant.here, self.applicant.next);
        for lane in 0..LANES {
            // ruined between the application and the move
            if self.of.at_least.is_some() && ruined[lane] > 0.0 {
                next[lane] = here[lane];
            }
            here[lane] = next[lane];
        }
        let here = *here;
        if let Some(noted) = self.of.noted {
            let noted = cx.rows.get_mut(noted);
            for lane in 0..LANES {
                if is_at(here[lane], self.of.position) {
                    noted[lane] = 1.0;
                }
            }
        }
    }
}

/// A position as rows have it.
fn position(position: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let position = position as f64;
    position
}

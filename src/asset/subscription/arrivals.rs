//! Who comes to a product, how many of them later, and what winning them costs.
//!
//! In: numbers of the keys. Out: [`Arrivals`] at the medians of what is drawn, [`Coming`] and [`Fade`] of paths. Not here: who
//! leaves (`churn`), counts of a path (`turnover`).
//!
//! ```text
//! a_t = a·f_t,   f_t = 2^(−(t − 1)/h)        mean number who come in month t
//! κ   = payback·a/S_0                        part of the first month's margin that winning them takes
//! net = (m_t − κ·f_t)/(1 − κ)                m_t margin of a month in that of the first; 1 in month 1
//! ```
//!
//! What subscribers pay is what it is at the medians, 1/(1 − κ) in the first month; what winning them costs is that of the path.

use super::Subscription;
use crate::asset::Slot;
use crate::asset::launch::of_own_month;
use crate::market::STEPS_PER_YEAR;
use crate::math::Lanes;
use crate::math::elementary::exp;
use crate::stage::{Build, Coefficient, Cx, Phase, Row, Stage};
use std::f64::consts::LN_2;

/// Those who come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arrivals {
    /// Subscribers at the start.
    pub opening: f64,
    /// Mean number who come in the first month.
    pub first: f64,
    /// Months after which half as many come; infinite if as many come for ever.
    pub half_life_months: f64,
    /// Part of the margin of the first month that winning subscribers takes, below 1.
    pub cost: f64,
}

impl Arrivals {
    /// Those who come in `month` = 1, 2, …, as a part of those in the first one.
    pub fn fade(&self, month: u32) -> f64 {
        exp(-LN_2 * (f64::from(month) - 1.0) / self.half_life_months)
    }

    /// What subscribers bring in the first month before others are won, in the income of that month.
    pub fn margin(&self) -> f64 {
        1.0 / (1.0 - self.cost)
    }

    /// Mean numbers of months 0, 1, … `n_months`; nobody comes in month 0.
    pub fn means(&self, n_months: u32) -> Vec<f64> {
        let later = (1..=n_months).map(|month| self.first * self.fade(month));
        std::iter::once(0.0).chain(later).collect()
    }

    /// Mean numbers of subscribers at the end of months 0, 1, … `n_months` if a part `churn` leaves in each.
    pub fn subscribers(&self, churn: f64, n_months: u32) -> Vec<f64> {
        let means = self.means(n_months);
        let later = self.left(churn, &means[1..]);
        std::iter::once(self.opening).chain(later).collect()
    }

    /// Mean numbers of subscribers at the end of months 1, 2, … if a part `churn` leaves and so many `come` in each.
    pub fn left(&self, churn: f64, come: &[f64]) -> impl Iterator<Item = f64> {
        let mut subscribers = self.opening;
        come.iter().map(move |come| {
            subscribers = subscribers.mul_add(1.0 - churn, *come);
            subscribers
        })
    }

    /// Income of a month after winning subscribers, in that of the first month, if its `margin` before that is so much of
    /// the first month's and as many are won as a part `fade` of the first month's arrivals.
    pub fn net(&self, margin: f64, fade: f64) -> f64 {
        (margin - self.cost * fade) / (1.0 - self.cost)
    }
}

/// Who comes to the product of a path.
#[derive(Clone, Copy)]
pub(super) struct Coming {
    /// Subscribers at the start.
    pub opening: Coefficient,
    /// Mean number who come in the first month.
    pub first: Coefficient,
    /// What winning one of them costs, in the income of the first month.
    pub each: Coefficient,
}

impl Coming {
    /// Leaves the draws of `product`.
    pub fn build(product: &Subscription, build: &mut Build) -> Self {
        let terms = &product.terms;
        let opening = build.drawn("subscribers", &terms.subscribers);
        let first = match &terms.arrivals {
            Some(arrivals) => {
                let per_year = build.drawn("arrivals", arrivals);
                Coefficient::from([per_year], build, |[per_year]| per_year / STEPS_PER_YEAR)
            }
            None => {
                let share = build.drawn("arrivals_share", &terms.arrivals_share);
                Coefficient::from([share, opening], build, |[share, opening]| share * opening)
            }
        };
        let (margin, months) = (product.arrivals().margin(), product.payback);
        let each = match &terms.acquisition_cost {
            // in money it is the same whatever one subscriber brings
            Some(cost) if months > 0.0 => {
                let of_money = margin * months / terms.subscribers.get() / cost.get();
                let cost = build.drawn("acquisition_cost", cost);
                Coefficient::from([cost], build, move |[cost]| of_money * cost)
            }
            Some(_) => Coefficient::Same(0.0),
            None => {
                let payback = build.drawn("acquisition_payback", &terms.acquisition_payback);
                let of_margin = move |[payback, opening]: [f64; 2]| margin * payback / opening;
                Coefficient::from([payback, opening], build, of_margin)
            }
        };
        Self { opening, first, each }
    }
}

/// Those who come in a month, as a part of those in the first one.
pub(super) enum Fade {
    /// In months 0, 1, …, and when the product stands, if that is told by a row; nobody comes in month 0.
    Same(Vec<f64>, Option<Row>),
    /// What a month leaves, and the part of the next month.
    Drawn { left: Coefficient, now: Row },
}

impl Fade {
    /// With what a month leaves of those who come.
    pub fn build(product: &Subscription, slot: &Slot, build: &mut Build) -> (Self, Coefficient) {
        let left = |[half_life]: [f64; 1]| exp(-LN_2 / half_life);
        let half_life = &product.terms.arrivals_half_life;
        let half_life = build.drawn("arrivals_half_life", half_life);
        if let Some(months) = half_life.same() {
            let of = Arrivals { half_life_months: months, ..product.arrivals() };
            let later = (1..=slot.n_months + 1).map(|month| of.fade(month));
            let table = std::iter::once(0.0).chain(later).collect();
            return (Self::Same(table, slot.since), Coefficient::Same(left([months])));
        }
        let left = Coefficient::from([half_life], build, left);
        let now = build.row();
        build.stage(Phase::Open, Begin(now));
        (Self::Drawn { left, now }, left)
    }

    /// The parts of the month and of the next one.
    #[inline(always)]
    pub fn advance(&self, cx: &mut Cx<'_>) -> [Lanes; 2] {
        match self {
            Self::Same(table, since) => {
                [table, &table[1..]].map(|table| of_own_month(table, *since, cx))
            }
            Self::Drawn { left, now } => {
                let left = left.of_paths(cx.rows);
                let row = cx.rows.get_mut(*now);
                let part = *row;
                row.each(|lane, own| own * left[lane]);
                [part, *row]
            }
        }
    }
}

/// The first month.
struct Begin(Row);

impl Stage for Begin {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.rows.get_mut(self.0).fill(1.0);
    }
}

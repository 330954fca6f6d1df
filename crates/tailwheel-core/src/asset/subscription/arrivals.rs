//! Arrivals: new subscribers per month, their decline, and the cost of winning them.
//!
//! In: numbers of the keys. Out: [`Arrivals`] with every range at its median, [`Coming`] and [`Fade`] per
//! path. Not here: churn (`churn`), counts of a path (`turnover`).
//!
//! ```text
//! a_t = a·f_t,   f_t = 2^(−(t − 1)/h)      mean number of arrivals in month t
//! κ   = payback·a/S_0                      fraction of the first month's margin spent on acquisition
//! net = (m_t − κ·f_t)/(1 − κ)              m_t: margin of a month relative to the first; net is 1 in month 1
//! ```
//!
//! The margin is that at the medians, 1/(1 − κ) in the first month; acquisition costs are those of the
//! path.

use super::Subscription;
use crate::asset::Slot;
use crate::asset::launch::of_own_month;
use crate::market::STEPS_PER_YEAR;
use crate::math::Lanes;
use crate::math::elementary::exp;
use crate::stage::{Build, Coefficient, Cx, Row};
use std::f64::consts::LN_2;

/// Arrivals and acquisition cost of a product, with every range at its median.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arrivals {
    /// Subscribers at the start.
    pub opening: f64,
    /// Mean number of arrivals in the first month.
    pub first: f64,
    /// Half-life of the arrivals in months; infinite if they do not decline.
    pub half_life_months: f64,
    /// Fraction of the first month's margin spent on acquisition, below 1.
    pub cost: f64,
}

impl Arrivals {
    /// Mean arrivals in `month` = 1, 2, …, relative to the first month.
    pub fn fade(&self, month: u32) -> f64 {
        exp(-LN_2 * (f64::from(month) - 1.0) / self.half_life_months)
    }

    /// Margin of the first month before acquisition costs, in units of that month's net income.
    pub fn margin(&self) -> f64 {
        1.0 / (1.0 - self.cost)
    }

    /// Mean number of arrivals in each of the months 0, 1, … `n_months`; none in month 0.
    pub fn means(&self, n_months: u32) -> Vec<f64> {
        let later = (1..=n_months).map(|month| self.first * self.fade(month));
        std::iter::once(0.0).chain(later).collect()
    }

    /// Mean number of subscribers at the end of months 0, 1, … `n_months` at the monthly churn probability
    /// `churn`.
    pub fn subscribers(&self, churn: f64, n_months: u32) -> Vec<f64> {
        let means = self.means(n_months);
        let later = self.left(churn, &means[1..]);
        std::iter::once(self.opening).chain(later).collect()
    }

    /// Mean number of subscribers at the end of months 1, 2, … at the monthly churn probability `churn`, with
    /// `come` arrivals in each month.
    pub fn left(&self, churn: f64, come: &[f64]) -> impl Iterator<Item = f64> {
        let mut subscribers = self.opening;
        come.iter().map(move |come| {
            subscribers = subscribers.mul_add(1.0 - churn, *come);
            subscribers
        })
    }

    /// Income of a month after acquisition costs, relative to the first month. `margin` and `fade` are the
    /// month's margin and arrivals, both relative to the first month.
    pub fn net(&self, margin: f64, fade: f64) -> f64 {
        (margin - self.cost * fade) / (1.0 - self.cost)
    }
}

/// Arrivals and acquisition cost of a product, per path.
#[derive(Clone, Copy)]
pub(super) struct Coming {
    /// Subscribers at the start.
    pub opening: Coefficient,
    /// Mean number of arrivals in the first month.
    pub first: Coefficient,
    /// Acquisition cost of one subscriber, in units of the first month's income.
    pub each: Coefficient,
}

impl Coming {
    /// Adds the draws of the initial subscribers, arrivals and acquisition cost of `product`.
    pub fn build(product: &Subscription, build: &mut Build) -> Self {
        let opening = build.drawn("subscribers", &product.subscribers);
        let first = match &product.arrivals {
            Some(arrivals) => {
                let per_year = build.drawn("arrivals", arrivals);
                Coefficient::from([per_year], build, |[per_year]| per_year / STEPS_PER_YEAR)
            }
            None => {
                let share = build.drawn("arrivals_share", &product.arrivals_share);
                Coefficient::from([share, opening], build, |[share, opening]| share * opening)
            }
        };
        let (margin, months) = (product.arrivals().margin(), product.payback);
        let each = match &product.acquisition_cost {
            // An acquisition cost in money does not depend on the income per subscriber.
            Some(cost) if months > 0.0 => {
                let of_money = margin * months / product.subscribers.get() / cost.get();
                let cost = build.drawn("acquisition_cost", cost);
                Coefficient::from([cost], build, move |[cost]| of_money * cost)
            }
            Some(_) => Coefficient::Same(0.0),
            None => {
                let payback = build.drawn("acquisition_payback", &product.acquisition_payback);
                let of_margin = move |[payback, opening]: [f64; 2]| margin * payback / opening;
                Coefficient::from([payback, opening], build, of_margin)
            }
        };
        Self { opening, first, each }
    }
}

/// Arrivals of a month relative to the first month.
pub(super) enum Fade {
    /// Table of months 0, 1, …, with no arrivals in month 0. The row holds the launch month if that depends
    /// on available money.
    Same(Vec<f64>, Option<Row>),
    /// Monthly factor on the arrivals, and the relative arrivals of the next month.
    Drawn { left: Coefficient, now: Row },
}

impl Fade {
    /// Draws the arrivals' half-life. Returns arrivals relative to the first month, and their monthly factor.
    pub fn build(product: &Subscription, slot: &Slot, build: &mut Build) -> (Self, Coefficient) {
        let left = |[half_life]: [f64; 1]| exp(-LN_2 / half_life);
        let half_life = &product.arrivals_half_life;
        let half_life = build.drawn("arrivals_half_life", half_life);
        if let Some(months) = half_life.same() {
            let of = Arrivals { half_life_months: months, ..product.arrivals() };
            let later = (1..=slot.n_months + 1).map(|month| of.fade(month));
            let table = std::iter::once(0.0).chain(later).collect();
            return (Self::Same(table, slot.since), Coefficient::Same(left([months])));
        }
        let left = Coefficient::from([half_life], build, left);
        let now = build.row_of(1.0);
        (Self::Drawn { left, now }, left)
    }

    /// Advances one month. Returns the arrivals of this and the next month, relative to the first month.
    #[inline(always)]
    pub fn advance(&self, cx: &mut Cx<'_>) -> [Lanes; 2] {
        match self {
            Self::Same(table, since) => [table, &table[1..]].map(|table| of_own_month(table, *since, cx)),
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

//! Who comes to a product, how many of them later, and what winning them costs.
//!
//! In: numbers of the keys. Out: [`Arrivals`]. Not here: who leaves (`churn`), counts of a path (`turnover`).
//!
//! ```text
//! a_t = a·f_t,   f_t = 2^(−(t − 1)/h)        mean number who come in month t
//! κ   = payback·a/S_0                        part of the first month's margin that winning them takes
//! net = (m_t − κ·f_t)/(1 − κ)                m_t margin of a month in that of the first; 1 in month 1
//! ```

use crate::math::elementary::exp;
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
    #[inline(always)]
    pub fn net(&self, margin: f64, fade: f64) -> f64 {
        (margin - self.cost * fade) / (1.0 - self.cost)
    }
}

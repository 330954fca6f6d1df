//! Present value of a product's future income without simulation, with every range at its median.
//!
//! In: a product, its subscribers in a month. Out: the present value. Not here: the sum itself, and that of
//! paths (`ahead`).

use super::{N_NODES, Now, Point, Sum, later};
use crate::asset::subscription::Subscription;
use crate::math::greater;

/// Computes the present value of a product's future income for any month, with every range at its median.
pub(in crate::asset::subscription) struct Medians<'a> {
    product: &'a Subscription,
    points: [Point; N_NODES],
}

impl Medians<'_> {
    /// Present value of future income, in years of the first month's income, with this number of
    /// subscribers in this month.
    pub fn ahead(&self, subscribers: f64, month: u32) -> f64 {
        let arrivals = self.product.arrivals();
        let fade = arrivals.fade(month);
        let now = Now {
            part: subscribers / arrivals.opening,
            one: 1.0 / arrivals.opening,
            coming: arrivals.first * fade / arrivals.opening,
            cost: arrivals.cost * fade * arrivals.margin(),
            price: 1.0,
            margin: arrivals.margin(),
        };
        let monthly = [1.0 - self.product.terms.churn.get(), arrivals.fade(2)];
        let mut sum = Sum::START;
        for point in &self.points {
            sum.add(point, point.income(now, later(monthly, point.node.month)));
        }
        greater(sum.ahead, 0.0)
    }
}

impl Subscription {
    /// Prepares the present values with every range at its median.
    pub(in crate::asset::subscription) fn medians(&self) -> Medians<'_> {
        Medians { product: self, points: self.points(&self.provider()) }
    }
}

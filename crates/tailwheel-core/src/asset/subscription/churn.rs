//! Churn that differs between paths, at an unchanged mean number of subscribers.
//!
//! In: a churn with its spread or its range, arrivals. Out: the churn of each path. Not here: the
//! cancellations (`turnover`).
//!
//! ```text
//! Σ_t E_z S_t(min(1, k·c(z))) = Σ_t S_t(churn)     t = 1 … months of the run, z standard normal
//! S_t(c) = (1 − c)·S_{t−1}(c) + a_t
//! c(z)   = churn·e^(s·z), or the value of the range, whose median is `churn`
//! ```
//!
//! The number of subscribers is convex in churn. A spread around the same median would therefore raise its
//! mean.

use super::Subscription;
use super::arrivals::Arrivals;
use crate::math::bisect;
use crate::math::elementary::exp;
use crate::math::{lesser, normal};
use crate::stage::{Build, Coefficient};

/// Step of the trapezoid rule for means over a standard normal. It is exact to rounding for smooth functions,
/// and to 0.0001 of the mean for a skewed range.
const STEP: f64 = 0.0625;
/// Number of nodes of the trapezoid rule on either side of 0.
const NODES: i32 = 128;
/// Bound on the absolute value of `ln k`, where k is the factor on churn that [`scale`] finds.
const WIDEST: f64 = 30.0;
/// Number of bisections after which `ln k` of [`scale`] is known to rounding.
const HALVINGS: usize = 60;

/// Adds the monthly churn probability of `product` on each path. Its spread leaves the mean number of
/// subscribers over `n_months` unchanged.
pub(super) fn build(product: &Subscription, n_months: u32, build: &mut Build) -> Coefficient {
    let arrivals = product.arrivals();
    let middle = product.churn.get();
    let drawn = build.drawn("churn", &product.churn);
    if let (Coefficient::PerPath(_), Some(law)) = (drawn, product.churn.law()) {
        let scale = scale(&arrivals, middle, |z| law.at(z), n_months);
        return Coefficient::from([drawn], build, move |[churn]| lesser(scale * churn, 1.0));
    }
    let spread = product.churn_spread.get();
    if spread == 0.0 || middle == 0.0 {
        return drawn;
    }
    let scale = scale(&arrivals, middle, |z| middle * exp(spread * z), n_months);
    let (middle, row, score) = (scale * middle, build.row(), build.parameter("churn"));
    build.open(
        #[inline(always)]
        move |cx| {
            let score = cx.draws.row(score);
            cx.rows.get_mut(row).each(|lane, _| lesser(middle * exp(spread * score[lane]), 1.0));
        },
    );
    Coefficient::PerPath(row)
}

/// Factor `k` on the churn `of(z)`, z standard normal, that keeps the mean number of subscribers over
/// `n_months` at that of the churn `middle`.
fn scale(arrivals: &Arrivals, middle: f64, of: impl Fn(f64) -> f64, n_months: u32) -> f64 {
    let means = arrivals.means(n_months);
    let total = |churn: f64| arrivals.left(churn, &means[1..]).sum::<f64>();
    let wanted = total(middle);
    let is_beyond = |log_scale: f64| {
        let scale = exp(log_scale);
        let (mut weights, mut mean) = (0.0, 0.0);
        for node in -NODES..=NODES {
            let z = STEP * f64::from(node);
            let weight = normal::pdf(z);
            weights += weight;
            mean += weight * total(lesser(scale * of(z), 1.0));
        }
        mean / weights < wanted
    };
    let (inside, _) = bisect::edge(-WIDEST, WIDEST, HALVINGS, is_beyond);
    exp(inside)
}

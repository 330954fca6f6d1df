//! A buyer's monthly expectation about the provider of a product.
//!
//! In: a provider, the fraction of the margin spent on acquisition, the months of loss until closure. Out:
//! a [`Forecast`] for any future month. Not here: future subscribers and the present value (`present_value`).
//!
//! ```text
//! L    = (1 − gκ)/(1 − g)                              price that leaves no income after acquisition costs
//! L_n  = 1 + (L − 1)·2^((n − 1)/H)                     price that falls to L in the n months until closure
//! p_j  = chance·P(X·K°_j ≥ L_n),  E_j = E[X | X·K°_j < L_n],  U_j = E[X | X·K°_j ≥ L_n]   X: an increase
//! K_j+1 = (1 + (K_j − 1)·2^(−1/H))·(1 + (chance − p_j)(E_j − 1))  if it stays open; K° likewise from 1
//! ```
//!
//! An increase that ends the product applies to its own month, which then makes a loss, as do the months
//! until closure. Prices in these months grow by the mean of all increases, each as far as it is paid. The
//! probability is that at the mean price of a product without previous increases; today's price only
//! affects K.

use super::provider::Provider;
use crate::asset::buyer;
use crate::math::elementary::{exp, ln};
use crate::math::{greater, lesser, normal};
use std::f64::consts::LN_2;

/// Future price as a linear function of today's price: slope and intercept.
type OfToday = [f64; 2];

/// A buyer's expectation about the price of a product's provider in a future month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Forecast {
    /// Probability that the product is still open.
    pub open: f64,
    /// Mean price of the provider if the product is still open.
    pub price: OfToday,
    /// Probability that a price increase ends the product in this month.
    pub ends: f64,
    /// Sum of the provider's mean prices in the months of loss from a fatal price increase to closure.
    pub last: OfToday,
}

impl Forecast {
    pub const PARTS: usize = 6;

    /// Returns the six numbers of a buyer's expectation, in the order of its fields.
    pub fn parts(&self) -> [f64; Self::PARTS] {
        let (price, last) = (self.price, self.last);
        [self.open, price[0], price[1], self.ends, last[0], last[1]]
    }

    /// Builds a buyer's expectation from its six numbers, in the order of [`parts`](Self::parts).
    #[inline(always)]
    pub fn of_parts([open, price, and_price, ends, last, and_last]: [f64; Self::PARTS]) -> Self {
        Self { open, price: [price, and_price], ends, last: [last, and_last] }
    }
}

/// A buyer's expectations about the provider in all months of the buyer's horizon, one entry per month.
pub(super) struct Outlook(Vec<Forecast>);

impl Outlook {
    /// Computes the expectations for all months. `taken` is the fraction of the margin spent on acquisition,
    /// `patience` the number of months with a loss until closure.
    pub fn new(provider: &Provider, taken: f64, patience: u32) -> Self {
        let keep = exp(-LN_2 / provider.half_life_months);
        let chance = provider.chance();
        let margin = provider.gross_margin;
        let limit = (1.0 - margin * taken) / (1.0 - margin);
        let wait = exp(LN_2 * (f64::from(patience) - 1.0) / provider.half_life_months);
        let limit = (limit - 1.0).mul_add(wait, 1.0);
        let dearest = provider.dearest();
        // Mean monthly factor on the price, whatever margin it leaves.
        let grows = chance.mul_add(provider.mean() - 1.0, 1.0);
        let mut view = Forecast { open: 1.0, price: [1.0, 0.0], ends: 0.0, last: [0.0; 2] };
        let mut views = vec![view];
        while views.len() < buyer::MONTHS as usize {
            let falls = |[of, and]: OfToday| [keep * of, keep.mul_add(and, 1.0 - keep)];
            let asked = falls(view.price);
            let mean = asked[0] + asked[1];
            let rise = provider.rise(limit / mean, dearest / mean);
            let ends = chance * rise.ends;
            let stays = (chance - ends).mul_add(rise.below - 1.0, 1.0);
            let mut last = [0.0; 2];
            if ends > 0.0 {
                let mut price = asked.map(|part| part * rise.above);
                for _ in 0..patience {
                    last = [0, 1].map(|part| last[part] + price[part]);
                    price = falls(price).map(|part| part * grows);
                    let paid = lesser(dearest / (price[0] + price[1]), 1.0);
                    price = price.map(|part| part * paid);
                }
            }
            view = Forecast {
                open: view.open * (1.0 - ends),
                price: asked.map(|part| part * stays),
                ends: view.open * ends,
                last,
            };
            views.push(view);
        }
        Self(views)
    }

    /// Expectation for `month`, interpolated linearly between whole months.
    pub fn at(&self, month: f64) -> Forecast {
        let last = self.0.len() - 1;
        let at = (month as usize).min(last);
        let [one, other] = [self.0[at], self.0[(at + 1).min(last)]];
        let part = month - at as f64;
        let mix = |one: f64, other: f64| part.mul_add(other - one, one);
        let both = |one: OfToday, other: OfToday| [0, 1].map(|of| mix(one[of], other[of]));
        Forecast {
            open: mix(one.open, other.open),
            price: both(one.price, other.price),
            ends: mix(one.ends, other.ends),
            last: both(one.last, other.last),
        }
    }
}

/// Law of a price increase, split at the multiple that ends the product.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rise {
    /// Probability that the increase ends the product.
    ends: f64,
    /// Mean multiple of increases that do not end the product.
    below: f64,
    /// Mean multiple of increases that end the product, as far as they are paid.
    above: f64,
}

impl Provider {
    /// Mean factor by which a price increase multiplies the price.
    fn mean(&self) -> f64 {
        let of = |[size, weight]: &[f64; 2]| weight * size;
        let sizes: f64 = self.sizes.iter().map(of).sum();
        sizes * exp(0.5 * self.spread * self.spread)
    }

    /// Splits the distribution of price increases at the factor `enough`, above which the product ends. The
    /// part of a factor above `most` is never paid.
    fn rise(&self, enough: f64, most: f64) -> Rise {
        let s = self.spread;
        let aside = exp(0.5 * s * s);
        // Probabilities, and contributions to the mean, on both sides of the split.
        let [mut below, mut above] = [[0.0; 2]; 2];
        for [size, weight] in &self.sizes {
            let at = |multiple: f64| {
                let of_point = if multiple > *size { f64::INFINITY } else { f64::NEG_INFINITY };
                if s > 0.0 { ln(multiple / size) / s } else { of_point }
            };
            let (ends, all) = (at(enough), at(greater(most, enough)));
            let mean = size * aside;
            let paid = normal::cdf(all - s) - normal::cdf(ends - s);
            below[0] += weight * normal::cdf(ends);
            below[1] += weight * mean * normal::cdf(ends - s);
            above[0] += weight * normal::cdf(-ends);
            above[1] += weight * (mean * paid + most * normal::cdf(-all));
        }
        let mean = |[chance, sum]: [f64; 2]| if chance > 0.0 { sum / chance } else { 1.0 };
        Rise { ends: above[0], below: mean(below), above: mean(above) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider() -> Provider {
        let (per_year, sizes) = (vec![[0.02, 0.5], [0.08, 0.5]], vec![[1.5, 0.3], [5.0, 0.7]]);
        Provider { per_year, sizes, ..Provider::usual(0.52) }
    }

    #[test]
    fn rises_on_either_side_make_up_the_mean() {
        for spread in [0.0, 1.0] {
            let provider = Provider { spread, ..provider() };
            for enough in [1.6, 3.0, 4.9] {
                let rise = provider.rise(enough, f64::MAX);
                let mean = (1.0 - rise.ends) * rise.below + rise.ends * rise.above;
                assert!((mean / provider.mean() - 1.0).abs() < 1e-9, "{enough}");
                assert!(rise.below < enough && enough < rise.above, "{rise:?}");
                let paid = provider.rise(enough, 6.0);
                assert!(paid.above <= 6.0 && paid.above <= rise.above, "{paid:?}");
                assert_eq!([paid.ends, paid.below], [rise.ends, rise.below]);
            }
        }
    }

    #[test]
    fn a_provider_who_never_moves_ends_nothing() {
        let of = Provider { per_year: vec![[0.0, 1.0]], ..provider() };
        for month in [0.0, 1.0, 7.3, 359.5] {
            let view = Outlook::new(&of, 0.3, 1).at(month);
            assert_eq!([view.open, view.ends], [1.0, 0.0]);
            assert!((view.price[0] + view.price[1] - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn chances_to_be_open_and_to_have_ended_make_up_one() {
        let outlook = Outlook::new(&provider(), 0.3, 1);
        let mut ended = 0.0;
        for month in 0..360_u32 {
            let view = outlook.at(f64::from(month));
            ended += view.ends;
            assert!((view.open + ended - 1.0).abs() < 1e-9, "{month}");
        }
        // who waits for longer is ended more rarely, and loses more then
        let [patient, one] = [6, 1].map(|months| Outlook::new(&provider(), 0.3, months).at(1.0));
        assert!(patient.ends < one.ends && patient.last[0] > 3.0 * one.last[0]);
    }
}

//! Costs that the provider of a product charges, as a part of its revenue.
//!
//! In: a gross margin, the rate and size of price increases. Out: [`PathProvider`], the provider per path, and
//! [`Supply`], the margin relative to the start. Not here: subscribers, closure of a product that makes
//! losses (`turnover`), a buyer's expectation about the provider (`outlook`).
//!
//! ```text
//! K_t = (1 + (K_{t−1} − 1)·2^(−1/h))·(size·exp(s·z) at a price increase, else 1)     K_0 = 1
//! margin = (1 − min((1 − g)·K, 2))/g
//! ```
//!
//! The monthly bill is limited to twice the revenue. Metered interfaces have limits, and at such a price a
//! product serves nobody for the rest of the month.
//!
//! The price increases in a month with probability `1 − e^(−λ/12)`. A single uniform decides on the event
//! and on the quantile of its size. g, λ and size are those of the path if they are ranges.

use super::Subscription;
use crate::asset::wear;
use crate::form::{Drawn, Ranged};
use crate::math::elementary::{exp, ln};
use crate::math::{LANES, lesser, normal};
use crate::random::{Purpose, discrete};
use crate::stage::{Build, Coefficient, Phase, Row, Scope};

/// Largest monthly bill of the provider, as a multiple of the month's revenue.
const BILL: f64 = 2.0;

/// Price increases of the provider whose models or interfaces a product uses, as a buyer expects them who
/// does not know the path's own numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Provider {
    /// Gross margin at the initial price, as a fraction of revenue, above 0.
    pub gross_margin: f64,
    /// Possible numbers of price increases per year, as [number, weight].
    pub per_year: Vec<[f64; 2]>,
    /// Possible median factors by which an increase multiplies the price, as [factor, weight].
    pub sizes: Vec<[f64; 2]>,
    /// Standard deviation of the logarithm of an increase.
    pub spread: f64,
    /// Half-life in months of the part of the price above the initial price.
    pub half_life_months: f64,
}

#[cfg(test)]
impl Provider {
    /// A provider with the terms of the catalog.
    pub fn usual(gross_margin: f64) -> Self {
        let (per_year, sizes) = (vec![[0.05, 1.0]], vec![[5.0, 1.0]]);
        Self { gross_margin, per_year, sizes, spread: 1.0, half_life_months: 13.0 }
    }
}

impl Provider {
    /// True if the provider may charge more than the whole revenue.
    pub fn may_take_all(&self) -> bool {
        let can_rise = self.spread > 0.0 || self.sizes.iter().any(|[size, _]| *size > 1.0);
        self.chance() > 0.0 && can_rise
    }

    /// Highest price of the provider that is ever paid, relative to the initial price.
    pub fn dearest(&self) -> f64 {
        BILL / (1.0 - self.gross_margin)
    }

    /// Monthly probability of a price increase.
    pub fn chance(&self) -> f64 {
        let of = |[per_year, weight]: &[f64; 2]| weight * chance(*per_year, self.gross_margin);
        self.per_year.iter().map(of).sum()
    }
}

/// Possible values of a drawn quantity, as [value, weight].
pub(super) fn points<T: Ranged>(of: &Drawn<T>) -> Vec<[f64; 2]> {
    match of.law() {
        None => vec![[of.get(), 1.0]],
        Some(law) => law.points().to_vec(),
    }
}

/// Monthly probability of a price increase; 0 at a gross margin of 1, where the provider charges nothing.
#[inline(always)]
fn chance(per_year: f64, gross_margin: f64) -> f64 {
    if gross_margin < 1.0 { wear::per_step(per_year) } else { 0.0 }
}

/// Price increases of a product's provider on each path.
#[derive(Clone, Copy)]
pub(super) struct PathProvider {
    pub gross_margin: Coefficient,
    chance: Coefficient,
    log_size: Coefficient,
    spread: f64,
    half_life_months: f64,
}

impl PathProvider {
    /// Adds the draws of the gross margin and of the price increases of the provider of `product`.
    pub fn build(product: &Subscription, build: &mut Build) -> Self {
        let of = product.provider();
        let gross_margin = build.drawn("gross_margin", &product.gross_margin);
        let per_year = build.drawn("repricing", &product.repricing);
        let size = build.drawn("repricing_size", &product.repricing_size);
        Self {
            gross_margin,
            chance: Coefficient::from([per_year, gross_margin], build, |[per_year, gross_margin]| {
                chance(per_year, gross_margin)
            }),
            log_size: Coefficient::from([size], build, |[size]| ln(size)),
            spread: of.spread,
            half_life_months: of.half_life_months,
        }
    }

    /// Adds the stage of the monthly price increases and returns its rows; `None` if the price never changes.
    pub fn supply(self, build: &mut Build) -> Option<Supply> {
        if self.chance == Coefficient::Same(0.0) {
            return None;
        }
        let rows = Supply { price: build.row_of(1.0), margin: build.row_of(1.0) };
        let drawn = build.uniforms(Purpose::Repricing, Scope::Month);
        // fraction of the overcharge that remains after one month
        let keep = exp(-std::f64::consts::LN_2 / self.half_life_months);
        build.step(
            Phase::Operate,
            "Reprice",
            #[inline(always)]
            move |cx| {
                let drawn = cx.draws.row(drawn);
                let [chance, log_size, gross_margin] =
                    [self.chance, self.log_size, self.gross_margin].map(|of| of.of_paths(cx.rows));
                let price = cx.rows.get_mut(rows.price);
                for lane in 0..LANES {
                    price[lane] = keep.mul_add(price[lane] - 1.0, 1.0);
                    if discrete::strikes(drawn[lane], chance[lane]) {
                        let z = -normal::quantile((1.0 - drawn[lane]) / chance[lane]);
                        price[lane] *= exp(self.spread.mul_add(z, log_size[lane]));
                    }
                }
                let price = *price;
                cx.rows.get_mut(rows.margin).each(|lane, _| {
                    let (left, cost) = (1.0 / gross_margin[lane], 1.0 - gross_margin[lane]);
                    (1.0 - lesser(cost * price[lane], BILL)) * left
                });
            },
        );
        Some(rows)
    }
}

/// Rows of the price of a product's provider and of the resulting margin.
#[derive(Clone, Copy)]
pub(super) struct Supply {
    /// Gross margin of the month relative to the start.
    pub margin: Row,
    /// Price that the provider asks, relative to the start.
    pub price: Row,
}

//! The claimed return: one draw per path, constant over the horizon.
//!
//! In: a law of the yearly return `m`. Out: monthly coefficients, constant or one per path. Not here:
//! volatility, which is separate from the uncertainty about `m`.

use super::{Coefficient, Slot};
use crate::market::STEPS_PER_YEAR;
use crate::math::beta::Quantiles;
use crate::math::elementary::{exp, ln};
use crate::math::normal::Z95;
use crate::math::{LANES, greater, normal};
use crate::stage::{Build, Draw, Draws};

/// Law of the claimed yearly return `m`, as a function of a standard normal.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ReturnLaw {
    /// A single known value.
    Point(f64),
    /// `ln(1+m) ~ N(location, scale²)`.
    Lognormal { location: f64, scale: f64 },
    /// All values of a range are equally likely; none outside is possible.
    Uniform { low: f64, width: f64 },
    /// Beta law on a range with its peak at the mode and the mean `(low + 4·mode + high)/6`.
    Pert(Quantiles),
}

impl ReturnLaw {
    /// Lognormal law of `1+m` with `low` and `high` as the 5th and 95th percentile of `m`.
    pub(super) fn percentiles(low: f64, high: f64) -> Self {
        let (low, high) = (ln(1.0 + low), ln(1.0 + high));
        Self::Lognormal { location: 0.5 * (low + high), scale: (high - low) / (2.0 * Z95) }
    }

    pub(super) fn pert(low: f64, mode: f64, high: f64) -> Self {
        Self::Pert(Quantiles::pert(low, mode, high).expect("a claim's range is valid and has a width"))
    }

    /// Median of the yearly return.
    pub(super) fn median(&self) -> f64 {
        match self {
            Self::Point(roi) => *roi,
            _ => exp(self.log_growth(0.0)) - 1.0,
        }
    }

    /// Log-growth of a year, `ln(1 + m)`, at the normal score `z`.
    #[inline(always)]
    fn log_growth(&self, z: f64) -> f64 {
        match self {
            Self::Point(roi) => ln(1.0 + roi),
            Self::Lognormal { location, scale } => scale.mul_add(z, *location),
            Self::Uniform { low, width } => ln(1.0 + width.mul_add(normal::cdf(z), *low)),
            Self::Pert(quantiles) => ln(1.0 + quantiles.eval(normal::cdf(z))),
        }
    }
}

/// Monthly growth of the price and income that follow from a claimed yearly return.
pub(super) struct Growth {
    /// Expected factor of the price: `1 + (1 − χ)(G − 1)` if a growth factor G ≥ 1 pays out the fraction χ, else G.
    pub price: Coefficient,
    /// Expected income per unit of start-of-month value: `χ·max(0, G − 1)`, the fraction χ of growth by a factor G.
    pub income: Coefficient,
}

/// Monthly growth factor `(1 + m)^(1/12)` at the yearly return `m` = `roi`.
pub(super) fn monthly(roi: f64) -> f64 {
    exp(ln(1.0 + roi) / STEPS_PER_YEAR)
}

/// Expected price factor and expected income per unit of value in a month with gross return `surplus`. A
/// negative return falls on the price alone, since nobody pays a negative income.
#[inline(always)]
pub(super) fn split(surplus: f64, income_share: f64) -> (f64, f64) {
    let paid = if surplus > 0.0 { income_share * surplus } else { 0.0 };
    (1.0 + (surplus - paid), paid)
}

/// Yearly yield of a business at the rate of its first month, per unit of its median price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StartYield {
    /// Yield as claimed, before any scaling.
    pub unscaled: Coefficient,
    /// Claimed yield times the path's income relative to its median.
    pub scaled: Coefficient,
}

/// Adds the draw of the claimed yearly return from `law` and returns the starting yield of a business.
/// Negative yields count as 0.
pub(super) fn start(law: ReturnLaw, slot: &Slot, build: &mut Build) -> StartYield {
    let start = if let ReturnLaw::Point(roi) = law {
        Coefficient::Same(greater(roi, 0.0))
    } else {
        let (start, score) = (build.row(), Score::build(slot, build));
        build.common_open(
            &[start],
            #[inline(always)]
            move |cx| {
                let score = score.of_paths(cx.draws);
                let start = cx.rows.get_mut(start);
                for lane in 0..LANES {
                    start[lane] = greater(exp(law.log_growth(score(lane))) - 1.0, 0.0);
                }
            },
        );
        Coefficient::PerPath(start)
    };
    let scaled = slot.stated.map_or(start, |stated| {
        let parts = [start, Coefficient::PerPath(stated.factor)];
        Coefficient::from(parts, build, |[start, factor]| start * factor)
    });
    StartYield { unscaled: start, scaled }
}

/// Adds the draw of the claimed yearly return from `law` and returns the growth and income of a month. `income_share`
/// is the fraction χ of the return that is paid out.
pub(super) fn build(law: ReturnLaw, income_share: f64, slot: &Slot, build: &mut Build) -> Growth {
    let factor = slot.factor_of_return();
    if let (ReturnLaw::Point(roi), None) = (&law, factor) {
        let (price, income) = split(monthly(*roi) - 1.0, income_share);
        return Growth { price: Coefficient::Same(price), income: Coefficient::Same(income) };
    }
    let [price, income] = [build.row(), build.row()];
    let score = Score::build(slot, build);
    build.common_open(
        &[price, income],
        #[inline(always)]
        move |cx| {
            let score = score.of_paths(cx.draws);
            let factor = factor.map(|row| *cx.rows.get(row));
            let [price, income] = cx.rows.pair(price, income);
            for lane in 0..LANES {
                let mut log_growth = law.log_growth(score(lane));
                if let Some(factor) = &factor {
                    log_growth = ln(1.0 + (exp(log_growth) - 1.0) * factor[lane]);
                }
                let surplus = exp(log_growth / STEPS_PER_YEAR) - 1.0;
                (price[lane], income[lane]) = split(surplus, income_share);
            }
        },
    );
    Growth { price: Coefficient::PerPath(price), income: Coefficient::PerPath(income) }
}

/// Standard normal per path that locates the claimed return in its range, `√c·F + √(1 − c)·e`: F is common to
/// all assets, c the correlation.
struct Score {
    own: Draw,
    common: Draw,
    weight_common: f64,
    weight_own: f64,
}

impl Score {
    fn build(slot: &Slot, build: &mut Build) -> Self {
        Self {
            own: build.parameter("roi"),
            common: slot.common,
            weight_common: slot.claim_correlation.sqrt(),
            weight_own: (1.0 - slot.claim_correlation).sqrt(),
        }
    }

    #[inline(always)]
    fn of_paths(&self, draws: &Draws) -> impl Fn(usize) -> f64 {
        let (own, common) = (draws.row(self.own), draws.row(self.common));
        let (weight_common, weight_own) = (self.weight_common, self.weight_own);
        move |lane| weight_common.mul_add(common[lane], weight_own * own[lane])
    }
}

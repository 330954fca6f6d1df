//! The claimed return: one draw per path, constant over the horizon.
//!
//! In: a law of the yearly return `m`. Out: monthly coefficients, constant or one per path. Not here:
//! volatility, which is separate from the uncertainty about `m`.

use super::{Coefficient, Slot, Stated};
use crate::market::STEPS_PER_YEAR;
use crate::math::beta::Quantiles;
use crate::math::elementary::{exp, ln};
use crate::math::normal::Z95;
use crate::math::{LANES, greater, normal};
use crate::stage::{Build, Cx, Draw, Draws, Phase, Row, Stage};

/// Law of the yearly return `m`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Law {
    /// The claimed range covers 90 %: `ln(1+m) ~ N(μ, s²)`, with `low` and `high` as 5th and 95th
    /// percentiles. `μ = ½(ln(1+low) + ln(1+high))`, `s = (ln(1+high) − ln(1+low)) / (2·1.6449)`.
    Percentiles { low: f64, high: f64 },
    /// All values of the range are equally likely; none outside is possible.
    Uniform { low: f64, high: f64 },
    /// Beta law on the range with its peak at `mode` and mean `(low + 4·mode + high)/6`.
    Pert { low: f64, mode: f64, high: f64 },
    /// A single known value.
    Point(f64),
}

impl Law {
    /// Median of the yearly return.
    pub(super) fn median(&self) -> f64 {
        match self.inverse() {
            Ok(inverse) => exp(inverse.log_growth(0.0)) - 1.0,
            Err(roi) => roi,
        }
    }

    /// Returns the map from a standard normal to `m`; `Err` holds `m` itself if it is known.
    fn inverse(&self) -> Result<Inverse, f64> {
        match *self {
            Self::Point(roi) => Err(roi),
            Self::Percentiles { low, high } => {
                let (low, high) = (ln(1.0 + low), ln(1.0 + high));
                Ok(Inverse::Lognormal { location: 0.5 * (low + high), scale: (high - low) / (2.0 * Z95) })
            }
            Self::Uniform { low, high } => Ok(Inverse::Uniform { low, width: high - low }),
            Self::Pert { low, mode, high } => Ok(Inverse::Pert(
                Quantiles::pert(low, mode, high).expect("a claim's range is valid and has a width"),
            )),
        }
    }
}

/// Monthly coefficients of a claimed return.
pub(super) struct Growth {
    /// Expected factor of the price, `1 + (1 − χ)(G − 1)` for G ≥ 1, else G.
    pub price: Coefficient,
    /// Expected income per unit of start-of-month value, `χ·max(0, G − 1)`.
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

/// Adds the draw of `m` and returns the starting yield. Negative yields count as 0.
pub(super) fn start(law: &Law, slot: &Slot, build: &mut Build) -> StartYield {
    let start = match law.inverse() {
        Ok(law) => {
            let start = build.row();
            let score = Score::build(slot, build);
            build.common_stage(Phase::Open, &[start], DrawStart { score, law, start });
            Coefficient::PerPath(start)
        }
        Err(roi) => Coefficient::Same(greater(roi, 0.0)),
    };
    let scaled = match slot.stated {
        Some(stated) => {
            let parts = [start, Coefficient::PerPath(stated.factor)];
            Coefficient::from(parts, build, |[start, factor]| start * factor)
        }
        None => start,
    };
    StartYield { unscaled: start, scaled }
}

/// Adds the draw of `m` and returns its monthly coefficients.
pub(super) fn build(law: &Law, income_share: f64, slot: &Slot, build: &mut Build) -> Growth {
    let inverse = match law.inverse() {
        Ok(inverse) => inverse,
        Err(roi) if Stated::of_return(slot.stated).is_some() => {
            Inverse::Lognormal { location: ln(1.0 + roi), scale: 0.0 }
        }
        Err(roi) => {
            let (price, income) = split(monthly(roi) - 1.0, income_share);
            return Growth { price: Coefficient::Same(price), income: Coefficient::Same(income) };
        }
    };
    let (price, income) = (build.row(), build.row());
    let score = Score::build(slot, build);
    build.common_stage(
        Phase::Open,
        &[price, income],
        DrawRoi { score, law: inverse, factor: Stated::of_return(slot.stated), income_share, price, income },
    );
    Growth { price: Coefficient::PerPath(price), income: Coefficient::PerPath(income) }
}

/// Standard normal per path that locates `m` in its range: `√c·F + √(1 − c)·e`.
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

/// `m` as a function of a standard normal.
enum Inverse {
    Lognormal { location: f64, scale: f64 },
    Uniform { low: f64, width: f64 },
    Pert(Quantiles),
}

impl Inverse {
    /// `ln(1 + m)` at the normal score `z`.
    #[inline(always)]
    fn log_growth(&self, z: f64) -> f64 {
        match self {
            Self::Lognormal { location, scale } => scale.mul_add(z, *location),
            Self::Uniform { low, width } => ln(1.0 + width.mul_add(normal::cdf(z), *low)),
            Self::Pert(quantiles) => ln(1.0 + quantiles.eval(normal::cdf(z))),
        }
    }
}

struct DrawRoi {
    score: Score,
    law: Inverse,
    /// Factor on the return of this path, if the first month's income is drawn.
    factor: Option<Row>,
    income_share: f64,
    price: Row,
    income: Row,
}

impl Stage for DrawRoi {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let score = self.score.of_paths(cx.draws);
        let factor = self.factor.map(|row| *cx.rows.get(row));
        let [price, income] = cx.rows.pair(self.price, self.income);
        for lane in 0..LANES {
            let mut log_growth = self.law.log_growth(score(lane));
            if let Some(factor) = &factor {
                log_growth = ln(1.0 + (exp(log_growth) - 1.0) * factor[lane]);
            }
            let surplus = exp(log_growth / STEPS_PER_YEAR) - 1.0;
            (price[lane], income[lane]) = split(surplus, self.income_share);
        }
    }
}

struct DrawStart {
    score: Score,
    law: Inverse,
    start: Row,
}

impl Stage for DrawStart {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let score = self.score.of_paths(cx.draws);
        let start = cx.rows.get_mut(self.start);
        for lane in 0..LANES {
            start[lane] = greater(exp(self.law.log_growth(score(lane))) - 1.0, 0.0);
        }
    }
}

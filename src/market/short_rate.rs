//! A short rate that moves, and what follows it.
//!
//! In: its parameters, one normal per path and month. Out: rows of the rate and of its change. Not here: cash
//! (`policy`), yields of pools and prices of property (`asset`).
//!
//! ```text
//! x_1 = starts,   x_t = θ + φ(x_{t−1} − θ) + s√((1 − φ²)/(2κ))·z,   φ = e^(−κ/12),   κ = ln 2/half-life in years
//! r_t = max(0, x_t)
//! z   = ρ·y + √(1 − ρ²)·z'                        y: what moved inflation into month t, ρ = 0.313; ρ = 0 where inflation is fixed
//! ```
//!
//! A correlation of 0.313 of the shocks is one of 0.3 of changes over twelve months at the half-lives of both; measured on
//! yearly data of the United States, 0.2 since 1984 and 0.4 since 1954.
//!
//! Source: Vasicek (1977), Journal of Financial Economics 5; its transition over a month is exact.

use super::{PriceRows, STEPS_PER_YEAR};
use crate::math::elementary::{exp, expm1};
use crate::math::{LANES, greater};
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// Correlation of its shocks with those of inflation.
const WITH_INFLATION: f64 = 0.313;

/// How the rate moves. Rates are fractions per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShortRate {
    /// What it comes back to, θ.
    pub mean: f64,
    /// Where it is in the first month.
    pub starts: f64,
    /// Standard deviation of what a short time adds to it, per square root of a year: s.
    pub volatility: f64,
    /// Months after which half of a deviation from the mean is gone; infinite if nothing ever goes.
    pub half_life_months: f64,
    /// Points that the base yield of pools moves with a point of the rate.
    pub base_yields: f64,
    /// Log-return of property for a point of change of the rate.
    pub property: f64,
}

/// What those see who follow the rate; rows of a month, set before anything else happens in it.
#[derive(Clone, Copy, Debug)]
pub struct RateRows {
    pub of: ShortRate,
    /// Of this month, not below zero.
    pub rate: Row,
    /// Less that of the month before; 0 in the first.
    pub change: Row,
}

impl ShortRate {
    /// What a month leaves of a deviation from the mean, φ.
    fn kept(&self) -> f64 {
        exp(-std::f64::consts::LN_2 / self.half_life_months)
    }

    /// Standard deviation of what a month adds.
    fn spread(&self) -> f64 {
        let per_month = std::f64::consts::LN_2 / self.half_life_months;
        // the limit of a half-life without end
        let months = match per_month > 0.0 {
            true => -expm1(-2.0 * per_month) / (2.0 * per_month),
            false => 1.0,
        };
        self.volatility * (months / STEPS_PER_YEAR).sqrt()
    }

    /// Leaves the months of the rate, whose shocks hang together with those of `prices`.
    pub fn build(self, prices: &PriceRows, build: &mut Build) -> RateRows {
        build.object(ObjectKind::World, "short rate");
        let innovation = build.normals(Purpose::ShortRate, Scope::Month);
        let [free, rate, change] = [build.row(), build.row(), build.row()];
        let (kept, spread) = (self.kept(), self.spread());
        build.stage(
            Phase::Shock,
            Move {
                of: self,
                innovation,
                with: prices.moving.and_then(|rows| rows.shock),
                kept,
                spread,
                free,
                rate,
                change,
            },
        );
        RateRows { of: self, rate, change }
    }
}

struct Move {
    of: ShortRate,
    innovation: Draw,
    /// Shocks of inflation, if that moves.
    with: Option<Row>,
    kept: f64,
    spread: f64,
    /// The rate before what is below zero counts as zero.
    free: Row,
    rate: Row,
    change: Row,
}

impl Stage for Move {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let of = self.of;
        if cx.month.index == 1 {
            cx.rows.get_mut(self.free).fill(of.starts);
            cx.rows.get_mut(self.rate).fill(greater(of.starts, 0.0));
            return;
        }
        let mut innovation = *cx.draws.row(self.innovation);
        if let Some(row) = self.with {
            let (shock, rest) = (cx.rows.get(row), (1.0 - WITH_INFLATION * WITH_INFLATION).sqrt());
            innovation.each(|lane, own| WITH_INFLATION.mul_add(shock[lane], rest * own));
        }
        let [free, rate] = cx.rows.pair(self.free, self.rate);
        let mut before = *rate;
        for lane in 0..LANES {
            let pulled = self.kept.mul_add(free[lane] - of.mean, of.mean);
            free[lane] = self.spread.mul_add(innovation[lane], pulled);
            rate[lane] = greater(free[lane], 0.0);
            before[lane] = rate[lane] - before[lane];
        }
        *cx.rows.get_mut(self.change) = before;
    }
}

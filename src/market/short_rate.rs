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

use super::PriceRows;
use super::reversion::Reversion;
use crate::form::Preset;
use crate::math::{LANES, greater};
use crate::parameters;
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};
use crate::units::{AnnualRate, HalfLife, RateLink, Volatility};

/// Correlation of its shocks with those of inflation.
const WITH_INFLATION: f64 = 0.313;

parameters! {
    #[derive(Copy)]
    /// A short rate that moves: a Gaussian process that comes back to its mean, of which cash earns what is above zero.
    pub struct ShortRate {
        /// What it comes back to.
        mean: AnnualRate = Preset::Required => "\"3 %/year\"",
        /// Where it is in the first month; its mean if absent.
        starts: Option<AnnualRate> = Preset::Absent => "\"3.6 %/year\"",
        /// Standard deviation of what a year adds to it, in points of the rate: 0.016 or "1.6 %/year" for the United States
        /// from 1984 to 2023.
        volatility: Volatility = Preset::Required => "\"1.6 %/year\"",
        /// Time after which half of a deviation from the mean is gone; 3.5 years there.
        half_life: HalfLife = Preset::Required => "\"42 months\"",
        /// Points that the base yield of pools moves with a point of the rate. An assumption, of 0 to 1.
        base_yields: RateLink = Preset::Is("0.5"),
        /// Part of the rate's change by which prices of tokenized assets move in the same month. That of houses in the United
        /// States from 1976 to 2023 is 0.69: rates rise in good times. What dear money does to prices by itself is below zero.
        property: RateLink = Preset::Is("0.69"),
    }
}

/// What those see who follow the rate; rows of a month, set before anything else happens in it.
#[derive(Clone, Copy, Debug)]
pub struct RateRows {
    /// Of the first month, below zero too.
    pub starts: f64,
    /// Points that the base yield of pools moves with a point of the rate.
    pub base_yields: f64,
    /// Log-return of property for a point of change of the rate.
    pub property: f64,
    /// Of this month, not below zero.
    pub rate: Row,
    /// Less that of the month before; 0 in the first.
    pub change: Row,
}

impl ShortRate {
    fn reversion(&self) -> Reversion {
        Reversion { volatility: self.volatility.get(), half_life_months: self.half_life.months() }
    }

    /// Leaves the months of the rate, whose shocks hang together with those of `prices`.
    pub fn build(self, prices: &PriceRows, build: &mut Build) -> RateRows {
        build.object(ObjectKind::World, "short rate");
        let innovation = build.normals(Purpose::ShortRate, Scope::Month);
        let starts = self.starts.unwrap_or(self.mean).get();
        let [free, rate, change] = [build.row(), build.row(), build.row()];
        let (kept, spread) = (self.reversion().kept(), self.reversion().spread(1.0));
        build.stage(
            Phase::Shock,
            Move {
                mean: self.mean.get(),
                starts,
                innovation,
                with: prices.moving.and_then(|rows| rows.shock),
                kept,
                spread,
                free,
                rate,
                change,
            },
        );
        RateRows {
            starts,
            base_yields: self.base_yields.get(),
            property: self.property.get(),
            rate,
            change,
        }
    }
}

struct Move {
    mean: f64,
    starts: f64,
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
        if cx.month.index == 1 {
            cx.rows.get_mut(self.free).fill(self.starts);
            cx.rows.get_mut(self.rate).fill(greater(self.starts, 0.0));
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
            let pulled = self.kept.mul_add(free[lane] - self.mean, self.mean);
            free[lane] = self.spread.mul_add(innovation[lane], pulled);
            rate[lane] = greater(free[lane], 0.0);
            before[lane] = rate[lane] - before[lane];
        }
        *cx.rows.get_mut(self.change) = before;
    }
}

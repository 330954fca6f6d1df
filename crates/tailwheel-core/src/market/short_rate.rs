//! Random short rate, which cash, pool yields and property prices follow.
//!
//! In: parameters, one normal per path and month. Out: rows of the rate and of its change. Not here:
//! interest on cash (`policy`), yields of pools and prices of property (`asset`).
//!
//! ```text
//! x_1 = starts,   x_t = θ + φ(x_{t−1} − θ) + s√((1 − φ²)/(2κ))·z,   φ = e^(−κ/12)
//! κ   = ln 2/half-life in years
//! r_t = max(0, x_t)
//! z   = ρ·y + √(1 − ρ²)·z'     y: shock of inflation into month t; ρ = 0.313, or 0 if inflation is fixed
//! ```
//!
//! At the half-lives of both processes, a shock correlation of 0.313 gives a correlation of 0.3 between
//! yearly changes. Yearly data of the United States show 0.2 since 1984 and 0.4 since 1954.
//!
//! Source: Vasicek (1977), Journal of Financial Economics 5; its transition over a month is exact.

use super::PriceRows;
use super::reversion::Reversion;
use crate::form::Preset;
use crate::math::{LANES, greater};
use crate::parameters;
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Phase, Row, Scope};
use crate::units::{AnnualRate, HalfLife, RateLink, Volatility};

/// Correlation of the shocks of the short rate with the shocks of inflation.
const WITH_INFLATION: f64 = 0.313;

parameters! {
    #[derive(Copy)]
    /// Random short rate: a Gaussian process that reverts to its mean. Cash earns the part above zero.
    pub struct ShortRate {
        /// Long-run mean of the short rate.
        mean: AnnualRate = Preset::Required => "\"3 %/year\"",
        /// Rate in the first month; the mean if absent.
        starts: Option<AnnualRate> = Preset::Absent => "\"3.6 %/year\"",
        /// Standard deviation of a year's random change, in points of the rate: 0.016 or "1.6 %/year" for
        /// the United States from 1984 to 2023.
        volatility: Volatility = Preset::Required => "\"1.6 %/year\"",
        /// Time after which half of a deviation from the mean is gone: 3.5 years for the United States.
        half_life: HalfLife = Preset::Required => "\"42 months\"",
        /// Points that the base yield of pools moves per point of the rate. An assumption from 0 to 1.
        base_yields: RateLink = Preset::Is("0.5"),
        /// Price change of tokenized assets in the month of a rate change, as a multiple of that change.
        /// Houses in the United States show 0.69 from 1976 to 2023, because rates rise in good times. The
        /// effect of higher rates alone is below zero.
        property: RateLink = Preset::Is("0.69"),
    }
}

/// Rows of the short rate, set before any other stage of the month runs, and its effects on assets.
#[derive(Clone, Copy, Debug)]
pub struct RateRows {
    /// Short rate of the first month per year, before the floor at zero.
    pub starts: f64,
    /// Percentage points that the base yield of pools moves per point of the short rate.
    pub base_yields: f64,
    /// Log-return of property per unit of change of the short rate.
    pub property: f64,
    /// Short rate of the month per year, at least 0.
    pub rate: Row,
    /// Change of the short rate since the month before; 0 in the first month.
    pub change: Row,
}

impl ShortRate {
    fn reversion(&self) -> Reversion {
        Reversion { volatility: self.volatility.get(), half_life_months: self.half_life.months() }
    }

    /// Adds the stage of the short rate, whose shocks are correlated with the inflation shocks of `prices`.
    pub fn build(self, prices: &PriceRows, build: &mut Build) -> RateRows {
        build.object(ObjectKind::World, "short rate");
        let innovation = build.normals(Purpose::ShortRate, Scope::Month);
        let starts = self.starts.unwrap_or(self.mean).get();
        let [free, rate, change] = [build.row(), build.row(), build.row()];
        let (kept, spread) = (self.reversion().kept(), self.reversion().spread(1.0));
        let mean = self.mean.get();
        let with = prices.moving.and_then(|rows| rows.shock);
        build.step(
            Phase::Shock,
            "Move",
            #[inline(always)]
            move |cx| {
                if cx.month.index == 1 {
                    cx.rows.get_mut(free).fill(starts);
                    cx.rows.get_mut(rate).fill(greater(starts, 0.0));
                    return;
                }
                let mut innovation = *cx.draws.row(innovation);
                if let Some(row) = with {
                    let (shock, rest) = (cx.rows.get(row), (1.0 - WITH_INFLATION * WITH_INFLATION).sqrt());
                    innovation.each(|lane, own| WITH_INFLATION.mul_add(shock[lane], rest * own));
                }
                let [free, rate] = cx.rows.pair(free, rate);
                let mut before = *rate;
                for lane in 0..LANES {
                    let pulled = kept.mul_add(free[lane] - mean, mean);
                    free[lane] = spread.mul_add(innovation[lane], pulled);
                    rate[lane] = greater(free[lane], 0.0);
                    before[lane] = rate[lane] - before[lane];
                }
                *cx.rows.get_mut(change) = before;
            },
        );
        RateRows { starts, base_yields: self.base_yields.get(), property: self.property.get(), rate, change }
    }
}

//! Price of the second coin in a pool of two coins: its factor in a month.
//!
//! In: the shock of the asset, one normal per path and month. Out: a row of factors with mean 1. Not here:
//! the value of the position in the pool (`asset`).
//!
//! ```text
//! y = exp(shock_y − ½σ_y²Δt),   shock_y = σ_y√Δt·(ρ·ε + √(1 − ρ²)·e)        E y = 1
//! ```
//!
//! ε is the standard normal behind the shock of the asset, e an independent one. A crisis multiplies both
//! parts by the same factor. For an asset without diffusion, e replaces ε.

use super::{RegimeRows, STEPS_PER_YEAR};
use crate::math::LANES;
use crate::math::elementary::exp_moderate;
use crate::random::Purpose;
use crate::stage::{Build, Draw, Phase, Row, Scope};

/// Volatility and correlation of the second coin of a pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecondCoin {
    /// σ_y: standard deviation of the coin's log-return, per square root of a year.
    pub volatility: f64,
    /// ρ: correlation of the coin's diffusion with that of the asset in the pool.
    pub correlation: f64,
}

impl SecondCoin {
    /// Simulates the second coin of the market being built and returns the row of its factors. `shock` and
    /// `per_step` are the asset's diffusive shock and its monthly standard deviation in the normal regime.
    /// `calm` is the volatility in the normal regime per unit of total volatility.
    pub fn build(
        self,
        shock: Draw,
        per_step: f64,
        calm: f64,
        regime: Option<RegimeRows>,
        build: &mut Build,
    ) -> Row {
        let own = build.normals(Purpose::PairShock, Scope::Month);
        let factor = build.row();
        let own_per_step = self.volatility * calm * (1.0 / STEPS_PER_YEAR).sqrt();
        let (common, alone) = if per_step > 0.0 {
            let rest = ((1.0 - self.correlation) * (1.0 + self.correlation)).sqrt();
            let common = self.correlation * own_per_step / per_step;
            (common, rest * own_per_step)
        } else {
            (0.0, own_per_step)
        };
        let half_variance = 0.5 * own_per_step * own_per_step;
        build.step(
            Phase::Shock,
            "Move",
            #[inline(always)]
            move |cx| {
                let (shock, own) = (cx.draws.row(shock), cx.draws.row(own));
                let factor = cx.rows.get_mut(factor);
                match regime {
                    None => factor.each(|lane, _| {
                        let log = common.mul_add(shock[lane], alone * own[lane]);
                        exp_moderate(log - half_variance)
                    }),
                    Some(regime) => {
                        let volatility = cx.draws.row(regime.volatility);
                        let variance = cx.draws.row(regime.variance);
                        for lane in 0..LANES {
                            let alone = alone * volatility[lane] * own[lane];
                            let log = common.mul_add(shock[lane], alone);
                            factor[lane] = exp_moderate((-half_variance).mul_add(variance[lane], log));
                        }
                    }
                }
            },
        );
        factor
    }
}

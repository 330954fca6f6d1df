//! The other side of a position of two coins: the factor of its price in a month.
//!
//! In: the shock of the asset, one normal per path and month. Out: a row of factors of mean 1. Not here: what the position
//! makes of both (`asset`).
//!
//! ```text
//! y = exp(shock_y − ½σ_y²Δt),   shock_y = σ_y√Δt·(ρ·ε + √(1 − ρ²)·e)        E y = 1
//! ```
//!
//! ε is the standard normal behind the shock of the asset and e one of its own. A crisis multiplies both parts alike. Of an
//! asset without diffusion there is no ε, and e takes its place.

use super::{RegimeRows, STEPS_PER_YEAR};
use crate::math::LANES;
use crate::math::elementary::exp_moderate;
use crate::random::Purpose;
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// How the other side moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// σ_y: standard deviation of its log-return, per square root of a year.
    pub volatility: f64,
    /// ρ: correlation of its diffusion with that of the asset.
    pub correlation: f64,
}

impl Pair {
    /// Leaves the months of the other side of the market being built, and returns the row of its factors. `shock` and
    /// `per_step` are the diffusive shock of the asset and its calm standard deviation in a month, `calm` the calm volatility
    /// per unit of a volatility.
    pub fn build(
        self,
        (shock, per_step): (Draw, f64),
        calm: f64,
        regime: Option<RegimeRows>,
        build: &mut Build,
    ) -> Row {
        let own = build.normals(Purpose::PairShock, Scope::Month);
        let factor = build.row();
        let own_per_step = self.volatility * calm * (1.0 / STEPS_PER_YEAR).sqrt();
        let (common, alone) = match per_step > 0.0 {
            true => {
                let rest = ((1.0 - self.correlation) * (1.0 + self.correlation)).sqrt();
                let common = self.correlation * own_per_step / per_step;
                (common, rest * own_per_step)
            }
            false => (0.0, own_per_step),
        };
        build.stage(
            Phase::Shock,
            Move {
                shock,
                own,
                factor,
                common,
                alone,
                half_variance: 0.5 * own_per_step * own_per_step,
                regime,
            },
        );
        factor
    }
}

struct Move {
    shock: Draw,
    own: Draw,
    factor: Row,
    /// Times the shock of the asset.
    common: f64,
    /// Times the normal of its own.
    alone: f64,
    half_variance: f64,
    regime: Option<RegimeRows>,
}

impl Stage for Move {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (shock, own) = (cx.draws.row(self.shock), cx.draws.row(self.own));
        let factor = cx.rows.get_mut(self.factor);
        match self.regime {
            None => factor.each(|lane, _| {
                let log = self.common.mul_add(shock[lane], self.alone * own[lane]);
                exp_moderate(log - self.half_variance)
            }),
            Some(regime) => {
                let volatility = cx.draws.row(regime.volatility);
                let variance = cx.draws.row(regime.variance);
                for lane in 0..LANES {
                    let alone = self.alone * volatility[lane] * own[lane];
                    let log = self.common.mul_add(shock[lane], alone);
                    factor[lane] = exp_moderate((-self.half_variance).mul_add(variance[lane], log));
                }
            }
        }
    }
}

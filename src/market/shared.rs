//! Shocks of assets that share a market: what they have in common, and what each has of its own.
//!
//! In: a row of the market's unit shocks, standard normals of the asset. Out: the asset's shock.
//! Not here: how markets hang together (`joint`).

use crate::math::LANES;
use crate::stage::{Draw, Draws};

/// The shock of an asset in a market that is not its own.
///
/// ```text
/// shock_k = σ_k√Δt·(ρ_k·ε_i + √(1 − ρ_k²)·e_k)         e_k ~ N(0, 1), its own
/// ```
///
/// `ε_i`: the market's shock with its exact normal margin, so `shock_k` is exactly normal with the
/// asset's own volatility under every copula, and two assets of one market correlate at `ρ_1ρ_2`.
/// In a crisis both parts are multiplied alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// The market's unit shock, multiplied by the regime.
    market: Draw,
    /// Standard normals of the asset, which its shocks replace.
    own: Draw,
    common: f64,
    alone: f64,
}

impl Shared {
    /// A shock with correlation ρ = `correlation` to that of the `market`.
    pub fn new(market: Draw, own: Draw, correlation: f64, volatility_per_step: f64) -> Self {
        let rest = ((1.0 - correlation) * (1.0 + correlation)).sqrt();
        Self {
            market,
            own,
            common: volatility_per_step * correlation,
            alone: volatility_per_step * rest,
        }
    }

    /// Turns the month's own normals into shocks; `regime` multiplies volatilities, if there is one.
    #[inline(always)]
    pub fn apply(&self, draws: &mut Draws, regime: Option<Draw>) {
        let market = *draws.row(self.market);
        let times = regime.map(|row| *draws.row(row));
        let own = draws.row_mut(self.own);
        if let Some(times) = times {
            for lane in 0..LANES {
                own[lane] *= times[lane];
            }
        }
        for lane in 0..LANES {
            own[lane] = self.common.mul_add(market[lane], self.alone * own[lane]);
        }
    }
}

/// A unit shock times a volatility: of a market of which several assets are parts, or of one that
/// says its own volatility.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scaled {
    pub unit: Draw,
    pub row: Draw,
    pub volatility_per_step: f64,
}

impl Scaled {
    #[inline(always)]
    pub fn apply(&self, draws: &mut Draws) {
        let unit = *draws.row(self.unit);
        let row = draws.row_mut(self.row);
        for lane in 0..LANES {
            row[lane] = self.volatility_per_step * unit[lane];
        }
    }
}

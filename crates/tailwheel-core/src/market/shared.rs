//! Shocks of assets that share a market: a common part and a part of each asset's own.
//!
//! In: a row of the market's unit shocks, standard normals of the asset. Out: the asset's shock. Not here:
//! the correlation between markets (`joint`).

use crate::stage::{Draw, Draws};

/// The shock of an asset that shares its market with other assets.
///
/// ```text
/// shock_k = σ_k√Δt·(ρ_k·ε_i + √(1 − ρ_k²)·e_k)         e_k ~ N(0, 1), the asset's own
/// ```
///
/// `ε_i` is the market's shock with its exact normal margin, `ρ_k` the asset's correlation with it. So `shock_k`
/// is exactly normal with the asset's own volatility σ_k under every copula, and two assets of one market
/// correlate at `ρ_1ρ_2`. A crisis multiplies both parts by the same factor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// Draw with the market's shock at volatility 1, times the factor of the regime.
    market: Draw,
    /// Standard normals of the asset, overwritten by its shocks.
    own: Draw,
    common: f64,
    alone: f64,
}

impl Shared {
    /// Creates a shock with correlation ρ = `correlation` to that of the `market`.
    pub fn new(market: Draw, own: Draw, correlation: f64, volatility_per_step: f64) -> Self {
        let rest = ((1.0 - correlation) * (1.0 + correlation)).sqrt();
        Self { market, own, common: volatility_per_step * correlation, alone: volatility_per_step * rest }
    }

    /// Turns the asset's normals of the month into shocks. `regime` holds the factors on volatility; `None`
    /// without a crisis regime.
    #[inline(always)]
    pub fn apply(&self, draws: &mut Draws, regime: Option<Draw>) {
        let market = *draws.row(self.market);
        let times = regime.map(|row| *draws.row(row));
        let own = draws.row_mut(self.own);
        if let Some(times) = times {
            // the market's shock has the factor already
            *own *= &times;
        }
        own.each(|lane, own| self.common.mul_add(market[lane], self.alone * own));
    }
}

/// A market's unit shock times a volatility: of the market itself, or of an asset fully correlated with it.
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
        draws.row_mut(self.row).each(|lane, _| self.volatility_per_step * unit[lane]);
    }
}

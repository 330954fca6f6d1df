//! A market that diffuses: geometric Brownian motion, exact at the step.

use super::{JumpRows, Market};
use crate::stage::Build;

/// Geometric Brownian motion of a market's prices, exact in log space.
///
/// ```text
/// x' = x + σ√Δt·ε − ½σ²Δt          ε ~ N(0, 1)
/// ```
///
/// `σ` per square root of a year, `Δt` in years. Expected growth is the asset's.
/// Source: Black and Scholes (1973), Journal of Political Economy 81.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    pub volatility: f64,
}

impl Market for Lognormal {
    fn diffusive_volatility(&self) -> f64 {
        self.volatility
    }

    fn build(&self, _build: &mut Build) -> Option<JumpRows> {
        None
    }
}

//! A price that diffuses: geometric Brownian motion, exact at the step.

use super::ReturnProcess;
use crate::form::Kind;
use std::sync::Arc;

/// Geometric Brownian motion of prices, exact in log space: the diffusion that every price has, and nothing else.
///
/// ```text
/// x' = x + σ√Δt·ε − ½σ²Δt          ε ~ N(0, 1)
/// ```
///
/// `σ` per square root of a year, `Δt` in years. Expected growth is the asset's.
/// Source: Black and Scholes (1973), Journal of Political Economy 81.
#[derive(Clone, Copy, Debug)]
pub struct Lognormal;

/// A price that diffuses.
pub const KIND: Kind<dyn ReturnProcess> = Kind {
    id: "lognormal",
    doc: "Geometric Brownian motion (Black and Scholes 1973).",
    example: "",
    fields: &[],
    read: |_| Arc::new(Lognormal),
};

impl ReturnProcess for Lognormal {}

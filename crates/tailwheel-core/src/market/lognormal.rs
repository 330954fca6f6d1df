//! A price that only diffuses: geometric Brownian motion, exact at the monthly step.

use super::{ChosenProcess, PROCESSES, ReturnProcess};
use crate::form::Kind;
use std::sync::Arc;

/// Geometric Brownian motion, exact in log space: the diffusion of every price, without further moves.
///
/// ```text
/// x' = x + σ√Δt·ε − ½σ²Δt          ε ~ N(0, 1)
/// ```
///
/// `x`: log-price; `σ` per square root of a year; `Δt` in years. The asset adds expected growth.
/// Source: Black and Scholes (1973), Journal of Political Economy 81.
#[derive(Clone, Copy, Debug)]
pub struct Lognormal;

/// Registry entry of the process without jumps.
pub const KIND: Kind<dyn ReturnProcess> = Kind {
    id: "lognormal",
    doc: "Geometric Brownian motion (Black and Scholes 1973).",
    example: "",
    fields: &[],
    read: |_| Arc::new(Lognormal),
};

impl ReturnProcess for Lognormal {}

impl Default for ChosenProcess {
    fn default() -> Self {
        Self { kind: &PROCESSES[0], process: Arc::new(Lognormal) }
    }
}

//! Exogenous return of a market: what happens to its prices whatever the owner does.
//!
//! In: volatilities, keys of return processes, correlated normals. Out: rows of log-return surprises and
//! jump factors. Not here: expected growth, which belongs to the asset (`asset`).
//!
//! A new process of an asset's price is a file with its [`ReturnProcess`] and its line in [`PROCESSES`].

mod copula;
mod exchange;
mod inflation;
mod joint;
mod jump_diffusion;
mod lognormal;
mod pair;
mod prescribed;
mod process;
mod regime;
mod reversion;
mod shared;
mod short_rate;

pub use copula::Copula;
pub use exchange::ExchangeRows;
pub use inflation::{Inflation, MeanRange, MovingInflation, MovingRows, PriceRows, fixed_levels};
pub use joint::{CrisisPlan, Joint};
pub use jump_diffusion::{JumpFactors, Jumps};
pub use pair::Pair;
pub use prescribed::{PrescribedFall, prescribe};
pub use process::{Chosen, ReturnProcess, least_above};
pub use regime::{Regime, RegimeRows};
pub use reversion::Reversion;
pub use short_rate::{RateRows, ShortRate};

use crate::form::Kind;
use crate::stage::{Draw, Row};

/// Every process that an asset's price may follow; the first one is that of an asset without the keys of another.
pub const PROCESSES: &[Kind<dyn ReturnProcess>] = &[lognormal::KIND, jump_diffusion::KIND];

/// Months of a year; the step of the simulation is one month.
pub const STEPS_PER_YEAR: f64 = 12.0;

/// What a process publishes of its moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JumpRows {
    /// Factor of the month's moves, compensated so that its mean is 1.
    pub factor: Row,
    /// Their log-return, not compensated; 0 without a move.
    pub log: Row,
}

/// What a market publishes for an asset in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarketSlot {
    /// Diffusive log-return of the month, `σ√Δt·ε`, mean 0; σ is the asset's.
    pub shock: Draw,
    /// Its compensation `½σ²Δt` in calm months: `E[exp(shock − half_variance)] = 1`.
    pub half_variance_per_step: f64,
    /// What multiplies it in the regime of the month, if there are regimes.
    pub variance: Option<Draw>,
    /// The asset's jumps and the market's prescribed falls.
    pub jump: Option<JumpRows>,
    /// Factor of the other side of a pool that the asset provides liquidity to, if it does.
    pub pair: Option<Row>,
}

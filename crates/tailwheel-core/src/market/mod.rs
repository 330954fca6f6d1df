//! Exogenous returns of the markets, which do not depend on the owner or on agents.
//!
//! In: volatilities, keys of return processes, correlated normals. Out: rows of log-return shocks and jump
//! factors. Not here: expected growth, which belongs to the asset (`asset`).
//!
//! To add a price process, add a file with its [`ReturnProcess`] and a line in [`PROCESSES`].

mod exchange;
mod inflation;
mod joint;
mod jump_diffusion;
mod lognormal;
mod pair;
mod prescribed;
mod price_level;
mod process;
mod regime;
mod reversion;
mod shared;
mod short_rate;

pub use exchange::ExchangeRows;
pub use inflation::Inflation;
pub use joint::{Copula, CrisisPlan, Joint};
pub use jump_diffusion::{JumpFactors, Jumps};
pub use pair::SecondCoin;
pub use prescribed::{PrescribedFall, prescribe};
pub use price_level::{MovingRows, PriceRows, fixed_levels};
pub use process::{ChosenProcess, ReturnProcess, least_above};
pub use regime::{Regime, RegimeRows};
pub use reversion::Reversion;
pub use short_rate::{RateRows, ShortRate};

use crate::form::Kind;
use crate::stage::{Draw, Row};

/// All processes that an asset's price may follow. The first is the default if no process is named.
pub const PROCESSES: &[Kind<dyn ReturnProcess>] = &[lognormal::KIND, jump_diffusion::KIND];

/// Time steps per year; one step of the simulation is one month.
pub const STEPS_PER_YEAR: f64 = 12.0;

/// Rows with the jumps of a price in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JumpRows {
    /// Factor of the month's jumps, compensated so that its mean is 1.
    pub factor: Row,
    /// Log-return of the month's jumps, not compensated; 0 without a jump.
    pub log: Row,
}

/// Rows that a market provides to one of its assets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarketSlot {
    /// Diffusive log-return of the month, `σ√Δt·ε`, mean 0; σ is the asset's volatility.
    pub shock: Draw,
    /// Compensation `½σ²Δt` of the shock in the normal regime: `E[exp(shock − half_variance)] = 1`.
    pub half_variance_per_step: f64,
    /// Factor of the regime on `half_variance_per_step`; `None` without a crisis regime.
    pub variance: Option<Draw>,
    /// Jumps of the asset and prescribed falls of its market; `None` without either.
    pub jump: Option<JumpRows>,
    /// Price factor of the second coin, if the asset provides liquidity to a pool of two coins.
    pub pair: Option<Row>,
}

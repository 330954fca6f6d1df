//! Beta and PERT laws: each uniform random number gives one draw.
//!
//! In: shapes, or low, most likely and high values. Out: tables of quantiles, built once per plan. Not here:
//! the uniforms (`random`), which parameter has which law (`plan`).
//!
//! Uses only + − × ÷ √ and fused multiply-add in a fixed order: the same bits on every CPU.

mod incomplete;
mod power;
mod table;

pub use incomplete::Beta;
pub use table::Quantiles;

/// Error: parameters that define no beta law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BadShape {
    /// A shape lies outside [0.2, 1000], where the table is not accurate.
    Shape { shape: f64 },
    /// The values are not low ≤ mode ≤ high with low < high, or not finite.
    Order,
}

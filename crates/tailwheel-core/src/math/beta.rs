//! Beta and PERT laws: each uniform random number gives one draw.
//!
//! In: shapes, or low, most likely and high values. Out: tables of quantiles, built once per plan. Not here:
//! the uniforms (`random`), which parameter has which law (`plan`).
//!
//! Uses only + − × ÷ √ and fused multiply-add in a fixed order: the same bits on every CPU.

mod incomplete;
mod table;

pub use incomplete::Beta;
pub use table::Quantiles;

//! Beta and PERT laws: one uniform in, one draw out.
//!
//! In: shapes, or low, most likely and high. Out: tables of quantiles, built once per plan. Not
//! here: the uniforms (`random`), which parameter has which law (`plan`).
//!
//! Only + − × ÷ √ and fused multiply-add in a fixed order: tables and draws have the same bits on
//! every CPU.

mod incomplete;
mod power;
mod table;

pub use incomplete::Beta;
pub use table::Quantiles;

/// Parameters that describe no beta law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BadShape {
    /// A shape outside [0.2, 1000], where the table is not accurate.
    Shape { shape: f64 },
    /// Not low ≤ mode ≤ high, or low = high, or not finite.
    Order,
}

//! Pure numerics, without any finance.
//!
//! In: numbers. Out: numbers with the same bits on every x86-64 CPU, because nothing here calls the C
//! library. Not here: random numbers (`random`), estimates with errors (`stats`).

pub mod beta;
pub mod binomial;
pub mod bisect;
pub mod correlation;
pub mod counts;
pub mod digits;
pub mod elementary;
pub mod gamma;
pub mod histogram;
mod hits;
mod lanes;
pub mod normal;
pub mod order;
pub mod ordered;
pub mod quantile;
mod range_law;
pub mod student;
pub mod sum;
pub mod values;

pub use elementary::{exp, ln};
pub use hits::Hits;
pub(crate) use lanes::inlined;
pub use lanes::{LANES, Lanes, WIDE, Wide, greater, lesser, raised};
pub use range_law::{Evenly, RangeLaw};

/// Relative tolerance: two values that differ by less than this fraction differ only by rounding.
pub const ROUNDING: f64 = 1e-9;

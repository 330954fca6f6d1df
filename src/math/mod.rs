//! Pure numerics without a word of finance.
//!
//! In: numbers. Out: numbers with the same bits on every x86-64 CPU, because nothing here calls
//! the C library. Not here: random numbers (`random`), estimates with errors (`stats`).

mod lanes;

pub use lanes::{LANES, Lanes};

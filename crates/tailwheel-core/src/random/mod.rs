//! Addressed random numbers: a draw depends only on its address, never on earlier draws.
//!
//! In: a seed, a purpose, a name. Out: rows of words, uniforms and normals per block of paths ([`Stream`]),
//! or single draws by path, month and index ([`Rare`]), and samplers by inversion. Not here: which draws a
//! kind asks for.
//!
//! Everything here is part of the results version: changing one bit changes every result.

mod address;
mod box_muller;
pub mod chi_squared;
pub mod count;
pub mod discrete;
mod rare;
mod stream;

pub use crate::math::{LANES, Lanes};
pub use address::{Address, ObjectKind, Purpose, Seeds, name_key};
pub use chi_squared::ChiSquared;
pub use rare::{Rare, philox};
pub use stream::Stream;

#[cfg(test)]
mod tests;

//! Correlation matrices: factorised, examined, repaired.
//!
//! In: symmetric matrices. Out: Cholesky factors, eigenvalues, the nearest correlation matrix, and
//! what an impossible matrix can be told. Not here: who owns a row (`scenario`), copulas.
//!
//! Everything uses only + − × ÷ √ in a fixed order without fused operations, so a factor has the
//! same bits on every CPU.

mod cholesky;
mod eigen;
mod feasible;
mod matrix;
mod nearest;
mod newton;

pub use cholesky::{Lower, NotPositive, cholesky};
pub use eigen::{Eigen, eigen};
pub use feasible::{Triple, feasible_interval, worst_triple};
pub use matrix::Matrix;
pub use nearest::{EIGENVALUE_FLOOR, Nearest, NotRepaired, nearest};

#[cfg(test)]
mod sample;

//! Correlation matrices: factorization, diagnosis and repair.
//!
//! In: symmetric matrices. Out: Cholesky factors, eigenvalues, the nearest correlation matrix, and a
//! diagnosis of impossible matrices. Not here: the objects that rows belong to (`scenario`), copulas.
//!
//! Uses only + − × ÷ √ in a fixed order without fused operations, so a factor has the same bits on every CPU.

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
pub use nearest::{EIGENVALUE_FLOOR, Nearest, nearest};

#[cfg(test)]
mod sample;

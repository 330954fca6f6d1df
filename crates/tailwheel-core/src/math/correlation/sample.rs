//! Random matrices for the tests of this module.

use super::Matrix;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

fn uniforms(seed: u64) -> impl FnMut() -> f64 {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    move || (generator.next_u64() >> 11) as f64 * (2.0 / (1u64 << 53) as f64) - 1.0
}

pub fn three(r12: f64, r13: f64, r23: f64) -> Matrix {
    let mut matrix = Matrix::identity(3);
    matrix.set(1, 0, r12);
    matrix.set(2, 0, r13);
    matrix.set(2, 1, r23);
    matrix
}

/// Returns a matrix with unit diagonal and all else uniform in (−1, 1): far from any correlation matrix.
pub fn indefinite(order: usize, seed: u64) -> Matrix {
    let mut uniform = uniforms(seed);
    Matrix::from_fn(order, |row, column| if row == column { 1.0 } else { uniform() })
}

/// Returns the correlation matrix of `order` random combinations of `rank` factors.
pub fn correlation(order: usize, rank: usize, seed: u64) -> Matrix {
    let mut uniform = uniforms(seed);
    let rows: Vec<Vec<f64>> = (0..order)
        .map(|_| {
            let row: Vec<f64> = (0..rank).map(|_| uniform()).collect();
            let norm = row.iter().map(|entry| entry * entry).sum::<f64>().sqrt();
            row.iter().map(|entry| entry / norm).collect()
        })
        .collect();
    Matrix::from_fn(order, |row, column| {
        if row == column {
            return 1.0;
        }
        rows[row].iter().zip(&rows[column]).map(|(a, b)| a * b).sum()
    })
}

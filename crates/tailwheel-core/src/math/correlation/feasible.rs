//! Diagnosis of an impossible correlation matrix: three rows that contradict each other, and feasible values.
//!
//! In: correlations. Out: intervals and triples. Not here: the message (`scenario`).

use super::Matrix;

/// Three variables of a correlation matrix, and the determinant of their 3×3 correlation matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triple {
    /// Indices (from 0) of the three variables in the matrix, in rising order.
    pub rows: [usize; 3],
    /// Determinant of the 3×3 matrix; below zero no three random variables have these correlations.
    pub determinant: f64,
}

/// Returns the correlations that variables 2 and 3 can have, given those of both with variable 1.
///
/// ```text
/// r23 ∈ r12·r13 ± √((1 − r12²)(1 − r13²))
/// ```
///
/// Arguments must lie in [−1, 1]; the result is clipped to that interval. Source: 1 − r12² − r13² − r23² +
/// 2·r12·r13·r23 ≥ 0 solved for r23.
pub fn feasible_interval(r12: f64, r13: f64) -> (f64, f64) {
    let centre = r12 * r13;
    let half = ((1.0 - r12 * r12) * (1.0 - r13 * r13)).max(0.0).sqrt();
    ((centre - half).max(-1.0), (centre + half).min(1.0))
}

/// Returns the three rows with the most negative 3×3 minor. `None` if no minor is negative; the matrix may
/// still be indefinite, but only four or more rows show it.
pub fn worst_triple(matrix: &Matrix) -> Option<Triple> {
    let mut worst: Option<Triple> = None;
    for k in 2..matrix.order() {
        for j in 1..k {
            for i in 0..j {
                let determinant = minor(matrix, i, j, k);
                if determinant < worst.map_or(0.0, |triple| triple.determinant) {
                    let rows = [i, j, k];
                    worst = Some(Triple { rows, determinant });
                }
            }
        }
    }
    worst
}

/// Determinant of the rows and columns `[i, j, k]`, assuming a unit diagonal.
fn minor(matrix: &Matrix, i: usize, j: usize, k: usize) -> f64 {
    let (a, b, c) = (matrix.get(i, j), matrix.get(i, k), matrix.get(j, k));
    1.0 - a * a - b * b - c * c + 2.0 * a * b * c
}

#[cfg(test)]
mod tests {
    use super::super::{eigen, sample};
    use super::*;

    #[test]
    fn the_interval_is_the_one_of_the_worked_case() {
        let (low, high) = feasible_interval(0.9, 0.7);
        assert!((low - 0.31871235).abs() < 5e-9);
        assert!((high - 0.94128765).abs() < 5e-9);
    }

    #[test]
    fn at_the_ends_of_the_interval_the_matrix_is_singular_and_beyond_them_impossible() {
        for (r12, r13) in [(0.9, 0.7), (-0.3, 0.8), (0.0, 0.0), (1.0, 0.4)] {
            let (low, high) = feasible_interval(r12, r13);
            for (end, outwards) in [(low, -1e-3), (high, 1e-3)] {
                let smallest = |r23: f64| eigen(&sample::three(r12, r13, r23)).smallest();
                assert!(smallest(end).abs() < 1e-12);
                assert!(smallest(end + outwards) < -1e-8);
            }
        }
    }

    #[test]
    fn the_worst_triple_is_named_with_its_determinant() {
        let mut matrix = Matrix::identity(5);
        matrix.set(3, 1, 0.9);
        matrix.set(4, 1, 0.7);
        matrix.set(4, 3, 0.3);
        let triple = worst_triple(&matrix).expect("one triple is impossible");
        assert_eq!(triple.rows, [1, 3, 4]);
        assert!((triple.determinant - -0.012).abs() < 1e-15);
        assert_eq!(worst_triple(&sample::correlation(12, 24, 5)), None);
    }
}

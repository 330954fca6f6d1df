//! Nearest correlation matrix to an invalid one.
//!
//! In: a symmetric matrix. Out: [`Nearest`], with its distance from the input. Not here: the solver's linear
//! algebra (`newton`), the decision to repair (`scenario`).

use super::newton::Dual;
use super::{Matrix, eigen};

/// Smallest eigenvalue of a repaired matrix. The exact nearest matrix is singular; with this margin it can
/// always be factorized, and no printed digit changes. Chosen by judgment.
pub const EIGENVALUE_FLOOR: f64 = 1e-10;

/// Least eigenvalue with which a matrix of unit diagonal is accepted unchanged.
const ACCEPTED: f64 = -1e-12;

/// A correlation matrix, with its distance from the input and the work done to find it.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// Correlation matrix with unit diagonal, entries in [−1, 1] and smallest eigenvalue ≥
    /// [`EIGENVALUE_FLOOR`] (to one part in a hundred); the input itself if it needed no repair.
    pub matrix: Matrix,
    /// Frobenius distance from the input matrix, both triangles counted.
    pub distance: f64,
    /// Largest absolute change of a correlation by the repair.
    pub largest_change: f64,
    /// Number of Newton steps; 0 if nothing was repaired.
    pub iterations: u32,
}

/// Finds the correlation matrix nearest to `matrix` in the Frobenius norm. `None` if an entry is infinite or
/// NaN, or if the solver stalls (never seen for |entries| ≤ 1).
///
/// ```text
/// min ‖X − A‖_F   over   X symmetric, x_ii = 1, X − δI positive semidefinite,   δ = 1e-10
/// ```
///
/// The diagonal of `matrix` counts in `distance` but does not affect the result. Repairing a result again
/// changes no bit. Alternating projections reach the same point but need thousands of rounds on random
/// indefinite matrices of order 100. Newton's method on the dual problem needs six steps. Source: N. J.
/// Higham, *Computing the nearest correlation matrix*, IMA J. Numer. Anal. 22 (2002) 329–343 (the problem);
/// H. Qi & D. Sun, *A quadratically convergent Newton method for computing the nearest correlation matrix*,
/// SIAM J. Matrix Anal. Appl. 28 (2006) 360–385.
pub fn nearest(matrix: &Matrix) -> Option<Nearest> {
    if !matrix.entries().iter().all(|entry| entry.is_finite()) {
        return None;
    }
    let order = matrix.order();
    let has_unit_diagonal = (0..order).all(|row| matrix.get(row, row) == 1.0);
    if has_unit_diagonal && eigen(matrix).smallest() >= ACCEPTED {
        return Some(measured(matrix.clone(), matrix, 0));
    }
    // with the floor taken off the diagonal this is the standard problem for X − δI
    let mut shifted = matrix.clone();
    for row in 0..order {
        shifted.set(row, row, 1.0 - EIGENVALUE_FLOOR);
    }
    let solution = Dual::new(shifted, 1.0 - EIGENVALUE_FLOOR).solve()?;
    Some(measured(with_unit_diagonal(&solution.primal), matrix, solution.iterations))
}

/// Adds [`EIGENVALUE_FLOOR`] to the diagonal and scales rows and columns so that the diagonal is exactly one.
/// Scaling keeps the signs of the eigenvalues (Sylvester).
fn with_unit_diagonal(primal: &Matrix) -> Matrix {
    let scale = |row: usize| (primal.get(row, row) + EIGENVALUE_FLOOR).sqrt();
    let scales: Vec<f64> = (0..primal.order()).map(scale).collect();
    Matrix::from_fn(primal.order(), |row, column| {
        if row == column {
            return 1.0;
        }
        (primal.get(row, column) / (scales[row] * scales[column])).clamp(-1.0, 1.0)
    })
}

fn measured(found: Matrix, given: &Matrix, iterations: u32) -> Nearest {
    let mut largest_change: f64 = 0.0;
    for (row, column) in given.pairs() {
        let change = (found.get(row, column) - given.get(row, column)).abs();
        largest_change = largest_change.max(change);
    }
    Nearest { distance: found.frobenius_distance(given), largest_change, iterations, matrix: found }
}

#[cfg(test)]
mod tests {
    use super::super::sample::three;
    use super::super::{cholesky, sample};
    use super::*;

    fn assert_near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 6e-9, "{found} is not {expected}");
    }

    #[test]
    fn the_matrix_of_highams_paper_and_a_slightly_impossible_one_are_repaired_to_the_printed_digits() {
        assert_near(eigen(&three(0.9, 0.7, 0.3)).smallest(), -0.00735244);
        for (given, expected, distance) in [
            (three(1.0, 0.0, 1.0), [0.76068985, 0.15729811, 0.76068985], 0.52779046),
            (three(0.9, 0.7, 0.3), [0.89457529, 0.69662077, 0.30254360], 0.00972796),
        ] {
            let repair = nearest(&given).expect("converges");
            for ((row, column), expected) in [(1, 0), (2, 0), (2, 1)].into_iter().zip(expected) {
                assert_near(repair.matrix.get(row, column), expected);
            }
            assert_near(repair.distance, distance);
            assert_near(repair.largest_change, (given.get(1, 0) - expected[0]).abs());
        }
    }

    #[test]
    fn a_repaired_matrix_is_a_correlation_matrix_that_can_be_factorised() {
        // 200 of order 100 converged in at most 6 Newton steps, 94 ms each; a tenth of that is kept here
        for (order, n_seeds) in [(2, 5), (3, 5), (5, 5), (10, 5), (25, 5), (60, 5), (100, 20)] {
            for seed in 0..n_seeds {
                let repair = nearest(&sample::indefinite(order, seed)).expect("converges");
                assert!((0..order).all(|row| repair.matrix.get(row, row) == 1.0));
                assert!(repair.matrix.entries().iter().all(|entry| entry.abs() <= 1.0));
                assert!(eigen(&repair.matrix).smallest() >= 0.9 * EIGENVALUE_FLOOR);
                assert!(repair.iterations <= 10);
                cholesky(&repair.matrix).expect("positive definite");
            }
        }
    }

    #[test]
    fn repairing_twice_changes_no_bit() {
        for seed in 0..10 {
            let once = nearest(&sample::indefinite(20, seed)).expect("converges");
            let twice = nearest(&once.matrix).expect("converges");
            assert_eq!(once.matrix, twice.matrix);
            assert_eq!((twice.iterations, twice.distance), (0, 0.0));
        }
    }

    /// ⟨A − X, Y − X⟩ below the diagonal: never positive for Y in a convex set if and only if X is
    /// the point of the set that is nearest to A.
    fn obtuse(given: &Matrix, found: &Matrix, other: &Matrix) -> f64 {
        let mut product = 0.0;
        for (row, column) in given.pairs() {
            let x = found.get(row, column);
            product += (given.get(row, column) - x) * (other.get(row, column) - x);
        }
        product
    }

    #[test]
    fn no_correlation_matrix_is_nearer_than_the_repaired_one() {
        for seed in 0..10 {
            let given = sample::indefinite(20, seed);
            let found = nearest(&given).expect("converges").matrix;
            for other in 0..20 {
                let other = sample::correlation(20, 3 + other as usize, 1000 + other);
                assert!(obtuse(&given, &found, &other) < 1e-7);
            }
            // power: a matrix 5 % further inside the set is told from the nearest one
            let shrunk = Matrix::from_fn(20, |row, column| {
                let entry = found.get(row, column);
                if row == column { entry } else { 0.95 * entry }
            });
            assert!(obtuse(&given, &shrunk, &found) > 1e-3);
        }
    }

    #[test]
    fn extreme_contradictions_converge() {
        let extremes: [fn(usize, usize) -> f64; 4] = [
            |_, _| -1.0,
            |_, _| -0.5,
            |row, column| if (row + column) % 3 == 0 { 1.0 } else { -1.0 },
            |row, column| if row == column + 1 { 1.0 } else { 0.0 },
        ];
        for (number, entry) in extremes.iter().enumerate() {
            for order in [2, 3, 4, 11, 50] {
                let at = |row, column| if row == column { 1.0 } else { entry(row, column) };
                let given = Matrix::from_fn(order, at);
                let found = nearest(&given).unwrap_or_else(|| panic!("{number}"));
                cholesky(&found.matrix).expect("positive semidefinite");
            }
        }
    }

    #[test]
    fn a_possible_matrix_is_left_alone_even_when_it_is_singular() {
        let mut singular = three(1.0, 0.5, 0.5);
        assert_eq!(nearest(&singular).expect("possible").matrix, singular);
        singular.set(0, 0, 2.0);
        let repaired = nearest(&singular).expect("converges");
        assert_near(repaired.matrix.get(1, 0), 1.0);
        assert_near(repaired.distance, 1.0);
        assert_eq!(nearest(&three(f64::INFINITY, 0.0, 0.0)), None);
    }

    #[test]
    fn repair_and_factor_have_the_same_bits_on_every_cpu() {
        // value contract: shocks of every path are made of these numbers
        let mut digest = 0xcbf2_9ce4_8422_2325_u64;
        for order in [3, 12, 30] {
            let repair = nearest(&sample::indefinite(order, 7)).expect("converges");
            let lower = cholesky(&repair.matrix).expect("positive definite");
            for entry in (0..order).flat_map(|row| lower.row(row)) {
                digest = (digest ^ entry.to_bits()).wrapping_mul(0x100_0000_01b3);
            }
        }
        assert_eq!(digest, 0x667d_43e5_443b_a6e9);
    }
}

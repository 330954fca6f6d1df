//! Cholesky factor, also of matrices that are only positive semidefinite.
//!
//! In: a symmetric matrix. Out: [`Lower`], or the row at which it fails. Not here: repair (`nearest`).

use super::Matrix;

/// Pivot below which a row counts as dependent on earlier rows: what they leave of its unit variance is rounding
/// noise. Dividing by the root of the pivot would magnify the noise. Chosen by judgment.
const ZERO_PIVOT: f64 = 1e-13;

/// Most negative pivot that still counts as zero: matrices are accepted with eigenvalues down to −1e-10, and
/// elimination magnifies that. Chosen by judgment.
const NEGATIVE_PIVOT: f64 = -1e-9;

/// Largest entry allowed in a column under a zero pivot. In a positive semidefinite matrix it is at most the
/// root of pivot × variance; an eigenvalue of −1e-10 leaves about 1e-5. Chosen by judgment.
const LEFT_UNDER_ZERO: f64 = 1e-4;

/// Lower triangular Cholesky factor, rows packed one after another: row `i` has `i + 1` entries.
#[derive(Clone, Debug, PartialEq)]
pub struct Lower {
    order: usize,
    packed: Vec<f64>,
}

/// Error: the matrix has a negative eigenvalue, found at `row` (from 0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NotPositive {
    /// The first row that contradicts the rows before it.
    pub row: usize,
    /// Variance that earlier rows leave for this row, negative or not finite. If a zero pivot leaves an
    /// entry in this row, minus the size of that entry.
    pub pivot: f64,
}

impl Lower {
    /// Returns the number of rows of the triangular factor.
    pub fn order(&self) -> usize {
        self.order
    }

    /// Returns row `row` of the triangular factor, from column 0 to the diagonal.
    pub fn row(&self, row: usize) -> &[f64] {
        let start = row * (row + 1) / 2;
        &self.packed[start..start + row + 1]
    }

    /// Returns the entry at (`row`, `column`); zero above the diagonal.
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.row(row).get(column).copied().unwrap_or(0.0)
    }

    /// Returns the product L·Lᵀ of the triangular factor L: the matrix that was factorized.
    pub fn product(&self) -> Matrix {
        Matrix::from_fn(self.order, |row, column| dot(&self.row(row)[..=column], self.row(column)))
    }
}

/// Factorizes `A = L·Lᵀ` without pivoting, so that row `i` of `L` depends on rows `0..=i` only.
///
/// ```text
/// l_jj = √(a_jj − Σ l_jk²),   l_ij = (a_ij − Σ l_ik l_jk) / l_jj   for k < j
/// ```
///
/// A zero pivot (correlation ±1, or any other linear dependence) gives a column of zeros. Fails if the matrix
/// has an eigenvalue clearly below zero or an entry that is not finite. Source: Golub & Van Loan, *Matrix
/// Computations*, 4th ed., §4.2.8.
pub fn cholesky(matrix: &Matrix) -> Result<Lower, NotPositive> {
    let order = matrix.order();
    let mut lower = Lower { order, packed: Vec::with_capacity(order * (order + 1) / 2) };
    for row in 0..order {
        let mut entries: Vec<f64> = Vec::with_capacity(row + 1);
        for column in 0..row {
            let above = lower.row(column);
            let left = matrix.get(row, column) - dot(&entries, &above[..column]);
            let diagonal = above[column];
            if diagonal > 0.0 {
                entries.push(left / diagonal);
            } else if left.abs() <= LEFT_UNDER_ZERO {
                entries.push(0.0);
            } else {
                return Err(NotPositive { row, pivot: -left.abs() });
            }
        }
        let pivot = matrix.get(row, row) - dot(&entries, &entries);
        if !(NEGATIVE_PIVOT..f64::INFINITY).contains(&pivot) {
            return Err(NotPositive { row, pivot });
        }
        entries.push(if pivot < ZERO_PIVOT { 0.0 } else { pivot.sqrt() });
        lower.packed.extend_from_slice(&entries);
    }
    Ok(lower)
}

/// Σ aᵢbᵢ, summed from the first to the last.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in a.iter().zip(b) {
        sum += a * b;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn largest_gap(matrix: &Matrix, lower: &Lower) -> f64 {
        let product = lower.product();
        let pairs = matrix.entries().iter().zip(product.entries());
        pairs.fold(0.0, |worst, (a, b)| (a - b).abs().max(worst))
    }

    #[test]
    fn a_factor_multiplies_back_to_its_matrix() {
        for seed in 0..20 {
            let matrix = sample::correlation(40, 80, seed);
            let lower = cholesky(&matrix).expect("full rank");
            assert!(largest_gap(&matrix, &lower) < 1e-14);
        }
    }

    #[test]
    fn a_rank_deficient_matrix_has_zero_columns_and_still_multiplies_back() {
        for seed in 0..20 {
            let matrix = sample::correlation(40, 15, seed);
            let lower = cholesky(&matrix).expect("semidefinite");
            assert!(largest_gap(&matrix, &lower) < 1e-9, "seed {seed}");
            let diagonal: Vec<f64> = (0..40).map(|row| lower.get(row, row)).collect();
            assert!(diagonal[..15].iter().all(|entry| *entry > 1e-4));
            assert!(diagonal[15..].iter().all(|entry| *entry < 1e-4));
        }
    }

    #[test]
    fn correlation_of_exactly_one_or_minus_one_copies_the_shock() {
        let lower = cholesky(&sample::three(1.0, -1.0, -1.0)).expect("semidefinite");
        assert_eq!(lower.row(1), [1.0, 0.0]);
        assert_eq!(lower.row(2), [-1.0, 0.0, 0.0]);
    }

    #[test]
    fn an_indefinite_matrix_is_refused_at_the_row_that_breaks_it() {
        let error = cholesky(&sample::three(1.0, 0.5, 0.4)).expect_err("twins that disagree about a third");
        assert_eq!(error.row, 2);
        let error = cholesky(&sample::three(0.9, 0.7, 0.3)).expect_err("determinant −0.012");
        assert_eq!(error.row, 2);
        assert!((error.pivot - -0.012 / 0.19).abs() < 1e-12);
        assert!(cholesky(&sample::three(f64::NAN, 0.0, 0.0)).is_err());
    }
}

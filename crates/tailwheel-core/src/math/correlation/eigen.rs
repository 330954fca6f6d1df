//! Eigenvalues and eigenvectors of a symmetric matrix.
//!
//! In: a symmetric matrix. Out: [`Eigen`]. Not here: the meaning of a negative eigenvalue.

use super::Matrix;

/// Size of off-diagonal entries, relative to the Frobenius norm of the matrix, below which they change no bit of an
/// eigenvalue: a thousandth of a rounding error. Chosen by judgment.
const NEGLIGIBLE: f64 = 1e-19;

/// Limit for the number of Jacobi sweeps, of which six to ten are usual.
const MAX_SWEEPS: usize = 60;

/// Eigenvalues in rising order and their orthonormal eigenvectors.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen {
    pub values: Vec<f64>,
    vectors: Vec<f64>,
}

impl Eigen {
    /// Returns the eigenvector of eigenvalue number `index`, from 0 in rising order.
    pub fn vector(&self, index: usize) -> &[f64] {
        let order = self.values.len();
        &self.vectors[index * order..(index + 1) * order]
    }

    /// Returns the smallest eigenvalue; infinite for the empty matrix.
    pub fn smallest(&self) -> f64 {
        self.values.first().copied().unwrap_or(f64::INFINITY)
    }
}

/// Computes eigenvalues and eigenvectors by cyclic Jacobi rotations.
///
/// ```text
/// A = Σ λ_k v_k v_kᵀ,   tan 2θ = 2a_pq / (a_qq − a_pp)   for each pair p < q in turn
/// ```
///
/// The absolute error of an eigenvalue is about 1e-15 × Frobenius norm. Entries and their squares must be
/// finite, or nothing is rotated and the result is the diagonal.
/// Source: Golub & Van Loan, *Matrix Computations*, 4th ed., §8.5.
pub fn eigen(matrix: &Matrix) -> Eigen {
    let order = matrix.order();
    let (mut work, mut vectors) = (matrix.entries().to_vec(), Matrix::identity(order).entries().to_vec());
    let mut squares = 0.0;
    for entry in &work {
        squares += entry * entry;
    }
    let negligible = NEGLIGIBLE * squares.sqrt();
    for _ in 0..MAX_SWEEPS {
        let mut rotated = false;
        for p in 0..order {
            for q in p + 1..order {
                if work[p * order + q].abs() > negligible {
                    rotate(&mut work, &mut vectors, order, p, q);
                    rotated = true;
                }
            }
        }
        if !rotated {
            break;
        }
    }
    sorted(&work, &vectors, order)
}

/// Applies the Jacobi rotation that sets the entry (p, q), p < q, to zero, also to the eigenvectors.
fn rotate(work: &mut [f64], vectors: &mut [f64], order: usize, p: usize, q: usize) {
    let (pp, qq, pq) = (work[p * order + p], work[q * order + q], work[p * order + q]);
    // the smaller root of t² + 2t·cot 2θ − 1 = 0 keeps |θ| ≤ 45°, without which sweeps may cycle
    let cotangent = (qq - pp) / (2.0 * pq);
    let tangent = cotangent.signum() / (cotangent.abs() + (cotangent * cotangent + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    turn(work, order, p, q, cosine, sine);
    turn(vectors, order, p, q, cosine, sine);
    for r in 0..order {
        work[r * order + p] = work[p * order + r];
        work[r * order + q] = work[q * order + r];
    }
    work[p * order + p] = pp - tangent * pq;
    work[q * order + q] = qq + tangent * pq;
    work[p * order + q] = 0.0;
    work[q * order + p] = 0.0;
}

/// Rotates rows p < q of `rows`, a matrix of `order` columns, by the angle with this cosine and sine.
fn turn(rows: &mut [f64], order: usize, p: usize, q: usize, cosine: f64, sine: f64) {
    let (upper, lower) = rows.split_at_mut(q * order);
    let (row_p, row_q) = (&mut upper[p * order..(p + 1) * order], &mut lower[..order]);
    for (a, b) in row_p.iter_mut().zip(row_q) {
        let (old_a, old_b) = (*a, *b);
        *a = cosine * old_a - sine * old_b;
        *b = sine * old_a + cosine * old_b;
    }
}

fn sorted(work: &[f64], vectors: &[f64], order: usize) -> Eigen {
    let mut ranking: Vec<usize> = (0..order).collect();
    ranking.sort_by(|a, b| work[a * order + a].total_cmp(&work[b * order + b]));
    let vector = |k: &usize| vectors[k * order..(k + 1) * order].iter().copied();
    Eigen {
        values: ranking.iter().map(|k| work[k * order + k]).collect(),
        vectors: ranking.iter().flat_map(vector).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_decomposition_multiplies_back_and_its_vectors_are_orthonormal() {
        for (order, seed) in [(1, 1), (2, 2), (7, 3), (60, 4)] {
            let matrix = sample::indefinite(order, seed);
            let eigen = eigen(&matrix);
            for row in 0..order {
                for column in 0..order {
                    let (mut entry, mut product) = (0.0, 0.0);
                    for k in 0..order {
                        let vector = eigen.vector(k);
                        entry += eigen.values[k] * vector[row] * vector[column];
                        product += eigen.vector(row)[k] * eigen.vector(column)[k];
                    }
                    let unit = if row == column { 1.0 } else { 0.0 };
                    assert!((entry - matrix.get(row, column)).abs() < 1e-13);
                    assert!((product - unit).abs() < 1e-13);
                }
            }
        }
    }

    #[test]
    fn values_come_in_rising_order_and_equal_the_closed_form() {
        // equicorrelation r of order n: 1 − r (n − 1 times) and 1 + (n − 1)r
        let matrix = Matrix::from_fn(5, |row, column| if row == column { 1.0 } else { 0.3 });
        let eigen = eigen(&matrix);
        for value in &eigen.values[..4] {
            assert!((value - 0.7).abs() < 1e-15);
        }
        assert!((eigen.values[4] - 2.2).abs() < 1e-14);
        assert!((eigen.smallest() - 0.7).abs() < 1e-15);
    }

    #[test]
    fn the_textbook_indefinite_matrix_has_eigenvalue_one_minus_root_two() {
        let smallest = eigen(&sample::three(1.0, 0.0, 1.0)).smallest();
        assert!((smallest - (1.0 - 2f64.sqrt())).abs() < 1e-15);
    }
}

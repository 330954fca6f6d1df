//! Dense symmetric matrix.
//!
//! In: entries. Out: [`Matrix`], symmetric by construction. Not here: whether it is a correlation.

/// Entries further apart than this across the diagonal are a mistake, not a rounding error.
const SYMMETRY_TOLERANCE: f64 = 1e-12;

/// Symmetric matrix of `order` rows, row-major, both triangles stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    order: usize,
    entries: Vec<f64>,
}

/// Why rows do not make a symmetric matrix. Indices count from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NotSymmetric {
    /// Row `row` has `found` entries instead of one for each row.
    Length { row: usize, found: usize },
    /// The entry at (`row`, `column`) differs from its mirror image, or is not a number.
    Entry { row: usize, column: usize },
}

impl Matrix {
    /// Ones on the diagonal, zeros elsewhere: nothing is correlated.
    pub fn identity(order: usize) -> Self {
        Self::from_fn(order, |row, column| if row == column { 1.0 } else { 0.0 })
    }

    /// Asks `entry(row, column)` for the lower triangle, `column ≤ row`, and mirrors it.
    pub fn from_fn(order: usize, mut entry: impl FnMut(usize, usize) -> f64) -> Self {
        let mut matrix = Self {
            order,
            entries: vec![0.0; order * order],
        };
        for row in 0..order {
            for column in 0..=row {
                matrix.set(row, column, entry(row, column));
            }
        }
        matrix
    }

    /// Takes whole rows; entries mirrored across the diagonal may differ by 1e-12, and then the
    /// lower triangle counts.
    pub fn from_rows(rows: &[Vec<f64>]) -> Result<Self, NotSymmetric> {
        let order = rows.len();
        if let Some(row) = rows.iter().position(|row| row.len() != order) {
            let found = rows[row].len();
            return Err(NotSymmetric::Length { row, found });
        }
        for (row, entries) in rows.iter().enumerate() {
            for (column, entry) in entries.iter().enumerate().take(row + 1) {
                let gap = (entry - rows[column][row]).abs();
                if !gap.is_finite() || gap > SYMMETRY_TOLERANCE {
                    return Err(NotSymmetric::Entry { row, column });
                }
            }
        }
        Ok(Self::from_fn(order, |row, column| rows[row][column]))
    }

    /// Number of rows.
    pub fn order(&self) -> usize {
        self.order
    }

    /// The entry at (`row`, `column`). Panics outside the matrix.
    #[inline]
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.order + column]
    }

    /// Writes the entry at (`row`, `column`) and its mirror image.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.order + column] = value;
        self.entries[column * self.order + row] = value;
    }

    /// One row, all columns.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.entries[row * self.order..(row + 1) * self.order]
    }

    /// Row-major entries, `order²` of them.
    pub fn entries(&self) -> &[f64] {
        &self.entries
    }

    /// Pairs `(row, column)` below the diagonal, row by row.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        (0..self.order).flat_map(|row| (0..row).map(move |column| (row, column)))
    }

    /// Square root of the sum of squared differences of all entries.
    ///
    /// Panics if the orders differ.
    pub fn frobenius_distance(&self, other: &Self) -> f64 {
        assert_eq!(self.order, other.order, "matrices of different order");
        let mut sum = 0.0;
        for (a, b) in self.entries.iter().zip(&other.entries) {
            sum += (a - b) * (a - b);
        }
        sum.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_disagree_across_the_diagonal_are_refused_with_their_place() {
        let rows = vec![
            vec![1.0, 0.4, 0.1],
            vec![0.4, 1.0, 0.2],
            vec![0.1, 0.3, 1.0],
        ];
        let expected = NotSymmetric::Entry { row: 2, column: 1 };
        assert_eq!(Matrix::from_rows(&rows), Err(expected));
    }

    #[test]
    fn a_short_row_is_refused() {
        let rows = vec![vec![1.0, 0.4], vec![0.4]];
        let expected = NotSymmetric::Length { row: 1, found: 1 };
        assert_eq!(Matrix::from_rows(&rows), Err(expected));
    }

    #[test]
    fn a_nan_is_refused_even_when_it_stands_on_both_sides() {
        let rows = vec![vec![1.0, f64::NAN], vec![f64::NAN, 1.0]];
        let expected = NotSymmetric::Entry { row: 1, column: 0 };
        assert_eq!(Matrix::from_rows(&rows), Err(expected));
    }

    #[test]
    fn distance_counts_both_triangles() {
        let mut moved = Matrix::identity(2);
        moved.set(1, 0, 0.3);
        let distance = moved.frobenius_distance(&Matrix::identity(2));
        assert!((distance - 0.3 * 2f64.sqrt()).abs() < 1e-15);
    }
}

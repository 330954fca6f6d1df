//! Dense symmetric matrix.
//!
//! In: entries. Out: [`Matrix`], symmetric by construction. Not here: tests for a correlation matrix.

/// Symmetric matrix of `order` rows, row-major, both triangles stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    order: usize,
    entries: Vec<f64>,
}

impl Matrix {
    /// Returns the identity matrix: ones on the diagonal, zeros elsewhere.
    pub fn identity(order: usize) -> Self {
        Self::from_fn(order, |row, column| if row == column { 1.0 } else { 0.0 })
    }

    /// Builds a matrix from `entry(row, column)` of the lower triangle, `column ≤ row`, which is mirrored.
    pub fn from_fn(order: usize, mut entry: impl FnMut(usize, usize) -> f64) -> Self {
        let mut matrix = Self { order, entries: vec![0.0; order * order] };
        for row in 0..order {
            for column in 0..=row {
                matrix.set(row, column, entry(row, column));
            }
        }
        matrix
    }

    /// Returns the number of rows, which is also that of columns.
    pub fn order(&self) -> usize {
        self.order
    }

    /// Returns the entry at (`row`, `column`). Panics outside the matrix.
    #[inline]
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.order + column]
    }

    /// Writes the entry at (`row`, `column`) and its mirror image.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.order + column] = value;
        self.entries[column * self.order + row] = value;
    }

    /// Returns one row with all columns.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.entries[row * self.order..(row + 1) * self.order]
    }

    /// Returns the entries row by row, `order²` of them.
    pub fn entries(&self) -> &[f64] {
        &self.entries
    }

    /// Returns the pairs `(row, column)` below the diagonal, row by row.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        (0..self.order).flat_map(|row| (0..row).map(move |column| (row, column)))
    }

    /// Returns the square root of the sum of squared differences of all entries.
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

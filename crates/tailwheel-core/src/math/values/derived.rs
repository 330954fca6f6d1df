//! Columns computed from other columns on demand.
//!
//! In: columns and a function of a piece of each. Out: [`Derived`]. Not here: the functions.

use super::{NumberSource, PIECE, Values};
use std::fmt;

/// Function that gets the same range of paths of several columns and fills that range of the result.
type RowFunction = dyn Fn(&[&[f64]], &mut [f64]) + Send + Sync;

/// A column that is a function of the numbers of other columns, path by path.
pub struct Derived {
    columns: Vec<Values>,
    of: Box<RowFunction>,
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "derived of {:?}", self.columns)
    }
}

impl Derived {
    /// Creates a column computed by `of` from `columns`, on demand.
    ///
    /// # Panics
    ///
    /// Panics without a column, or if the columns have different lengths.
    pub fn of(columns: Vec<Values>, of: impl Fn(&[&[f64]], &mut [f64]) + Send + Sync + 'static) -> Self {
        let n = columns[0].n();
        assert!(columns.iter().all(|column| column.n() == n), "columns of one run have one length");
        let of = Box::new(of);
        Self { columns, of }
    }
}

impl NumberSource for Derived {
    fn n(&self) -> usize {
        self.columns[0].n()
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        let size = PIECE.min(into.len());
        let mut pieces = vec![vec![0.0; size]; self.columns.len()];
        for (index, into) in into.chunks_mut(PIECE).enumerate() {
            for (column, piece) in self.columns.iter().zip(&mut pieces) {
                column.read(from + index * PIECE, &mut piece[..into.len()]);
            }
            let pieces: Vec<&[f64]> = pieces.iter().map(|piece| &piece[..into.len()]).collect();
            (self.of)(&pieces, into);
        }
    }

    fn is_streamed(&self) -> bool {
        self.columns.iter().any(Values::is_streamed)
    }
}

//! Numbers that are worked out of others whenever they are asked for.
//!
//! In: columns and a function of a piece of each. Out: [`Derived`]. Not here: which functions there are.

use super::{PIECE, Rows, Values};
use std::fmt;

/// A piece of each column, and where a piece of the result goes.
type Of = dyn Fn(&[&[f64]], &mut [f64]) + Send + Sync;

/// A function of the numbers of each path.
pub struct Derived {
    columns: Vec<Values>,
    of: Box<Of>,
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "derived of {:?}", self.columns)
    }
}

impl Derived {
    /// # Panics
    ///
    /// Without a column, or if their lengths differ.
    pub fn of(
        columns: Vec<Values>,
        of: impl Fn(&[&[f64]], &mut [f64]) + Send + Sync + 'static,
    ) -> Self {
        let n = columns[0].n();
        assert!(columns.iter().all(|column| column.n() == n), "columns of one run have one length");
        let of = Box::new(of);
        Self { columns, of }
    }
}

impl Rows for Derived {
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

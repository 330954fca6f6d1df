//! State that a stage sees: the changing data of a block of paths, and the current month.
//!
//! In: rows of a block. Out: [`Cx`], and [`LaneRows`], the rows of one path. Not here: the plan, which no stage
//! sees.

use super::Draws;
use crate::book::Book;
use crate::math::Lanes;

/// Handle of a row of private state (one value per path), handed out while the plan is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row(u16);

impl Row {
    pub(crate) const fn at(index: u16) -> Self {
        Self(index)
    }
}

/// The month that a stage simulates, and the block of paths that it advances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Month of the run, 1 … horizon; 0 while the block opens.
    pub index: u32,
    /// Number of the first path of the block.
    pub first_path: u64,
}

/// Private state of all objects of a plan, as rows with one value per path.
#[derive(Clone, Debug)]
pub struct Rows {
    rows: Box<[Lanes]>,
}

impl Rows {
    /// Creates `n_rows` rows of zeros.
    pub fn new(n_rows: usize) -> Self {
        Self { rows: vec![Lanes::ZERO; n_rows].into_boxed_slice() }
    }

    /// Sets every row to zero, the state before a block opens.
    pub fn clear(&mut self) {
        self.rows.fill(Lanes::ZERO);
    }

    /// Copies the values of all rows on one path.
    pub fn of_lane(&self, lane: usize) -> LaneRows {
        LaneRows(self.rows.iter().map(|row| row[lane]).collect())
    }

    /// Returns a row, one number per path, for reading.
    #[inline(always)]
    pub fn get(&self, row: Row) -> &Lanes {
        &self.rows[row.0 as usize]
    }

    /// Returns a row, one number per path, for writing.
    #[inline(always)]
    pub fn get_mut(&mut self, row: Row) -> &mut Lanes {
        &mut self.rows[row.0 as usize]
    }

    /// Overwrites `rows` with their values in `other`.
    pub fn copy(&mut self, rows: &[Row], other: &Self) {
        for row in rows {
            *self.get_mut(*row) = *other.get(*row);
        }
    }

    /// Returns two different rows for writing. Panics if `first` equals `second`.
    #[inline(always)]
    pub fn pair(&mut self, first: Row, second: Row) -> [&mut Lanes; 2] {
        self.rows
            .get_disjoint_mut([first.0 as usize, second.0 as usize])
            .expect("a kind asks for two different rows of its own")
    }
}

/// Private state of all objects on one path, at the end of one month.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneRows(Box<[f64]>);

impl LaneRows {
    /// Value of the row on this path.
    pub fn get(&self, row: Row) -> f64 {
        self.0[row.0 as usize]
    }
}

/// Everything that a stage may read or change.
pub struct Cx<'a> {
    pub month: Month,
    pub book: &'a mut Book,
    pub rows: &'a mut Rows,
    pub draws: &'a Draws,
    /// Buffer that a stage may take and must return. Its contents have no meaning between stages.
    pub scratch: &'a mut Vec<u16>,
}

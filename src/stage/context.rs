//! What a stage sees: everything of a block that changes, and the month it is.
//!
//! In: rows of a block. Out: [`Cx`]. Not here: the plan, which no stage sees.

use super::{Draws, LaneRows};
use crate::book::Book;
use crate::math::Lanes;

/// A row of private state, handed out while the plan is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row(u16);

impl Row {
    pub(crate) const fn at(index: u16) -> Self {
        Self(index)
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The month a stage runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// 1 … horizon; 0 while the block opens.
    pub index: u32,
    /// Number of the block's first path.
    pub first_path: u64,
}

/// Private state of all kinds, one row each.
#[derive(Clone, Debug)]
pub struct Rows {
    rows: Box<[Lanes]>,
}

impl Rows {
    /// `n_rows` rows of zeros.
    pub fn new(n_rows: usize) -> Self {
        Self { rows: vec![Lanes::ZERO; n_rows].into_boxed_slice() }
    }

    /// Zeros every row: the state before a block opens.
    pub fn clear(&mut self) {
        self.rows.fill(Lanes::ZERO);
    }

    /// Every row of one path.
    pub fn of_lane(&self, lane: usize) -> LaneRows {
        LaneRows(self.rows.iter().map(|row| row[lane]).collect())
    }

    /// Reads a row.
    #[inline(always)]
    pub fn get(&self, row: Row) -> &Lanes {
        &self.rows[row.0 as usize]
    }

    /// Writes a row.
    #[inline(always)]
    pub fn get_mut(&mut self, row: Row) -> &mut Lanes {
        &mut self.rows[row.0 as usize]
    }

    /// Takes over `rows` of `other`.
    pub fn copy(&mut self, rows: &[Row], other: &Self) {
        for row in rows {
            *self.get_mut(*row) = *other.get(*row);
        }
    }

    /// Two different rows at once.
    #[inline(always)]
    pub fn pair(&mut self, first: Row, second: Row) -> [&mut Lanes; 2] {
        self.rows
            .get_disjoint_mut([first.0 as usize, second.0 as usize])
            .expect("a kind asks for two different rows of its own")
    }
}

/// Everything a stage may touch.
pub struct Cx<'a> {
    pub month: Month,
    pub book: &'a mut Book,
    pub rows: &'a mut Rows,
    pub draws: &'a Draws,
    /// Room that a stage may take and must give back; what it holds means nothing.
    pub scratch: &'a mut Vec<u16>,
}

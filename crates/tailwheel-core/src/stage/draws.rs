//! Random rows of a block: drawn once, read by every stage.
//!
//! In: requests by purpose and name. Out: [`Draws`], rows of normals and uniforms that consume a fixed
//! number of random bits. Not here: correlation between markets (`market`), rare draws (`random`).

use crate::math::Lanes;
use crate::random::{Address, ChiSquared, Stream};

/// Handle of a row of draws, handed out while the plan is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw(u16);

impl Draw {
    pub(crate) const fn at(index: u16) -> Self {
        Self(index)
    }

    /// Handle of the row `n` places after this one.
    pub(crate) const fn after(self, n: usize) -> Self {
        Self(self.0 + n as u16)
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Distribution of a row of draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Standard normal.
    Normal,
    /// Uniform on the open unit interval.
    Uniform,
    /// `√(ν/χ²_ν)`: times a standard normal it is Student's t.
    Mixing(ChiSquared),
    /// Not drawn: computed from other rows before any stage runs.
    Derived,
}

/// Frequency with which a row is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Drawn once per path, before the first month.
    Path,
    /// The draw is made anew every month.
    Month,
}

/// A request for a row of draws: the address of its stream, its law and its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawRequest {
    pub address: Address,
    pub law: Law,
    pub scope: Scope,
}

/// Random numbers of a block of paths, in rows of one number per path, and the streams that fill them.
pub struct Draws {
    streams: Vec<Stream>,
    rows: Box<[Lanes]>,
}

impl Draws {
    /// Creates `n_rows` rows of zeros. Call [`Draws::open`] for a block before use.
    pub fn new(n_rows: usize) -> Self {
        Self { streams: Vec::with_capacity(n_rows), rows: vec![Lanes::ZERO; n_rows].into_boxed_slice() }
    }

    /// Opens the random streams of `requests` for `block` and fills the rows that are drawn once per path.
    #[inline(always)]
    pub fn open(&mut self, requests: &[DrawRequest], block: u64) {
        self.streams.clear();
        self.streams.extend(requests.iter().map(|request| Stream::open(&request.address, block)));
        self.fill(requests, Scope::Path);
    }

    /// Draws the next month: fills the rows that are drawn every month.
    #[inline(always)]
    pub fn advance(&mut self, requests: &[DrawRequest]) {
        self.fill(requests, Scope::Month);
    }

    #[inline(always)]
    fn fill(&mut self, requests: &[DrawRequest], scope: Scope) {
        let drawn = self.streams.iter_mut().zip(self.rows.iter_mut());
        for (request, (stream, row)) in requests.iter().zip(drawn) {
            if request.scope == scope {
                match request.law {
                    Law::Normal => stream.normals(row),
                    Law::Uniform => stream.uniforms(row),
                    Law::Mixing(chi_squared) => chi_squared.mixing(stream, row),
                    Law::Derived => {}
                }
            }
        }
    }

    /// Copies the values of all rows on one path.
    pub fn of_lane(&self, lane: usize) -> LaneDraws {
        LaneDraws(self.rows.iter().map(|row| row[lane]).collect())
    }

    /// Returns a row of draws, one number per path, for reading.
    #[inline(always)]
    pub fn row(&self, draw: Draw) -> &Lanes {
        &self.rows[draw.index()]
    }

    /// Copies `n_rows` consecutive rows, starting at `from`, to the rows starting at `to`.
    #[inline(always)]
    pub fn copy_rows(&mut self, from: Draw, to: Draw, n_rows: usize) {
        let from = from.index();
        self.rows.copy_within(from..from + n_rows, to.index());
    }

    /// Returns a row for writing; meant for rows of [`Law::Derived`].
    #[inline(always)]
    pub fn row_mut(&mut self, draw: Draw) -> &mut Lanes {
        &mut self.rows[draw.index()]
    }

    /// Returns `n_rows` consecutive rows from `first`, to be transformed in place before any stage reads them.
    #[inline(always)]
    pub fn rows_mut(&mut self, first: Draw, n_rows: usize) -> &mut [Lanes] {
        &mut self.rows[first.index()..first.index() + n_rows]
    }

    /// Returns `n_rows` consecutive rows from `first` for writing, and the row `other` for reading. Panics unless
    /// `other` lies behind them.
    #[inline(always)]
    pub fn rows_mut_with(&mut self, first: Draw, n_rows: usize, other: Draw) -> (&mut [Lanes], &Lanes) {
        let (start, at) = (first.index(), other.index());
        assert!(at >= start + n_rows, "the other row follows the range");
        let (low, high) = self.rows.split_at_mut(start + n_rows);
        (&mut low[start..], &high[at - start - n_rows])
    }
}

/// Draws of one path in one month, including the correlated market shocks.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneDraws(Box<[f64]>);

impl LaneDraws {
    /// Value of the row of draws on this path.
    pub fn get(&self, draw: Draw) -> f64 {
        self.0[draw.index()]
    }
}

//! Values that hold from a month on until the next one: on all paths alike, or from path to path.
//!
//! In: first months, rising, with their values. Out: the value in force in a month. Not here: the tables
//! that use it, or the code that writes the row of positions.

use super::{Cx, Row, Rows};
use crate::math::{LANES, Lanes};

/// Value in force in `month`, from a list of first months and values; `None` before the first month.
#[inline(always)]
pub fn begun<T>(dated: &[(u32, T)], month: u32) -> Option<&T> {
    dated.iter().rfind(|(from, _)| *from <= month).map(|(_, value)| value)
}

/// Values with the month from which each is in force. A row may choose the value path by path.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated<T> {
    of: Vec<(u32, T)>,
    /// Row with the position of the value in force on each path; `None` if the month alone decides.
    which: Option<Row>,
}

impl<T> Dated<T> {
    /// Creates the list from first months and values `of`. With `which`, that row holds the position of the
    /// value in force.
    pub fn new(of: Vec<(u32, T)>, which: Option<Row>) -> Self {
        Self { of, which }
    }

    /// Creates a list with one `value` for every month and path.
    pub fn always(value: T) -> Self {
        Self::new(vec![(1, value)], None)
    }

    /// Returns a copy with unchanged dates and each value replaced by `make(value)`.
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Dated<U> {
        let of = self.of.into_iter().map(|(from, value)| (from, make(value))).collect();
        Dated::new(of, self.which)
    }

    /// Returns all values with the first month of each, in the order of months.
    pub fn entries(&self) -> &[(u32, T)] {
        &self.of
    }

    /// Row with the position of the value in force on each path; `None` if all paths follow the months.
    pub fn which(&self) -> Option<Row> {
        self.which
    }

    /// Value in force in `month` on the path in `lane`; `None` before the first month.
    #[inline(always)]
    pub fn on(&self, rows: &Rows, month: u32, lane: usize) -> Option<&T> {
        match self.which {
            None => begun(&self.of, month),
            Some(row) => Some(self.at(rows.get(row)[lane])),
        }
    }

    /// Number per path that `of` computes from the value in force in `month`; `before` if none is in force.
    #[inline(always)]
    pub fn lanes(&self, rows: &Rows, month: u32, before: f64, of: impl Fn(&T) -> f64) -> Lanes {
        match self.which {
            None => Lanes::splat(begun(&self.of, month).map_or(before, of)),
            Some(row) => {
                let which = rows.get(row);
                Lanes::of(|lane| of(self.at(which[lane])))
            }
        }
    }

    /// Lists the values that can be in force in `month`, each with the paths on which it is (`None`: all).
    /// `which` is a copy of the row of positions, if there is one.
    #[inline(always)]
    pub fn in_force<'a>(
        &'a self,
        month: u32,
        which: Option<&'a Lanes>,
    ) -> impl Iterator<Item = (&'a T, Option<OnPaths<'a>>)> {
        let n_begun = self.of.iter().filter(|(from, _)| *from <= month).count();
        let first = match which {
            None => n_begun.saturating_sub(1),
            Some(_) => 0,
        };
        (first..n_begun).map(move |position| {
            let on = which.map(|which| OnPaths { which, position });
            (&self.of[position].1, on)
        })
    }

    #[inline(always)]
    fn at(&self, position: f64) -> &T {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the row has positions of this list"
        )]
        let position = position as usize;
        &self.of[position].1
    }
}

/// Paths on which one value of a [`Dated`] list is in force.
#[derive(Clone, Copy, Debug)]
pub struct OnPaths<'a> {
    which: &'a Lanes,
    position: usize,
}

impl OnPaths<'_> {
    /// True if the value is in force on the path in `lane`.
    #[inline(always)]
    pub fn has(&self, lane: usize) -> bool {
        is_at(self.which[lane], self.position)
    }
}

/// True if `which`, a position stored in a row, equals `position`.
#[inline(always)]
pub fn is_at(which: f64, position: usize) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let position = position as f64;
    which == position
}

/// Months at whose end the tax books are closed: some on every path, others where the owner moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Closings {
    /// Months whose end closes the tax books on every path.
    pub always: Vec<u32>,
    /// Last month before each move, in the order of the moves.
    pub moves: Vec<u32>,
    /// Rows with the index of the residence in this month and in the next; `None` if every path moves.
    pub lived: Option<[Row; 2]>,
}

/// Paths whose tax books are closed in a month, as 1 or 0 per path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closed {
    pub closed: Lanes,
    /// 1 on paths where the owner moves at the end of the month, else 0.
    pub moved: Lanes,
}

impl Closings {
    /// Paths whose tax books are closed this month; `None` if there are none.
    #[inline(always)]
    pub fn this_month(&self, cx: &Cx<'_>) -> Option<Closed> {
        let month = cx.month.index;
        let (always, moves) = (self.always.contains(&month), self.moves.contains(&month));
        if !always && !moves {
            return None;
        }
        let mut moved = Lanes::splat(f64::from(u8::from(moves)));
        if let Some([here, next]) = self.lived.filter(|_| moves) {
            let (here, next) = (cx.rows.get(here), cx.rows.get(next));
            for lane in 0..LANES {
                moved[lane] = f64::from(u8::from(here[lane] != next[lane]));
            }
        }
        let closed = if always { Lanes::splat(1.0) } else { moved };
        Some(Closed { closed, moved })
    }
}

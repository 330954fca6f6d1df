//! What holds from a month on, until something else does: on all paths alike, or on each from the month that a row has.
//!
//! In: first months with what begins in them, rising. Out: what holds in a month. Not here: who has such a list, who
//! writes the row.

use super::{Cx, Row, Rows};
use crate::math::{LANES, Lanes};

/// What holds in `month` of first months and what begins in them; none before the first.
#[inline(always)]
pub fn begun<T>(dated: &[(u32, T)], month: u32) -> Option<&T> {
    let found = dated.iter().rfind(|(from, _)| *from <= month);
    found.map(|(_, value)| value)
}

/// First months, rising, and what holds from then on.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated<T> {
    of: Vec<(u32, T)>,
    /// The position of what holds on each path, where not all paths go along; none, the month decides.
    which: Option<Row>,
}

impl<T> Dated<T> {
    /// What `of` says from each month on; with `which`, what stands at the position in that row.
    pub fn new(of: Vec<(u32, T)>, which: Option<Row>) -> Self {
        Self { of, which }
    }

    /// `value` in every month, on every path.
    pub fn always(value: T) -> Self {
        Self::new(vec![(1, value)], None)
    }

    /// The same dates with what `make` leaves of each value.
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Dated<U> {
        let of = self.of.into_iter();
        let of = of.map(|(from, value)| (from, make(value))).collect();
        Dated::new(of, self.which)
    }

    /// First months and values, in their order.
    pub fn entries(&self) -> &[(u32, T)] {
        &self.of
    }

    /// The row with the position of what holds on each path, if paths differ.
    pub fn which(&self) -> Option<Row> {
        self.which
    }

    /// What holds in `month` on the path in `lane`; none before the first month.
    #[inline(always)]
    pub fn on(&self, rows: &Rows, month: u32, lane: usize) -> Option<&T> {
        match self.which {
            None => begun(&self.of, month),
            Some(row) => Some(self.at(rows.get(row)[lane])),
        }
    }

    /// The number that `of` makes of what holds in `month` on each path; `before` the first month.
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

    /// What can hold in `month` on some path, with the paths on which it does. `which` is a copy of the row, if there is one.
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

/// The paths on which one of several things holds.
#[derive(Clone, Copy, Debug)]
pub struct OnPaths<'a> {
    which: &'a Lanes,
    position: usize,
}

impl OnPaths<'_> {
    /// True if it holds on the path in `lane`.
    #[inline(always)]
    pub fn has(&self, lane: usize) -> bool {
        is_at(self.which[lane], self.position)
    }
}

/// True if `which`, as a row has it, is `position`.
#[inline(always)]
pub fn is_at(which: f64, position: usize) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let position = position as f64;
    which == position
}

/// Months at whose end books are closed: some on every path, and the last one before a move on paths that move.
#[derive(Clone, Debug, PartialEq)]
pub struct Closings {
    /// On every path.
    pub always: Vec<u32>,
    /// The last months before moves, in the order of the moves.
    pub moves: Vec<u32>,
    /// Where not every path moves: rows of the place lived in, and of that of the next month.
    pub lived: Option<[Row; 2]>,
}

/// The paths whose books are closed in a month, 1 on each of them and 0 on others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closed {
    pub closed: Lanes,
    /// Those of them that move then.
    pub moved: Lanes,
}

impl Closings {
    /// The paths whose books are closed this month; none if they are closed on no path.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_decides_path_by_path_and_without_one_the_month_does() {
        let of = || vec![(1, 10.0), (8, 20.0)];
        let mut rows = Rows::new(1);
        let row = Row::at(0);
        rows.get_mut(row)[3] = 1.0;
        let by_month = Dated::new(of(), None);
        let by_path = Dated::new(of(), Some(row));
        for (month, lane, dated, own) in [(7, 3, 10.0, 20.0), (8, 0, 20.0, 10.0)] {
            assert_eq!(by_month.on(&rows, month, lane), Some(&dated));
            assert_eq!(by_path.on(&rows, month, lane), Some(&own));
            assert_eq!(by_month.lanes(&rows, month, 0.0, |value| *value)[lane], dated);
            assert_eq!(by_path.lanes(&rows, month, 0.0, |value| *value)[lane], own);
        }
        let which = *rows.get(row);
        let in_force = |month: u32, which: Option<&Lanes>| -> Vec<(f64, bool)> {
            let found = by_path.in_force(month, which);
            found.map(|(value, on)| (*value, on.is_none_or(|on| on.has(3)))).collect()
        };
        assert_eq!(in_force(7, None), [(10.0, true)]);
        assert_eq!(in_force(8, None), [(20.0, true)]);
        assert_eq!(in_force(8, Some(&which)), [(10.0, false), (20.0, true)]);
        let late = Dated::new(vec![(3, 1.0)], None);
        assert_eq!(late.on(&rows, 2, 0), None);
        assert_eq!(late.in_force(2, None).count(), 0);
    }
}

//! Months below a high, counted by hand.

use super::*;
use crate::book::Book;
use crate::stage::{Level, Rows};

/// Months of the longest time below a high, and 1 if the last of `values` is below a high, else 0. The `values`
/// are those of day one and of each month's end.
fn followed_by(tracks: &mut [Box<dyn AnyTrack>; 2], values: &[f64]) -> (f64, f64) {
    let (book, rows) = (&Book::new(0), &Rows::new(0));
    let n_months = u32::try_from(values.len() - 1).expect("few");
    let mut found = [0.0; 2];
    tracks.iter_mut().for_each(|track| track.open());
    for (month, pair) in (1..).zip(values.windows(2)) {
        let (before, value) = (&Lanes::splat(pair[0]), &Lanes::splat(pair[1]));
        let now = Close { month, n_months, wealth: value, value, before, low: None, book, rows };
        for (track, found) in tracks.iter_mut().zip(&mut found) {
            track.keep_at(Level::detect(), &now);
            *found = track.value_at(Level::detect(), &now)[0];
        }
    }
    (found[0], found[1])
}

#[test]
fn the_time_below_a_high_is_that_counted_by_hand() {
    let mut tracks = [longest(), unrecovered()];
    for (values, longest, unrecovered) in [
        // never below
        (&[1.0, 1.1, 1.2, 1.3][..], 0.0, 0.0),
        (&[1.0, 1.0, 1.0], 0.0, 0.0),
        // what rounding takes is no fall
        (&[1.0, 1.0 - 1e-12, 1.0 - 1e-12], 0.0, 0.0),
        // below in month 1, regained in month 2
        (&[1.0, 0.9, 1.0], 2.0, 0.0),
        // a high in month 1, below it in months 2 to 4, regained in month 5
        (&[1.0, 1.5, 1.4, 1.2, 1.49, 1.6, 1.7], 4.0, 0.0),
        // two months, then three without an end
        (&[1.0, 0.9, 1.1, 1.0, 0.9, 0.8], 3.0, 1.0),
        // nothing is left from month 2 on: the high of month 1 is four months old
        (&[1.0, 1.2, 0.0, 0.0, 0.0, 0.0], 4.0, 1.0),
        // below from the start
        (&[1.0, 0.5, 0.6, 0.7], 3.0, 1.0),
    ] {
        // a block forgets the one before
        assert_eq!(followed_by(&mut tracks, values), (longest, unrecovered), "{values:?}");
    }
}

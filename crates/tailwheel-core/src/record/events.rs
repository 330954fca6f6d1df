//! Loss by all events together: until the horizon, in the costliest year, and by one event in one month.

use super::declared::{Better, Declared};
use super::folded::at_end;
use super::{Followed, Kept, Kind, YEAR};
use crate::math::{Lanes, raised};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

/// Loss by all events until the horizon, real.
pub(super) const LOSS: Kind = Kind {
    quantity: Quantity { id: "events_loss", unit: "money of the start" },
    measures: &[Declared::of_rare_loss(
        "events.loss",
        "loss by all events until the horizon, real",
        Better::Lower,
    )],
    track: Followed::Whole(|kept| {
        let events = rows(kept)?;
        Some(at_end(
            #[inline(always)]
            move |now| sum(&events, now),
        ))
    }),
};

/// Loss by all events in the costliest of the years counted from the start, real.
pub(super) const YEAR_LOSS: Kind = Kind {
    quantity: Quantity { id: "events_year", unit: "money of the start" },
    measures: &[Declared::of_rare_loss(
        "events.year",
        "loss by all events in the costliest year, real",
        Better::Lower,
    )],
    track: Followed::Whole(|kept| {
        Some(WorstYear { events: rows(kept)?, before: Lanes::ZERO, most: Lanes::ZERO }.boxed())
    }),
};

/// Largest loss by one event in one month, real.
pub(super) const STRIKE: Kind = Kind {
    quantity: Quantity { id: "events_strike", unit: "money of the start" },
    measures: &[Declared::of_rare_loss(
        "events.strike",
        "largest loss by one event in one month, real",
        Better::Lower,
    )],
    track: Followed::Whole(|kept| {
        let events = rows(kept)?.into_iter().map(|row| (row, Lanes::ZERO));
        let (events, most) = (events.collect(), Lanes::ZERO);
        Some(LargestStrike { events, most }.boxed())
    }),
};

/// Rows of the losses of all events so far; `None` if the scenario has no events.
fn rows(kept: &Kept<'_>) -> Option<Vec<Row>> {
    let rows: Vec<Row> = kept.events.iter().map(|tally| tally.lost).collect();
    (!rows.is_empty()).then_some(rows)
}

/// Returns the loss by all events so far.
#[inline(always)]
fn sum(rows: &[Row], now: &Close<'_>) -> Lanes {
    let mut sum = Lanes::ZERO;
    for row in rows {
        sum += now.rows.get(*row);
    }
    sum
}

#[derive(Clone)]
struct WorstYear {
    events: Vec<Row>,
    before: Lanes,
    most: Lanes,
}

impl WorstYear {
    /// Returns the largest yearly loss so far, counting the current year up to now.
    #[inline(always)]
    fn most_with(&self, sum: &Lanes) -> Lanes {
        let mut most = self.most;
        most.each(|lane, own| raised(own, sum[lane] - self.before[lane]));
        most
    }
}

impl Track for WorstYear {
    fn open(&mut self) {
        [self.before, self.most] = [Lanes::ZERO; 2];
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month.is_multiple_of(YEAR) {
            let sum = sum(&self.events, now);
            self.most = self.most_with(&sum);
            self.before = sum;
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        self.most_with(&sum(&self.events, now))
    }
}

#[derive(Clone)]
struct LargestStrike {
    /// Row of each event's loss, with its value one month ago.
    events: Vec<(Row, Lanes)>,
    most: Lanes,
}

impl Track for LargestStrike {
    fn open(&mut self) {
        self.most = Lanes::ZERO;
        for (_, before) in &mut self.events {
            *before = Lanes::ZERO;
        }
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        for (row, before) in &mut self.events {
            let lost = now.rows.get(*row);
            self.most.each(|lane, own| raised(own, lost[lane] - before[lane]));
            *before = *lost;
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.most
    }
}

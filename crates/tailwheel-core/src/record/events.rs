//! Loss by all events together: until the horizon, in the costliest year, and by one event in one month.

use super::declared::{Better, Declared, RARE_LOSS, Unit};
use super::{Followed, Kept, Kind, YEAR};
use crate::math::{Lanes, raised};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

const fn taken(id: &'static str, title: &'static str) -> Declared {
    Declared {
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        run: RARE_LOSS,
        ..Declared::of(id, title, Unit::Money)
    }
}

const fn quantity(id: &'static str, doc: &'static str) -> Quantity {
    Quantity { id, unit: "money of the start", range: (0.0, f64::INFINITY), doc }
}

pub(super) const LOSS: Kind = Kind {
    quantity: quantity("events_loss", "What all events took until the horizon, as each of them."),
    measures: &[taken("events.loss", "loss by all events until the horizon, real")],
    track: Followed::Whole(|kept| Some(Sum(rows(kept)?).boxed())),
};

pub(super) const YEAR_LOSS: Kind = Kind {
    quantity: quantity(
        "events_year",
        "What all events took in the year, of those counted from the start, in which they took most.",
    ),
    measures: &[taken("events.year", "loss by all events in the costliest year, real")],
    track: Followed::Whole(|kept| {
        let (events, zero) = (Sum(rows(kept)?), Lanes::ZERO);
        let [before, most] = [zero, zero];
        let year = WorstYear { events, before, most };
        Some(year.boxed())
    }),
};

pub(super) const STRIKE: Kind = Kind {
    quantity: quantity("events_strike", "The most that one event took in one month."),
    measures: &[taken("events.strike", "largest loss by one event in one month, real")],
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

#[derive(Clone)]
struct Sum(Vec<Row>);

impl Track for Sum {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let mut sum = Lanes::ZERO;
        for row in &self.0 {
            sum += now.rows.get(*row);
        }
        sum
    }
}

#[derive(Clone)]
struct WorstYear {
    events: Sum,
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
            let sum = self.events.value(now);
            self.most = self.most_with(&sum);
            self.before = sum;
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        self.most_with(&self.events.value(now))
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

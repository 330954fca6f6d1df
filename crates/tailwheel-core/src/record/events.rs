//! Loss events: how often each occurred and how much it took, and the loss by all of them until the horizon, in
//! the costliest year, and by one event in one month.

use super::autonomy::chance;
use super::declared::{Better, Declared};
use super::fold_tracks::{at_end, monthly_then, row_at_end};
use super::{QuantityKind, TrackInputs, Tracking, YEAR, id};
use crate::math::{Lanes, inlined, raised};
use crate::stage::{AnyTrack, Close, Row, Track};

/// Number of occurrences of a loss event until the horizon. An occurrence that finds nothing to take does not
/// count. One that hits an income or a tax counts, though its loss comes later or never.
pub(super) const OF_ONE_STRIKES: QuantityKind = QuantityKind {
    name: "event_strikes",
    measures: &[],
    track: Tracking::EachEvent(|tally| row_at_end(tally.strikes)),
};

pub(super) const OF_ONE: QuantityKind = QuantityKind {
    name: "event_loss",
    measures: &[
        // a strike at an income or a tax may cost nothing, which is known only once money is lost
        chance(
            id::EVENT_PROBABILITY,
            "probability of a loss by the event",
            Better::Lower,
            "Share of paths that lose money by the event until the horizon.",
        ),
        Declared::of_rare_loss(id::EVENT_LOSS, "loss by the event until the horizon, real"),
    ],
    track: Tracking::EachEvent(|tally| row_at_end(tally.lost)),
};

pub(super) const LOSS: QuantityKind = QuantityKind {
    name: "events_loss",
    measures: &[Declared::of_rare_loss("events.loss", "loss by all events until the horizon, real")],
    track: Tracking::Whole(|kept| {
        let events = rows(kept)?;
        Some(at_end(inlined!(move |now| sum(&events, now))))
    }),
};

pub(super) const YEAR_LOSS: QuantityKind = QuantityKind {
    name: "events_year",
    measures: &[Declared::of_rare_loss("events.year", "loss by all events in the costliest year, real")],
    track: Tracking::Whole(|kept| Some(worst_year(rows(kept)?))),
};

pub(super) const STRIKE: QuantityKind = QuantityKind {
    name: "events_strike",
    measures: &[Declared::of_rare_loss("events.strike", "largest loss by one event in one month, real")],
    track: Tracking::Whole(|kept| {
        let events = rows(kept)?.into_iter().map(|row| (row, Lanes::ZERO)).collect();
        Some(LargestStrike { events, most: Lanes::ZERO }.boxed())
    }),
};

/// Rows of the losses of all events so far; `None` if the scenario has no events.
fn rows(kept: &TrackInputs<'_>) -> Option<Vec<Row>> {
    let rows: Vec<Row> = kept.events.iter().map(|tally| tally.lost).collect();
    (!rows.is_empty()).then_some(rows)
}

/// Returns the loss by all events so far, real, one number per path.
#[inline(always)]
fn sum(rows: &[Row], now: &Close<'_>) -> Lanes {
    let mut sum = Lanes::ZERO;
    for row in rows {
        sum += now.rows.get(*row);
    }
    sum
}

/// Returns a track of the loss by all `events` in the costliest year; an incomplete last year counts too. In
/// its state, `before` is the loss until the current year.
fn worst_year(events: Vec<Row>) -> Box<dyn AnyTrack> {
    let all = events.clone();
    monthly_then(
        inlined!(move |[before, most]: &mut [Lanes; 2], now: &Close<'_>| {
            if now.month.is_multiple_of(YEAR) {
                let sum = sum(&events, now);
                most.each(|lane, own| raised(own, sum[lane] - before[lane]));
                *before = sum;
            }
        }),
        inlined!(move |[before, most], now| {
            let (sum, mut most) = (sum(&all, now), *most);
            most.each(|lane, own| raised(own, sum[lane] - before[lane]));
            most
        }),
    )
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

//! What each event did: whether it struck, and what it took.

use super::declared::{Better, Declared, Figure, RARE_LOSS, Statistic, Unit};
use super::{Followed, Kind};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const STRIKES: Kind = Kind {
    quantity: Quantity {
        id: "event_strikes",
        unit: "strikes",
        range: (0.0, f64::INFINITY),
        doc: "Strikes of the event until the horizon that took something.",
    },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, 1.0),
        run: &[Figure::only(Statistic::Above(0.0))],
        doc: "Share of paths on which the event strikes before the horizon and takes something, or announces a \
              tax; interval of Clopper & Pearson (1934).",
        ..Declared::of(
            "event.<event>.probability",
            "chance that the event strikes",
            Unit::Probability,
        )
    }],
    track: Followed::EachEvent(|tally| Taken(tally.strikes).boxed()),
};

pub(super) const LOSS: Kind = Kind {
    quantity: Quantity {
        id: "event_loss",
        unit: "money of the start",
        range: (0.0, f64::INFINITY),
        doc: "What the event took until the horizon, each loss in money of the start: of value, less what came \
              back at once, of gross income that did not come, or of cash.",
    },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        run: RARE_LOSS,
        ..Declared::of(
            "event.<event>.loss",
            "loss by the event until the horizon",
            Unit::Money,
        )
    }],
    track: Followed::EachEvent(|tally| Taken(tally.lost).boxed()),
};

/// A row that an event sums up itself.
#[derive(Clone)]
struct Taken(Row);

impl Track for Taken {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        *now.rows.get(self.0)
    }
}

//! Loss events one by one: how often each struck, and how much it took.

use super::autonomy::chance;
use super::declared::{Better, Declared, RARE_LOSS, Unit};
use super::folded::AtEnd;
use super::{Followed, Kind, id};
use crate::stage::{AnyTrack, Quantity};

pub(super) const STRIKES: Kind = Kind {
    quantity: Quantity {
        id: "event_strikes",
        unit: "strikes",
        range: (0.0, f64::INFINITY),
        doc: "Strikes of the event until the horizon; one that finds nothing to take from is none. What it takes of an income or \
              a tax comes later, or never.",
    },
    measures: &[],
    track: Followed::EachEvent(|tally| AtEnd(tally.strikes).boxed()),
};

pub(super) const LOSS: Kind = Kind {
    quantity: Quantity {
        id: "event_loss",
        unit: "money of the start",
        range: (0.0, f64::INFINITY),
        doc: "What the event took until the horizon, each loss in money of the start: of value, less what came \
              back at once, of gross income that did not come, or of cash.",
    },
    measures: &[
        // a strike at an income or a tax may cost nothing, which is known only once money is lost
        chance(
            id::EVENT_PROBABILITY,
            "probability of a loss by the event",
            Better::Lower,
            "Share of paths that lose money by the event until the horizon. Interval: Clopper & Pearson (1934).",
        ),
        Declared {
            better: Better::Lower,
            range: (0.0, f64::INFINITY),
            run: RARE_LOSS,
            ..Declared::of(id::EVENT_LOSS, "loss by the event until the horizon, real", Unit::Money)
        },
    ],
    track: Followed::EachEvent(|tally| AtEnd(tally.lost).boxed()),
};

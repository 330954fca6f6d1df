//! What each event did: whether it struck, and what it took.

use super::autonomy::chance;
use super::declared::{Better, Declared, RARE_LOSS, Unit};
use super::folded::AtEnd;
use super::{Followed, Kind};
use crate::stage::{AnyTrack, Quantity};

pub(super) const STRIKES: Kind = Kind {
    quantity: Quantity {
        id: "event_strikes",
        unit: "strikes",
        range: (0.0, f64::INFINITY),
        doc: "Strikes of the event until the horizon that took something.",
    },
    measures: &[chance(
        "event.<event>.probability",
        "chance that the event strikes",
        Better::Lower,
        "Share of paths on which the event strikes before the horizon and takes something, or announces a tax; interval of \
         Clopper & Pearson (1934).",
    )],
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
    track: Followed::EachEvent(|tally| AtEnd(tally.lost).boxed()),
};

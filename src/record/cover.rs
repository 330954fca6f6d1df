//! What insurers paid; what it cost is what the cause `premium` took.

use super::declared::{Better, Declared, RARE_LOSS, Unit};
use super::folded::AtEnd;
use super::{Followed, Kind};
use crate::stage::{AnyTrack, Quantity};

pub(super) const PAYOUTS: Kind = Kind {
    quantity: Quantity {
        id: "payouts",
        unit: "money of the start",
        range: (0.0, f64::INFINITY),
        doc: "What insurers owe for claims until the horizon, each in money of the month of its claim, taken to \
              the start; claims that they do not pay are 0.",
    },
    measures: &[Declared {
        better: Better::Higher,
        range: (0.0, f64::INFINITY),
        run: RARE_LOSS,
        ..Declared::of("cover.payouts", "payouts until the horizon", Unit::Money)
    }],
    track: Followed::Whole(|kept| Some(AtEnd(kept.cover?.payouts).boxed())),
};

//! Insurance: payouts, insured losses that payouts do not cover, and payouts above the loss. The cost is
//! cause `premium`.

use super::declared::{Better, Declared, RARE_LOSS, Unit};
use super::folded::AtEnd;
use super::{Followed, Kind, id};
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
        ..Declared::of(id::PAYOUTS, "payouts until the horizon, real", Unit::Money)
    }],
    track: Followed::Whole(|kept| Some(AtEnd(kept.cover?.payouts).boxed())),
};

pub(super) const MISSED: Kind = Kind {
    quantity: Quantity {
        id: "missed",
        unit: "money of the start",
        range: (0.0, f64::INFINITY),
        doc: "What events of insured causes took until the horizon and payouts did not make good, claim by claim, each in \
              money of the month in which it was settled, taken to the start; losses without a claim are missed whole.",
    },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        run: RARE_LOSS,
        ..Declared::of(id::MISSED, "insured loss that payouts do not cover, real", Unit::Money)
    }],
    track: Followed::Whole(|kept| Some(AtEnd(kept.cover?.missed).boxed())),
};

pub(super) const BEYOND: Kind = Kind {
    quantity: Quantity {
        id: "beyond",
        unit: "money of the start",
        range: (0.0, f64::INFINITY),
        doc: "What payouts had beyond the loss that they were for until the horizon, each in money of the month in which it \
              was settled, taken to the start.",
    },
    measures: &[Declared {
        range: (0.0, f64::INFINITY),
        run: RARE_LOSS,
        ..Declared::of(id::BEYOND, "payouts above the loss, real", Unit::Money)
    }],
    track: Followed::Whole(|kept| Some(AtEnd(kept.cover?.beyond).boxed())),
};

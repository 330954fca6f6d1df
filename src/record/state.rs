//! What an asset shows of itself at the horizon.

use super::declared::{Declared, MIDDLE_AND_ENDS, Unit};
use super::folded::AtEnd;
use super::{Followed, Kind};
use crate::stage::{AnyTrack, Quantity};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "state",
        unit: "fraction",
        range: (0.0, f64::INFINITY),
        doc: "What the asset shows of itself at the horizon: visits, customers, units that are healthy.",
    },
    measures: &[Declared {
        range: (0.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        doc: "What an asset with a mechanism shows of itself at the horizon, a fraction of the start or of all units; \
              its kind says which (docs/model.md, Mechanisms).",
        ..Declared::of(
            "state.<state>",
            "what an asset shows of itself at the end",
            Unit::Fraction,
        )
    }],
    track: Followed::EachState(|row| AtEnd(row).boxed()),
};

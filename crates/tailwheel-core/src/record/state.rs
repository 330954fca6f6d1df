//! State variables of an asset at the horizon, such as visits, customers or healthy units.

use super::declared::{Declared, MIDDLE_AND_ENDS, Unit};
use super::folded::row_at_end;
use super::{Followed, Kind};
use crate::stage::Quantity;

/// State variable of the asset at the horizon, such as visits, customers or healthy units.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "state", unit: "fraction" },
    measures: &[Declared {
        range: (0.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        doc: "Value at the horizon as a fraction of the start or of all units. The earnings model of the asset \
              decides which (docs/model.md, Mechanisms).",
        ..Declared::of("state.<state>", "quantity of an earnings model at the end", Unit::Fraction)
    }],
    track: Followed::EachState(row_at_end),
};

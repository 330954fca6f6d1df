//! Value per unit: what one unit invested at the start has grown to, nominal and real.

use super::declared::{Better, Declared, MIDDLE_AND_ENDS, P05, P50, P95, Unit, View};
use super::fold_tracks::at_end;
use super::{QuantityKind, Tracking, id};
use crate::math::{Lanes, inlined};
use crate::stage::{AnyTrack, Row};

pub(super) const KIND: QuantityKind = QuantityKind {
    name: "unit_value",
    measures: &[Declared {
        seen: View::Return,
        without_feedback: &[P05, P50, P95],
        added: &[P50],
        ..per_year(id::RETURN, "return a year, time-weighted, nominal")
    }],
    track: Tracking::Whole(|kept| (kept.money_in > 0.0).then(|| unit_value(kept.money_in, None))),
};

pub(super) const REAL: QuantityKind = QuantityKind {
    name: "unit_value_real",
    measures: &[Declared {
        seen: View::Return,
        ..per_year(id::REAL_RETURN, "return a year, time-weighted, real")
    }],
    track: Tracking::Whole(|kept| {
        let is_kept = kept.money_in > 0.0 && kept.prices.moves;
        is_kept.then(|| unit_value(kept.money_in, Some(kept.prices.level)))
    }),
};

/// Declares a measure of a yearly return, as a fraction; it is −1 after ruin.
const fn per_year(id: &'static str, title: &'static str) -> Declared {
    Declared {
        better: Better::Higher,
        range: (-1.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        ..Declared::of(id, title, Unit::FractionPerYear)
    }
}

/// Returns a track of the value per unit; real if `prices` is the row of the price level.
fn unit_value(money_in: f64, prices: Option<Row>) -> Box<dyn AnyTrack> {
    at_end(inlined!(move |now| {
        let mut value = Lanes::of(|lane| now.value[lane] / money_in);
        if let Some(level) = prices.map(|row| now.rows.get(row)) {
            value.each(|lane, own| own / level[lane]);
        }
        value
    }))
}

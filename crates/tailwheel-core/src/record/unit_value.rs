//! Value per unit: what one unit invested at the start has grown to, nominal and real.

use super::declared::{Better, Declared, MIDDLE_AND_ENDS, P05, P50, P95, Seen, Unit};
use super::{Followed, Kind, id};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "unit_value",
        unit: "fraction",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Value per unit at the horizon: what one unit put in at the start has grown to; absent with \
              nothing put in.",
    },
    measures: &[Declared {
        seen: Seen::Return,
        without_feedback: &[P05, P50, P95],
        added: &[P50],
        ..per_year(id::RETURN, "return a year, time-weighted, nominal")
    }],
    track: Followed::Whole(|kept| {
        let (money_in, prices) = (kept.money_in, None);
        (money_in > 0.0).then(|| UnitValue { money_in, prices }.boxed())
    }),
};

pub(super) const REAL: Kind = Kind {
    quantity: Quantity {
        id: "unit_value_real",
        unit: "fraction",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Value per unit at the horizon in money of the start; absent with nothing put in, and where no prices move: \
              there it is the value per unit.",
    },
    measures: &[Declared {
        seen: Seen::Return,
        ..per_year(id::REAL_RETURN, "return a year, time-weighted, real")
    }],
    track: Followed::Whole(|kept| {
        let (money_in, prices) = (kept.money_in, Some(kept.prices.level));
        let is_kept = money_in > 0.0 && kept.prices.moves;
        is_kept.then(|| UnitValue { money_in, prices }.boxed())
    }),
};

/// Declares a yearly return, which is −1 after ruin.
const fn per_year(id: &'static str, title: &'static str) -> Declared {
    Declared {
        better: Better::Higher,
        range: (-1.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        ..Declared::of(id, title, Unit::FractionPerYear)
    }
}

#[derive(Clone)]
struct UnitValue {
    money_in: f64,
    /// Row of the price level if the value is real; `None` if nominal.
    prices: Option<Row>,
}

impl Track for UnitValue {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let nominal = Lanes::of(|lane| now.value[lane] / self.money_in);
        let Some(level) = self.prices.map(|row| now.rows.get(row)) else {
            return nominal;
        };
        Lanes::of(|lane| nominal[lane] / level[lane])
    }
}

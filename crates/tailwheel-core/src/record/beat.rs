//! Comparison with the asset class in `[goal]`: did a unit invested at the start grow faster than one unit of
//! that class?

use super::autonomy::chance;
use super::declared::{Better, Declared, Needs, Seen};
use super::{Followed, Kind};
use crate::book::Account;
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Quantity, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "beat",
        unit: "fraction",
        range: (0.0, 1.0),
        doc: "1 where a unit put in at the start is worth more at the horizon than one of the class that `[goal]` wants \
              beaten, else 0; absent without one.",
    },
    measures: &[Declared {
        seen: Seen::OfMoneyIn,
        needs: Needs::ClassToBeat,
        ..chance(
            "goal.beat.probability",
            "probability of a return above the benchmark",
            Better::Higher,
            "Share of paths with a higher return a year than the class in `goal.beat` on the same path. The \
             benchmark pays no tax and no costs. A ruined path counts as lower. Interval: Clopper & Pearson (1934).",
        )
    }],
    track: Followed::Whole(|kept| {
        let money_in = kept.money_in;
        let unit = kept.compared.unit;
        unit.map(|unit| Beat { money_in, unit }.boxed())
    }),
};

#[derive(Clone)]
struct Beat {
    money_in: f64,
    unit: Account,
}

impl Track for Beat {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let unit = now.book.value(self.unit);
        let mut beaten = Lanes::ZERO;
        for lane in 0..LANES {
            let is_above = now.value[lane] > self.money_in * unit[lane];
            beaten[lane] = if is_above { 1.0 } else { 0.0 };
        }
        beaten
    }
}

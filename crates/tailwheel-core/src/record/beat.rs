//! Comparison with the asset class in `[goal]`: did a unit invested at the start grow faster than one unit of
//! that class?

use super::autonomy::chance;
use super::declared::{Better, Declared, Needs, Seen};
use super::folded::at_end;
use super::{Followed, Kind};
use crate::math::Lanes;
use crate::stage::Quantity;

/// 1 if one unit invested at the start ends above one unit of the class in `goal.beat`, else 0. Not kept
/// without that goal.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "beat", unit: "fraction" },
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
        let (money_in, unit) = (kept.money_in, kept.compared.unit?);
        Some(at_end(
            #[inline(always)]
            move |now| {
                let unit = now.book.value(unit);
                Lanes::of(|lane| f64::from(u8::from(now.value[lane] > money_in * unit[lane])))
            },
        ))
    }),
};

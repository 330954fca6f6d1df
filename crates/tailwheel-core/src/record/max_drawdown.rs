//! Maximum drawdown: the deepest fall of the value per unit below its running maximum.

use super::declared::{Better, Declared, MEAN, MIDDLE_AND_ENDS, P50, P95, Seen, Unit};
use super::folded::monthly_then;
use super::{Followed, Kind, id};
use crate::math::{LANES, Lanes, raised};
use crate::stage::{AnyTrack, Close, Quantity};

/// Deepest fall of the value per unit below its running maximum, intramonth lows included. Not kept if
/// nothing is invested.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "max_drawdown", unit: "fraction" },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, 1.0),
        seen: Seen::OfMoneyIn,
        run: MIDDLE_AND_ENDS,
        without_feedback: &[MEAN, P50, P95],
        added: &[MEAN, P50, P95],
        ..Declared::of(id::DRAWDOWN, "maximum drawdown", Unit::Fraction)
    }],
    track: Followed::Whole(|kept| (kept.money_in > 0.0).then(max_drawdown)),
};

fn max_drawdown() -> Box<dyn AnyTrack> {
    monthly_then(
        #[inline(always)]
        |[peak, drawdown]: &mut [Lanes; 2], now: &Close<'_>| {
            if now.month == 1 {
                *peak = *now.before;
            }
            if let Some([_, low]) = now.low {
                for lane in 0..LANES {
                    // the low comes before the close, which can be a new peak
                    drawdown[lane] = raised(drawdown[lane], 1.0 - low[lane] / peak[lane]);
                }
            }
            for lane in 0..LANES {
                let value = now.value[lane];
                peak[lane] = raised(peak[lane], value);
                drawdown[lane] = raised(drawdown[lane], 1.0 - value / peak[lane]);
            }
        },
        #[inline(always)]
        |[_, drawdown], _| *drawdown,
    )
}

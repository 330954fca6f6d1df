//! Maximum drawdown: the deepest fall of the value per unit below its running maximum.

use super::declared::{Better, Declared, MEAN, MIDDLE_AND_ENDS, P50, P95, Seen, Unit};
use super::{Followed, Kind, id};
use crate::math::{LANES, Lanes, raised};
use crate::stage::{AnyTrack, Close, Quantity, Track};

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
    track: Followed::Whole(|kept| {
        let start = MaxDrawdown { peak: Lanes::ZERO, drawdown: Lanes::ZERO };
        (kept.money_in > 0.0).then(|| start.boxed())
    }),
};

#[derive(Clone)]
struct MaxDrawdown {
    /// Running maximum, which includes day one.
    peak: Lanes,
    drawdown: Lanes,
}

impl Track for MaxDrawdown {
    fn open(&mut self) {
        self.drawdown = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let Self { peak, drawdown } = self;
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
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.drawdown
    }
}

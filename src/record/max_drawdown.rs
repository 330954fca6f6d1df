//! The deepest fall below the highest wealth so far.

use super::Kind;
use crate::math::{LANES, Lanes, greater};
use crate::stage::{Close, Quantity, Track, TrackRequest};

const QUANTITY: Quantity = Quantity {
    id: "max_drawdown",
    unit: "fraction",
    range: (0.0, 1.0),
    doc: "Maximum drawdown: the deepest fall of the value per unit below its running maximum, troughs \
          within a month included; absent with nothing put in.",
};

pub(super) const KIND: Kind = Kind {
    quantity: QUANTITY,
    requests: |kept| {
        let start = MaxDrawdown {
            peak: Lanes::ZERO,
            drawdown: Lanes::ZERO,
        };
        let request = || TrackRequest {
            in_twin: true,
            ..TrackRequest::new(&QUANTITY, start)
        };
        (kept.money_in > 0.0).then(request).into_iter().collect()
    },
};

#[derive(Clone)]
struct MaxDrawdown {
    /// From the first month on, day one included.
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
        if let Some(low) = now.low {
            for lane in 0..LANES {
                // before the close can make a new peak
                drawdown[lane] = greater(1.0 - low[lane] / peak[lane], drawdown[lane]);
            }
        }
        for lane in 0..LANES {
            let wealth = now.wealth[lane];
            peak[lane] = greater(wealth, peak[lane]);
            drawdown[lane] = greater(1.0 - wealth / peak[lane], drawdown[lane]);
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.drawdown
    }
}

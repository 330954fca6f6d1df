//! How much the monthly returns of a path vary.

use super::declared::{Better, Declared, MEAN, P50, Seen, Unit};
use super::{Followed, Kind, YEAR};
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Quantity, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "volatility",
        unit: "fraction per year",
        range: (0.0, f64::INFINITY),
        doc: "Sample standard deviation of the simple monthly returns of the value per unit, times √12; \
              absent with nothing put in or a single month.",
    },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        seen: Seen::OfMoneyIn,
        run: &[MEAN, P50],
        ..Declared::of("volatility", "volatility of a path", Unit::FractionPerYear)
    }],
    track: Followed::Whole(|kept| {
        let start = Volatility {
            mean: Lanes::ZERO,
            squares: Lanes::ZERO,
        };
        (kept.money_in > 0.0 && kept.n_months > 1).then(|| start.boxed())
    }),
};

#[derive(Clone)]
struct Volatility {
    mean: Lanes,
    /// Sum of the squared distances from the mean.
    squares: Lanes,
}

impl Track for Volatility {
    fn open(&mut self) {
        (self.mean, self.squares) = (Lanes::ZERO, Lanes::ZERO);
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let Self { mean, squares } = self;
        let weight = 1.0 / f64::from(now.month);
        for lane in 0..LANES {
            // after everything is lost there is no return; Welford's update, so nothing cancels when
            // the returns are nearly equal
            let before = now.before[lane];
            let simple = if before > 0.0 {
                now.wealth[lane] / before - 1.0
            } else {
                0.0
            };
            let distance = simple - mean[lane];
            mean[lane] = distance.mul_add(weight, mean[lane]);
            squares[lane] = distance.mul_add(simple - mean[lane], squares[lane]);
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let degrees = f64::from(now.n_months.max(2) - 1);
        let mut volatility = Lanes::ZERO;
        for lane in 0..LANES {
            volatility[lane] = (self.squares[lane] / degrees * f64::from(YEAR)).sqrt();
        }
        volatility
    }
}

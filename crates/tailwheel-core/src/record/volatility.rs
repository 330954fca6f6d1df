//! Volatility of the monthly returns of a path, per year.

use super::declared::{Better, Declared, MEAN, P50, Seen, Unit};
use super::{Followed, Kind, YEAR};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{AnyTrack, Close, Quantity, Track};

/// Sample standard deviation of the simple monthly returns of the value per unit, times √12. A ruined path
/// counts its returns until ruin. Not kept if nothing is invested or the horizon is a single month.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "volatility", unit: "fraction per year" },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        seen: Seen::OfMoneyIn,
        run: &[MEAN, P50],
        ..Declared::of("volatility", "volatility of the monthly returns of a path", Unit::FractionPerYear)
    }],
    track: Followed::Whole(|kept| {
        let start = Volatility {
            can_end: kept.border.is_some(),
            mean: Lanes::ZERO,
            squares: Lanes::ZERO,
            n_months: Lanes::ZERO,
        };
        (kept.money_in > 0.0 && kept.n_months > 1).then(|| start.boxed())
    }),
};

#[derive(Clone)]
struct Volatility {
    /// True if a path may end in ruin before the horizon.
    can_end: bool,
    mean: Lanes,
    /// Sum of squared deviations from the mean.
    squares: Lanes,
    /// Number of months with a return; used only if a path can end in ruin.
    n_months: Lanes,
}

impl Track for Volatility {
    fn open(&mut self) {
        (self.mean, self.squares) = (Lanes::ZERO, Lanes::ZERO);
        self.n_months = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if self.can_end {
            self.keep_until_ruin(now);
            return;
        }
        let weight = 1.0 / f64::from(now.month);
        for lane in 0..LANES {
            // once everything is lost there are no returns
            let before = now.before[lane];
            let simple = if before > 0.0 { now.value[lane] / before - 1.0 } else { 0.0 };
            self.add(lane, simple, weight);
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let mut volatility = Lanes::ZERO;
        for lane in 0..LANES {
            let n_months =
                if self.can_end { greater(self.n_months[lane], 2.0) } else { f64::from(now.n_months.max(2)) };
            volatility[lane] = (self.squares[lane] / (n_months - 1.0) * f64::from(YEAR)).sqrt();
        }
        volatility
    }
}

impl Volatility {
    #[inline(always)]
    fn keep_until_ruin(&mut self, now: &Close<'_>) {
        for lane in 0..LANES {
            let before = now.before[lane];
            if before > 0.0 {
                self.n_months[lane] += 1.0;
                self.add(lane, now.value[lane] / before - 1.0, 1.0 / self.n_months[lane]);
            }
        }
    }

    /// Adds a monthly return by Welford's update, which avoids cancellation if the returns are nearly equal.
    /// `weight` is one over the number of returns, this one included.
    #[inline(always)]
    fn add(&mut self, lane: usize, simple: f64, weight: f64) {
        let distance = simple - self.mean[lane];
        self.mean[lane] = distance.mul_add(weight, self.mean[lane]);
        self.squares[lane] = distance.mul_add(simple - self.mean[lane], self.squares[lane]);
    }
}

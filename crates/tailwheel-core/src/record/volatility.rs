//! Volatility of the monthly returns of a path, per year.

use super::declared::{Better, Declared, MEAN, P50, Unit, View};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, Tracking, YEAR};
use crate::math::{LANES, Lanes, greater, inlined};
use crate::stage::{AnyTrack, Close};

/// Sample standard deviation of the simple monthly returns of the value per unit, times √12. A ruined path
/// counts its returns until ruin. Not kept if nothing is invested or the horizon is a single month.
pub(super) const KIND: QuantityKind = QuantityKind {
    name: "volatility",
    measures: &[Declared {
        better: Better::Lower,
        seen: View::OfMoneyIn,
        run: &[MEAN, P50],
        ..Declared::of("volatility", "volatility of the monthly returns of a path", Unit::FractionPerYear)
    }],
    track: Tracking::Whole(|kept| {
        (kept.money_in > 0.0 && kept.n_months > 1).then(|| volatility(kept.border.is_some()))
    }),
};

/// Returns a track of the volatility from the mean and the squared deviations of the returns. Months with a
/// return are counted only if a path `can_end` in ruin before the horizon.
fn volatility(can_end: bool) -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(move |[mean, squares, n_months]: &mut [Lanes; 3], now: &Close<'_>| {
            if can_end {
                for lane in 0..LANES {
                    let before = now.before[lane];
                    if before > 0.0 {
                        n_months[lane] += 1.0;
                        let simple = now.value[lane] / before - 1.0;
                        add(&mut mean[lane], &mut squares[lane], simple, 1.0 / n_months[lane]);
                    }
                }
                return;
            }
            let weight = 1.0 / f64::from(now.month);
            for lane in 0..LANES {
                // once everything is lost there are no returns
                let before = now.before[lane];
                let simple = if before > 0.0 { now.value[lane] / before - 1.0 } else { 0.0 };
                add(&mut mean[lane], &mut squares[lane], simple, weight);
            }
        }),
        inlined!(move |[_, squares, n_months], now| {
            let mut volatility = Lanes::ZERO;
            for lane in 0..LANES {
                let n_months =
                    if can_end { greater(n_months[lane], 2.0) } else { f64::from(now.n_months.max(2)) };
                volatility[lane] = (squares[lane] / (n_months - 1.0) * f64::from(YEAR)).sqrt();
            }
            volatility
        }),
    )
}

/// Adds a monthly return to the mean and the squared deviations by Welford's update, which avoids cancellation
/// if the returns are nearly equal. `weight` is one over the number of returns, this one included.
#[inline(always)]
fn add(mean: &mut f64, squares: &mut f64, simple: f64, weight: f64) {
    let distance = simple - *mean;
    *mean = distance.mul_add(weight, *mean);
    *squares = distance.mul_add(simple - *mean, *squares);
}

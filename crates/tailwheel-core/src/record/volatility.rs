//! Volatility of the monthly returns of a path, per year.

use super::declared::{Better, Declared, MEAN, P50, Unit, View};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, Tracking, YEAR};
use crate::math::{LANES, Lanes, greater, inlined};
use crate::stage::{AnyTrack, Close};

/// Sample standard deviation of the simple monthly returns of the value per unit, times √12. A ruined path
/// counts its returns until ruin, its −100 % included; a path that is ruined in its first month counts that return without
/// a mean. Not kept if nothing is invested or the horizon is a single month.
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

/// Returns a track of the volatility from the mean and the squared deviations of the returns. In its state, `n_months`
/// is the number of returns: once everything is lost there are none.
fn volatility(can_end: bool) -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(move |[mean, squares, n_months]: &mut [Lanes; 3], now: &Close<'_>| {
            let of_all = 1.0 / f64::from(now.month);
            for lane in 0..LANES {
                let before = now.before[lane];
                let is_there = before > 0.0;
                // the mean itself adds nothing
                let simple = if is_there { now.value[lane] / before - 1.0 } else { mean[lane] };
                n_months[lane] += if is_there { 1.0 } else { 0.0 };
                // without payments a lost value never comes back, so all months so far have a return
                let weight = if can_end { 1.0 / greater(n_months[lane], 1.0) } else { of_all };
                add(&mut mean[lane], &mut squares[lane], simple, weight);
            }
        }),
        inlined!(|[mean, squares, n_months], _| {
            let mut volatility = Lanes::ZERO;
            for lane in 0..LANES {
                let n_months = n_months[lane];
                // a single return is the total loss of the first month, which has no deviation but is no calm
                let variance =
                    if n_months < 2.0 { mean[lane] * mean[lane] } else { squares[lane] / (n_months - 1.0) };
                volatility[lane] = (variance * f64::from(YEAR)).sqrt();
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

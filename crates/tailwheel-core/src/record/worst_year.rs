//! Worst of the whole years counted from the start: lowest return, lowest income, largest fall of yearly
//! income.
//!
//! ```text
//! return    min_k U_(12k)/U_(12(k−1)) − 1             years that begin with something
//! income    min_k Y_k/12                              Y_k = Σ net_t/P_t over the months of year k
//! drawdown  max_k (1 − Y_k/max_(j≤k) Y_j)             in [0, 1]; 0 until a year has an income above zero
//! ```
//!
//! Taxes are settled and events are counted in the same years. An incomplete last year is ignored.

use super::declared::{Better, Declared, MIDDLE_AND_ENDS, Needs, Unit, View};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, TrackInputs, Tracking, YEAR};
use crate::math::{LANES, Lanes, greater, inlined, lesser};
use crate::stage::{AnyTrack, Close};

/// Lowest return of the value per unit in a whole year counted from the start; −1 in the year of ruin. Not
/// kept if nothing is invested or the horizon is below one year.
pub(super) const OF_RETURN: QuantityKind = QuantityKind {
    name: "worst_year_return",
    measures: &[Declared {
        better: Better::Higher,
        range: (-1.0, f64::INFINITY),
        seen: View::OfWholeYearsOfMoneyIn,
        run: MIDDLE_AND_ENDS,
        ..Declared::of(
            "worst_year.return",
            "return in the worst year, time-weighted, nominal",
            Unit::FractionPerYear,
        )
    }],
    track: Tracking::Whole(|kept| (kept.money_in > 0.0 && kept.n_months >= YEAR).then(worst_return)),
};

/// Lowest mean net income per month of a whole year counted from the start, real; 0 after ruin. Not kept below
/// one year, nor if no money enters or leaves the portfolio.
pub(super) const OF_INCOME: QuantityKind = QuantityKind {
    name: "worst_year_income",
    measures: &[Declared {
        better: Better::Higher,
        seen: View::OfWholeYears,
        needs: Needs::SpendingOrIncome,
        run: MIDDLE_AND_ENDS,
        ..Declared::of("worst_year.income", "net income a month in the worst year, real", Unit::MoneyPerMonth)
    }],
    track: Tracking::Whole(|kept| yearly_income(kept, YearQuestion::Worst)),
};

/// Largest fall of yearly net income below that of the best earlier year, real, as a fraction; 1 if it falls to
/// zero or less. Not kept below one year, nor if no money enters or leaves the portfolio.
pub(super) const INCOME_DRAWDOWN: QuantityKind = QuantityKind {
    name: "income_drawdown",
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, 1.0),
        seen: View::OfWholeYears,
        needs: Needs::SpendingOrIncome,
        run: MIDDLE_AND_ENDS,
        ..Declared::of("income.drawdown", "largest fall of yearly net income, real", Unit::Fraction)
    }],
    track: Tracking::Whole(|kept| yearly_income(kept, YearQuestion::Drawdown)),
};

/// Returns a track of the lowest yearly return; in its state, `before` is the value per unit a year earlier.
fn worst_return() -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(|[before, worst]: &mut [Lanes; 2], now: &Close<'_>| {
            if now.month == 1 {
                (*before, *worst) = (*now.before, Lanes::splat(f64::INFINITY));
            }
            if !now.month.is_multiple_of(YEAR) {
                return;
            }
            for lane in 0..LANES {
                let value = greater(now.value[lane], 0.0);
                // once everything is lost there are no returns
                let year = if before[lane] > 0.0 { value / before[lane] - 1.0 } else { worst[lane] };
                worst[lane] = lesser(year, worst[lane]);
                before[lane] = value;
            }
        }),
        inlined!(|[_, worst], now| if now.month < YEAR { Lanes::ZERO } else { *worst }),
    )
}

#[derive(Clone, Copy)]
enum YearQuestion {
    Worst,
    Drawdown,
}

/// Returns a track of the worst yearly income or of its largest fall, as `asked`; `None` below one year or if no
/// money enters or leaves. In its state, `sum` is the real income of the year so far, `best` that of the best year.
fn yearly_income(kept: &TrackInputs<'_>, asked: YearQuestion) -> Option<Box<dyn AnyTrack>> {
    let (income, prices) = (kept.income, kept.prices.level);
    let track = monthly_then(
        inlined!(move |[sum, least, best, drawdown]: &mut [Lanes; 4], now: &Close<'_>| {
            if now.month == 1 {
                *least = Lanes::splat(f64::INFINITY);
            }
            let (income, level) = (now.rows.get(income), now.rows.get(prices));
            sum.each(|lane, own| own + income[lane] / level[lane]);
            if !now.month.is_multiple_of(YEAR) {
                return;
            }
            for lane in 0..LANES {
                let year = sum[lane];
                least[lane] = lesser(year, least[lane]);
                best[lane] = greater(year, best[lane]);
                let best = best[lane];
                let fall = if best > 0.0 { lesser(1.0 - year / best, 1.0) } else { 0.0 };
                drawdown[lane] = greater(fall, drawdown[lane]);
                sum[lane] = 0.0;
            }
        }),
        inlined!(move |[_, least, _, drawdown], now| match asked {
            YearQuestion::Worst if now.month < YEAR => Lanes::ZERO,
            YearQuestion::Drawdown => *drawdown,
            YearQuestion::Worst => {
                let mut worst = *least;
                worst /= f64::from(YEAR);
                worst
            }
        }),
    );
    (kept.border.is_some() && kept.n_months >= YEAR).then_some(track)
}

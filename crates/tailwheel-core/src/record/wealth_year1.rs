//! Money returned after the first 12 months, for the loss of the first year.

use super::declared::{Declared, Figure, Seen, Statistic};
use super::folded::monthly_then;
use super::loss::{shortfall, value_at_risk};
use super::returned::Drawn;
use super::{Followed, Kept, Kind, YEAR};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity};

/// Net worth after 12 months plus withdrawals minus contributions so far, real. Not kept if the horizon is
/// below one year.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "wealth_year1", unit: "money of the start" },
    measures: &[
        of_the_first_year(value_at_risk(
            "value_at_risk.year1.995",
            "value at risk 99.5 % of the first year",
            &[Figure::only(Statistic::Quantile(0.995))],
        )),
        of_the_first_year(shortfall(
            "expected_shortfall.year1.995",
            "expected shortfall 99.5 % of the first year",
            &[Figure::only(Statistic::Shortfall(0.995))],
        )),
    ],
    track: Followed::Whole(|kept| (kept.n_months >= YEAR).then(|| wealth_year1(kept))),
};

/// Turns a measure of loss into one of the first year, which insurance regulation looks at.
const fn of_the_first_year(loss: Declared) -> Declared {
    let seen = Seen::LossOfTheFirstYear;
    Declared { seen, ..loss }
}

/// Returns a track of the money returned after the first year. `sum` is the money drawn so far, if money enters
/// or leaves the portfolio.
fn wealth_year1(kept: &Kept<'_>) -> Box<dyn AnyTrack> {
    let (drawn, prices) = (kept.border.as_ref().map(Drawn::of), kept.prices.level);
    monthly_then(
        #[inline(always)]
        move |[sum, value]: &mut [Lanes; 2], now: &Close<'_>| {
            if now.month > YEAR {
                return;
            }
            if let Some(drawn) = drawn {
                drawn.add(sum, now);
            }
            if now.month == YEAR {
                let level = now.rows.get(prices);
                *value = match drawn {
                    Some(drawn) => drawn.with_wealth(sum, now),
                    None => Lanes::of(|lane| now.wealth[lane] / level[lane]),
                };
            }
        },
        #[inline(always)]
        |[_, value], _| *value,
    )
}
